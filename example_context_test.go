package gateway_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"gateway"
)

func ExampleContext() {
	handle := func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err() // 504
		default:
			return gateway.Text(http.StatusOK, "in time"), nil
		}
	}
	res, err := handle(gateway.NewContext(context.Background(), nil, ""), &gateway.Request{})
	fmt.Println(string(res.Body), err)
	// Output: in time <nil>
}

func ExampleEnvironment() {
	env := &gateway.Environment{Env: func(name string) string { return map[string]string{"REGION": "eu"}[name] }}
	ctx := gateway.NewContext(context.Background(), env, "r-1")
	fmt.Println(ctx.Env("REGION"))
	// Output: eu
}

func ExampleNewContext() {
	ctx := gateway.NewContext(context.Background(), nil, "r-1")
	fmt.Println(ctx.Err(), ctx.Env("HOME") == "")
	// Output: <nil> true
}

func ExampleContext_Deadline() {
	limited, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	ctx := gateway.NewContext(limited, nil, "")
	deadline, ok := ctx.Deadline()
	fmt.Println(time.Until(deadline) <= time.Minute, ok)
	// Output: true true
}

func ExampleContext_Done() {
	parent, cancel := context.WithCancel(context.Background())
	ctx := gateway.NewContext(parent, nil, "")
	cancel()
	<-ctx.Done()
	fmt.Println("the request has ended")
	// Output: the request has ended
}

func ExampleContext_Err() {
	parent, cancel := context.WithCancel(context.Background())
	ctx := gateway.NewContext(parent, nil, "")
	fmt.Println(ctx.Err())
	cancel()
	fmt.Println(ctx.Err())
	// Output:
	// <nil>
	// context canceled
}

func ExampleContext_Value() {
	type key struct{}
	ctx := gateway.NewContext(context.WithValue(context.Background(), key{}, "tenant-1"), nil, "")
	fmt.Println(ctx.Value(key{}))
	// Output: tenant-1
}

func ExampleContext_WithTimeout() {
	ctx := gateway.NewContext(context.Background(), nil, "")
	quick, cancel := ctx.WithTimeout(time.Nanosecond)
	defer cancel()
	<-quick.Done()
	fmt.Println(quick.Err(), ctx.Err())
	// Output: context deadline exceeded <nil>
}

func ExampleContext_WithContext() {
	type key struct{}
	ctx := gateway.NewContext(context.Background(), nil, "")
	tenant := ctx.WithContext(context.WithValue(ctx, key{}, "tenant-1"))
	fmt.Println(tenant.Value(key{}), ctx.Value(key{}))
	// Output: tenant-1 <nil>
}

func ExampleContext_Env() {
	env := &gateway.Environment{Env: func(name string) string { return "value of " + name }}
	ctx := gateway.NewContext(context.Background(), env, "")
	fmt.Println(ctx.Env("GREETING"))
	// Output: value of GREETING
}

func ExampleContext_Secret() {
	env := &gateway.Environment{Secret: func(_ context.Context, name string) (string, error) {
		if name != "api_key" {
			return "", gateway.ErrNotFound.Newf("secret %q is not set", name)
		}
		return "s3cret", nil
	}}
	ctx := gateway.NewContext(context.Background(), env, "")
	key, err := ctx.Secret("api_key")
	fmt.Println(key, err)
	_, err = ctx.Secret("other")
	fmt.Println(err)
	// Output:
	// s3cret <nil>
	// secret "other" is not set
}

func ExampleContext_Log() {
	withoutTime := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	env := &gateway.Environment{Log: slog.New(slog.NewTextHandler(os.Stdout, withoutTime))}
	ctx := gateway.NewContext(context.Background(), env, "r-1")
	ctx.Log().Warn("stock is low", "pet", "Rex", "left", 2)
	// Output: level=WARN msg="stock is low" request_id=r-1 pet=Rex left=2
}

func ExampleContext_HTTP() {
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "rates of ", r.URL.Query().Get("base"))
	}))
	defer backend.Close()

	ctx := gateway.NewContext(context.Background(), nil, "")
	res, err := ctx.HTTP().Get(backend.URL + "?base=EUR")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	fmt.Println(string(body), err)
	// Output: rates of EUR <nil>
}

package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gateway"
)

func TestAContextWithoutEnvironmentAnswers(t *testing.T) {
	ctx := gateway.NewContext(t.Context(), nil, "r-1")
	ctx.Log().Info("goes nowhere")
	if ctx.Env("PATH") != "" {
		t.Error("a script sees the process environment")
	}
	if _, err := ctx.Secret("x"); !errors.Is(err, gateway.ErrNotFound) || gateway.AsError(err).Status != 500 {
		t.Errorf("secret: %v", err)
	}
	_, err := ctx.Database("main").Query("SELECT 1")
	if !errors.Is(err, gateway.ErrServiceNotFound) {
		t.Errorf("database: %v", err)
	}
	if _, _, err := ctx.Cache("c").Get("k"); !errors.Is(err, gateway.ErrServiceNotFound) {
		t.Errorf("cache: %v", err)
	}
	if _, err := ctx.Storage("s").Get("k"); !errors.Is(err, gateway.ErrServiceNotFound) {
		t.Errorf("storage: %v", err)
	}
	if _, err := ctx.Records("r", "pets").Get("1"); !errors.Is(err, gateway.ErrServiceNotFound) {
		t.Errorf("records: %v", err)
	}
}

func TestSecretsAreAskedForUnderTheRequestsContext(t *testing.T) {
	type key struct{}
	env := &gateway.Environment{Secret: func(ctx context.Context, name string) (string, error) {
		return fmt.Sprint(name, ctx.Value(key{})), nil
	}}
	ctx := gateway.NewContext(context.WithValue(t.Context(), key{}, 7), env, "")
	derived, cancel := ctx.WithTimeout(time.Hour)
	defer cancel()
	for _, c := range []*gateway.Context{ctx, derived, ctx.WithContext(derived)} {
		if s, err := c.Secret("n"); s != "n7" || err != nil {
			t.Errorf("got %q, %v", s, err)
		}
	}
}

func TestHTTPEndsWithTheRequest(t *testing.T) {
	entered := make(chan struct{})
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/trickle" {
			w.WriteHeader(200)
			w.(http.Flusher).Flush()
		}
		close(entered)
		<-r.Context().Done()
	}))
	defer backend.Close()
	for _, path := range []string{"/hang", "/trickle"} {
		entered = make(chan struct{})
		parent, cancel := context.WithCancel(t.Context())
		ctx := gateway.NewContext(parent, nil, "")
		go func() {
			<-entered
			cancel()
		}()
		res, err := ctx.HTTP().Get(backend.URL + path)
		if err == nil {
			_, err = io.ReadAll(res.Body)
			res.Body.Close()
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", path, err)
		}
		if _, err := ctx.HTTP().Get(backend.URL); !errors.Is(err, context.Canceled) {
			t.Errorf("after the request: %v", err)
		}
	}
}

func TestHTTPIsBounded(t *testing.T) {
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, strings.Repeat("x", 100))
	}))
	defer backend.Close()
	for limit, ok := range map[int64]bool{99: false, 100: true, 101: true, 0: true} {
		ctx := gateway.NewContext(t.Context(), &gateway.Environment{MaxFetch: limit}, "")
		res, err := ctx.HTTP().Get(backend.URL)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if ok != (err == nil) || !ok && (!errors.Is(err, gateway.ErrPayloadTooLarge) || len(body) != int(limit)) {
			t.Errorf("limit %d: %d bytes, %v", limit, len(body), err)
		}
	}
}

func TestHTTPFollowsTenRedirects(t *testing.T) {
	hops := 0
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hops++
		http.Redirect(w, r, "/again", http.StatusFound)
	}))
	defer backend.Close()
	res, err := gateway.NewContext(t.Context(), nil, "").HTTP().Get(backend.URL)
	if err == nil {
		res.Body.Close()
		t.Fatal("redirects were followed to no end")
	}
	if hops != 10 {
		t.Errorf("%d hops", hops)
	}
}

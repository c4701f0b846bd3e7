package http_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/observe"
	triggerhttp "gateway/internal/trigger/http"
	"gateway/interp"
)

// pet is the JSON that the benchmarks send and receive.
type pet struct {
	Name string   `json:"name"`
	Age  int      `json:"age"`
	Tags []string `json:"tags"`
}

const petBody = `{"name":"Rex","age":3,"tags":["dog","brown","friendly"]}`

var requests = map[string]string{
	"hello": "GET /hello?name=World HTTP/1.1\r\nHost: localhost:9080\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n",
	"json": fmt.Sprintf("POST /pets/7 HTTP/1.1\r\nHost: localhost:9080\r\nUser-Agent: bench\r\nAccept: */*\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(petBody), petBody),
}

// load sends the same request b.N times over connections that stay open and reads the answers, as wrk does: one
// request at a time on each.
func load(b *testing.B, addr, request, want string) {
	b.Helper()
	const conns = 16
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	b.ReportAllocs()
	before := cpuTime(b)
	b.ResetTimer()
	for range conns {
		wg.Go(func() {
			c, err := net.Dial("tcp", addr)
			if err != nil {
				b.Error(err)
				return
			}
			defer c.Close()
			r := bufio.NewReader(c)
			for left.Add(-1) >= 0 {
				if _, err := io.WriteString(c, request); err != nil {
					b.Error(err)
					return
				}
				if body, err := answer(r); err != nil || body != want {
					b.Errorf("answer %q, %v", body, err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
	b.ReportMetric(float64(cpuTime(b)-before)/float64(b.N), "cpu-ns/op")
}

// cpuTime is what the process, client and server, has used. On a busy machine it tells more than the time passed.
func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// answer reads one answer with as little work as can be: the benchmark measures the server.
func answer(r *bufio.Reader) (string, error) {
	size := 0
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return "", err
		}
		if len(line) <= 2 {
			break
		}
		if rest, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			for _, c := range bytes.TrimSpace(rest) {
				size = size*10 + int(c-'0')
			}
		}
	}
	body, err := r.Peek(size)
	if err != nil {
		return "", err
	}
	s := string(body)
	_, err = r.Discard(size)
	return s, err
}

// native serves the same handlers compiled, in Fiber alone.
func native(b *testing.B) string {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/hello", func(c *fiber.Ctx) error {
		return c.JSON(map[string]string{"message": "Hello, " + c.Query("name")})
	})
	app.Post("/pets/:id", func(c *fiber.Ctx) error {
		var p pet
		if err := c.BodyParser(&p); err != nil {
			return err
		}
		p.Age++
		p.Tags = append(p.Tags, c.Params("id"))
		return c.JSON(p)
	})
	ln := listen(b)
	go func() { _ = app.Listener(ln) }()
	b.Cleanup(func() { _ = app.Shutdown() })
	return ln.Addr().String()
}

var compiled = map[string]dispatchtest.Handler{
	"hello": func(_ *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		return gateway.OK(map[string]string{"message": "Hello, " + req.QueryParam("name")}), nil
	},
	"pets": func(_ *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		var p pet
		if err := req.JSON(&p); err != nil {
			return nil, err
		}
		p.Age++
		p.Tags = append(p.Tags, req.PathParam("id"))
		return gateway.OK(p), nil
	},
}

// through serves handlers with everything that the gateway does around them.
func through(b *testing.B, engine dispatch.Engine, hello, pets string) string {
	observer := observe.New(observe.Options{})
	d, err := dispatch.New(dispatch.Options{Engine: engine, Store: openStore(b), Observer: observer})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close(context.Background()) })
	for _, e := range []struct{ method, path, code string }{{"GET", "/hello", hello}, {"POST", "/pets/{id}", pets}} {
		endpoint := catalog.Endpoint{Name: e.path, Method: e.method, Path: e.path, Enabled: true, Started: true}
		if _, err := d.Create(b.Context(), &endpoint, &catalog.Version{Code: e.code}); err != nil {
			b.Fatal(err)
		}
	}
	return serve(b, triggerhttp.Options{Dispatcher: d})
}

// scripts are the same handlers as source.
const (
	helloScript = `package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.OK(map[string]string{"message": "Hello, " + req.QueryParam("name")}), nil
}
`
	petsScript = `package handler

import "gateway"

type pet struct {
	Name string   ` + "`json:\"name\"`" + `
	Age  int      ` + "`json:\"age\"`" + `
	Tags []string ` + "`json:\"tags\"`" + `
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var p pet
	if err := req.JSON(&p); err != nil {
		return nil, err
	}
	p.Age++
	p.Tags = append(p.Tags, req.PathParam("id"))
	return gateway.OK(p), nil
}
`
)

// BenchmarkServe compares what a request costs, from client to client over real connections: native is Fiber alone,
// gateway the whole way of a request with compiled handlers in place of the interpreter, script the way that the
// requests of users go.
func BenchmarkServe(b *testing.B) {
	want := map[string]string{
		"hello": `{"message":"Hello, World"}`, "json": `{"name":"Rex","age":4,"tags":["dog","brown","friendly","7"]}`,
	}
	for _, name := range []string{"hello", "json"} {
		b.Run(name+"/native", func(b *testing.B) { load(b, native(b), requests[name], want[name]) })
		b.Run(name+"/gateway", func(b *testing.B) {
			load(b, through(b, &dispatchtest.Engine{Handlers: compiled}, "hello", "pets"), requests[name], want[name])
		})
		b.Run(name+"/script", func(b *testing.B) {
			engine, err := interp.New(interp.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = engine.Close(context.Background()) })
			load(b, through(b, dispatch.Interpreter(engine), helloScript, petsScript), requests[name], want[name])
		})
	}
}

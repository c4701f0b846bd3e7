package http_test

import (
	"bufio"
	"context"
	"io"
	"net"
	nethttp "net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gateway/internal/boltstore"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/observe"
	triggerhttp "gateway/internal/trigger/http"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// fasthttp keeps one goroutine for the Date header, and cleans up idle workers, for the life of the process.
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
	)
}

// openStore opens an empty store that the test closes.
func openStore(t testing.TB) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(filepath.Join(t.TempDir(), "gateway.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return ln
}

// serve starts a server that ends with the test, and gives its address.
func serve(t testing.TB, opts triggerhttp.Options) string {
	t.Helper()
	s, err := triggerhttp.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	ln := listen(t)
	served := make(chan error, 1)
	go func() { served <- s.Serve(ln) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

// site is a server with some endpoints.
type site struct {
	t        *testing.T
	addr     string
	observer *observe.Observer
	d        *dispatch.Dispatcher
}

// newSite serves handlers under their routes: "GET /path", or "GET host/path".
func newSite(t *testing.T, opts triggerhttp.Options, handlers map[string]dispatchtest.Handler) *site {
	t.Helper()
	s := &site{t: t, observer: observe.New(observe.Options{})}
	s.d = newDispatcher(t, s.observer, handlers)
	opts.Dispatcher = s.d
	s.addr = serve(t, opts)
	return s
}

func newDispatcher(t *testing.T, observer *observe.Observer, handlers map[string]dispatchtest.Handler) *dispatch.Dispatcher {
	t.Helper()
	d, err := dispatch.New(dispatch.Options{
		Engine: &dispatchtest.Engine{Handlers: handlers}, Store: openStore(t), Observer: observer,
	})
	if err != nil {
		t.Fatal(err)
	}
	for route := range handlers {
		method, rest, _ := strings.Cut(route, " ")
		i := strings.IndexByte(rest, '/')
		e := catalog.Endpoint{Name: route, Method: method, Domain: rest[:i], Path: rest[i:], Enabled: true, Started: true}
		if strings.HasSuffix(route, "/small") {
			e.MaxBodyBytes = 10
		}
		if _, err := d.Create(t.Context(), &e, &catalog.Version{Code: route}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = d.Close(context.Background()) })
	return d
}

// dial opens a connection that ends with the test.
func (s *site) dial() (net.Conn, *bufio.Reader) {
	s.t.Helper()
	c, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = c.Close() })
	return c, bufio.NewReader(c)
}

// send sends a request as it stands, line ends aside, and reads the answer to it.
func (s *site) send(request string) (*nethttp.Response, string) {
	s.t.Helper()
	c, r := s.dial()
	defer c.Close()
	if _, err := io.WriteString(c, crlf(request)); err != nil {
		s.t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	return s.read(r, method)
}

// read reads an answer to a request of a method.
func (s *site) read(r *bufio.Reader, method string) (*nethttp.Response, string) {
	s.t.Helper()
	res, err := nethttp.ReadResponse(r, &nethttp.Request{Method: method})
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res, string(body)
}

// crlf makes the lines of a request's head those of HTTP, and ends it where it has no end.
func crlf(s string) string {
	head, body, _ := strings.Cut(s, "\n\n")
	return strings.ReplaceAll(strings.TrimSuffix(head, "\n"), "\n", "\r\n") + "\r\n\r\n" + body
}

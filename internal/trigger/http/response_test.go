package http_test

import (
	"fmt"
	"io"
	"net"
	nethttp "net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/observe"
	triggerhttp "gateway/internal/trigger/http"
)

// gives makes a handler that gives a response.
func gives(make func() *gateway.Response) dispatchtest.Handler {
	return func(*gateway.Context, *gateway.Request) (*gateway.Response, error) { return make(), nil }
}

func TestResponsesGoOutAsTheyAre(t *testing.T) {
	binary := "\x00\x01\xff\r\n"
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{
		"ANY /json":   gives(func() *gateway.Response { return gateway.Created(map[string]int{"n": 1}) }),
		"ANY /binary": gives(func() *gateway.Response { return gateway.Binary(200, []byte(binary), "image/png") }),
		"ANY /none":   gives(func() *gateway.Response { return gateway.NoContent().WithBody("must not be sent") }),
		"ANY /same":   gives(func() *gateway.Response { return gateway.New(304).WithBody("must not be sent") }),
		"ANY /empty":  gives(func() *gateway.Response { return &gateway.Response{} }),
		"ANY /teapot": gives(func() *gateway.Response { return gateway.Text(418, "short and stout") }),
		"ANY /headers": gives(func() *gateway.Response {
			return gateway.Text(200, "x").
				AddHeader("X-Many", "a").AddHeader("X-Many", "b").
				WithCookie(&nethttp.Cookie{Name: "s", Value: "1"}).WithCookie(&nethttp.Cookie{Name: "s", Value: "2", Path: "/x"}).
				WithHeader("X-Split", "a\r\nX-Injected: b\x00c").
				WithHeader("Bad Name", "v").WithHeader("Bad:Name", "v").WithHeader("", "v").
				WithHeader("Connection", "close").WithHeader("Content-Length", "999").WithHeader("Transfer-Encoding", "chunked").
				WithHeader("Trailer", "X").WithHeader("Upgrade", "h2c").WithHeader("X-Request-ID", "forged").
				WithHeader("Location", "/ä b").WithHeader("ETag", `"v1"`)
		}),
		"ANY /redirect": gives(func() *gateway.Response { return gateway.Redirect(303, "/json") }),
	})
	for _, c := range []struct {
		method, path string
		status       int
		kind, body   string
		length       string
	}{
		{"GET", "/json", 201, "application/json", `{"n":1}`, "7"},
		{"HEAD", "/json", 201, "application/json", "", "7"},
		{"GET", "/binary", 200, "image/png", binary, "5"},
		{"GET", "/none", 204, "", "", ""},
		{"GET", "/same", 304, "", "", ""},
		{"GET", "/empty", 200, "", "", "0"},
		{"GET", "/teapot", 418, "text/plain; charset=utf-8", "short and stout", "15"},
		{"GET", "/redirect", 303, "", "", "0"},
	} {
		res, body := s.send(c.method + " " + c.path + " HTTP/1.1\nHost: h")
		if res.StatusCode != c.status || body != c.body || res.Header.Get("Content-Length") != c.length ||
			c.kind != "" && res.Header.Get("Content-Type") != c.kind || res.Header.Get("Date") == "" || res.Header.Get("Server") != "" {
			t.Errorf("%s %s: %d %v %q", c.method, c.path, res.StatusCode, res.Header, body)
		}
	}
	res, _ := s.send("GET /headers HTTP/1.1\nHost: h")
	h := res.Header
	if !slices.Equal(h["X-Many"], []string{"a", "b"}) || !slices.Equal(h["Set-Cookie"], []string{"s=1", "s=2; Path=/x"}) {
		t.Errorf("repeated headers: %v", h)
	}
	if h.Get("X-Split") != "a  X-Injected: b c" || h.Get("X-Injected") != "" || h.Get("Etag") != `"v1"` {
		t.Errorf("cleaned headers: %v", h)
	}
	for _, name := range []string{"Bad Name", "Connection", "Upgrade", "Trailer", "Transfer-Encoding"} {
		if h.Get(name) != "" {
			t.Errorf("%s: %v", name, h[name])
		}
	}
	if h.Get("Content-Length") != "1" || h.Get("X-Request-ID") == "forged" {
		t.Errorf("%v", h)
	}
}

func TestWhatReachesNoHandler(t *testing.T) {
	s := newSite(t, triggerhttp.Options{MaxBodyBytes: 100, MaxHeaderBytes: 2048}, map[string]dispatchtest.Handler{
		"GET /a":      gives(func() *gateway.Response { return gateway.Text(200, "a") }),
		"POST /small": gives(func() *gateway.Response { return gateway.Text(200, "small") }),
	})
	for _, c := range []struct {
		request, allow, body string
		status               int
	}{
		{"GET /none HTTP/1.1\nHost: h", "", `"code":"not_found"`, 404},
		{"POST /a HTTP/1.1\nHost: h\nContent-Length: 0", "GET, HEAD, OPTIONS", `"code":"method_not_allowed"`, 405},
		{"OPTIONS /a HTTP/1.1\nHost: h", "GET, HEAD, OPTIONS", "", 204},
		{"OPTIONS * HTTP/1.1\nHost: h", "", "", 204},
		{"GET /a/../b HTTP/1.1\nHost: h", "", `"code":"bad_request"`, 400},
		{"GET /%zz HTTP/1.1\nHost: h", "", `"code":"bad_request"`, 400},
		{"GET /a HTTP/1.1", "", "Host header", 400},
		{"BREW /a HTTP/1.1\nHost: h", "", `"code":"method_not_implemented"`, 501},
		{"TRACE /a HTTP/1.1\nHost: h", "", `"code":"method_not_implemented"`, 501},
		{"POST /small HTTP/1.1\nHost: h\nContent-Length: 11\n\n12345678901", "", "larger than 10 bytes", 413},
		{"POST /small HTTP/1.1\nHost: h\nContent-Length: 101\n\n" + strings.Repeat("x", 101), "", "larger than 100 bytes", 413},
		{"GET /a HTTP/1.1\nHost: h\nX-Big: " + strings.Repeat("x", 4096), "", `"code":"headers_too_large"`, 431},
		{"GET /a HTTP/1.1\nHost: h\nBad Header: x", "", `"code":"bad_request"`, 400},
		{"GET /a HTTP/1.1\nHost: h\nX(Y): x", "", "a header is malformed", 400},
		{"GET /a HTTP/1.1\nHost: h\nX: a\x00b", "", "a header is malformed", 400},
		{"GET /a HTTP/1.1\nHost: h\nX: a\rX-Smuggled: b", "", "a header is malformed", 400},
		{"POST /small HTTP/1.1\nHost: h\nContent-Length: 5\nContent-Length: 0\n\n12345", "", "a header is malformed", 400},
		{"POST /small HTTP/1.1\nHost: h\ncontent-length: 5\nTransfer-Encoding: chunked\n\n0\r\n\r\n", "", "a header is malformed", 400},
		{"nonsense", "", `"code":"bad_request"`, 400},
	} {
		before := s.observer.Stats()
		res, body := s.send(c.request)
		line, _, _ := strings.Cut(c.request, "\n")
		if res.StatusCode != c.status || !strings.Contains(body, c.body) || res.Header.Get("Allow") != c.allow {
			t.Errorf("%s: %d %v %s", line, res.StatusCode, res.Header, body)
		}
		id := res.Header.Get("X-Request-ID")
		if id == "" || body != "" && (!strings.Contains(body, id) || res.Header.Get("Content-Type") != "application/json") {
			t.Errorf("%s: id %q in %s", line, id, body)
		}
		after := s.observer.Stats()
		if n := after.Unmatched + after.Requests - before.Unmatched - before.Requests; n != 1 {
			t.Errorf("%s: counted %d times", line, n)
		}
	}
	if _, body := s.send("POST /small HTTP/1.1\nHost: h\nContent-Length: 10\n\n1234567890"); body != "small" {
		t.Errorf("a body of the limit: %s", body)
	}
	if _, body := s.send("POST /small HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n3\r\nabc\r\n0\r\n\r\n"); body != "small" {
		t.Errorf("a chunked body: %s", body)
	}
}

// buggy is a dispatcher that panics.
type buggy struct{ *dispatch.Dispatcher }

func (b buggy) Match(host, method, path string, m *dispatch.Match) {
	if path == "/panic" {
		panic("dispatcher bug")
	}
	b.Dispatcher.Match(host, method, path, m)
}

func TestPanicsOutsideOfHandlersAreAnswered(t *testing.T) {
	observer := observe.New(observe.Options{})
	s := &site{t: t, observer: observer}
	s.d = newDispatcher(t, observer, map[string]dispatchtest.Handler{
		"GET /a": gives(func() *gateway.Response { return gateway.Text(200, "a") }),
	})
	s.addr = serve(t, triggerhttp.Options{Dispatcher: buggy{s.d}})
	res, body := s.send("GET /panic HTTP/1.1\nHost: h")
	if res.StatusCode != 500 || !strings.Contains(body, `"code":"internal_error"`) || strings.Contains(body, "bug") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := s.send("GET /a HTTP/1.1\nHost: h"); body != "a" {
		t.Errorf("afterwards: %s", body)
	}
}

func TestSlowClientsAreCutOff(t *testing.T) {
	s := newSite(t, triggerhttp.Options{ReadTimeout: 100 * time.Millisecond, IdleTimeout: 150 * time.Millisecond},
		map[string]dispatchtest.Handler{"GET /a": gives(func() *gateway.Response { return gateway.Text(200, "a") })})
	t.Run("a head that never ends", func(t *testing.T) {
		c, r := s.dial()
		io.WriteString(c, "GET /a HTTP/1.1\r\nHost: h\r\nX-Slow: ")
		if res, body := s.read(r, "GET"); res.StatusCode != 408 || !strings.Contains(body, `"code":"request_timeout"`) {
			t.Errorf("%d %s", res.StatusCode, body)
		}
		if _, err := r.ReadByte(); err != io.EOF {
			t.Errorf("the connection stays: %v", err)
		}
	})
	t.Run("a body that never ends", func(t *testing.T) {
		c, r := s.dial()
		io.WriteString(c, "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
		if res, _ := s.read(r, "GET"); res.StatusCode != 408 {
			t.Errorf("%d", res.StatusCode)
		}
	})
	t.Run("a connection without a request", func(t *testing.T) {
		_, r := s.dial()
		if _, err := io.Copy(io.Discard, r); err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
	t.Run("an idle connection", func(t *testing.T) {
		c, r := s.dial()
		io.WriteString(c, "GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
		if _, body := s.read(r, "GET"); body != "a" {
			t.Error(body)
		}
		if _, err := r.ReadByte(); err != io.EOF {
			t.Errorf("an idle connection ended with %v", err)
		}
	})
}

// watched is a listener that tells when the server has closed a connection.
type watched struct {
	net.Listener
	closed chan struct{}
}

func (l watched) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return watchedConn{c, l.closed}, err
}

type watchedConn struct {
	net.Conn
	closed chan struct{}
}

func (c watchedConn) Close() error {
	defer func() { c.closed <- struct{}{} }()
	return c.Conn.Close()
}

func TestAClientThatDoesNotReadIsCutOff(t *testing.T) {
	const size = 64 << 20 // more than the system keeps on its way
	d := newDispatcher(t, observe.New(observe.Options{}), map[string]dispatchtest.Handler{
		"GET /big": gives(func() *gateway.Response { return gateway.Binary(200, make([]byte, size), "x/y") }),
	})
	server, err := triggerhttp.New(triggerhttp.Options{Dispatcher: d, WriteTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ln := watched{listen(t), make(chan struct{}, 10)}
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	io.WriteString(c, "GET /big HTTP/1.1\r\nHost: h\r\n\r\n")
	<-ln.closed
	if n, _ := io.Copy(io.Discard, c); n >= size {
		t.Errorf("got all %d bytes", n)
	}
	if err := server.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func TestEveryRequestHasOneLine(t *testing.T) {
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{
		"POST /a/{x}": gives(func() *gateway.Response { return gateway.Text(201, "abc") }),
	})
	s.send("POST /a/%41?q=secret HTTP/1.1\nHost: h\nX-Request-ID: r1\nContent-Length: 4\n\n1234")
	sum := s.d.Summary()
	if sum.Endpoints != 1 {
		t.Fatal(sum)
	}
	stats := s.observer.Stats()
	if stats.Requests != 1 || stats.BytesIn != 4 || stats.BytesOut != 3 || stats.ByStatus[2] != 1 || stats.InFlight != 0 {
		t.Errorf("counted %+v", stats)
	}
	id := s.endpoint("POST /a/{x}")
	line := s.observer.Find(id).Recent(1)[0]
	if q := line.Request; q == nil || q.Path != "/a/A" || q.ID != "r1" || q.Status != 201 || q.ClientIP != "127.0.0.1" || q.Duration <= 0 {
		t.Errorf("line %+v", line.Request)
	}
	if strings.Contains(fmt.Sprint(line), "secret") {
		t.Error("the query is in the log")
	}
}

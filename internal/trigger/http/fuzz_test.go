package http_test

import (
	"bufio"
	"context"
	"io"
	"net"
	nethttp "net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/observe"
	triggerhttp "gateway/internal/trigger/http"
)

// FuzzRequest sends any bytes at all. Whatever they are, every answer is one of HTTP, and a request that got to the
// handler is sound: what net/http reads from the same bytes, where it takes them too.
func FuzzRequest(f *testing.F) {
	for _, seed := range []string{
		"GET /a HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST /a/b?x=1&x=2&y=%20 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nX: 1\r\nX: 2\r\n\r\nabc",
		"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
		"GET http://h/%2e%2e/x HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET /a HTTP/1.0\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: h\r\nCookie: a=b; c\r\nX-Request-ID: x\r\n\r\n",
		"HEAD /?;=%zz&&= HTTP/1.1\r\nHost:\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	var mu sync.Mutex
	var got *gateway.Request
	handler := func(_ *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		if got == nil {
			got = req
		}
		return gateway.Text(200, "caught"), nil
	}
	d, err := dispatch.New(dispatch.Options{
		Engine: &dispatchtest.Engine{Handlers: map[string]dispatchtest.Handler{"catch": handler}},
		Store:  openStore(f), Observer: observe.New(observe.Options{}),
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = d.Close(context.Background()) })
	e := catalog.Endpoint{Name: "catch", Method: "ANY", Path: "/*", Enabled: true, Started: true}
	if _, err := d.Create(f.Context(), &e, &catalog.Version{Code: "catch"}); err != nil {
		f.Fatal(err)
	}
	addr := serve(f, triggerhttp.Options{Dispatcher: d, ReadTimeout: 5 * time.Second})

	f.Fuzz(func(t *testing.T, data []byte) {
		mu.Lock()
		got = nil
		mu.Unlock()
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Skip(err)
		}
		defer c.Close()
		go func() { // the server may answer and close before it has taken everything
			_, _ = c.Write(data)
			_ = c.(*net.TCPConn).CloseWrite()
		}()
		method, _, _ := strings.Cut(string(data), " ")
		r := bufio.NewReader(c)
		for n := 0; ; n++ {
			res, err := nethttp.ReadResponse(r, &nethttp.Request{Method: method})
			if err != nil {
				if n == 0 && err != io.ErrUnexpectedEOF && !strings.Contains(err.Error(), "reset by peer") {
					t.Fatalf("no answer to %q: %v", data, err)
				}
				break
			}
			if _, err := io.Copy(io.Discard, res.Body); err != nil && !strings.Contains(err.Error(), "reset by peer") {
				t.Fatalf("answer to %q: %v", data, err)
			}
			if res.StatusCode != 100 && (res.Header.Get("X-Request-Id") == "" || res.StatusCode >= 500 && res.StatusCode != 501) {
				t.Fatalf("answer to %q: %d %v", data, res.StatusCode, res.Header)
			}
			if method == "HEAD" { // the answers after it may have bodies
				break
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if got != nil {
			compare(t, data, got)
		}
	})
}

// compare holds the first request that got to the handler against net/http's reading of it.
func compare(t *testing.T, data []byte, got *gateway.Request) {
	if !strings.HasPrefix(got.Path, "/") || strings.Contains(got.Path+"/", "/../") || strings.Contains(got.Path, "\x00") {
		t.Fatalf("path %q from %q", got.Path, data)
	}
	for name, values := range got.Headers {
		if strings.ContainsAny(name+strings.Join(values, ""), "\r\n") {
			t.Fatalf("header %q: %q from %q", name, values, data)
		}
	}
	want, err := nethttp.ReadRequest(bufio.NewReader(strings.NewReader(string(data))))
	if err != nil || want.URL.Scheme != "" || want.Method != got.Method {
		return // one of the two is more tolerant
	}
	if path, err := url.PathUnescape(want.URL.EscapedPath()); err == nil && path != got.Path && want.URL.Fragment == "" {
		t.Fatalf("path %q, net/http has %q, from %q", got.Path, path, data)
	}
	if q, err := url.ParseQuery(want.URL.RawQuery); err == nil && q.Encode() != got.Query.Encode() {
		t.Fatalf("query %v, net/http has %v, from %q", got.Query, q, data)
	}
	if body, err := io.ReadAll(want.Body); err == nil && string(body) != string(got.Body) {
		t.Fatalf("body %q, net/http has %q, from %q", got.Body, body, data)
	}
}

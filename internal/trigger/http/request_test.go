package http_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"

	"gateway"
	"gateway/internal/dispatch/dispatchtest"
	triggerhttp "gateway/internal/trigger/http"
)

// catching makes a handler that gives its request away.
func catching(to *[]*gateway.Request) dispatchtest.Handler {
	var mu sync.Mutex
	return func(_ *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		*to = append(*to, req)
		return gateway.Text(200, "caught"), nil
	}
}

func TestARequestArrivesWhole(t *testing.T) {
	var got []*gateway.Request
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{"POST /pets/{id}/{rest...}": catching(&got)})
	body := "a\x00b\xff\r\n\r\nc"
	_, answer := s.send(fmt.Sprintf(`POST /pets/%%C3%%A4%%2F1/x/y?tag=a&tag=b%%20c&empty=&bad=%%zz&flag HTTP/1.1
Host: Example.COM:9080
Content-Type: application/octet-stream
Content-Length: %d
X-Tag: one
x-tag: two
Cookie: a=1; b=2
Accept: text/html, */*
Authorization: Bearer tok
X-Request-ID: abc-123

%s`, len(body), body))
	if answer != "caught" || len(got) != 1 {
		t.Fatalf("answer %q, %d requests", answer, len(got))
	}
	r := got[0]
	for name, c := range map[string][2]any{
		"method":       {r.Method, "POST"},
		"path":         {r.Path, "/pets/ä/1/x/y"},
		"host":         {r.Host, "Example.COM:9080"},
		"params":       {fmt.Sprint(r.Params), "map[id:ä/1 rest:x/y]"},
		"query":        {fmt.Sprint(r.Query), "map[empty:[] flag:[] tag:[a b c]]"},
		"body":         {string(r.Body), body},
		"repeated":     {fmt.Sprint(r.Headers["X-Tag"]), "[one two]"},
		"cookie":       {r.Cookie("b"), "2"},
		"type":         {r.ContentType(), "application/octet-stream"},
		"length":       {r.Header("Content-Length"), fmt.Sprint(len(body))},
		"host header":  {len(r.Headers["Host"]), 0},
		"token":        {r.BearerToken(), "tok"},
		"id":           {r.RequestID, "abc-123"},
		"client":       {r.ClientIP, "127.0.0.1"},
		"accept":       {r.Header("accept"), "text/html, */*"},
		"header names": {len(r.Headers), 7},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: got %q, want %q", name, c[0], c[1])
		}
	}
	// A handler may change what it was given.
	r.Query.Add("x", "y")
	r.Params["x"] = "y"
	r.Headers.Add("X-Tag", "three")
	r.Headers.Add("Accept", "more")
	if !slices.Equal(r.Headers["X-Tag"], []string{"one", "two", "three"}) || r.Cookie("a") != "1" {
		t.Errorf("after changes: %v", r.Headers)
	}
}

func TestAnEmptyRequestHasNoNilMaps(t *testing.T) {
	var got []*gateway.Request
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{"GET /": catching(&got)})
	s.send("GET / HTTP/1.1\nHost: h")
	if len(got) != 1 {
		t.Fatal("no request")
	}
	r := got[0]
	r.Query.Set("a", "b")
	r.Params["a"] = "b"
	r.Headers.Set("A", "b")
	if len(r.Body) != 0 || r.Path != "/" {
		t.Errorf("%q %q", r.Body, r.Path)
	}
}

// TestKeptRequestsStayAsTheyAre keeps every request and compares them in the end: the server uses the memory of a
// request again, the handler's copy must not change with it.
func TestKeptRequestsStayAsTheyAre(t *testing.T) {
	var got []*gateway.Request
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{"POST /echo/{id}": catching(&got)})
	c, r := s.dial()
	const n = 50
	for i := range n {
		body := strings.Repeat(fmt.Sprint(i%10), 100+i)
		_, err := fmt.Fprintf(c, "POST /echo/%d?q=%d HTTP/1.1\r\nHost: host%d\r\nX-N: %d\r\nContent-Length: %d\r\n\r\n%s", i, i, i, i, len(body), body)
		if err != nil {
			t.Fatal(err)
		}
		s.read(r, "POST")
	}
	for i, req := range got {
		want := fmt.Sprint(i)
		if req.Path != "/echo/"+want || req.PathParam("id") != want || req.QueryParam("q") != want || req.Header("X-N") != want ||
			req.Host != "host"+want || !bytes.Equal(req.Body, bytes.Repeat([]byte{'0' + byte(i%10)}, 100+i)) {
			t.Fatalf("request %d has become %+v", i, req)
		}
	}
	if len(got) != n {
		t.Errorf("%d requests", len(got))
	}
}

func TestPipelinedRequestsAreAnsweredInOrder(t *testing.T) {
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{
		"GET /{n}": func(_ *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
			return gateway.Text(200, req.PathParam("n")), nil
		},
	})
	c, r := s.dial()
	for i := range 5 {
		fmt.Fprintf(c, "GET /%d HTTP/1.1\r\nHost: h\r\n\r\n", i)
	}
	for i := range 5 {
		if _, body := s.read(r, "GET"); body != fmt.Sprint(i) {
			t.Errorf("answer %d is %q", i, body)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	var got []*gateway.Request
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{"GET /a": catching(&got)})
	seen := map[string]bool{}
	for _, given := range []string{"", "", "sane.id_1:/+=@-", "has space", "has\"quote", "ünï", strings.Repeat("x", 129), strings.Repeat("x", 128)} {
		for _, path := range []string{"/a", "/none"} {
			got = nil
			head := "GET " + path + " HTTP/1.1\nHost: h"
			if given != "" {
				head += "\nX-Request-ID: " + given
			}
			res, body := s.send(head)
			id := res.Header.Get("X-Request-ID")
			sane := given == "sane.id_1:/+=@-" || len(given) == 128
			if sane && id != given {
				t.Errorf("%s: %q became %q", path, given, id)
			}
			if !sane && (len(id) != 32 || seen[id]) {
				t.Errorf("%s: %q became %q, seen before: %v", path, given, id, seen[id])
			}
			seen[id] = true
			if len(got) == 1 && got[0].RequestID != id {
				t.Errorf("the handler's id is %q, the client's %q", got[0].RequestID, id)
			}
			if path == "/none" && !strings.Contains(body, `"request_id":"`+id+`"`) {
				t.Errorf("body %s, id %s", body, id)
			}
		}
	}
}

func TestClientAddresses(t *testing.T) {
	for _, c := range []struct{ name, trusted, headers, want string }{
		{"no proxy is trusted", "", "X-Forwarded-For: 198.51.100.1", "127.0.0.1"},
		{"another is trusted", "10.0.0.0/8", "X-Forwarded-For: 198.51.100.1", "127.0.0.1"},
		{"one hop", "127.0.0.0/8", "X-Forwarded-For: 198.51.100.1", "198.51.100.1"},
		{"what the client wrote itself", "127.0.0.0/8", "X-Forwarded-For: 203.0.113.9, 198.51.100.1", "198.51.100.1"},
		{"two trusted hops", "127.0.0.0/8,10.0.0.0/8", "X-Forwarded-For: 203.0.113.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"},
		{"two headers", "127.0.0.0/8,10.0.0.0/8", "X-Forwarded-For: 203.0.113.9\nX-Forwarded-For: 198.51.100.1, 10.1.2.3", "198.51.100.1"},
		{"all are proxies", "127.0.0.0/8,10.0.0.0/8", "X-Forwarded-For: 10.0.0.1, 10.0.0.2", "10.0.0.1"},
		{"nonsense", "127.0.0.0/8", "X-Forwarded-For: unknown", "127.0.0.1"},
		{"nonsense before a proxy", "127.0.0.0/8,10.0.0.0/8", "X-Forwarded-For: 198.51.100.1, <script>, 10.0.0.2", "10.0.0.2"},
		{"with ports", "127.0.0.0/8", "X-Forwarded-For: 198.51.100.1:4711", "198.51.100.1"},
		{"IPv6", "127.0.0.0/8", "X-Forwarded-For: [2001:db8::1]:4711", "2001:db8::1"},
		{"IPv6 in brackets", "127.0.0.0/8", "X-Forwarded-For: [2001:db8::1]", "2001:db8::1"},
		{"mapped", "127.0.0.0/8", "X-Forwarded-For: ::ffff:198.51.100.1", "198.51.100.1"},
		{"real IP", "127.0.0.0/8", "X-Real-IP: 198.51.100.1", "198.51.100.1"},
		{"both", "127.0.0.0/8", "X-Real-IP: 203.0.113.9\nX-Forwarded-For: 198.51.100.1", "198.51.100.1"},
		{"neither", "127.0.0.0/8", "X-Other: 1", "127.0.0.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var opts triggerhttp.Options
			for p := range strings.SplitSeq(c.trusted, ",") {
				if p != "" {
					opts.TrustedProxies = append(opts.TrustedProxies, netip.MustParsePrefix(p))
				}
			}
			var got []*gateway.Request
			s := newSite(t, opts, map[string]dispatchtest.Handler{"GET /": catching(&got)})
			s.send("GET / HTTP/1.1\nHost: h\n" + c.headers)
			if len(got) != 1 || got[0].ClientIP != c.want {
				t.Errorf("got %q, want %q", got[0].ClientIP, c.want)
			}
		})
	}
}

func TestHostsAreMatchedWithoutPort(t *testing.T) {
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{
		"GET api.example.com/x": func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
			return gateway.Text(200, "api"), nil
		},
		"GET /x": func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
			return gateway.Text(200, "any"), nil
		},
	})
	for request, want := range map[string]string{
		"GET /x HTTP/1.1\nHost: api.example.com":                  "api",
		"GET /x HTTP/1.1\nHost: API.example.com:9080":             "api",
		"GET /x HTTP/1.1\nHost: other":                            "any",
		"GET http://api.example.com:80/x HTTP/1.1\nHost: other":   "api",
		"GET /x?u=http://api.example.com/x HTTP/1.1\nHost: other": "any",
		"GET /x HTTP/1.0": "any",
		"GET /x HTTP/1.1\nHost: api.example.com.\nX-Forwarded-Host: example": "api",
	} {
		if _, body := s.send(request); body != want {
			t.Errorf("%s: got %s, want %s", request, body, want)
		}
	}
}

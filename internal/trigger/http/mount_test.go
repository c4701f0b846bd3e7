package http_test

import (
	"io"
	nethttp "net/http"
	"strings"
	"testing"

	"gateway"
	"gateway/internal/dispatch/dispatchtest"
	triggerhttp "gateway/internal/trigger/http"
)

// TestMount has the gateway answer below a prefix itself.
func TestMount(t *testing.T) {
	const size = 3 << 20
	big := strings.Repeat("0123456789abcdef", size/16)
	mount := nethttp.HandlerFunc(func(w nethttp.ResponseWriter, r *nethttp.Request) {
		switch r.URL.Path {
		case "/_own/echo":
			w.Header().Set("X-Host", r.Host)
			w.WriteHeader(nethttp.StatusTeapot)
			_, _ = io.WriteString(w, r.URL.EscapedPath()+" "+r.URL.RawQuery+" "+r.Header.Get("X-Mine"))
		case "/_own/a/b c":
			_, _ = io.WriteString(w, r.URL.EscapedPath())
		case "/_own/big":
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Content-Length", "3145728")
			_, _ = io.WriteString(w, big)
		case "/_own/nothing":
			w.WriteHeader(nethttp.StatusNotModified)
		case "/_own/panic":
			panic("the mount panics")
		case "/_own/cut":
			_, _ = io.WriteString(w, "half")
			panic(nethttp.ErrAbortHandler)
		}
	})
	s := newSite(t, triggerhttp.Options{Mounts: []triggerhttp.Mount{{Prefix: "/_own/", Handler: mount}}}, map[string]dispatchtest.Handler{
		"GET */_own/echo": func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
			return gateway.Text(200, "an endpoint"), nil
		},
		"GET */_owner": func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
			return gateway.Text(200, "an endpoint"), nil
		},
	})
	get := func(method, path string) (*nethttp.Response, string, error) {
		t.Helper()
		req, err := nethttp.NewRequestWithContext(t.Context(), method, "http://"+s.addr+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Mine", "mine")
		client := nethttp.Client{Transport: &nethttp.Transport{DisableKeepAlives: true}}
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		return res, string(body), err
	}
	for _, test := range []struct {
		method, path string
		status       int
		body         string
		length       int64
	}{
		{"GET", "/_own/echo?a=1", 418, "/_own/echo a=1 mine", -1},
		{"POST", "/_own/echo?a=1", 418, "/_own/echo a=1 mine", -1},
		{"GET", "/_own/a%2Fb%20c", 200, "/_own/a%2Fb%20c", -1},
		{"GET", "/_own/big", 200, big, size},
		{"HEAD", "/_own/big", 200, "", size},
		{"GET", "/_own/nothing", 304, "", 0},
		{"GET", "/_own/panic", 500, "", -1},
		{"GET", "/_owner", 200, "an endpoint", 11},
	} {
		res, body, err := get(test.method, test.path)
		if err != nil || res.StatusCode != test.status || body != test.body || res.ContentLength != test.length {
			t.Errorf("%s %s: %d, %d bytes of %d, %v", test.method, test.path, res.StatusCode, len(body), res.ContentLength, err)
		}
		if res.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s %s has no request id", test.method, test.path)
		}
	}
	if _, body, err := get("GET", "/_own/cut"); err == nil {
		t.Errorf("an answer that was cut off looks whole: %q", body)
	}
}

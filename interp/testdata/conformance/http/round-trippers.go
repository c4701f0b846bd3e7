package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

type RoundTripFunc func(*http.Request) (*http.Response, error)

func (f RoundTripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

type handlerTransport struct{ http.Handler }

func (t handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	rec := httptest.NewRecorder()
	t.ServeHTTP(rec, in)
	res := rec.Result()
	res.Request = r
	return res, nil
}

type retrying struct {
	next  http.RoundTripper
	tries int
}

type statusError int

func (s statusError) Error() string { return fmt.Sprintf("status %d", int(s)) }

func (s statusError) Temporary() bool { return s >= 500 }

func (t retrying) RoundTrip(r *http.Request) (res *http.Response, err error) {
	for i := range t.tries {
		attempt := r.Clone(r.Context())
		attempt.Header.Set("X-Attempt", fmt.Sprint(i+1))
		if res, err = t.next.RoundTrip(attempt); err != nil || res.StatusCode < 500 {
			return res, err
		}
		res.Body.Close()
		err = statusError(res.StatusCode)
	}
	return nil, fmt.Errorf("gave up after %d: %w", t.tries, err)
}

type trackedBody struct {
	io.Reader
	closed *int
}

func (b trackedBody) Close() error { *b.closed++; return nil }

func main() {
	failures := 2
	mux := http.NewServeMux()
	mux.HandleFunc("/ok", func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %q ua=%s", r.Method, r.Header.Get("X-Attempt"), b, r.UserAgent())
	})
	mux.HandleFunc("/flaky", func(w http.ResponseWriter, r *http.Request) {
		if failures--; failures >= 0 {
			w.WriteHeader(503)
			return
		}
		fmt.Fprint(w, "attempt ", r.Header.Get("X-Attempt"))
	})
	mux.HandleFunc("/down", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) })
	mux.HandleFunc("/hop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/ok", 302) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", 302) })
	client := &http.Client{Transport: retrying{handlerTransport{mux}, 3}}
	show := func(res *http.Response, err error) {
		var ue *url.Error
		var se statusError
		if errors.As(err, &ue) {
			fmt.Println(ue.Op, ue.URL, "|", ue.Err, "|", errors.As(err, &se), int(se), ue.Temporary())
			return
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		fmt.Println(res.StatusCode, string(b), res.Request.URL.Path)
	}
	show(client.Get("http://api.test/ok"))
	show(client.Post("http://api.test/ok", "text/plain", strings.NewReader("sent")))
	show(client.PostForm("http://api.test/ok", url.Values{"a": {"1", "2"}}))
	show(client.Get("http://api.test/flaky"))
	show(client.Get("http://api.test/down"))
	show(client.Get("http://api.test/hop"))
	show(client.Get("http://api.test/loop"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	req, _ := http.NewRequestWithContext(ctx, "GET", "http://api.test/ok", nil)
	show(client.Do(req))
	closed := 0
	client = &http.Client{
		Transport: RoundTripFunc(func(r *http.Request) (*http.Response, error) {
			if r.URL.Host == "broken.test" {
				return nil, statusError(0)
			}
			h := http.Header{"X-Seen": r.Header["X-Sent"]}
			return &http.Response{StatusCode: 200, Header: h, Body: trackedBody{strings.NewReader("canned " + r.URL.RawQuery), &closed}, Request: r}, nil
		}),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	show(client.Get("https://canned.test/x?q=1"))
	show(client.Get("https://broken.test/"))
	req, err := http.NewRequest("BAD METHOD", "http://x", nil)
	fmt.Println(req == nil, err)
	_, err = http.NewRequest("GET", "http://[bad", nil)
	fmt.Println(err, closed)
}

// Output:
// 200 GET 1 "" ua= /ok
// 200 POST 1 "sent" ua= /ok
// 200 POST 1 "a=1&a=2" ua= /ok
// 200 attempt 3 /flaky
// Get http://api.test/down | gave up after 3: status 500 | true 500 false
// 200 GET 1 "" ua= /ok
// Get /loop | stopped after 10 redirects | false 0 false
// Get http://api.test/ok | context canceled | false 0 false
// 200 canned q=1 /x
// Get https://broken.test/ | status 0 | true 0 false
// true net/http: invalid method "BAD METHOD"
// parse "http://[bad": missing ']' in host 1

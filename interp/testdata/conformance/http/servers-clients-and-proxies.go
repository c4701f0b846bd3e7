package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing/fstest"
	"time"
)

type HandlerE func(http.ResponseWriter, *http.Request) error

func (h HandlerE) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	var he *HTTPError
	switch {
	case err == nil:
	case errors.As(err, &he):
		http.Error(w, he.Error(), he.Code)
	default:
		http.Error(w, "internal", 500)
	}
}

type HTTPError struct {
	Code int
	Msg  string
}

func (e *HTTPError) Error() string { return fmt.Sprintf("%d: %s", e.Code, e.Msg) }

type Middleware func(http.Handler) http.Handler

func chain(h http.Handler, ms ...Middleware) http.Handler {
	for _, m := range slices.Backward(ms) {
		h = m(h)
	}
	return h
}

type statusWriter struct {
	http.ResponseWriter
	status, n int
}

func (s *statusWriter) WriteHeader(c int) { s.status = c; s.ResponseWriter.WriteHeader(c) }
func (s *statusWriter) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = 200
	}
	n, err := s.ResponseWriter.Write(b)
	s.n += n
	return n, err
}
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

type memHandler struct {
	mu    *sync.Mutex
	lines *[]string
	attrs []slog.Attr
	group string
}

func (h memHandler) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelInfo }
func (h memHandler) Handle(ctx context.Context, r slog.Record) error {
	var sb strings.Builder
	fmt.Fprintf(&sb, "%s %s", r.Level, r.Message)
	for _, a := range h.attrs {
		fmt.Fprintf(&sb, " %s", a)
	}
	r.Attrs(func(a slog.Attr) bool { fmt.Fprintf(&sb, " %s%s=%v", h.group, a.Key, a.Value.Resolve()); return true })
	if id, ok := ctx.Value(reqID{}).(int); ok {
		fmt.Fprintf(&sb, " req=%d", id)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	*h.lines = append(*h.lines, sb.String())
	return nil
}
func (h memHandler) WithAttrs(as []slog.Attr) slog.Handler {
	h.attrs = append(slices.Clip(h.attrs), as...)
	return h
}
func (h memHandler) WithGroup(n string) slog.Handler { h.group += n + "."; return h }

type reqID struct{}
type secret string

func (secret) LogValue() slog.Value { return slog.StringValue("***") }

type user struct {
	Name  string
	Token secret
}

func (u user) LogValue() slog.Value {
	return slog.GroupValue(slog.String("name", u.Name), slog.Any("token", u.Token))
}

type rt func(*http.Request) (*http.Response, error)

func (f rt) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func main() {
	var lines []string
	log := slog.New(memHandler{mu: new(sync.Mutex), lines: &lines})
	n := 0
	withID := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n++
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), reqID{}, n)))
		})
	}
	logging := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sw := &statusWriter{ResponseWriter: w}
			defer func() {
				if p := recover(); p != nil {
					log.ErrorContext(r.Context(), "panic", "value", p)
					http.Error(sw, "oops", 500)
				}
				log.With("m", r.Method).WithGroup("g").InfoContext(r.Context(), r.URL.Path, "status", sw.status, "n", sw.n, slog.Any("u", user{"ann", "tok"}))
			}()
			next.ServeHTTP(sw, r)
		})
	}
	mux := http.NewServeMux()
	mux.Handle("GET /items/{id}", HandlerE(func(w http.ResponseWriter, r *http.Request) error {
		switch id := r.PathValue("id"); id {
		case "0":
			return &HTTPError{404, "no item " + id}
		case "x":
			return fmt.Errorf("wrapped: %w", &HTTPError{422, "bad"})
		case "p":
			var m map[string]int
			m[id] = 1
		case "e":
			return io.ErrUnexpectedEOF
		default:
			w.Header().Set("Content-Type", "application/json")
			return json.NewEncoder(w).Encode(struct {
				ID string `json:"id"`
				Q  url.Values
			}{id, r.URL.Query()})
		}
		return nil
	}))
	mux.HandleFunc("POST /upload", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		for k, fhs := range r.MultipartForm.File {
			for _, fh := range fhs {
				f, _ := fh.Open()
				b, _ := io.ReadAll(f)
				fmt.Fprintf(w, "%s %s %d %s;", k, fh.Filename, fh.Size, b)
			}
		}
		fmt.Fprint(w, r.FormValue("title"))
	})
	mux.HandleFunc("/stream", func(w http.ResponseWriter, r *http.Request) {
		rc := http.NewResponseController(w)
		for i := range 3 {
			fmt.Fprintf(w, "data: %d\n\n", i)
			if err := rc.Flush(); err != nil {
				fmt.Fprint(w, err)
			}
		}
	})
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie("sid")
		if err != nil {
			http.SetCookie(w, &http.Cookie{Name: "sid", Value: "s1", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
			fmt.Fprint(w, err)
			return
		}
		fmt.Fprint(w, c.Value)
	})
	mux.Handle("/slow", http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), 5*time.Millisecond, "too slow"))
	mux.Handle("/static/", http.StripPrefix("/static/", http.FileServerFS(fstest.MapFS{"a.txt": {Data: []byte("file a")}})))
	h := chain(mux, withID, logging)
	srv := httptest.NewServer(h)
	defer srv.Close()
	jar, _ := cookiejar.New(nil)
	cl := srv.Client()
	cl.Jar = jar
	cl.Transport = func(next http.RoundTripper) http.RoundTripper {
		return rt(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/deny" {
				return nil, fmt.Errorf("denied %s", r.Method)
			}
			r = r.Clone(r.Context())
			r.Header.Set("X-Via", "rt")
			return next.RoundTrip(r)
		})
	}(cl.Transport)
	get := func(path string) {
		resp, err := cl.Get(srv.URL + path)
		if err != nil {
			var ue *url.Error
			fmt.Println(strings.ReplaceAll(err.Error(), srv.URL, ""), errors.As(err, &ue) && ue.Op == "Get")
			return
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		fmt.Printf("%s %d %q %s %v\n", path, resp.StatusCode, b, resp.Header.Get("Content-Type"), err)
	}
	for _, p := range []string{"/items/7?a=1&b=x%20y&a=2", "/items/0", "/items/x", "/items/p", "/items/e", "/stream", "/cookie", "/cookie", "/slow", "/static/a.txt", "/static/b", "/nope", "/deny"} {
		get(p)
	}
	var body bytes.Buffer
	mw := multipart.NewWriter(&body)
	mw.WriteField("title", "T")
	fw, _ := mw.CreateFormFile("f", "x.bin")
	fw.Write([]byte("content"))
	mw.Close()
	resp, err := cl.Post(srv.URL+"/upload", mw.FormDataContentType(), &body)
	if err == nil {
		b, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(string(b))
	}
	resp, err = cl.Post(srv.URL+"/items/1", "text/plain", strings.NewReader("x"))
	resp.Body.Close()
	fmt.Println(resp.StatusCode, resp.Header.Get("Allow"), err)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", "/items/9", nil))
	fmt.Println(rec.Code, rec.Body, rec.Header())
	u, _ := url.Parse(srv.URL)
	proxy := httptest.NewServer(&httputil.ReverseProxy{Transport: srv.Client().Transport, Rewrite: func(pr *httputil.ProxyRequest) {
		pr.SetURL(u)
		pr.Out.URL.Path = "/items/via" + strings.TrimPrefix(pr.In.URL.Path, "/p")
	},
		ModifyResponse: func(r *http.Response) error { r.Header.Set("X-Mod", "1"); return nil }})
	defer proxy.Close()
	resp, err = proxy.Client().Get(proxy.URL + "/p9")
	b, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	fmt.Println(resp.StatusCode, strings.TrimSpace(string(b)), resp.Header.Get("X-Mod"), err)
	for _, l := range lines {
		fmt.Println(l)
	}
	var sb strings.Builder
	tl := slog.New(slog.NewJSONHandler(&sb, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	tl.Debug("d", "u", user{"bob", "t"}, "err", &HTTPError{1, "m"}, "dur", time.Second, "st", struct{ A secret }{"x"}, slog.Group("g", "k", secret("s")), "missing")
	fmt.Print(sb.String())
}

// Output:
// /items/7?a=1&b=x%20y&a=2 200 "{\"id\":\"7\",\"Q\":{\"a\":[\"1\",\"2\"],\"b\":[\"x y\"]}}\n" application/json <nil>
// /items/0 404 "404: no item 0\n" text/plain; charset=utf-8 <nil>
// /items/x 422 "422: bad\n" text/plain; charset=utf-8 <nil>
// /items/p 500 "oops\n" text/plain; charset=utf-8 <nil>
// /items/e 500 "internal\n" text/plain; charset=utf-8 <nil>
// /stream 200 "data: 0\n\ndata: 1\n\ndata: 2\n\n" text/plain; charset=utf-8 <nil>
// /cookie 200 "http: named cookie not present" text/plain; charset=utf-8 <nil>
// /cookie 200 "s1" text/plain; charset=utf-8 <nil>
// /slow 503 "too slow" text/plain; charset=utf-8 <nil>
// /static/a.txt 200 "file a" text/plain; charset=utf-8 <nil>
// /static/b 404 "404 page not found\n" text/plain; charset=utf-8 <nil>
// /nope 404 "404 page not found\n" text/plain; charset=utf-8 <nil>
// Get "/deny": denied GET true
// f x.bin 7 content;T
// 405 GET, HEAD <nil>
// 200 {"id":"9","Q":{}}
//  map[Content-Type:[application/json]]
// 200 {"id":"via9","Q":{}} 1 <nil>
// INFO /items/7 m=GET g.status=200 g.n=43 g.u=[name=ann token=tok] req=1
// INFO /items/0 m=GET g.status=404 g.n=15 g.u=[name=ann token=tok] req=2
// INFO /items/x m=GET g.status=422 g.n=9 g.u=[name=ann token=tok] req=3
// ERROR panic value=assignment to entry in nil map req=4
// INFO /items/p m=GET g.status=500 g.n=5 g.u=[name=ann token=tok] req=4
// INFO /items/e m=GET g.status=500 g.n=9 g.u=[name=ann token=tok] req=5
// INFO /stream m=GET g.status=200 g.n=27 g.u=[name=ann token=tok] req=6
// INFO /cookie m=GET g.status=200 g.n=30 g.u=[name=ann token=tok] req=7
// INFO /cookie m=GET g.status=200 g.n=2 g.u=[name=ann token=tok] req=8
// INFO /slow m=GET g.status=503 g.n=8 g.u=[name=ann token=tok] req=9
// INFO /static/a.txt m=GET g.status=200 g.n=6 g.u=[name=ann token=tok] req=10
// INFO /static/b m=GET g.status=404 g.n=19 g.u=[name=ann token=tok] req=11
// INFO /nope m=GET g.status=404 g.n=19 g.u=[name=ann token=tok] req=12
// INFO /upload m=POST g.status=200 g.n=19 g.u=[name=ann token=tok] req=13
// INFO /items/1 m=POST g.status=405 g.n=19 g.u=[name=ann token=tok] req=14
// INFO /items/9 m=GET g.status=200 g.n=18 g.u=[name=ann token=tok] req=15
// INFO /items/via9 m=GET g.status=200 g.n=21 g.u=[name=ann token=tok] req=16
// {"level":"DEBUG","msg":"d","u":{"name":"bob","token":"***"},"err":"1: m","dur":1000000000,"st":{"A":"x"},"g":{"k":"***"},"!BADKEY":"missing"}

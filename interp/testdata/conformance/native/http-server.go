package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

type server struct {
	mux  *http.ServeMux
	hits map[string]int
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.hits[r.URL.Path]++
	s.mux.ServeHTTP(w, r)
}

type middleware func(http.Handler) http.Handler

func header(name, value string) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Add(name, value)
			next.ServeHTTP(w, r)
		})
	}
}

func chain(h http.Handler, ms ...middleware) http.Handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

func main() {
	s := &server{mux: http.NewServeMux(), hits: map[string]int{}}
	s.mux.HandleFunc("GET /items/{id}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]string{"id": r.PathValue("id"), "q": r.URL.Query().Get("q")})
	})
	s.mux.Handle("POST /echo", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprint(w, strings.ToUpper(string(b)))
	}))
	h := chain(s, header("X-A", "1"), header("X-B", "2"))
	for _, req := range []*http.Request{
		httptest.NewRequest("GET", "/items/7?q=x", nil),
		httptest.NewRequest("POST", "/echo", strings.NewReader("hello")),
		httptest.NewRequest("GET", "/none", nil),
	} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		fmt.Println(rec.Code, strings.TrimSpace(rec.Body.String()), rec.Header().Get("X-A"), rec.Header().Get("X-B"))
	}
	fmt.Println(s.hits["/items/7"], len(s.hits))
}

// Output:
// 200 {"id":"7","q":"x"} 1 2
// 418 HELLO 1 2
// 404 404 page not found 1 2
// 1 3

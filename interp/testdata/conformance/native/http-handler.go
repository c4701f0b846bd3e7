package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

type H struct{ p string }

func (h *H) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "%s %s", h.p, r.URL.Path)
}
func main() {
	rec := httptest.NewRecorder()
	var h http.Handler = &H{"pre"}
	mux := http.NewServeMux()
	mux.Handle("/a", h)
	mux.HandleFunc("/b", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201) })
	mux.ServeHTTP(rec, httptest.NewRequest("GET", "/a", nil))
	fmt.Println(rec.Body.String())
	rec = httptest.NewRecorder()
	mux.ServeHTTP(rec, httptest.NewRequest("GET", "/b", nil))
	fmt.Println(rec.Code)
}

// Output:
// pre /a
// 201

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
)

type API struct {
	mux   *http.ServeMux
	names []string
}

type Resource struct{ items map[string]string }

func (a *API) Handle(pattern string, f func(r *http.Request) (int, string)) {
	a.names = append(a.names, pattern)
	a.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		status, body := f(r)
		w.Header().Set("X-Pattern", r.Pattern)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	})
}

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

func (res *Resource) mount(a *API, prefix string) {
	a.Handle("GET "+prefix+"/{id}", res.get)
	a.Handle("PUT "+prefix+"/{id}", res.put)
	a.Handle("DELETE "+prefix+"/{id}", func(r *http.Request) (int, string) {
		delete(res.items, r.PathValue("id"))
		return 204, ""
	})
	a.Handle("GET "+prefix+"/{$}", func(*http.Request) (int, string) { return 200, fmt.Sprint(len(res.items), " items") })
	a.Handle("GET "+prefix+"/{id}/files/{path...}", func(r *http.Request) (int, string) {
		return 200, r.PathValue("id") + " has " + r.PathValue("path")
	})
}

func (res *Resource) get(r *http.Request) (int, string) {
	if v, ok := res.items[r.PathValue("id")]; ok {
		return 200, v
	}
	return 404, "no " + r.PathValue("id")
}

func (res *Resource) put(r *http.Request) (int, string) {
	res.items[r.PathValue("id")] = r.URL.Query().Get("v")
	return 201, r.PathValue("nothing")
}

func try(f func()) {
	defer func() {
		if v := recover(); v != nil {
			text := fmt.Sprint(v)
			fmt.Println("panic:", strings.Contains(text, "conflicts with pattern"), strings.Contains(text, "parsing"))
		}
	}()
	f()
}

func main() {
	a := &API{mux: http.NewServeMux()}
	(&Resource{map[string]string{"1": "one", "a b": "spaced"}}).mount(a, "/things")
	a.Handle("GET /things/latest", func(*http.Request) (int, string) { return 200, "more specific" })
	a.Handle("example.org/", func(r *http.Request) (int, string) { return 200, "host " + r.Host })
	a.Handle("POST /echo/{a}/{b}", func(r *http.Request) (int, string) {
		r.SetPathValue("c", "set")
		return 200, r.PathValue("b") + r.PathValue("a") + r.PathValue("c")
	})
	for _, line := range []string{
		"GET /things/1", "GET /things/9", "GET /things/a%20b", "GET /things/latest", "PUT /things/9?v=nine", "GET /things/9",
		"DELETE /things/9", "GET /things/", "GET /things", "PATCH /things/1", "HEAD /things/1", "GET /things/1/files/a/b.txt",
		"GET /things/1/files/", "GET /things/1/other", "POST /echo/x/y", "GET /echo/x/y", "GET http://example.org/any", "GET /a//b/../things/1",
	} {
		method, target, _ := strings.Cut(line, " ")
		rec := httptest.NewRecorder()
		a.ServeHTTP(rec, httptest.NewRequest(method, target, nil))
		fmt.Println(line, "->", rec.Code, strings.TrimSpace(rec.Body.String()), "|", rec.Header().Get("X-Pattern"), rec.Header().Get("Allow"), rec.Header().Get("Location"))
	}
	try(func() { a.mux.Handle("GET /things/{other}", http.NotFoundHandler()) })
	try(func() { a.mux.Handle("GET /bad/{", http.NotFoundHandler()) })
	_, pattern := a.mux.Handler(httptest.NewRequest("GET", "/things/1", nil))
	fmt.Println(pattern, len(a.names))
	sub := http.NewServeMux()
	sub.HandleFunc("/inner", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "stripped ", r.URL.Path) })
	outer := http.StripPrefix("/v1", sub)
	for _, p := range []string{"/v1/inner", "/v2/inner"} {
		rec := httptest.NewRecorder()
		outer.ServeHTTP(rec, httptest.NewRequest("GET", p, nil))
		fmt.Println(rec.Code, rec.Body)
	}
}

// Output:
// GET /things/1 -> 200 one | GET /things/{id}
// GET /things/9 -> 404 no 9 | GET /things/{id}
// GET /things/a%20b -> 200 spaced | GET /things/{id}
// GET /things/latest -> 200 more specific | GET /things/latest
// PUT /things/9?v=nine -> 201  | PUT /things/{id}
// GET /things/9 -> 200 nine | GET /things/{id}
// DELETE /things/9 -> 204  | DELETE /things/{id}
// GET /things/ -> 200 2 items | GET /things/{$}
// GET /things -> 307 <a href="/things/">Temporary Redirect</a>. |   /things/
// PATCH /things/1 -> 405 Method Not Allowed |  DELETE, GET, HEAD, PUT
// HEAD /things/1 -> 200 one | GET /things/{id}
// GET /things/1/files/a/b.txt -> 200 1 has a/b.txt | GET /things/{id}/files/{path...}
// GET /things/1/files/ -> 200 1 has | GET /things/{id}/files/{path...}
// GET /things/1/other -> 404 404 page not found |
// POST /echo/x/y -> 200 yxset | POST /echo/{a}/{b}
// GET /echo/x/y -> 405 Method Not Allowed |  POST
// GET http://example.org/any -> 200 host example.org | example.org/
// GET /a//b/../things/1 -> 307 <a href="/a/things/1">Temporary Redirect</a>. |   /a/things/1
// panic: true false
// panic: false true
// GET /things/{id} 8
// 200 stripped /inner
// 404 404 page not found
//

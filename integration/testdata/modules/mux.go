package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/gorilla/mux"
)

func answer(w http.ResponseWriter, r *http.Request) {
	vars := mux.Vars(r)
	fmt.Fprintf(w, "%s %v route=%s", r.URL.Path, vars, mux.CurrentRoute(r).GetName())
}

func main() {
	r := mux.NewRouter()
	r.HandleFunc("/", answer).Name("home")
	r.HandleFunc("/pets/{id:[0-9]+}", answer).Methods("GET", "HEAD").Name("pet")
	r.HandleFunc("/pets/{name}", answer).Methods("POST").Queries("kind", "{kind:cat|dog}").Name("new")
	r.Handle("/old", http.RedirectHandler("/new", http.StatusMovedPermanently))
	api := r.PathPrefix("/api").Subrouter()
	api.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Api", "1")
			next.ServeHTTP(w, r)
		})
	})
	api.HandleFunc("/items/{cat}/{rest:.*}", answer).Name("items")
	api.Host("{sub}.example.com").Path("/host").HandlerFunc(answer).Name("host")
	api.HandleFunc("/header", answer).Headers("X-Token", "abc").Name("header")
	r.NotFoundHandler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(404)
		io.WriteString(w, "nothing at "+r.URL.Path)
	})
	r.MatcherFunc(func(r *http.Request, m *mux.RouteMatch) bool { return strings.HasSuffix(r.URL.Path, ".txt") }).HandlerFunc(answer).Name("text")

	for _, try := range []string{
		"GET /", "GET /pets/12", "GET /pets/x", "POST /pets/tom?kind=cat", "POST /pets/tom?kind=cow", "DELETE /pets/12", "GET /old",
		"GET /api/items/a/b/c", "GET http://x.example.com/api/host", "GET /api/host", "GET /api/header", "GET /a.txt", "GET /nope", "GET //pets//12",
	} {
		method, target, _ := strings.Cut(try, " ")
		req := httptest.NewRequest(method, target, nil)
		if strings.Contains(target, "header") {
			req.Header.Set("X-Token", "abc")
		}
		rec := httptest.NewRecorder()
		r.ServeHTTP(rec, req)
		fmt.Println(try, rec.Code, rec.Header().Get("X-Api"), rec.Header().Get("Location"), strings.TrimSpace(rec.Body.String()))
	}
	u, err := r.Get("pet").URL("id", "7")
	fmt.Println(u, err)
	_, err = r.Get("pet").URL("id", "x")
	fmt.Println(err)
	u, err = api.Get("host").URL("sub", "www")
	fmt.Println(u, err)
	r.Walk(func(route *mux.Route, router *mux.Router, ancestors []*mux.Route) error {
		t, _ := route.GetPathTemplate()
		re, _ := route.GetPathRegexp()
		ms, err := route.GetMethods()
		fmt.Println(t, re, ms, err, len(ancestors))
		return nil
	})
	req := mux.SetURLVars(httptest.NewRequest("GET", "/", nil), map[string]string{"a": "b"})
	fmt.Println(mux.Vars(req))
}

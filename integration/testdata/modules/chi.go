package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"

	"github.com/go-chi/chi/v5"
)

type ctxKey struct{ name string }

func article(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := chi.URLParam(r, "articleID")
		if id == "0" {
			http.Error(w, http.StatusText(404), 404)
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), ctxKey{"article"}, "article-"+id)))
	})
}

func answer(w http.ResponseWriter, r *http.Request) {
	c := chi.RouteContext(r.Context())
	fmt.Fprintf(w, "%s %s params=%v%v pattern=%s value=%v", r.Method, r.URL.Path, c.URLParams.Keys, c.URLParams.Values, c.RoutePattern(), r.Context().Value(ctxKey{"article"}))
}

func main() {
	r := chi.NewRouter()
	r.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Chain", "outer")
			next.ServeHTTP(w, r)
		})
	})
	r.Get("/", answer)
	r.Route("/articles", func(r chi.Router) {
		r.With(func(next http.Handler) http.Handler { return next }).Get("/", answer)
		r.Post("/", answer)
		r.Get("/{slug:[a-z-]+}", answer)
		r.Route("/{articleID}", func(r chi.Router) {
			r.Use(article)
			r.Get("/", answer)
			r.Put("/", answer)
			r.Delete("/", answer)
		})
	})
	admin := chi.NewRouter()
	admin.Get("/users/{id}-{kind}", answer)
	admin.Handle("/any/*", http.HandlerFunc(answer))
	r.Mount("/admin", admin)
	r.Group(func(r chi.Router) {
		r.Use(func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Add("X-Chain", "group")
				next.ServeHTTP(w, r)
			})
		})
		r.Method("PATCH", "/grouped", http.HandlerFunc(answer))
	})
	r.NotFound(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(404); fmt.Fprint(w, "custom 404") })
	r.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(405); fmt.Fprint(w, "custom 405") })
	for _, try := range []string{
		"GET /", "GET /articles", "GET /articles/", "POST /articles/", "GET /articles/some-slug", "GET /articles/12", "GET /articles/12/", "PUT /articles/12/",
		"GET /articles/0", "DELETE /articles/5", "PATCH /articles/5", "GET /admin/users/7-boss", "POST /admin/any/a/b", "PATCH /grouped", "GET /grouped", "GET /nope",
	} {
		method, target, _ := strings.Cut(try, " ")
		rec := httptest.NewRecorder()
		r.ServeHTTP(rec, httptest.NewRequest(method, target, nil))
		fmt.Println(try, "->", rec.Code, rec.Header()["X-Chain"], strings.TrimSpace(rec.Body.String()))
	}
	var walked []string
	err := chi.Walk(r, func(method, route string, handler http.Handler, middlewares ...func(http.Handler) http.Handler) error {
		walked = append(walked, fmt.Sprint(method, " ", route, " ", len(middlewares)))
		return nil
	})
	sort.Strings(walked)
	fmt.Println(strings.Join(walked, "\n"))
	fmt.Println(err, r.Match(chi.NewRouteContext(), "GET", "/articles/9/"), r.Match(chi.NewRouteContext(), "GET", "/zzz"))
	func() {
		defer func() { fmt.Println(recover()) }()
		r.Get("no-slash", answer)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		r.Get("/{a}/{a}", answer)
	}()
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
)

type Middleware func(http.Handler) http.Handler

type ctxKey int

const (
	userKey ctxKey = iota
	traceKey
)

type User struct {
	Name  string
	Roles []string
}

func chain(h http.Handler, ms ...Middleware) http.Handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

func trace(log *[]string, name string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			*log = append(*log, "+"+name)
			defer func() { *log = append(*log, "-"+name) }()
			path, _ := r.Context().Value(traceKey).(string)
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), traceKey, path+"/"+name)))
		})
	}
}

func recoverer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					w.WriteHeader(499)
					return
				}
				http.Error(w, fmt.Sprint("panic: ", v), http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func auth(users map[string]User) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			u, known := users[token]
			if !ok || !known {
				w.Header().Set("WWW-Authenticate", "Bearer")
				http.Error(w, "who are you?", http.StatusUnauthorized)
				return
			}
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), userKey, &u)))
		})
	}
}

func require(role string, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		u := r.Context().Value(userKey).(*User)
		for _, have := range u.Roles {
			if have == role {
				h(w, r)
				return
			}
		}
		w.WriteHeader(http.StatusForbidden)
		json.NewEncoder(w).Encode(map[string]any{"error": "needs " + role, "user": u})
	}
}

func main() {
	var log []string
	mux := http.NewServeMux()
	mux.HandleFunc("GET /who", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s via %v", r.Context().Value(userKey).(*User).Name, r.Context().Value(traceKey))
	})
	mux.HandleFunc("GET /admin", require("admin", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }))
	mux.HandleFunc("GET /crash", func(http.ResponseWriter, *http.Request) { var m map[string]int; m["x"]++ })
	mux.HandleFunc("GET /abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	users := map[string]User{"t1": {"ann", []string{"admin"}}, "t2": {Name: "bob"}}
	h := chain(mux, trace(&log, "outer"), recoverer, auth(users), trace(&log, "inner"))
	for _, c := range [][2]string{{"/who", "t1"}, {"/who", ""}, {"/admin", "t1"}, {"/admin", "t2"}, {"/crash", "t1"}, {"/abort", "t2"}, {"/none", "t1"}} {
		log = nil
		req := httptest.NewRequest("GET", c[0], nil)
		if c[1] != "" {
			req.Header.Set("authorization", "Bearer "+c[1])
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		fmt.Println(c[0], rec.Code, strings.TrimSpace(rec.Body.String()), log, rec.Header().Get("Www-Authenticate"))
	}
}

// Output:
// /who 200 ann via /outer/inner [+outer +inner -inner -outer]
// /who 401 who are you? [+outer -outer] Bearer
// /admin 204  [+outer +inner -inner -outer]
// /admin 403 {"error":"needs admin","user":{"Name":"bob","Roles":null}} [+outer +inner -inner -outer]
// /crash 500 panic: assignment to entry in nil map [+outer +inner -inner -outer]
// /abort 499  [+outer +inner -inner -outer]
// /none 404 404 page not found [+outer +inner -inner -outer]

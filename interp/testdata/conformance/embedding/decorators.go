package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
)

type upper struct{ io.Writer }

func (u upper) Write(p []byte) (int, error) { return u.Writer.Write(bytes.ToUpper(p)) }

type counting struct {
	io.Writer
	n int
}

func (c *counting) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.n += n
	return n, err
}

type byLength struct{ sort.StringSlice }

func (b byLength) Less(i, j int) bool { return len(b.StringSlice[i]) < len(b.StringSlice[j]) }

type logged struct {
	sort.Interface
	swaps *int
}

func (l logged) Swap(i, j int) {
	*l.swaps++
	l.Interface.Swap(i, j)
}

type Store interface {
	Get(key string) (string, bool)
	Put(key, value string)
	Len() int
}

type memory map[string]string

func (m memory) Get(k string) (string, bool) { v, ok := m[k]; return v, ok }

func (m memory) Put(k, v string) { m[k] = v }

func (m memory) Len() int { return len(m) }

type readOnly struct{ Store }

func (readOnly) Put(key, _ string) { panic("read only: " + key) }

type defaults struct {
	Store
	fallback Store
}

func (d defaults) Get(k string) (string, bool) {
	if v, ok := d.Store.Get(k); ok {
		return v, ok
	}
	return d.fallback.Get(k)
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(code int) {
	s.status = code
	s.ResponseWriter.WriteHeader(code)
}

func logging(next http.Handler, log *[]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sw := &statusWriter{ResponseWriter: w, status: 200}
		next.ServeHTTP(sw, r)
		*log = append(*log, fmt.Sprint(r.Method, " ", r.URL.Path, " ", sw.status))
	})
}

func main() {
	var b strings.Builder
	c := &counting{Writer: &b}
	fmt.Fprintf(upper{c}, "value %d", 5)
	io.WriteString(upper{upper{c}}, " more")
	fmt.Println(b.String(), c.n)
	words := []string{"ccc", "a", "bb", "dddd"}
	swaps := 0
	sort.Sort(logged{sort.Reverse(byLength{words}), &swaps})
	fmt.Println(words, swaps > 0, sort.IsSorted(byLength{words}))
	base := memory{"color": "red"}
	s := Store(defaults{Store: memory{}, fallback: readOnly{base}})
	s.Put("size", "xl")
	fmt.Println(s.Get("size"))
	fmt.Println(s.Get("color"))
	fmt.Println(s.Get("none"))
	fmt.Println(s.Len(), base.Len())
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		Store(readOnly{s}).Put("x", "y")
	}()
	var log []string
	h := logging(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		io.WriteString(w, "home")
	}), &log)
	for _, path := range []string{"/", "/lost"} {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	fmt.Println(strings.Join(log, ", "))
}

// Output:
// VALUE 5 MORE 12
// [dddd ccc bb a] true false
// xl true
// red true
//  false
// 1 1
// recovered: read only: x
// GET / 200, GET /lost 404

package main

import (
	"bytes"
	"container/heap"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"sort"
	"strings"
	"sync"
	"text/template"
	"time"
)

type Level int

func (l Level) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("L%d", int(l))), nil }
func (l *Level) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "L%d", (*int)(l))
	return err
}

type Money struct{ cents int }

func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(fmt.Sprintf("%d.%02d", m.cents/100, m.cents%100))
}
func (m *Money) UnmarshalJSON(b []byte) error {
	var a, c int
	_, err := fmt.Sscanf(string(b), `"%d.%d"`, &a, &c)
	m.cents = a*100 + c
	return err
}

type Base struct {
	ID      int       `json:"id"`
	Created time.Time `json:"created,omitzero"`
}
type Item struct {
	Base
	Name   string           `json:"name"`
	Price  Money            `json:"price"`
	Levels map[string]Level `json:"levels,omitempty"`
	Tags   []string         `json:"tags,omitempty"`
	Next   *Item            `json:"next,omitempty"`
	Any    any              `json:"any,omitempty"`
	hidden string
}

func (i Item) Upper() string               { return strings.ToUpper(i.Name) }
func (i *Item) Format(s fmt.State, c rune) { fmt.Fprintf(s, "<%c %s>", c, i.Name) }

type byName []Item

func (b byName) Len() int           { return len(b) }
func (b byName) Less(i, j int) bool { return b[i].Name < b[j].Name }
func (b byName) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type queue []*Item

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].ID < q[j].ID }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(*Item)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

type rot13 struct{ r io.Reader }

func (r rot13) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i := range p[:n] {
		if p[i] >= 'a' && p[i] <= 'z' {
			p[i] = 'a' + (p[i]-'a'+13)%26
		}
	}
	return n, err
}

type upper struct {
	io.Writer
	n int
}

func (u *upper) Write(p []byte) (int, error) { u.n += len(p); return u.Writer.Write(bytes.ToUpper(p)) }

type app struct{ hits map[string]int }

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.hits[r.URL.Path]++
	w.Header().Set("X-Hits", fmt.Sprint(a.hits[r.URL.Path]))
	fmt.Fprintf(w, "%s %s", r.Method, r.URL.Path)
}

type apiError struct {
	Status int
	err    error
}

func (e *apiError) Error() string { return fmt.Sprintf("%d: %v", e.Status, e.err) }
func (e *apiError) Unwrap() error { return e.err }

var errGone = errors.New("gone")

type ctxKey struct{}

func main() {
	it := Item{Base: Base{ID: 1}, Name: "n", Price: Money{1234}, Levels: map[string]Level{"a": 2}, Next: &Item{Name: "x"}, Any: []Level{3}, hidden: "h"}
	b, err := json.Marshal(it)
	fmt.Println(string(b), err)
	var back Item
	err = json.Unmarshal(b, &back)
	fmt.Println(back.ID, back.Price, back.Levels, back.Next.Name, back.Any, back.hidden == "", err)
	fmt.Println(json.Unmarshal([]byte(`{"price": 5}`), &back) != nil)
	var generic map[string]any
	json.Unmarshal(b, &generic)
	fmt.Println(generic["levels"], generic["id"])
	fmt.Printf("%v %+v %T %T\n", it.Price, it.Base.ID, it, &it)
	fmt.Printf("%v %s %v\n", &it, []*Item{&it}, Level(3))
	fmt.Printf("%#v %#v %+v\n", Level(1), Money{5}, struct {
		A Level
		b string
	}{1, "x"})
	items := byName{{Name: "b"}, {Name: "a"}, {Name: "c"}}
	sort.Sort(items)
	fmt.Println(items[0].Name, items[1].Name, sort.IsSorted(items))
	q := &queue{}
	for _, id := range []int{3, 1, 2} {
		heap.Push(q, &Item{Base: Base{ID: id}})
	}
	fmt.Println(heap.Pop(q).(*Item).ID, heap.Pop(q).(*Item).ID, q.Len())
	data, err := io.ReadAll(rot13{strings.NewReader("uryyb")})
	var buf bytes.Buffer
	u := &upper{Writer: &buf}
	fmt.Fprintf(u, "%s!", data)
	fmt.Println(buf.String(), u.n, err)
	rec := httptest.NewRecorder()
	a := &app{hits: map[string]int{}}
	mux := http.NewServeMux()
	mux.Handle("/x", a)
	mux.HandleFunc("/f", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(418) })
	mux.ServeHTTP(rec, httptest.NewRequest("GET", "/x", nil))
	fmt.Println(rec.Code, rec.Body, rec.Header().Get("X-Hits"))
	rec = httptest.NewRecorder()
	mux.ServeHTTP(rec, httptest.NewRequest("GET", "/f", nil))
	fmt.Println(rec.Code)
	err = fmt.Errorf("load: %w", errors.Join(&apiError{404, errGone}, io.EOF))
	var ae *apiError
	fmt.Println(errors.As(err, &ae), ae.Status, errors.Is(err, errGone), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF))
	t := template.Must(template.New("t").Funcs(template.FuncMap{"twice": func(s string) string { return s + s }}).Parse(
		"{{range .}}{{.Upper}} {{.Name | twice}} {{.ID}};{{end}}"))
	buf.Reset()
	fmt.Println(t.Execute(&buf, []Item(items)), buf.String())
	pool := sync.Pool{New: func() any { return &Money{7} }}
	fmt.Println(pool.Get().(*Money).cents)
	var m sync.Map
	m.Store(ctxKey{}, Level(4))
	v, ok := m.Load(ctxKey{})
	fmt.Println(v.(Level) == 4, ok)
	rt := reflect.TypeOf(it)
	f, _ := rt.FieldByName("hidden")
	fmt.Println(rt, rt.NumField(), rt.Field(1).Tag.Get("json"), f.PkgPath, reflect.ValueOf(&it).NumMethod(), reflect.DeepEqual(it.Price, Money{1234}))
	fmt.Println(reflect.ValueOf(it).MethodByName("Upper").Call(nil)[0])
	var sb strings.Builder
	enc := json.NewEncoder(&sb)
	enc.SetIndent("", " ")
	enc.Encode(map[Level]Money{2: {1}})
	fmt.Println(sb.String())
}

// Output:
// {"id":1,"name":"n","price":"12.34","levels":{"a":"L2"},"next":{"id":0,"name":"x","price":"0.00"},"any":["L3"]} <nil>
// 1 {1234} map[a:2] x [L3] true <nil>
// true
// map[a:L2] 1
// {1234} 1 main.Item *main.Item
// <v n> [<s n>] 3
// 1 main.Money{cents:5} {A:1 b:x}
// a b true
// 1 2 1
// HELLO! 6 <nil>
// 200 GET /x 1
// 418
// true 404 true true false
// <nil> A aa 0;B bb 0;C cc 0;
// 7
// true true
// main.Item 8 name main 2 true
// N
// {
//  "L2": "0.01"
// }

package main

import (
	"fmt"
	"strings"
)

type Handler interface{ Serve(req string) string }

type HandlerFunc func(string) string

func (f HandlerFunc) Serve(req string) string { return f(req) }

type Middleware func(Handler) Handler

func (m Middleware) Then(next Middleware) Middleware {
	return func(h Handler) Handler { return m(next(h)) }
}

type Chain []Middleware

func (c Chain) Wrap(h Handler) Handler {
	for i := len(c) - 1; i >= 0; i-- {
		h = c[i](h)
	}
	return h
}

type StateFn func(*machine) StateFn

type machine struct {
	input string
	pos   int
	out   []string
}

func letters(m *machine) StateFn {
	start := m.pos
	for m.pos < len(m.input) && m.input[m.pos] >= 'a' {
		m.pos++
	}
	if m.pos > start {
		m.out = append(m.out, "word:"+m.input[start:m.pos])
	}
	if m.pos == len(m.input) {
		return nil
	}
	return digits
}

func digits(m *machine) StateFn {
	start := m.pos
	for m.pos < len(m.input) && m.input[m.pos] < 'a' {
		m.pos++
	}
	m.out = append(m.out, "num:"+m.input[start:m.pos])
	if m.pos == len(m.input) {
		return nil
	}
	return letters
}

type Predicate func(int) bool

func (p Predicate) And(q Predicate) Predicate { return func(n int) bool { return p(n) && q(n) } }

func (p Predicate) Not() Predicate { return func(n int) bool { return !p(n) } }

func (p Predicate) Filter(ns ...int) (out []int) {
	for _, n := range ns {
		if p(n) {
			out = append(out, n)
		}
	}
	return
}

func tag(name string) Middleware {
	return func(h Handler) Handler {
		return HandlerFunc(func(req string) string {
			return "<" + name + ">" + h.Serve(req) + "</" + name + ">"
		})
	}
}

func main() {
	upper := HandlerFunc(strings.ToUpper)
	fmt.Println(upper.Serve("plain"))
	fmt.Println(Chain{tag("a"), tag("b"), tag("c")}.Wrap(upper).Serve("chained"))
	fmt.Println(tag("x").Then(tag("y"))(upper).Serve("then"))
	m := &machine{input: "abc12de3f"}
	for state := StateFn(letters); state != nil; {
		state = state(m)
	}
	fmt.Println(m.out)
	even := Predicate(func(n int) bool { return n%2 == 0 })
	large := Predicate(func(n int) bool { return n > 5 })
	fmt.Println(even.And(large.Not()).Filter(1, 2, 4, 6, 8), even.Not().And(large).Filter(5, 6, 7))
	var h Handler = upper
	f, ok := h.(HandlerFunc)
	fmt.Println(ok, f("asserted"))
	fmt.Printf("%T %T %T\n", h, tag, StateFn(digits))
	routes := map[string]HandlerFunc{"echo": func(s string) string { return s }, "rev": func(s string) string {
		b := []byte(s)
		for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
			b[i], b[j] = b[j], b[i]
		}
		return string(b)
	}}
	fmt.Println(routes["echo"].Serve("hi"), routes["rev"].Serve("abc"), routes["none"] == nil)
}

// Output:
// PLAIN
// <a><b><c>CHAINED</c></b></a>
// <x><y>THEN</y></x>
// [word:abc num:12 word:de num:3 word:f]
// [2 4] [7]
// true ASSERTED
// main.HandlerFunc func(string) main.Middleware main.StateFn
// hi cba true

package main

import "fmt"

type T int

func (t T) F()                    {}
func (t T) Two() (int, error)     { return 0, nil }
func (t T) Flo(x float64) float64 { return x }

type S struct{ T }

func (s S) F() {}

type G[X any] struct{ x X }

func (g G[X]) F() {}

type I interface{ F() }
type J interface{ Two() (int, error) }
type K interface{ Flo(float64) float64 }

type P struct{ n int }

func (p P) F()  {}
func (p *P) Q() {}

func try(f func()) {
	defer func() {
		r := recover()
		_, isRuntime := r.(interface{ RuntimeError() })
		fmt.Println(r, isRuntime)
	}()
	f()
}

// The compiler calls what it knows directly, with another panic: these do not know.

//go:noinline
func callF(i I) { i.F() }

//go:noinline
func callTwo(i J) { i.Two() }

//go:noinline
func callFlo(i K) { i.Flo(1.5) }

//go:noinline
func value(i I) func() { return i.F }

//go:noinline
func deferred(i I) { defer i.F() }

func main() {
	var t *T
	var s *S
	var p *P
	try(func() { callF(t) })
	try(func() { callF(s) })
	try(func() { callF(p) })
	try(func() { callTwo(t) })
	try(func() { callTwo(s) })
	try(func() { callFlo(t) })
	try(func() { value(t)() })
	try(func() { deferred(p) })
	try(func() { t.F() })
	try(func() { s.F() })
	try(func() { p.F() })
	try(func() { p.Q() })
	q := &p
	try(func() { (*q).F() })
	var g *G[int]
	try(func() { callF(g) })
}

// Output:
// value method main.T.F called using nil *T pointer true
// value method main.S.F called using nil *S pointer true
// value method main.P.F called using nil *P pointer true
// value method main.T.Two called using nil *T pointer true
// runtime error: invalid memory address or nil pointer dereference true
// value method main.T.Flo called using nil *T pointer true
// value method main.T.F called using nil *T pointer true
// value method main.P.F called using nil *P pointer true
// runtime error: invalid memory address or nil pointer dereference true
// runtime error: invalid memory address or nil pointer dereference true
// runtime error: invalid memory address or nil pointer dereference true
// <nil> false
// runtime error: invalid memory address or nil pointer dereference true
// value method main.G[...].F called using nil *G[...] pointer true

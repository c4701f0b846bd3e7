package main

import "fmt"

var (
	last   = note("last", first+middle())
	first  = note("first", 1)
	table  = build()
	lookup = map[string]func() int{"a": func() int { return viaClosure }, "m": T{}.Method}
	fromM  = T{base: 5}.Method()
	fromE  = T.Method(T{})
	ptr    = &target
	target = note("target", 7)
	x, y   = pair()
	_      = note("blank", z)
	z      = note("z", len(keys))
	keys   = [...]string{"k", "l"}
	iface  = Shape(square{side})
	side   = note("side", 3)
	area   = iface.Area()
	fn     = later
	called = fn()
	viaVar = note("viaVar", *ptr)
)

var viaClosure = note("viaClosure", 9)

var steps []string

type T struct{ base int }

type Shape interface{ Area() int }

type square struct{ n int }

func (s square) Area() int { return s.n * s.n * scale }

var scale = note("scale", 2)

func (t T) Method() int { return t.base + methodDep }

var methodDep = note("methodDep", 100)

func middle() int { return note("middle", first*10) }

func note(name string, v int) int {
	steps = append(steps, fmt.Sprint(name, "=", v))
	return v
}

func build() map[string]int { return map[string]int{"first": first, "last": last} }

func pair() (int, int) { return note("x", y0), y0 + 1 }

var y0 = note("y0", 20)

func later() int { return lateDep }

var lateDep = note("lateDep", 50)

func init() {
	steps = append(steps, "init 1")
	first = 1000
}

func init() {
	steps = append(steps, fmt.Sprint("init 2 sees ", first))
}

func main() {
	for _, s := range steps {
		fmt.Print(s, "; ")
	}
	fmt.Println()
	fmt.Println(last, first, table, fromM, fromE, *ptr, x, y, z, area, called, viaVar)
	fmt.Println(lookup["a"](), lookup["m"]())
}

// Output:
// first=1; middle=10; last=11; target=7; z=2; blank=2; side=3; viaVar=7; viaClosure=9; scale=2; methodDep=100; y0=20; x=20; lateDep=50; init 1; init 2 sees 1000;
// 11 1000 map[first:1 last:11] 105 100 7 20 21 2 0 50 7
// 9 100

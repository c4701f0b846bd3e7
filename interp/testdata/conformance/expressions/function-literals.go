package main

import (
	"fmt"
	"strings"
)

var registry = func() map[string]func(float64, float64) float64 {
	m := make(map[string]func(float64, float64) float64)
	m["+"] = func(a, b float64) float64 { return a + b }
	m["-"] = func(a, b float64) float64 { return a - b }
	m["*"] = func(a, b float64) float64 { return a * b }
	return m
}()

type handler struct {
	name string
	run  func(args ...string) (out string, err error)
}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func counterPair() (inc func() int, reset func()) {
	var n int
	inc = func() int { n++; return n }
	reset = func() { n = 0 }
	return
}

func main() {
	fmt.Println(registry["+"](1, 2), registry["*"](3, 4), registry["/"] == nil)
	f := fib()
	for range 10 {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	inc, reset := counterPair()
	inc()
	fmt.Println(inc(), func() int { reset(); return inc() }())
	handlers := []handler{
		{"join", func(args ...string) (string, error) { return strings.Join(args, "-"), nil }},
		{"fail", func(...string) (out string, err error) { err = fmt.Errorf("no %s", "luck"); return }},
		{name: "empty"},
	}
	for _, h := range handlers {
		if h.run == nil {
			fmt.Println(h.name, "has no function")
			continue
		}
		out, err := h.run("a", "b")
		fmt.Printf("%s %q %v\n", h.name, out, err)
	}
	var walk func(n int) []int
	walk = func(n int) []int {
		if n <= 0 {
			return nil
		}
		return append(walk(n-2), n)
	}
	fmt.Println(walk(7))
	add := func(a int) func(int) func(int) int {
		return func(b int) func(int) int {
			return func(c int) int { return a*100 + b*10 + c }
		}
	}
	fmt.Println(add(1)(2)(3))
	func(msg string, n int) {
		defer func() { fmt.Println("leaving", msg, n) }()
		n *= 2
		msg += "!"
	}("scope", 21)
	fns := [3]func() int{}
	for i := range fns {
		fns[i] = func() int { i *= 10; return i }
	}
	fmt.Println(fns[1](), fns[1](), fns[2](), fns[0]())
	x := 1
	set := func(p *int) func(int) { return func(v int) { *p = v } }(&x)
	set(99)
	fmt.Println(func() (a, b int) { return x, x + 1 }())
}

// Output:
// 3 12 true
// 0 1 1 2 3 5 8 13 21 34
// 2 1
// join "a-b" <nil>
// fail "" no luck
// empty has no function
// [1 3 5 7]
// 123
// leaving scope! 42
// 10 100 20 0
// 99 100

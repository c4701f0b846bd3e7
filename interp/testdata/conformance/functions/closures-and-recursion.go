package main

import (
	"fmt"
	"strings"
)

type op func(float64, float64) (float64, error)

func compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }

func memo(f func(int) int) func(int) int {
	cache := map[int]int{}
	return func(n int) int {
		if v, ok := cache[n]; ok {
			return v
		}
		v := f(n)
		cache[n] = v
		return v
	}
}

func accumulator() (add func(int), get func() int) {
	sum := 0
	add = func(n int) { sum += n }
	get = func() int { return sum }
	return
}

func variadic(prefix string, xs ...any) string {
	return fmt.Sprint(prefix, len(xs), xs == nil, fmt.Sprint(xs...))
}

func main() {
	ops := map[string]op{
		"+": func(a, b float64) (float64, error) { return a + b, nil },
		"/": func(a, b float64) (float64, error) {
			if b == 0 {
				return 0, fmt.Errorf("division by zero")
			}
			return a / b, nil
		},
	}
	fmt.Println(ops["+"](1, 2))
	fmt.Println(ops["/"](1, 0))
	fmt.Println(compose(strings.TrimSpace, func(s string) int { return len(s) })("  four  "))
	var fib func(int) int
	fib = memo(func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(80))
	add, get := accumulator()
	for i := range 5 {
		add(i)
	}
	fmt.Println(get())
	fmt.Println(variadic("a"), variadic("b", nil), variadic("c", 1, "x"), variadic("d", []any{1, 2}...), variadic("e", []any{}...))
	xs := []int{1, 2}
	sum := func(n ...int) (s int) {
		n[0] = 10
		for _, v := range n {
			s += v
		}
		return
	}
	fmt.Println(sum(xs...), xs, func() int { return 7 }())
	fs := [...]func() string{func() string { return "a" }, func() string { return "b" }}
	fmt.Println(fs[0]() + fs[1]())
	counter := func() func() int { n := 0; return func() int { n++; return n } }
	c1, c2 := counter(), counter()
	c1()
	fmt.Println(c1(), c2())
}

// Output:
// 3 <nil>
// 0 division by zero
// 4
// 23416728348467685
// 10
// a0 true b1 false<nil> c2 false1x d2 false1 2 e0 false
// 12 [10 2] 7
// ab
// 2 1

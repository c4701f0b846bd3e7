package main

import (
	"fmt"
	"sort"
	"strings"
)

type Middleware func(Handler) Handler
type Handler func(string) string
type state func(*machine) state
type machine struct{ log []string }
type Op struct {
	name string
	do   func(int, ...int) int
}
type counter struct{ n int }

func (h Handler) Serve(s string) string { return h(s) }
func (c *counter) inc() int             { c.n++; return c.n }
func (c counter) get() int              { return c.n }

func start(m *machine) state { m.log = append(m.log, "start"); return middle }
func middle(m *machine) state {
	m.log = append(m.log, "middle")
	if len(m.log) > 3 {
		return nil
	}
	return middle
}

func chain(h Handler, ms ...Middleware) Handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

func prefix(p string) Middleware {
	return func(next Handler) Handler {
		return func(s string) string { return p + next(s) }
	}
}

func accumulate() (add func(int) int, reset func()) {
	sum := 0
	return func(n int) int { sum += n; return sum }, func() { sum = 0 }
}

func variadic(first string, rest ...any) string { return fmt.Sprint(first, len(rest), rest) }

func multi() (int, string, error) { return 1, "two", nil }

var fib func(int) int

func init() {
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
}

var table = map[string]func(float64) float64{
	"double": func(x float64) float64 { return 2 * x },
	"square": func(x float64) float64 { return x * x },
}

func main() {
	h := chain(strings.ToUpper, prefix("a"), prefix("b"))
	fmt.Println(h("x"), h.Serve("y"), Handler.Serve(h, "z"), fib(12))
	add, reset := accumulate()
	add(3)
	add(4)
	fmt.Print(add(1), " ")
	reset()
	fmt.Println(add(5))
	m := &machine{}
	for s := state(start); s != nil; {
		s = s(m)
	}
	fmt.Println(m.log)
	ops := []Op{{"sum", func(a int, b ...int) int {
		for _, x := range b {
			a += x
		}
		return a
	}}, {"len", func(_ int, b ...int) int { return len(b) }}}
	for _, op := range ops {
		fmt.Print(op.name, op.do(1, 2, 3), op.do(1), op.do(1, []int{4, 5, 6}...), " ")
	}
	fmt.Println(variadic("a"), variadic("b", 1, "x"), variadic("c", []any{nil, 2}...), variadic(multi2()))
	c := counter{}
	inc, get := c.inc, c.get
	inc()
	fmt.Println(inc(), get(), counter.get(c), (*counter).inc(&c))
	keys := make([]string, 0)
	for k := range table {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	for _, k := range keys {
		fmt.Print(k, table[k](3), " ")
	}
	fmt.Println()
	func(args ...string) { fmt.Println(len(args), strings.Join(args, "+")) }("p", "q")
	compose := func(fs ...func(int) int) func(int) int {
		return func(x int) int {
			for _, f := range fs {
				x = f(x)
			}
			return x
		}
	}
	fmt.Println(compose(func(x int) int { return x + 1 }, func(x int) int { return x * 10 })(4))
	var nilFunc func()
	fmt.Println(nilFunc == nil, fib != nil, strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return r + 1
	}, "banana"))
	a, b, err := multi()
	fmt.Println(a, b, err)
	gen := func() func() int { i := 0; return func() int { i++; return i } }()
	fmt.Println(gen(), gen(), gen())
	rec := func(n int) (r int) {
		var f func(int) int
		f = func(k int) int {
			if k == 0 {
				return 0
			}
			r += k
			return f(k-1) + 1
		}
		r += f(n)
		return r
	}
	fmt.Println(rec(4))
}

func multi2() (string, int, error) { return "m", 1, nil }

// Output:
// abX abY abZ 144
// 8 5
// [start middle middle middle]
// sum6 1 16 len2 0 3 a0 [] b2 [1 x] c2 [<nil> 2] m2 [1 <nil>]
// 2 0 2 3
// double6 square9
// 2 p+q
// 50
// true true coo
// 1 two <nil>
// 1 2 3
// 14

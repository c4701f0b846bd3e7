package main

import "fmt"

var (
	a    = b + 1
	b    = f("b", 10)
	c    = func() int { return f("c", a*2) }()
	d, e = pair()
	_    = f("blank", 0)
	list = []func() int{func() int { return a }, g}
	m    = map[string]*node{"x": {v: d}}
	top  = &node{next: m["x"], v: e}
	arr  = [...]string{"p", "q"}
	err  error
)

type node struct {
	v    int
	next *node
}

func f(s string, n int) int { fmt.Println("init", s, n); return n }
func g() int                { return c }
func pair() (int, int)      { return a, b }

func init() { fmt.Println("first", a, b, c, d, e); a++ }
func init() {
	fmt.Println("second", a, list[0](), list[1](), top.next.v, len(arr), err == nil)
}

const k = len(arr)

func main() { fmt.Println("main", k) }

// Output:
// init b 10
// init c 22
// init blank 0
// first 11 10 22 11 10
// second 12 12 22 11 2 true
// main 2

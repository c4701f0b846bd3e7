package main

import "fmt"

type A struct{ N int }

func (a A) Hello() string { return fmt.Sprint("A", a.N) }
func (a *A) Inc()         { a.N++ }

type B struct {
	A
	S string
}
type C struct{ *B }
type H interface{ Hello() string }

func main() {
	b := B{A{1}, "s"}
	b.Inc()
	var h H = b
	fmt.Println(h.Hello(), b.N)
	c := C{&b}
	c.Inc()
	h = c
	fmt.Println(h.Hello(), c.A.N, c.S)
}

// Output:
// A2 2
// A3 3 s

package main

import "fmt"

type MW func(H) H
type H func(string) string

func (h H) Call(s string) string { return h(s) }
func chain(h H, ms ...MW) H {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}
func main() {
	log := func(p string) MW { return func(n H) H { return func(s string) string { return p + n(s) } } }
	h := chain(func(s string) string { return "[" + s + "]" }, log("a"), log("b"))
	fmt.Println(h("x"), h.Call("y"))
}

// Output:
// ab[x] ab[y]

package main

import "fmt"

type S struct {
	A int
	b string
}
type N int

func main() { fmt.Printf("%T %T %T %v %+v %#v\n", S{}, N(1), &S{}, S{1, "x"}, S{1, "x"}, []int{1}) }

// Output:
// main.S main.N *main.S {1 x} {A:1 b:x} []int{1}

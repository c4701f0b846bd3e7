package main

import "fmt"

type S struct {
	A int
	b string
}

func main() { fmt.Printf("%#v\n", S{1, "x"}) }

// Output:
// main.S{A:1, b:"x"}

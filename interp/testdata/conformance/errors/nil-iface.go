package main

import "fmt"

type E struct{}

func (*E) Error() string { return "E" }
func f() error           { var e *E; return e }
func g() error           { return nil }
func main() {
	fmt.Println(f() == nil, g() == nil)
	var p *E
	var i interface{} = p
	fmt.Println(i == nil)
}

// Output:
// false true
// false

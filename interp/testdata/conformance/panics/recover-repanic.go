package main

import "fmt"

func a()    { defer func() { r := recover(); fmt.Println("a", r) }(); b() }
func b()    { defer func() { r := recover(); fmt.Println("b", r); panic("again") }(); panic("one") }
func main() { a(); fmt.Println("done") }

// Output:
// b one
// a again
// done

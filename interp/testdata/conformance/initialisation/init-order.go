package main

import "fmt"

var a = b + 1
var b = f()
var c = func() int { return a * 2 }()

func f() int { return 10 }
func init()  { fmt.Println("init1", a, b, c) }
func init()  { fmt.Println("init2") }
func main()  { fmt.Println("main") }

// Output:
// init1 11 10 22
// init2
// main

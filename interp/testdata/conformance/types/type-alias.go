package main

import "fmt"

type A = map[string]any
type B = []A
type Str = string

func main() {
	b := B{{"a": 1}}
	var s Str = "x"
	fmt.Println(b[0]["a"], s)
	type ID string
	id := ID("q")
	fmt.Println(string(id)+"z", id == "q")
}

// Output:
// 1 x
// qz true

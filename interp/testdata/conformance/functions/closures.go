package main

import "fmt"

func ctr() (func() int, func()) { n := 0; return func() int { n++; return n }, func() { n = 100 } }
func main() {
	a, r := ctr()
	b, _ := ctr()
	a()
	a()
	r()
	fmt.Println(a(), b())
	m := map[string]func(int) int{"d": func(i int) int { return i * 2 }}
	fmt.Println(m["d"](4))
}

// Output:
// 101 1
// 8

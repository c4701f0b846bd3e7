package main

import "fmt"

func f() int {
	type local struct{ n int }
	l := []local{{1}, {2}}
	s := 0
	for _, x := range l {
		s += x.n
	}
	return s
}
func g() string { type local struct{ s string }; return local{"x"}.s }
func main()     { fmt.Println(f(), g()); const c = 5; var arr [c]int; fmt.Println(len(arr)) }

// Output:
// 3 x
// 5

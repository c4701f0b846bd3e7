package main

import "fmt"

type P struct{ X, Y int }

func main() {
	fmt.Println(P{1, 2} == P{1, 2}, P{1, 2} != P{2, 2})
	m := map[P]int{{1, 2}: 3}
	fmt.Println(m[P{1, 2}])
	var a, b any = P{1, 2}, P{1, 2}
	fmt.Println(a == b, a == any(1))
	var e1 error
	fmt.Println(e1 == nil)
	type k string
	mm := map[any]int{k("a"): 1, "a": 2}
	fmt.Println(mm["a"], mm[k("a")])
}

// Output:
// true true
// 3
// true false
// true
// 2 1

package main

import "fmt"

type T struct{ x, y int }

func id[T any](v T) T     { return v }
func (t T) ok() bool      { return t.x > 0 }
func (t *T) pok() bool    { return t.x > 0 }
func mk(x int) T          { return T{x, x} }
func mkp(x int) *T        { return &T{x, x} }
func is(t T, b bool) bool { return b && t.x == 1 }

func main() {
	t := T{1, 2}
	fmt.Println(t == T{2, 1} || t == T{1, 2}, t != T{1, 2} && T{1, 1} == T{1, 1})
	fmt.Println(T{1, 0}.ok() && id(T{1, 1}).ok() || mk(0).ok(), mk(1).x == 1 || mk(2).y == 2)
	fmt.Println(mkp(1).pok() || (&T{1, 2}).pok() && (&T{1, 2}).ok(), is(T{1, 1}, true) && is(T{1, 2}, is(T{1, 2}, true)))
	b := T{x: 1}.ok() && T{y: 1}.x == 0
	fmt.Println(b, [2]T{{1, 2}, {3, 4}}[1].x+[]T{{1, 2}}[0].y, map[string]T{"a": {1, 2}}["a"].y)
	fmt.Println([2]int{1, 2} == [2]int{1, 2} || false, id([2]int{1}) == [2]int{1} && id([1]T{}) == [1]T{})
	switch mk(3) {
	case T{1, 1}, T{2, 2}:
		fmt.Println("1 or 2")
	case T{3, 4}, T{3, 3}:
		fmt.Println("3")
	}
	x := struct {
		T
		z *T
	}{T{5, 6}, &T{7, 8}}
	fmt.Println(x.x+x.z.y, x.T == T{5, 6} && *x.z == T{7, 8} || x.ok())
	var e any = T{1, 2}
	fmt.Println(e == any(T{1, 2}) || e == nil, e == T{1, 2} && e != T{2, 1})
}

// Output:
// true false
// true true
// true true
// true 5 2
// true true
// 3
// 13 true
// true true

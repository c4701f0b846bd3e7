package main

import "fmt"

var trace []string

func tr[T any](name string, v T) T { trace = append(trace, name); return v }

type point struct{ x, y int }

func show(x any) {
	fmt.Println(x, trace)
	trace = nil
}

func main() {
	i, s := 2, "s"
	p := &point{3, 4}
	var e any = 7
	show(map[int]int{tr("k", i) + len(s): *(tr("v", &i))})
	show(map[string]point{tr("k", s) + "t": *tr("v", p), tr("k2", s): *tr("v2", p)})
	show(map[int]any{-tr("k", i): *tr("v", &s), tr("k2", i) * 2: tr("v2", e).(int)})
	show(map[any]int{tr("k", i) + 1: tr("v", 1) << tr("n", i), any(tr("k2", s)): *tr("v2", &i)})
	show(map[point]*point{{tr("x", 1), tr("y", 2)}: tr("v", p), *tr("k", p): nil} != nil)
	show([]map[int]int{{tr("k", 1) + 1: *tr("v", &i)}, {tr("k2", 5): tr("v2", p).x}})
	show(map[int][]int{tr("k", 1) | 2: {tr("a", 1), *tr("b", &i)}, tr("k2", 9): {*tr("c", &i)}})
	show(struct {
		m map[int]int
		n int
	}{map[int]int{tr("k", i) + 1: *tr("v", &i)}, tr("n", 3)})
}

// Output:
// map[3:2] [k v]
// map[s:{3 4} st:{3 4}] [k v k2 v2]
// map[-2:s 4:7] [k v k2 v2]
// map[s:2 3:4] [k v n k2 v2]
// true [x y v k]
// [map[2:2] map[5:3]] [k v k2 v2]
// map[3:[1 2] 9:[2]] [k a b k2 c]
// {map[3:2] 3} [k v n]

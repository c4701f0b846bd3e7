package main

import (
	"fmt"
	"sort"
)

type coord struct{ row, col int }

type id string

type shape interface{ Area() int }

type square struct{ side int }

func (s square) Area() int { return s.side * s.side }

type rect struct{ w, h int }

func (r *rect) Area() int { return r.w * r.h }

func attempt(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, "->", e)
		}
	}()
	f()
}

func main() {
	grid := map[coord]rune{{0, 0}: 'a', {1, 2}: 'b'}
	grid[coord{col: 2, row: 1}]++
	fmt.Println(string(grid[coord{1, 2}]), grid[coord{9, 9}])
	r := &rect{2, 3}
	areas := map[shape]string{square{2}: "square", r: "rect"}
	fmt.Println(areas[square{2}], areas[r], areas[&rect{2, 3}] == "", areas[nil] == "")
	mixed := map[any]int{1: 1, int64(1): 2, "1": 3, 1.0: 4, id("1"): 5, coord{1, 1}: 6, [1]int{1}: 7, nil: 8, true: 9, 'a': 10, &r: 11}
	fmt.Println(mixed[1], mixed[int64(1)], mixed["1"], mixed[1.0], mixed[id("1")], mixed[coord{1, 1}], mixed[[1]int{1}], mixed[nil], mixed[true], mixed[int32(97)], mixed[&r])
	fmt.Println(len(mixed), mixed[int8(1)], mixed[struct{ row, col int }{1, 1}])
	attempt("slice key", func() { mixed[[]int{1}] = 1 })
	attempt("lookup of a map", func() { fmt.Println(mixed[map[string]int{}]) })
	attempt("struct with a slice", func() { mixed[struct{ s any }{[]string{}}] = 1 })
	attempt("func in array", func() { delete(mixed, [1]any{func() {}}) })
	type key struct {
		ch  chan int
		p   *int
		arr [2]bool
		e   error
	}
	ch, n := make(chan int), 0
	keys := map[key]string{{ch: ch, p: &n}: "found"}
	fmt.Println(keys[key{ch, &n, [2]bool{}, nil}], keys[key{}] == "")
	sets := map[string]map[id]struct{}{}
	for _, p := range [][2]string{{"x", "1"}, {"x", "2"}, {"y", "1"}, {"x", "1"}} {
		if sets[p[0]] == nil {
			sets[p[0]] = map[id]struct{}{}
		}
		sets[p[0]][id(p[1])] = struct{}{}
	}
	fmt.Println(sets)
	_, ok := sets["x"]["2"]
	fmt.Println(ok, len(sets["y"]), len(sets["z"]))
	bools := map[bool][]int{}
	for i := range 5 {
		bools[i%2 == 0] = append(bools[i%2 == 0], i)
	}
	fmt.Println(bools)
	byLen := map[int][]string{}
	for _, w := range []string{"go", "rust", "c", "java", "d"} {
		byLen[len(w)] = append(byLen[len(w)], w)
	}
	order := make([]int, 0, len(byLen))
	for l := range byLen {
		order = append(order, l)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(order)))
	for _, l := range order {
		fmt.Print(l, byLen[l], " ")
	}
	fmt.Println()
	fns := map[string]func(...int) int{"count": func(a ...int) int { return len(a) }}
	fmt.Println(fns["count"](1, 2, 3))
	ptrs := map[*coord]int{}
	a, b := &coord{1, 1}, &coord{1, 1}
	ptrs[a]++
	ptrs[b]++
	ptrs[a]++
	fmt.Println(len(ptrs), ptrs[a], ptrs[b])
}

// Output:
// c 0
// square rect true true
// 1 2 3 4 5 6 7 8 9 10 11
// 11 0 0
// slice key -> runtime error: hash of unhashable type []int
// lookup of a map -> runtime error: hash of unhashable type map[string]int
// struct with a slice -> runtime error: hash of unhashable type []string
// func in array -> runtime error: hash of unhashable type func()
// found true
// map[x:map[1:{} 2:{}] y:map[1:{}]]
// true 1 0
// map[false:[1 3] true:[0 2 4]]
// 4 [rust java] 2 [go] 1 [c d]
// 3
// 2 2 1

package main

import "fmt"

// The operands on the left of x op= y are evaluated once, before a call in y can
// change the variables in them.

type box struct {
	n    int
	next *box
}

func pointers() (int, int) {
	one, two := 1, 2
	x := &one
	*x += func() int { x = &two; return 0 }()
	return one, two
}

func slices() (int, int) {
	one, two := []int{1}, []int{2}
	x := one
	x[0] += func() int { x = two; return 0 }()
	return one[0], two[0]
}

func maps() (int, int) {
	one, two := map[string]int{"k": 1}, map[string]int{"k": 2}
	x := one
	x["k"] += func() int { x = two; return 0 }()
	return one["k"], two["k"]
}

func keys() map[any]int {
	m := map[any]int{"a": 1, "b": 2}
	k := any("a")
	m[k] += func() int { k = "b"; return 10 }()
	return m
}

func fields() (int, int) {
	one, two := &box{n: 1}, &box{n: 2}
	x := &box{next: one}
	x.next.n += func() int { x = &box{next: two}; return 10 }()
	return one.n, two.n
}

func arrays() [3]int {
	a := [3]int{1, 2, 3}
	i := 0
	a[i] += func() int { i = 2; return 10 }()
	return a
}

func main() {
	for _, f := range []func() (int, int){pointers, slices, maps} {
		a, b := f()
		fmt.Println(a + b) // which of the two is read is not specified
	}
	fmt.Println(keys())
	fmt.Println(fields())
	fmt.Println(arrays())
	m := map[string][]int{}
	func() {
		defer func() { fmt.Println(recover() != nil, len(m)) }()
		var p *int
		m["a"] = append(m["a"], *p)
	}()
	func() {
		defer func() { fmt.Println(recover() != nil, len(m)) }()
		m["a"] = m["a"][:1]
	}()
}

// Output:
// 3
// 3
// 3
// map[a:11 b:2]
// 1 12
// [1 2 13]
// true 0
// true 0

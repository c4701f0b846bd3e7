package main

import "fmt"

type leaf struct {
	value int
	tags  [2]string
}

type branch struct {
	leaf
	left, right *leaf
	byName      map[string]*leaf
	all         []leaf
	visit       func(*leaf) int
}

func (l *leaf) inc() *leaf { l.value++; return l }

func (l leaf) doubled() int { return l.value * 2 }

func newBranch() *branch {
	b := &branch{leaf: leaf{value: 1}, left: &leaf{value: 2}, byName: map[string]*leaf{"x": {value: 10}}}
	b.right = &b.leaf
	b.all = []leaf{{value: 5}, {6, [...]string{"p", "q"}}}
	b.visit = func(l *leaf) int { return l.value }
	return b
}

func get() leaf { return leaf{value: 42, tags: [2]string{"a", "b"}} }

func main() {
	b := newBranch()
	b.inc().inc()
	(*b).leaf.value++
	(&b.leaf).inc()
	fmt.Println(b.value, b.right.value, b.right == &b.leaf)
	b.all[0].inc().tags[1] = "set"
	p := &b.all[1].tags[0]
	*p += "!"
	fmt.Println(b.all)
	b.byName["x"].inc().value *= 3
	b.byName["y"] = &leaf{}
	b.byName["y"].inc()
	fmt.Println(b.byName["x"].value, b.byName["y"].doubled(), b.visit(b.left))
	fmt.Println(get().value, get().doubled(), get().tags[1], len(get().tags))
	pp := &b
	(*pp).left.value = 77
	(**pp).left.tags[0] = "via"
	q := &(*pp).left
	*q = &leaf{value: 78}
	fmt.Println(b.left.value, b.left.tags)
	v := &b.value
	*v, b.left = -1, &leaf{value: *v}
	fmt.Println(b.leaf.value, b.left.value)
	f := b.left.inc
	g := b.left.doubled
	f()
	f()
	fmt.Println(b.left.value, g())
	arr := [3]leaf{1: {value: 3}}
	arr[1].inc()
	pa := &arr
	pa[2].inc()
	for i := range pa {
		pa[i].inc()
	}
	copied := *pa
	copied[0].value = 1000
	fmt.Println(arr[0].value, arr[1].value, pa[2].doubled(), copied[0].value)
	local := &struct{ in struct{ n *int } }{}
	local.in.n = new(int)
	*local.in.n = 3
	*local.in.n++
	fmt.Println(*local.in.n, *&local.in.n == local.in.n)
}

// Output:
// 5 5 true
// [{6 [ set]} {6 [p! q]}]
// 33 2 2
// 42 84 b 2
// 78 [ ]
// -1 5
// 7 10
// 1 5 4 1000
// 4 true

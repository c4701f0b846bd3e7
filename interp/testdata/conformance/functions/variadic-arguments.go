package main

import "fmt"

type tree struct {
	value    []int
	n        int
	children []tree
	parent   *tree
	byName   map[string]*tree
	pair     [2]*tree
	f        func(int) int
	i        any
}

func count(args ...any) { fmt.Println(len(args), args) }

func sum[T int | float64](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

func apply(fs ...func(int) int) (s int) {
	for i, f := range fs {
		s = s*10 + f(i)
	}
	return
}

func main() {
	t := &tree{value: []int{1}, n: 2, children: []tree{{n: 3}, {n: 4}}}
	t.children[0].parent, t.children[1].parent = t, &t.children[0]
	t.children[0].children = t.children
	t.byName, t.pair, t.i = map[string]*tree{"x": t}, [2]*tree{1: t}, 5
	t.f = func(x int) int { return x + t.n }
	count(t.children[0].parent.value)
	count(t.children[0].n, t.children[1].parent.n, t.children[0].children[1].n+1, *&t.children[0].n)
	count(t.byName["x"].n, t.byName["x"].children[0].parent.value[0], t.pair[1].n, t.pair[1].parent == nil)
	count(t.children[0].parent.i, t.children[0].i, t.pair[1].i.(int), t.children[0].parent.value[:1])
	count("a", t.children[1].parent.parent.children[1].n, nil, t.byName["x"].f(1), len(t.children[0].parent.value))
	fmt.Println(sum(t.children[0].n, t.pair[1].n), sum(float64(t.byName["x"].n), 0.5))
	fmt.Println(apply(t.f, t.children[0].parent.f, t.pair[1].f))
	args := []any{t.children[0].parent.value, t.pair[1].n}
	count(args...)
	count(append(args, t.byName["x"].value)...)
	defer count("deferred", t.children[0].parent.value, t.pair[1].n)
	done := make(chan bool)
	go func(xs ...any) { count(xs...); close(done) }(t.children[0].parent.value, t.pair[1].n)
	<-done
}

// Output:
// 1 [[1]]
// 4 [3 3 5 3]
// 4 [2 1 2 true]
// 4 [5 <nil> 5 [1]]
// 5 [a 4 <nil> 3 1]
// 5 2.5
// 234
// 2 [[1] 2]
// 3 [[1] 2 [1]]
// 2 [[1] 2]
// 3 [deferred [1] 2]

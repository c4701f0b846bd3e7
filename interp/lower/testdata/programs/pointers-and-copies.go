package main

import "fmt"

type in struct{ v [2]int }
type T struct {
	n  int
	in in
	p  *in
	s  []int
}

var global = T{n: 1}

func change(t T) T       { t.n = 100; t.in.v[0] = 100; return t }
func (t T) with(n int) T { t.n = n; return t }
func (t *T) set(n int)   { t.n = n }

func self() (t T) { t.n = global.n + 1; return t }

func main() {
	t := T{n: 1, p: &in{}}
	q := &t
	t = T{n: 2, p: q.p}
	fmt.Println(q.n, q == &t)
	t = change(t)
	fmt.Println(q.n, q.in)
	u := t.with(5)
	u.in.v[1] = 7
	fmt.Println(t.n, t.in, u.n, u.in)
	(&t).set(8)
	q.set(q.n + 1)
	fmt.Println(t.n)
	g := &global
	global = self()
	fmt.Println(g.n, global.n)
	arr := [3]in{}
	b := arr
	b[1].v[0] = 1
	pa := &arr
	pa[2].v[1] = 2
	fmt.Println(arr, b, len(pa), cap(pa))
	for i, x := range pa {
		x.v[0] = 9
		pa[i].v[0]++
	}
	fmt.Println(arr)
	sl := pa[1:]
	sl[0].v[0] = 50
	fmt.Println(arr[1], len(sl), cap(sl))
	m := map[string]T{"a": t}
	x := m["a"]
	x.n = 0
	fmt.Println(m["a"].n, x.n)
	pp := &q
	(*pp).n = 31
	**pp = T{n: 32}
	fmt.Println(t.n)
	f := t.with
	h := (*T).set
	h(&t, 33)
	fmt.Println(f(1).n, t.n)
	k := q.set
	q = &T{}
	k(34)
	fmt.Println(t.n, q.n)
	ch := make(chan in, 1)
	i := in{v: [2]int{1, 2}}
	ch <- i
	i.v[0] = 5
	j := <-ch
	j.v[1] = 6
	w := &j
	w.v[0]++
	fmt.Println(i, j)
	n := new(int)
	*n += 4
	l := new([2]int)
	l[1] = *n
	fmt.Println(*n, *l, *new(string) == "", *new(in{v: [2]int{8}}))
	fn := func() *[2]int { return &[2]int{1} }
	a1, a2 := fn(), fn()
	a1[0] = 2
	fmt.Println(*a1, *a2)
	var fs func() int
	gs := &fs
	fs = func() int { return 1 }
	fmt.Println((*gs)())
	conv := [2]int([]int{3, 4})
	cp := (*[1]int)([]int{5, 6})
	cp[0]++
	fmt.Println(conv, *cp)
}

// Output:
// 2 true
// 100 {[100 0]}
// 100 {[100 0]} 5 {[100 7]}
// 9
// 2 2
// [{[0 0]} {[0 0]} {[0 2]}] [{[0 0]} {[1 0]} {[0 0]}] 3 3
// [{[1 0]} {[1 0]} {[1 2]}]
// {[50 0]} 2 2
// 9 0
// 32
// 1 33
// 34 0
// {[5 2]} {[2 6]}
// 4 [0 4] true {[8 0]}
// [2 0] [1 0]
// 1
// [3 4] [6]

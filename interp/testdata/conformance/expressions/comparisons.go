package main

import (
	"fmt"
	"io"
	"strings"
)

type Point struct {
	X, Y int
	_    int
}

type Named interface{ Name() string }

type user struct{ name string }

func (u user) Name() string { return u.name }

type pet struct{ name string }

func (p *pet) Name() string { return p.name }

type empty struct{}

func main() {
	a, b := Point{X: 1, Y: 2}, Point{X: 1, Y: 2}
	fmt.Println(a == b, &a == &b, a != Point{Y: 2}, &a == &a)
	var n1, n2 Named = user{"ann"}, user{"ann"}
	p := &pet{"rex"}
	var n3, n4 Named = p, &pet{"rex"}
	fmt.Println(n1 == n2, n3 == n4, n3 == Named(p), n1 == n3, n3 != nil)
	fmt.Println(n1 == user{"ann"}, p == n3, any(n1) == any(n2), Named(nil) == nil)
	var r io.Reader
	var nilReader *strings.Reader
	fmt.Println(r == nil, io.Reader(nilReader) == nil, r == io.Reader(nilReader), nilReader == io.Reader(nilReader))
	c1, c2 := make(chan int), make(chan int)
	var recv <-chan int = c1
	fmt.Println(c1 == c2, c1 == recv, c2 != recv)
	x := [2][]any{{1}, nil}
	fmt.Println(x[1] == nil, x[0] != nil, x[0][0] == 1, x[0][0] == int64(1), x[0][0] == 1.0)
	arr1 := [2]any{1, "a"}
	arr2 := [2]any{1, "a"}
	fmt.Println(arr1 == arr2, arr1 == [2]any{1, 'a'})
	type pair struct {
		k string
		v any
	}
	fmt.Println(pair{"k", 1.5} == pair{"k", 1.5}, pair{"k", nil} == pair{"k", error(nil)}, pair{v: empty{}} == pair{"", empty{}})
	fmt.Println("a" < "b", "Z" < "a", "abc" < "abcd", "é" > "f", "" < "a", 'a' < 'b')
	var f func()
	var m map[string]int
	var sl []int
	fmt.Println(f == nil, m == nil, sl == nil, []int{} == nil, nil == f)
	var e1, e2 error
	fmt.Println(e1 == e2, e1 == nil, any(e1) == nil)
	t := true
	fmt.Println(t == (1 < 2), t != (a == b), (t && false) == !t)
	pp, qq := new(struct{ int }), new(struct{ int })
	fmt.Println(pp == qq, *pp == *qq)
	var anon struct {
		X, Y int
		_    int
	} = a
	fmt.Println(anon == b, a == anon)
}

// Output:
// true false true true
// true false true false true
// true true true true
// true false false true
// false true true
// true true true false false
// true false
// true true true
// true true true true true true
// true true true false true
// true true true
// true false true
// false true
// true true

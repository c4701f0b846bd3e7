package main

import (
	"fmt"
	"strings"
)

type T struct{ n int }

func (t T) Get() int   { return t.n }
func (t *T) Set(n int) { t.n = n }
func (t T) Add(xs ...int) T {
	for _, x := range xs {
		t.n += x
	}
	return t
}

type Getter interface{ Get() int }

type Str string

func (s Str) Upper() Str { return Str(strings.ToUpper(string(s))) }

type Fn func(int) int

func (f Fn) Twice(x int) int { return f(f(x)) }

func apply(f func() int) int { return f() }

func main() {
	t := T{1}
	get, set := t.Get, t.Set
	set(5)
	fmt.Println(get(), t.Get(), apply(t.Get))
	p := &t
	pget := p.Get
	p.n = 9
	fmt.Println(pget(), p.Get())
	fmt.Println(T.Get(t), (*T).Get(p), T.Add(t, 1, 2).n, (*T).Add(p, 3).n)
	(*T).Set(p, 4)
	var g Getter = p
	ig := g.Get
	p.n = 6
	fmt.Println(ig(), Getter.Get(g))
	fs := map[string]func(T) int{"get": T.Get}
	fmt.Println(fs["get"](T{8}))
	up := Str("x").Upper
	fmt.Println(up(), Str.Upper("y"))
	fmt.Println(Fn(func(x int) int { return x * 3 }).Twice(2))
	ts := []T{{1}, {2}}
	for i := range ts {
		defer ts[i].Set(0)
		f := ts[i].Get
		ts[i].n *= 10
		fmt.Print(f(), " ")
	}
	fmt.Println(ts)
	up2 := strings.NewReplacer("a", "b").Replace
	fmt.Println(up2("aaa"), strings.Map(func(r rune) rune { return r + 1 }, "HAL"))
	var np *T
	defer func() { fmt.Println("nil receiver:", recover() != nil) }()
	f := np.Get
	f()
}

// Output:
// 1 5 5
// 5 9
// 9 9 12 12
// 6 6
// 8
// X Y
// 18
// 1 2 [{10} {20}]
// bbb IBM
// nil receiver: true

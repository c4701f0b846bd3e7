package main

import "fmt"

type T struct {
	x int
	l []int
	b bool
}

func (t T) get() int   { return t.x }
func (t *T) ptr() bool { return t.b }

func main() {
	if (T{x: 1}).x == 1 {
		fmt.Println("if")
	}
	if (T{b: true}).b {
		fmt.Println("if b")
	}
	if v := (T{x: 2}); v.x == 2 && (T{b: true}).b {
		fmt.Println(v)
	}
	for i := (T{x: 1}).x; i < (T{x: 3}).x; i += (T{x: 1}).x {
		fmt.Println(i)
	}
	for i := 0; (T{b: i < 1}).b; i++ {
		fmt.Println("for", i)
	}
	switch (T{x: 3}).x {
	case (T{x: 2}).x, (T{x: 3}).x:
		fmt.Println("switch")
	}
	switch {
	case (T{b: true}).b:
		fmt.Println("true")
	}
	for i, x := range (T{l: []int{4, 5}}).l {
		fmt.Println(i, x)
	}
	for i := range (T{x: 2}).x {
		fmt.Println(i)
	}
	for i := range (T{l: []int{4, 5}}).l {
		fmt.Println(i)
	}
	for k, v := range map[string]T{"a": {x: 1}} {
		fmt.Println(k, v)
	}
	for _, c := range (struct{ s string }{"hi"}).s {
		fmt.Println(c)
	}
	if any(1) == (T2{x: 1}).T() || !(&T{b: false}).b {
		fmt.Println("eq")
	}
	if x, ok := (map[string]T{"a": {x: 1}})["a"]; ok && x.get() == (T{x: 1}).get() {
		fmt.Println(x)
	}
	if (&T{b: true}).ptr() && [2]bool{true}[0] && []bool{true}[0] && map[int]bool{1: true}[1] && any(T{}) != nil {
		fmt.Println("all")
	}
	if func() bool { return true }() && (func(t T) bool { return t.b })(T{b: true}) {
		fmt.Println("func")
	}
	select {
	case v := <-(struct{ c chan int }{make(chan int)}).c:
		fmt.Println(v)
	default:
		fmt.Println("default")
	}
	var a any = 1
	switch x := (struct{ a any }{a}).a.(type) {
	case int:
		fmt.Println(x)
	}
}

type T2 struct{ x int }

func (t T2) T() any { return 1 }

func init() {
	for range (struct{ n [2]int }{}).n {
		fmt.Println("n")
	}
	for range (struct{ n *[2]int }{}).n {
		fmt.Println("np")
	}
}

// Output:
// n
// n
// np
// np
// if
// if b
// {2 [] false}
// 1
// 2
// for 0
// switch
// true
// 0 4
// 1 5
// 0
// 1
// 0
// 1
// a {1 [] false}
// 104
// 105
// eq
// {1 [] false}
// all
// func
// default
// 1

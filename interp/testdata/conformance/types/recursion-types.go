package main

import "fmt"

type Expr interface{ Eval() float64 }
type Num float64
type Bin struct {
	op   byte
	l, r Expr
}

func (n Num) Eval() float64 { return float64(n) }
func (b Bin) Eval() float64 {
	switch b.op {
	case '+':
		return b.l.Eval() + b.r.Eval()
	case '*':
		return b.l.Eval() * b.r.Eval()
	}
	return 0
}

type T struct {
	l, r *T
	v    int
}

func (t *T) ins(v int) *T {
	if t == nil {
		return &T{v: v}
	}
	if v < t.v {
		t.l = t.l.ins(v)
	} else {
		t.r = t.r.ins(v)
	}
	return t
}
func (t *T) walk(f func(int)) {
	if t == nil {
		return
	}
	t.l.walk(f)
	f(t.v)
	t.r.walk(f)
}
func main() {
	fmt.Println(Bin{'+', Num(2), Bin{'*', Num(3), Num(4)}}.Eval())
	var t *T
	for _, v := range []int{5, 2, 8, 1} {
		t = t.ins(v)
	}
	t.walk(func(i int) { fmt.Print(" ", i) })
	fmt.Println()
}

// Output:
// 14
//  1 2 5 8

package main

import "fmt"

type Handler func(string) Handler
type Tree map[string]Tree
type Nested []Nested
type List struct {
	v    int
	next *List
}
type Expr interface{ Eval(env Env) int }
type Env map[string]Expr
type Num int
type Var string
type Add struct{ L, R Expr }
type Chan chan Chan
type Ptr *Ptr
type A struct{ b *B }
type B struct {
	a  *A
	as []A
	m  map[string]*B
}

func (n Num) Eval(Env) int   { return int(n) }
func (v Var) Eval(e Env) int { return e[string(v)].Eval(e) }
func (a Add) Eval(e Env) int { return a.L.Eval(e) + a.R.Eval(e) }

func start(s string) Handler {
	fmt.Print("start ", s, "; ")
	return next
}

func next(s string) Handler {
	fmt.Print("next ", s, "; ")
	if s == "end" {
		return nil
	}
	return next
}

func depth(n Nested) int {
	d := 0
	for _, c := range n {
		d = max(d, depth(c))
	}
	return d + 1
}

func main() {
	h := Handler(start)
	for _, s := range []string{"a", "b", "end"} {
		h = h(s)
	}
	fmt.Println(h == nil)
	t := Tree{"a": {"b": {}, "c": nil}}
	fmt.Println(len(t["a"]), t, t["x"]["y"] == nil)
	fmt.Println(depth(Nested{{}, {{}, {{}}}}))
	var l *List
	for i := range 3 {
		l = &List{i, l}
	}
	for n := l; n != nil; n = n.next {
		fmt.Print(n.v, " ")
	}
	fmt.Println(Add{Num(1), Add{Var("x"), Var("y")}}.Eval(Env{"x": Num(5), "y": Var("x")}))
	c := make(Chan, 1)
	c <- c
	fmt.Println(<-c == c)
	var p Ptr
	p = &p
	fmt.Println(*p == p)
	b := &B{m: map[string]*B{}}
	b.a = &A{b}
	b.m["self"] = b
	b.as = append(b.as, *b.a)
	fmt.Println(b.a.b.m["self"].as[0].b == b)
}

// Output:
// start a; next b; next end; true
// 2 map[a:map[b:map[] c:map[]]] true
// 4
// 2 1 0 11
// true
// true
// true

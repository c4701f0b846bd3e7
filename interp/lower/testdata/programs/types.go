package main

import (
	"fmt"
	"strings"
)

type (
	ID    = int
	Names []string
	Grid  [2][3]int
	Index map[string]Names
	Pred  func(string) bool
	Rec   map[string]Rec
	Fn    func(int, Fn) int
	Ch    chan Ch
	Self  []Self
	P     *P
)
type Node struct {
	Val         int
	Left, Right *Node
	Meta        map[string]*Node
}
type Expr interface {
	Eval(env map[string]float64) float64
}
type Num float64
type Var string
type Bin struct {
	op   byte
	l, r Expr
}
type animal struct{ name string }
type dog struct {
	animal
	*collar
	age int
}
type collar struct{ tag string }
type puppy struct {
	dog
	name string
}
type pt struct{ X, Y int }
type line struct{ from, to pt }

func (a *animal) rename(s string) { a.name = s }
func (a animal) hello() string    { return "I am " + a.name }
func (c *collar) Tag() string     { return "tag " + c.tag }
func (n Names) join() string      { return strings.Join(n, "+") }
func (n *Names) add(s string)     { *n = append(*n, s) }
func (g *Grid) set(i, j, v int)   { g[i][j] = v }
func (g Grid) sum() (s int) {
	for _, row := range g {
		for _, v := range row {
			s += v
		}
	}
	return
}
func (p Pred) not() Pred                          { return func(s string) bool { return !p(s) } }
func (n Num) Eval(map[string]float64) float64     { return float64(n) }
func (v Var) Eval(env map[string]float64) float64 { return env[string(v)] }
func (b Bin) Eval(env map[string]float64) float64 {
	l, r := b.l.Eval(env), b.r.Eval(env)
	switch b.op {
	case '+':
		return l + r
	case '*':
		return l * r
	}
	return 0
}
func (n *Node) insert(v int) *Node {
	if n == nil {
		return &Node{Val: v}
	}
	if v < n.Val {
		n.Left = n.Left.insert(v)
	} else {
		n.Right = n.Right.insert(v)
	}
	return n
}
func (n *Node) walk(f func(int)) {
	if n != nil {
		n.Left.walk(f)
		f(n.Val)
		n.Right.walk(f)
	}
}

func main() {
	var names Names
	names.add("a")
	(&names).add("b")
	var g Grid
	g.set(1, 2, 5)
	h := g
	h.set(0, 0, 1)
	fmt.Println(names.join(), len(names), g.sum(), h.sum(), g == h, g != Grid{1: {2: 5}})
	idx := Index{"x": {"1", "2"}}
	idx["y"] = append(idx["y"], "3")
	fmt.Println(idx, idx["x"].join(), len(idx["none"]))
	fmt.Println(Pred(func(s string) bool { return s == "a" }).not()("a"))
	r := Rec{"a": {"b": nil}}
	r["a"]["c"] = r
	fmt.Println(len(r["a"]), r["a"]["c"]["a"] != nil)
	var fact Fn = func(n int, self Fn) int {
		if n == 0 {
			return 1
		}
		return n * self(n-1, self)
	}
	c := make(Ch, 1)
	c <- c
	s := Self{Self{}, Self{Self{}}}
	s = append(s, s)
	var p P
	p = &p
	fmt.Println(fact(5, fact), <-c == c, len(s), len(s[2]), *p == p)
	var root *Node
	for _, v := range []int{5, 2, 8, 1} {
		root = root.insert(v)
	}
	root.Meta = map[string]*Node{"self": root}
	root.walk(func(v int) { fmt.Print(v, " ") })
	fmt.Println(root.Meta["self"].Left.Val)
	fmt.Println(Bin{'+', Num(2), Bin{'*', Var("x"), Num(4)}}.Eval(map[string]float64{"x": 3}))
	d := puppy{dog{animal{"rex"}, &collar{"t1"}, 3}, "own"}
	d.rename("max")
	fmt.Println(d.hello(), d.Tag(), d.tag, d.name, d.animal.name, d.age)
	l := line{to: pt{1, 2}}
	m := map[line]pt{l: {3, 4}}
	l2 := l
	l2.to.X++
	fmt.Println(m[l], m[l2], l == line{pt{}, pt{1, 2}}, [2]pt{{1, 2}} == [2]pt{{1, 2}, {}})
	pts := []*pt{{1, 2}, {3, 4}}
	byPt := map[pt][]pt{{1, 2}: {{5, 6}}}
	fmt.Println(*pts[1], byPt[*pts[0]], len(byPt))
	anon := struct {
		pt
		Name string
		in   struct{ a, b int }
	}{pt{1, 2}, "n", struct{ a, b int }{3, 4}}
	anon.X, anon.in.b = 9, 8
	fmt.Println(anon.pt, anon.Name, anon.in)
	type local struct{ v ID }
	var conv = struct{ v int }(local{4})
	type A struct {
		X int `json:"x"`
	}
	type B struct{ X int }
	fmt.Println(conv, B(A{5}), []ID{1}, Names([]string{"z"}).join(), []string(names)[0])
	if v := (pt{1, 2}); v == (pt{1, 2}) {
		fmt.Println("equal", v)
	}
}

// Output:
// a+b 2 5 6 false false
// map[x:[1 2] y:[3]] 1+2 0
// false
// 2 true
// 120 true 3 2 true
// 1 2 5 8 2
// 14
// I am max tag t1 t1 own max 3
// {3 4} {0 0} true true
// {3 4} [{5 6}] 1
// {9 2} n {3 8}
// {4} {5} [1] z a
// equal {1 2}

package main

import (
	"fmt"
	"strings"
)

type Visitor[R any] interface {
	VisitNum(Num) R
	VisitVar(Var) R
	VisitBin(*Bin) R
	VisitLet(*Let) R
}

type Expr interface {
	isExpr()
	fmt.Stringer
}

type (
	Num int
	Var string
	Bin struct {
		Op   byte
		L, R Expr
	}
	Let struct {
		Name Var
		Init Expr
		Body Expr
	}
)

func (Num) isExpr() {}

func (Var) isExpr() {}

func (*Bin) isExpr() {}

func (*Let) isExpr() {}

func (n Num) String() string { return Accept[string](n, printer{}) }

func (v Var) String() string { return Accept[string](v, printer{}) }

func (b *Bin) String() string { return Accept[string](b, printer{}) }

func (l *Let) String() string { return Accept[string](l, printer{}) }

func Accept[R any](e Expr, v Visitor[R]) R {
	switch e := e.(type) {
	case Num:
		return v.VisitNum(e)
	case Var:
		return v.VisitVar(e)
	case *Bin:
		return v.VisitBin(e)
	case *Let:
		return v.VisitLet(e)
	}
	panic(fmt.Sprintf("unknown expression %T", e))
}

type printer struct{ outer int }

var levels = map[byte]int{'+': 1, '-': 1, '*': 2, '/': 2}

func (printer) VisitNum(n Num) string { return fmt.Sprintf("%d", int(n)) }

func (printer) VisitVar(v Var) string { return string(v) }

func (p printer) VisitBin(b *Bin) string {
	level := levels[b.Op]
	s := Accept[string](b.L, printer{level}) + " " + string(rune(b.Op)) + " " + Accept[string](b.R, printer{level + 1})
	if level < p.outer {
		return "(" + s + ")"
	}
	return s
}

func (p printer) VisitLet(l *Let) string {
	return fmt.Sprintf("let %s = %v in %v", string(l.Name), l.Init, l.Body)
}

type result struct {
	v   int
	err error
}

type evaluator struct {
	vars  map[Var]int
	outer *evaluator
}

func (ev *evaluator) VisitNum(n Num) result { return result{v: int(n)} }

func (ev *evaluator) VisitVar(name Var) result {
	for s := ev; s != nil; s = s.outer {
		if v, ok := s.vars[name]; ok {
			return result{v: v}
		}
	}
	return result{err: fmt.Errorf("%s is not bound", string(name))}
}

func (ev *evaluator) VisitBin(b *Bin) result {
	l, r := Accept[result](b.L, ev), Accept[result](b.R, ev)
	for _, side := range []result{l, r} {
		if side.err != nil {
			return side
		}
	}
	switch b.Op {
	case '+':
		return result{v: l.v + r.v}
	case '-':
		return result{v: l.v - r.v}
	case '*':
		return result{v: l.v * r.v}
	case '/':
		if r.v == 0 {
			return result{err: fmt.Errorf("%v: division by zero", b)}
		}
		return result{v: l.v / r.v}
	}
	return result{err: fmt.Errorf("operator %q", b.Op)}
}

func (ev *evaluator) VisitLet(l *Let) result {
	init := Accept[result](l.Init, ev)
	if init.err != nil {
		return init
	}
	return Accept[result](l.Body, &evaluator{map[Var]int{l.Name: init.v}, ev})
}

type folder struct{ folded int }

func (f *folder) VisitNum(n Num) Expr { return n }

func (f *folder) VisitVar(v Var) Expr { return v }

func (f *folder) VisitBin(b *Bin) Expr {
	out := &Bin{b.Op, Accept[Expr](b.L, f), Accept[Expr](b.R, f)}
	l, lok := out.L.(Num)
	r, rok := out.R.(Num)
	switch {
	case lok && rok:
		if v := Accept[result](out, (*evaluator)(nil)); v.err == nil {
			f.folded++
			return Num(v.v)
		}
	case lok && l == 0 && b.Op == '+', lok && l == 1 && b.Op == '*':
		f.folded++
		return out.R
	case rok && r == 1 && (b.Op == '*' || b.Op == '/'):
		f.folded++
		return out.L
	}
	return out
}

func (f *folder) VisitLet(l *Let) Expr {
	return &Let{l.Name, Accept[Expr](l.Init, f), Accept[Expr](l.Body, f)}
}

type free map[Var]bool

func (f free) VisitNum(Num) []string { return nil }

func (f free) VisitVar(v Var) []string {
	if f[v] {
		return nil
	}
	return []string{string(v)}
}

func (f free) VisitBin(b *Bin) []string {
	return append(Accept[[]string](b.L, f), Accept[[]string](b.R, f)...)
}

func (f free) VisitLet(l *Let) []string {
	out := Accept[[]string](l.Init, f)
	inner := free{l.Name: true}
	for k := range f {
		inner[k] = true
	}
	return append(out, Accept[[]string](l.Body, inner)...)
}

func main() {
	exprs := []Expr{
		&Bin{'*', &Bin{'+', Num(1), Num(2)}, &Bin{'-', Var("x"), &Bin{'-', Num(4), Num(1)}}},
		&Let{"x", &Bin{'*', Num(6), Num(7)}, &Bin{'+', &Bin{'*', Num(1), Var("x")}, &Let{"x", Num(3), Var("x")}}},
		&Bin{'/', Var("x"), &Bin{'-', Num(2), Num(2)}},
		&Bin{'+', Num(0), &Bin{'*', Var("y"), Num(1)}},
		&Bin{'?', Num(1), Num(2)},
	}
	for _, e := range exprs {
		f := &folder{}
		small := Accept[Expr](e, f)
		r := Accept[result](e, &evaluator{vars: map[Var]int{"x": 10}})
		fmt.Printf("%v | %v (%d) | %d %v | %s\n", e, small, f.folded, r.v, r.err, strings.Join(Accept[[]string](e, free{}), ","))
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		Accept[int](nil, nil)
	}()
}

// Output:
// (1 + 2) * (x - (4 - 1)) | 3 * (x - 3) (2) | 21 <nil> | x
// let x = 6 * 7 in 1 * x + let x = 3 in x | let x = 42 in x + let x = 3 in x (2) | 45 <nil> |
// x / (2 - 2) | x / 0 (1) | 0 x / (2 - 2): division by zero | x
// 0 + y * 1 | y (2) | 0 y is not bound | y
// 1 ? 2 | 1 ? 2 (0) | 0 operator '?' |
// unknown expression <nil>

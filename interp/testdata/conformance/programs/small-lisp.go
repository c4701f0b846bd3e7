package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type Value interface{ String() string }

type Num float64

type Sym string

type Str string

type List []Value

type Func func(args []Value) (Value, error)

type Lambda struct {
	params []Sym
	body   Value
	env    *Env
}

type Bool bool

func (n Num) String() string { return strconv.FormatFloat(float64(n), 'g', -1, 64) }

func (s Sym) String() string { return string(s) }

func (s Str) String() string { return strconv.Quote(string(s)) }

func (b Bool) String() string { return map[Bool]string{true: "#t", false: "#f"}[b] }

func (l List) String() string {
	parts := make([]string, len(l))
	for i, v := range l {
		parts[i] = v.String()
	}
	return "(" + strings.Join(parts, " ") + ")"
}

func (Func) String() string { return "#builtin" }

func (l *Lambda) String() string { return fmt.Sprintf("#lambda%v", l.params) }

type Env struct {
	vars  map[Sym]Value
	outer *Env
}

func (e *Env) find(s Sym) (*Env, error) {
	for ; e != nil; e = e.outer {
		if _, ok := e.vars[s]; ok {
			return e, nil
		}
	}
	return nil, fmt.Errorf("unbound: %s", s)
}

var errEOF = errors.New("unexpected end")

func tokenize(src string) []string {
	return strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ", "'", " ' ").Replace(src))
}

func read(toks []string) (Value, []string, error) {
	if len(toks) == 0 {
		return nil, nil, errEOF
	}
	t, rest := toks[0], toks[1:]
	switch {
	case t == "'":
		v, rest, err := read(rest)
		return List{Sym("quote"), v}, rest, err
	case t == "(":
		list := List{}
		for len(rest) > 0 && rest[0] != ")" {
			v, r, err := read(rest)
			if err != nil {
				return nil, nil, err
			}
			list, rest = append(list, v), r
		}
		if len(rest) == 0 {
			return nil, nil, errEOF
		}
		return list, rest[1:], nil
	case t == ")":
		return nil, nil, errors.New("unexpected )")
	case t[0] == '"':
		return Str(strings.Trim(t, `"`)), rest, nil
	}
	if n, err := strconv.ParseFloat(t, 64); err == nil {
		return Num(n), rest, nil
	}
	return Sym(t), rest, nil
}

func eval(v Value, env *Env) (Value, error) {
tail:
	switch x := v.(type) {
	case Sym:
		e, err := env.find(x)
		if err != nil {
			return nil, err
		}
		return e.vars[x], nil
	case List:
		if len(x) == 0 {
			return x, nil
		}
		switch x[0] {
		case Sym("quote"):
			return x[1], nil
		case Sym("if"):
			c, err := eval(x[1], env)
			if err != nil {
				return nil, err
			}
			if v = x[2]; c == Bool(false) {
				v = x[3]
			}
			goto tail
		case Sym("define"), Sym("set!"):
			val, err := eval(x[2], env)
			if err != nil {
				return nil, err
			}
			target := env
			if x[0] == Sym("set!") {
				if target, err = env.find(x[1].(Sym)); err != nil {
					return nil, err
				}
			}
			target.vars[x[1].(Sym)] = val
			return val, nil
		case Sym("lambda"):
			l := &Lambda{body: x[2], env: env}
			for _, p := range x[1].(List) {
				l.params = append(l.params, p.(Sym))
			}
			return l, nil
		}
		var vals []Value
		for _, e := range x {
			val, err := eval(e, env)
			if err != nil {
				return nil, err
			}
			vals = append(vals, val)
		}
		switch f := vals[0].(type) {
		case Func:
			return f(vals[1:])
		case *Lambda:
			if len(f.params) != len(vals)-1 {
				return nil, fmt.Errorf("%v wants %d arguments, not %d", f, len(f.params), len(vals)-1)
			}
			env = &Env{map[Sym]Value{}, f.env}
			for i, p := range f.params {
				env.vars[p] = vals[i+1]
			}
			v = f.body
			goto tail
		default:
			return nil, fmt.Errorf("%v is no function", f)
		}
	}
	return v, nil
}

func fold(f func(a, b Num) Num) Func {
	return func(args []Value) (Value, error) {
		acc, ok := args[0].(Num)
		for _, a := range args[1:] {
			n, isNum := a.(Num)
			ok = ok && isNum
			acc = f(acc, n)
		}
		if !ok {
			return nil, fmt.Errorf("not all numbers: %v", List(args))
		}
		return acc, nil
	}
}

func main() {
	env := &Env{vars: map[Sym]Value{
		"+": fold(func(a, b Num) Num { return a + b }), "-": fold(func(a, b Num) Num { return a - b }), "*": fold(func(a, b Num) Num { return a * b }),
		"<":    Func(func(a []Value) (Value, error) { return Bool(a[0].(Num) < a[1].(Num)), nil }),
		"=":    Func(func(a []Value) (Value, error) { return Bool(a[0] == a[1]), nil }),
		"list": Func(func(a []Value) (Value, error) { return List(a), nil }),
		"map": Func(func(a []Value) (Value, error) {
			out := List{}
			for _, v := range a[1].(List) {
				r, err := eval(List{a[0], List{Sym("quote"), v}}, nil)
				if err != nil {
					return nil, err
				}
				out = append(out, r)
			}
			return out, nil
		}),
	}}
	for _, src := range []string{
		"(+ 1 2.5 (* 2 3))", "(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))", "(fact 10)", "'(a (b \"c\") 1)", "(list 1 'x \"s\" (list))",
		"(define counter (lambda (n) (lambda () (set! n (+ n 1)))))", "(define c (counter 5))", "(c)", "(c)", "(if (= 'a 'a) \"same\" 2)",
		"(define loop (lambda (n acc) (if (= n 0) acc (loop (- n 1) (+ acc n)))))", "(loop 1000 0)", "(+ 1 'x)", "(undefined)", "((lambda (x) x))", "(1 2)", "(", ")", "(set! nope 1)", "(map (lambda (x) (* x x)) '(1 2 3))",
	} {
		v, _, err := read(tokenize(src))
		if err == nil {
			v, err = eval(v, env)
		}
		fmt.Println(src, "=>", v, err)
	}
}

// Output:
// (+ 1 2.5 (* 2 3)) => 9.5 <nil>
// (define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1)))))) => #lambda[n] <nil>
// (fact 10) => 3.6288e+06 <nil>
// '(a (b "c") 1) => (a (b "c") 1) <nil>
// (list 1 'x "s" (list)) => (1 x "s" ()) <nil>
// (define counter (lambda (n) (lambda () (set! n (+ n 1))))) => #lambda[n] <nil>
// (define c (counter 5)) => #lambda[] <nil>
// (c) => 6 <nil>
// (c) => 7 <nil>
// (if (= 'a 'a) "same" 2) => "same" <nil>
// (define loop (lambda (n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))) => #lambda[n acc] <nil>
// (loop 1000 0) => 500500 <nil>
// (+ 1 'x) => <nil> not all numbers: (1 x)
// (undefined) => <nil> unbound: undefined
// ((lambda (x) x)) => <nil> #lambda[x] wants 1 arguments, not 0
// (1 2) => <nil> 1 is no function
// ( => <nil> unexpected end
// ) => <nil> unexpected )
// (set! nope 1) => <nil> unbound: nope
// (map (lambda (x) (* x x)) '(1 2 3)) => (1 4 9) <nil>

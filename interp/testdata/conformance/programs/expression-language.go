package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A lexer, parser and evaluator with interfaces, embedded nodes, tables of method expressions.
type Kind int

const (
	EOF Kind = iota - 1
	Num
	Ident
	Str
	Punct
)

//go:generate stringer
var kindNames = [...]string{Num: "num", Ident: "ident", Str: "str", Punct: "punct"}

func (k Kind) String() string {
	if k == EOF {
		return "eof"
	}
	return kindNames[k]
}

type Tok struct {
	Kind
	Text string
	Pos  struct{ Line, Col int }
}
type stateFn func(*lexer) stateFn
type lexer struct {
	src        string
	start, pos int
	line, bol  int
	out        chan Tok
}

func (l *lexer) next() (r rune) {
	if l.pos >= len(l.src) {
		return -1
	}
	r, w := utf8.DecodeRuneInString(l.src[l.pos:])
	l.pos += w
	return r
}
func (l *lexer) back(r rune) {
	if r >= 0 {
		l.pos -= utf8.RuneLen(r)
	}
}
func (l *lexer) emit(k Kind) {
	t := Tok{Kind: k, Text: l.src[l.start:l.pos]}
	t.Pos.Line, t.Pos.Col = l.line, l.start-l.bol+1
	l.out <- t
	l.start = l.pos
}
func lexAny(l *lexer) stateFn {
	switch r := l.next(); {
	case r < 0:
		l.emit(EOF)
		return nil
	case r == '\n':
		l.line++
		l.bol = l.pos
		fallthrough
	case r == ' ':
		l.start = l.pos
		return lexAny
	case '0' <= r && r <= '9':
		return lexWhile(Num, func(r rune) bool { return r >= '0' && r <= '9' || r == '.' })
	case r == '"':
		for r := l.next(); r != '"' && r >= 0; r = l.next() {
		}
		l.emit(Str)
		return lexAny
	case r == '_' || r >= 'a' && r <= 'z' || r >= utf8.RuneSelf:
		return lexWhile(Ident, func(r rune) bool { return r == '_' || r >= 'a' && r <= 'z' || r >= utf8.RuneSelf })
	}
	l.emit(Punct)
	return lexAny
}
func lexWhile(k Kind, ok func(rune) bool) stateFn {
	return func(l *lexer) stateFn {
		r := l.next()
		for ; ok(r); r = l.next() {
		}
		l.back(r)
		l.emit(k)
		return lexAny
	}
}
func lex(src string) <-chan Tok {
	l := &lexer{src: src, line: 1, out: make(chan Tok)}
	go func() {
		defer close(l.out)
		for st := stateFn(lexAny); st != nil; {
			st = st(l)
		}
	}()
	return l.out
}

type Node interface {
	Eval(*Env) (Value, error)
	node()
}
type Value any
type base struct{ Tok }

func (base) node() {}

type (
	lit struct {
		base
		v Value
	}
	ref struct{ base }
	bin struct {
		base
		l, r Node
	}
	call struct {
		base
		fn   Node
		args []Node
	}
	lambda struct {
		base
		params []string
		body   Node
	}
)
type Env struct {
	vars   map[string]Value
	parent *Env
}
type Func func(args ...Value) (Value, error)
type EvalError struct {
	Tok
	Msg string
}

func (e *EvalError) Error() string {
	return fmt.Sprintf("%d:%d: %s near %q (%v)", e.Pos.Line, e.Pos.Col, e.Msg, e.Text, e.Kind)
}
func (e *Env) get(n string) (Value, bool) {
	for ; e != nil; e = e.parent {
		if v, ok := e.vars[n]; ok {
			return v, true
		}
	}
	return nil, false
}
func (n lit) Eval(*Env) (Value, error) { return n.v, nil }
func (n ref) Eval(e *Env) (Value, error) {
	if v, ok := e.get(n.Text); ok {
		return v, nil
	}
	return nil, &EvalError{n.Tok, "undefined"}
}

var ops = map[string]func(a, b float64) float64{"+": func(a, b float64) float64 { return a + b }, "-": func(a, b float64) float64 { return a - b },
	"*": func(a, b float64) float64 { return a * b }, "/": func(a, b float64) float64 { return a / b }, "^": math.Pow}
var prec = map[string]int{"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}

func (n *bin) Eval(e *Env) (Value, error) {
	l, err := n.l.Eval(e)
	if err != nil {
		return nil, err
	}
	r, err := n.r.Eval(e)
	if err != nil {
		return nil, err
	}
	switch a := l.(type) {
	case float64:
		if b, ok := r.(float64); ok {
			return ops[n.Text](a, b), nil
		}
	case string:
		if n.Text == "+" {
			return a + fmt.Sprint(r), nil
		}
		if b, ok := r.(float64); ok && n.Text == "*" {
			return strings.Repeat(a, int(b)), nil
		}
	}
	return nil, &EvalError{n.Tok, fmt.Sprintf("%T %s %T", l, n.Text, r)}
}
func (n *call) Eval(e *Env) (Value, error) {
	f, err := n.fn.Eval(e)
	if err != nil {
		return nil, err
	}
	fn, ok := f.(Func)
	if !ok {
		return nil, &EvalError{n.Tok, "not a function"}
	}
	var args []Value
	for _, a := range n.args {
		v, err := a.Eval(e)
		if err != nil {
			return nil, fmt.Errorf("arg %d: %w", len(args), err)
		}
		args = append(args, v)
	}
	return fn(args...)
}
func (n *lambda) Eval(e *Env) (Value, error) {
	return Func(func(args ...Value) (Value, error) {
		in := &Env{map[string]Value{}, e}
		for i, p := range n.params {
			if i < len(args) {
				in.vars[p] = args[i]
			}
		}
		return n.body.Eval(in)
	}), nil
}

type parser struct {
	toks <-chan Tok
	cur  Tok
}

func (p *parser) adv() Tok { t := p.cur; p.cur = <-p.toks; return t }
func (p *parser) expect(s string) Tok {
	if p.cur.Text != s {
		panic(&EvalError{p.cur, "want " + s})
	}
	return p.adv()
}
func Parse(s string) (n Node, err error) {
	p := &parser{toks: lex(s)}
	defer func() {
		for range p.toks {
		}
		switch r := recover().(type) {
		case nil:
		case *EvalError:
			n, err = nil, r
		default:
			panic(r)
		}
	}()
	p.adv()
	n = p.expr(0)
	if p.cur.Kind != EOF {
		panic(&EvalError{p.cur, "trailing"})
	}
	return
}
func (p *parser) expr(min int) Node {
	l := p.primary()
	for prec[p.cur.Text] > min {
		op := p.adv()
		l = &bin{base{op}, l, p.expr(prec[op.Text])}
	}
	return l
}
func (p *parser) primary() (n Node) {
	switch t := p.adv(); t.Kind {
	case Num:
		f, err := strconv.ParseFloat(t.Text, 64)
		if err != nil {
			panic(&EvalError{t, err.(*strconv.NumError).Err.Error()})
		}
		n = lit{base{t}, f}
	case Str:
		n = lit{base{t}, strings.Trim(t.Text, `"`)}
	case Ident:
		n = ref{base{t}}
	default:
		switch t.Text {
		case "(":
			n = p.expr(0)
			p.expect(")")
		case "\\":
			lam := &lambda{base: base{t}}
			for p.cur.Kind == Ident {
				lam.params = append(lam.params, p.adv().Text)
			}
			p.expect(".")
			lam.body = p.expr(0)
			return lam
		default:
			panic(&EvalError{t, "unexpected"})
		}
	}
	for p.cur.Text == "(" {
		c := &call{base: base{p.adv()}, fn: n}
		for p.cur.Text != ")" {
			c.args = append(c.args, p.expr(0))
			if p.cur.Text != "," {
				break
			}
			p.adv()
		}
		p.expect(")")
		n = c
	}
	return n
}

type tee struct {
	io.Writer
	n int64
}

func (t *tee) Write(p []byte) (int, error) { t.n += int64(len(p)); return t.Writer.Write(p) }

func main() {
	env := &Env{vars: map[string]Value{"pi": math.Pi, "sqrt": Func(func(a ...Value) (Value, error) { return math.Sqrt(a[0].(float64)), nil }),
		"join": Func(func(a ...Value) (Value, error) {
			var sb strings.Builder
			for _, x := range a {
				fmt.Fprint(&sb, x, ";")
			}
			return sb.String(), nil
		}), "compose": nil}}
	var out bytes.Buffer
	w := &tee{Writer: &out}
	for _, s := range []string{"1 + 2 * 3", "(1+2)*3^2^1", `"ab"*3 + 1`, "sqrt(16) + pi", "(\\x y. x*y + 1)(3, 4)", "join(1, \"two\", sqrt(9), \\x.x)", "1 +", "foo(2)", "1 + \"a\"", "\n\n  (3", "1.2.3", "3(4)", "(\\f x. f(f(x)))(\\n. n*n, 3)", "join(nope)", "π + 1", "1 2", "sqrt(\"x\")"} {
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Fprintln(w, "panic:", r)
				}
			}()
			n, err := Parse(s)
			if err != nil {
				fmt.Fprintf(w, "parse %q: %v\n", s, err)
				return
			}
			v, err := n.Eval(env)
			if f, ok := v.(Func); ok {
				fmt.Fprintf(w, "%T %v\n", f, f != nil)
				return
			}
			if strings.Contains(fmt.Sprint(v), "0x") {
				v = "address"
			}
			fmt.Fprintf(w, "%s = %v (%T) %v\n", strings.TrimSpace(s), v, v, err)
		}()
	}
	io.Copy(w, strings.NewReader("done\n"))
	fmt.Print(out.String(), w.n, "\n")
	b, _ := json.Marshal(Tok{Kind: Str, Text: "x"})
	fmt.Println(string(b))
	fmt.Printf("%v %+v\n", Tok{Kind: Num, Text: "1"}, base{Tok{Kind: EOF}})
}

// Output:
// 1 + 2 * 3 = 7 (float64) <nil>
// (1+2)*3^2^1 = 27 (float64) <nil>
// "ab"*3 + 1 = ababab1 (string) <nil>
// sqrt(16) + pi = 7.141592653589793 (float64) <nil>
// (\x y. x*y + 1)(3, 4) = 13 (float64) <nil>
// join(1, "two", sqrt(9), \x.x) = address (string) <nil>
// parse "1 +": 1:4: unexpected near "" (eof)
// foo(2) = <nil> (<nil>) 1:1: undefined near "foo" (ident)
// 1 + "a" = <nil> (<nil>) 1:3: float64 + string near "+" (punct)
// parse "\n\n  (3": 3:5: want ) near "" (eof)
// parse "1.2.3": 1:1: invalid syntax near "1.2.3" (num)
// 3(4) = <nil> (<nil>) 1:2: not a function near "(" (punct)
// (\f x. f(f(x)))(\n. n*n, 3) = 81 (float64) <nil>
// join(nope) = <nil> (<nil>) arg 0: 1:6: undefined near "nope" (ident)
// π + 1 = <nil> (<nil>) 1:1: undefined near "π" (ident)
// parse "1 2": 1:3: trailing near "2" (num)
// panic: interface conversion: main.Value is string, not float64
// done
// 850
// {"Kind":2,"Text":"x","Pos":{"Line":0,"Col":0}}
// num eof

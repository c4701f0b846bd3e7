package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

type kind int

const (
	number kind = iota
	name
	symbol
	end
)

type token struct {
	kind kind
	text string
	pos  int
}

type lexer struct {
	src []rune
	pos int
}

func (l *lexer) next() token {
	for l.pos < len(l.src) && unicode.IsSpace(l.src[l.pos]) {
		l.pos++
	}
	start := l.pos
	take := func(k kind, ok func(rune) bool) token {
		for l.pos < len(l.src) && ok(l.src[l.pos]) {
			l.pos++
		}
		return token{k, string(l.src[start:l.pos]), start}
	}
	if start == len(l.src) {
		return token{end, "end", start}
	}
	switch r := l.src[start]; {
	case unicode.IsDigit(r) || r == '.':
		return take(number, func(r rune) bool { return unicode.IsDigit(r) || r == '.' })
	case unicode.IsLetter(r):
		return take(name, unicode.IsLetter)
	}
	l.pos++
	return token{symbol, string(l.src[start]), start}
}

type env map[string]float64

type expr func(env) float64

type syntaxError struct {
	pos int
	msg string
}

func (e *syntaxError) Error() string { return fmt.Sprintf("%d: %s", e.pos, e.msg) }

var errDomain = errors.New("outside the domain")

type parser struct {
	lex lexer
	tok token
}

var precedence = map[string]int{"+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "^": 4}

var operators = map[string]func(a, b float64) float64{
	"+": func(a, b float64) float64 { return a + b },
	"-": func(a, b float64) float64 { return a - b },
	"*": func(a, b float64) float64 { return a * b },
	"/": func(a, b float64) float64 {
		if b == 0 {
			panic(fmt.Errorf("%v/0: %w", a, errDomain))
		}
		return a / b
	},
	"%": math.Mod,
	"^": math.Pow,
}

var functions = map[string]any{
	"sqrt": math.Sqrt, "max": math.Max, "abs": math.Abs,
	"pi": func() float64 { return 3.14159 },
}

func (p *parser) advance() (t token) { t, p.tok = p.tok, p.lex.next(); return }

func (p *parser) fail(format string, args ...any) {
	panic(&syntaxError{p.tok.pos, fmt.Sprintf(format, args...)})
}

func (p *parser) expect(text string) {
	if p.tok.text != text {
		p.fail("%q instead of %q", p.tok.text, text)
	}
	p.advance()
}

func (p *parser) binary(least int) expr {
	left := p.unary()
	for {
		prec, ok := precedence[p.tok.text]
		if !ok || prec < least {
			return left
		}
		op := operators[p.advance().text]
		if prec < 4 {
			prec++
		}
		l, r := left, p.binary(prec)
		left = func(e env) float64 { return op(l(e), r(e)) }
	}
}

func (p *parser) unary() expr {
	if p.tok.text == "-" {
		p.advance()
		x := p.binary(3)
		return func(e env) float64 { return -x(e) }
	}
	t := p.advance()
	switch {
	case t.kind == number:
		v, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			panic(&syntaxError{t.pos, err.Error()})
		}
		return func(env) float64 { return v }
	case t.kind == name && p.tok.text == "(":
		return p.call(t)
	case t.kind == name:
		return func(e env) float64 {
			if v, ok := e[t.text]; ok {
				return v
			}
			panic(fmt.Errorf("%s is not set", t.text))
		}
	case t.text == "(":
		x := p.binary(1)
		p.expect(")")
		return x
	}
	panic(&syntaxError{t.pos, "unexpected " + t.text})
}

func (p *parser) call(t token) expr {
	p.expect("(")
	var args []expr
	for p.tok.text != ")" {
		if len(args) > 0 {
			p.expect(",")
		}
		args = append(args, p.binary(1))
	}
	p.expect(")")
	switch f := functions[t.text].(type) {
	case func() float64:
		return func(env) float64 { return f() }
	case func(float64) float64:
		return func(e env) float64 { return f(args[0](e)) }
	case func(float64, float64) float64:
		return func(e env) float64 { return f(args[0](e), args[1](e)) }
	}
	panic(&syntaxError{t.pos, "no function " + t.text})
}

func Eval(src string, e env) (v float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			var ok bool
			if err, ok = r.(error); !ok {
				panic(r)
			}
		}
	}()
	p := &parser{lex: lexer{src: []rune(src)}}
	p.advance()
	x := p.binary(1)
	if p.tok.kind != end {
		p.fail("%q is left over", p.tok.text)
	}
	return x(e), nil
}

func main() {
	e := env{"x": 3, "größe": 10}
	for _, src := range strings.Split("1+2*3;(1+2)*3;-2^2;2^3^2;10-4-3;7%4/2;sqrt(x*x+16)+max(1, -x);größe*pi();1/(x-3);y+1;1+;(1;1 2;foo(1);1.2.3;max(1 2);", ";") {
		v, err := Eval(src, e)
		var se *syntaxError
		fmt.Println(src, "=", v, err, errors.As(err, &se), errors.Is(err, errDomain))
	}
}

// Output:
// 1+2*3 = 7 <nil> false false
// (1+2)*3 = 9 <nil> false false
// -2^2 = -4 <nil> false false
// 2^3^2 = 512 <nil> false false
// 10-4-3 = 3 <nil> false false
// 7%4/2 = 1.5 <nil> false false
// sqrt(x*x+16)+max(1, -x) = 6 <nil> false false
// größe*pi() = 31.4159 <nil> false false
// 1/(x-3) = 0 1/0: outside the domain false true
// y+1 = 0 y is not set false false
// 1+ = 0 2: unexpected end true false
// (1 = 0 2: "end" instead of ")" true false
// 1 2 = 0 2: "2" is left over true false
// foo(1) = 0 0: no function foo true false
// 1.2.3 = 0 0: strconv.ParseFloat: parsing "1.2.3": invalid syntax true false
// max(1 2) = 0 6: "2" instead of "," true false
//  = 0 0: unexpected end true false

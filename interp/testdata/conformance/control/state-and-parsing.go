package main

import (
	"fmt"
	"strconv"
	"unicode"
)

type tokenKind int

const (
	number tokenKind = iota
	operator
	paren
	end
)

func (k tokenKind) String() string { return [...]string{"number", "operator", "paren", "end"}[k] }

type token struct {
	kind tokenKind
	text string
	pos  int
}

type lexer struct {
	src []rune
	pos int
}

type syntaxError struct {
	pos int
	msg string
}

func (e *syntaxError) Error() string { return fmt.Sprintf("at %d: %s", e.pos, e.msg) }

func (l *lexer) next() token {
	for l.pos < len(l.src) && unicode.IsSpace(l.src[l.pos]) {
		l.pos++
	}
	if l.pos == len(l.src) {
		return token{end, "", l.pos}
	}
	start := l.pos
	switch r := l.src[l.pos]; {
	case unicode.IsDigit(r) || r == '.':
		for l.pos < len(l.src) && (unicode.IsDigit(l.src[l.pos]) || l.src[l.pos] == '.') {
			l.pos++
		}
		return token{number, string(l.src[start:l.pos]), start}
	case r == '(' || r == ')':
		l.pos++
		return token{paren, string(r), start}
	case r == '+', r == '-', r == '*', r == '/':
		l.pos++
		return token{operator, string(r), start}
	default:
		panic(&syntaxError{start, fmt.Sprintf("unexpected %q", r)})
	}
}

type parser struct {
	lex lexer
	tok token
}

var precedence = map[string]int{"+": 1, "-": 1, "*": 2, "/": 2}

func (p *parser) advance() { p.tok = p.lex.next() }

func (p *parser) expr(min int) float64 {
	left := p.primary()
	for p.tok.kind == operator && precedence[p.tok.text] >= min {
		op := p.tok.text
		p.advance()
		right := p.expr(precedence[op] + 1)
		switch op {
		case "+":
			left += right
		case "-":
			left -= right
		case "*":
			left *= right
		case "/":
			left /= right
		}
	}
	return left
}

func (p *parser) primary() float64 {
	tok := p.tok
	p.advance()
	switch {
	case tok.kind == number:
		f, err := strconv.ParseFloat(tok.text, 64)
		if err != nil {
			panic(&syntaxError{tok.pos, err.Error()})
		}
		return f
	case tok.text == "-":
		return -p.primary()
	case tok.text == "(":
		v := p.expr(1)
		if p.tok.text != ")" {
			panic(&syntaxError{p.tok.pos, "missing )"})
		}
		p.advance()
		return v
	}
	panic(&syntaxError{tok.pos, "unexpected " + tok.kind.String()})
}

func eval(s string) (v float64, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *syntaxError:
			err = r
		default:
			panic(r)
		}
	}()
	p := parser{lex: lexer{src: []rune(s)}}
	p.advance()
	v = p.expr(1)
	if p.tok.kind != end {
		return 0, &syntaxError{p.tok.pos, "trailing " + p.tok.kind.String()}
	}
	return v, nil
}

func main() {
	for _, s := range []string{"1 + 2 * 3", "(1+2)*3 - -4/2", "2 * (3", "1 2", "4 $ 4", "1..2", "", "((((7))))"} {
		v, err := eval(s)
		fmt.Println(s, "=", v, err)
	}
}

// Output:
// 1 + 2 * 3 = 7 <nil>
// (1+2)*3 - -4/2 = 11 <nil>
// 2 * (3 = 0 at 6: missing )
// 1 2 = 0 at 2: trailing number
// 4 $ 4 = 0 at 2: unexpected '$'
// 1..2 = 0 at 0: strconv.ParseFloat: parsing "1..2": invalid syntax
//  = 0 at 0: unexpected end
// ((((7)))) = 7 <nil>

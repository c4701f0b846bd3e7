package main

import (
	"errors"
	"fmt"
	"strings"
)

type Tx struct {
	ops   []string
	state string
}

func (t *Tx) Exec(op string) {
	if strings.HasPrefix(op, "bad") {
		panic(fmt.Errorf("exec %q: %w", op, errBad))
	}
	t.ops = append(t.ops, op)
}

var errBad = errors.New("bad operation")

func WithTx(f func(*Tx) error) (tx *Tx, err error) {
	tx = &Tx{state: "open"}
	defer func() {
		switch e := recover(); {
		case e != nil:
			tx.state = "rolled back"
			if asErr, ok := e.(error); ok && errors.Is(asErr, errBad) {
				err = asErr
				return
			}
			panic(e)
		case err != nil:
			tx.state = "rolled back"
		default:
			tx.state = "committed"
		}
	}()
	return tx, f(tx)
}

type PanicError struct {
	Value any
	Step  string
}

func (p *PanicError) Error() string { return fmt.Sprintf("%s panicked: %v", p.Step, p.Value) }

func (p *PanicError) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

func Protect(step string, f func()) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v, step}
		}
	}()
	f()
	return
}

type parser struct{ in string }

type syntaxError struct {
	pos int
	msg string
}

func (p *parser) fail(pos int, format string, args ...any) {
	panic(syntaxError{pos, fmt.Sprintf(format, args...)})
}

func (p *parser) depth(pos, level int) (int, int) {
	deepest := level
	for ; pos < len(p.in); pos++ {
		switch p.in[pos] {
		case '(':
			var d int
			pos, d = p.depth(pos+1, level+1)
			deepest = max(deepest, d)
			if pos == len(p.in) {
				p.fail(pos, "%d open", level+1)
			}
		case ')':
			if level == 0 {
				p.fail(pos, "unexpected %q", p.in[pos])
			}
			return pos, deepest
		}
	}
	return pos, deepest
}

func Depth(in string) (d int, err error) {
	defer func() {
		if e, ok := recover().(syntaxError); ok {
			err = fmt.Errorf("%d: %s", e.pos, e.msg)
		}
	}()
	_, d = (&parser{in}).depth(0, 0)
	return
}

func main() {
	tx, err := WithTx(func(t *Tx) error { t.Exec("a"); t.Exec("b"); return nil })
	fmt.Println(*tx, err)
	tx, err = WithTx(func(t *Tx) error { t.Exec("a"); t.Exec("bad"); return nil })
	fmt.Println(*tx, err, errors.Is(err, errBad))
	tx, err = WithTx(func(t *Tx) error { return errors.New("refused") })
	fmt.Println(tx.state, err)
	err = Protect("outer", func() {
		WithTx(func(t *Tx) error { panic("something else") })
	})
	fmt.Println(err, errors.Unwrap(err) == nil)
	err = Protect("index", func() { _ = []int{}[len(tx.ops)] })
	var pe *PanicError
	fmt.Println(err, errors.As(err, &pe), pe.Step)
	fmt.Println(Protect("fine", func() {}) == nil)
	for _, in := range []string{"(a(b)(c(d)))", "((", "())", ""} {
		fmt.Println(Depth(in))
	}
	err = Protect("nested", func() {
		defer func() {
			v := recover()
			if inner := Protect("cleanup", func() { panic("cleanup too") }); inner != nil {
				panic(errors.Join(inner, fmt.Errorf("first: %v", v)))
			}
		}()
		panic("first")
	})
	fmt.Println(err)
}

// Output:
// {[a b] committed} <nil>
// {[a] rolled back} exec "bad": bad operation true
// rolled back refused
// outer panicked: something else true
// index panicked: runtime error: index out of range [0] with length 0 true index
// true
// 3 <nil>
// 0 2: 2 open
// 0 2: unexpected ')'
// 0 <nil>
// nested panicked: cleanup panicked: cleanup too
// first: first

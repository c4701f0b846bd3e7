package main

import (
	"errors"
	"fmt"
	"strconv"
)

type Op string

type Error struct {
	Op   Op
	Kind Kind
	Err  error
}

type Kind uint8

const (
	Other Kind = iota
	Invalid
	Missing
)

func (k Kind) String() string { return [...]string{"other", "invalid", "missing"}[k] }

func (e *Error) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("%s: %v", e.Op, e.Kind)
	}
	return fmt.Sprintf("%s: %v: %v", e.Op, e.Kind, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

func E(args ...any) error {
	e := &Error{}
	for _, a := range args {
		switch a := a.(type) {
		case Op:
			e.Op = a
		case Kind:
			e.Kind = a
		case error:
			e.Err = a
		default:
			panic(fmt.Sprintf("bad argument %T", a))
		}
	}
	return e
}

func KindOf(err error) Kind {
	for err != nil {
		if e, ok := err.(*Error); ok && e.Kind != Other {
			return e.Kind
		}
		err = errors.Unwrap(err)
	}
	return Other
}

type multi []error

func (m multi) Error() string   { return fmt.Sprintf("%d errors", len(m)) }
func (m multi) Unwrap() []error { return m }

type matcher struct{ code int }

func (m matcher) Error() string { return strconv.Itoa(m.code) }
func (m matcher) As(target any) bool {
	if p, ok := target.(*int); ok {
		*p = m.code
		return true
	}
	return false
}

func parse(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, E(Op("parse"), Invalid, err)
	}
	return n, nil
}

func main() {
	_, err := parse("x1")
	err = E(Op("load"), err)
	fmt.Println(err, KindOf(err), errors.Is(err, strconv.ErrSyntax))
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Num)
	m := multi{E(Missing), err}
	fmt.Println(m, errors.Is(m, strconv.ErrSyntax), errors.Unwrap(m))
	var e *Error
	fmt.Println(errors.As(m, &e), e.Kind)
	var code int
	fmt.Println(errors.As(fmt.Errorf("w: %w", matcher{42}), &code), code)
	two := fmt.Errorf("%w and %w", matcher{1}, errors.New("two"))
	fmt.Println(two, errors.Is(two, matcher{1}), errors.Is(two, matcher{2}))
	defer func() { fmt.Println(recover()) }()
	E(3)
}

// Exit status: 2

// Output:
// load: other: parse: invalid: strconv.Atoi: parsing "x1": invalid syntax invalid true
// true Atoi x1
// 2 errors true <nil>
// true missing

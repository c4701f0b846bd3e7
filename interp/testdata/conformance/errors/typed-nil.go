package main

import (
	"errors"
	"fmt"
)

type E struct{ code int }

func (e *E) Error() string {
	if e == nil {
		return "nil *E"
	}
	return fmt.Sprint("code ", e.code)
}

func maybe(fail bool) *E {
	if fail {
		return &E{7}
	}
	return nil
}

func wrong() error { return maybe(false) }

func right() error {
	if e := maybe(false); e != nil {
		return e
	}
	return nil
}

func main() {
	fmt.Println(wrong() == nil, right() == nil, wrong())
	var e *E
	var err error = e
	fmt.Println(err != nil, err == error((*E)(nil)), errors.As(err, &e), e == nil)
	err = maybe(true)
	switch x := err.(type) {
	case nil:
		fmt.Println("nil")
	case *E:
		fmt.Println("E", x.code)
	}
	var p *int
	var any1 any = p
	fmt.Println(any1 == nil, any1 == (*int)(nil))
}

// Output:
// false true nil *E
// true true true true
// E 7
// false true

package main

import (
	"errors"
	"fmt"
	"strings"
)

type FieldError[T any] struct {
	Field string
	Value T
	Err   error
}

func (e *FieldError[T]) Error() string {
	return fmt.Sprintf("%s=%v: %v", e.Field, e.Value, e.Err)
}

func (e *FieldError[T]) Unwrap() error { return e.Err }

type Coded[C ~int | ~string] struct{ Code C }

func (c Coded[C]) Error() string { return fmt.Sprint("code ", c.Code) }

func (c Coded[C]) Is(target error) bool {
	other, ok := target.(Coded[C])
	return ok && other.Code == c.Code
}

type Status int

func (s Status) String() string { return map[Status]string{404: "not found", 500: "failure"}[s] }

var ErrRange = errors.New("out of range")

type Rule[T any] func(T) error

func Check[T any](field string, v T, rules ...Rule[T]) error {
	var errs []error
	for _, r := range rules {
		if err := r(v); err != nil {
			errs = append(errs, &FieldError[T]{field, v, err})
		}
	}
	return errors.Join(errs...)
}

func Between[T int | float64](lo, hi T) Rule[T] {
	return func(v T) error {
		if v < lo || v > hi {
			return fmt.Errorf("%w [%v,%v]", ErrRange, lo, hi)
		}
		return nil
	}
}

func Try[T any](f func() T) (v T, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case error:
			err = e
		default:
			err = fmt.Errorf("%v", e)
		}
	}()
	return f(), nil
}

func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func Find[E error](err error) (E, bool) { return errors.AsType[E](err) }

func main() {
	err := errors.Join(
		Check("age", 200, Between(0, 150)),
		Check("ratio", 1.5, Between(0.0, 1), func(f float64) error { return Coded[Status]{404} }),
		Check("name", "", func(s string) error {
			if s == "" {
				return Coded[string]{"empty"}
			}
			return nil
		}),
	)
	fmt.Println(err)
	var fe *FieldError[string]
	fmt.Println(errors.As(err, &fe), fe.Field, errors.Is(err, ErrRange))
	fi, ok := Find[*FieldError[int]](err)
	fmt.Println(ok, fi.Value+1)
	_, ok = Find[*FieldError[bool]](err)
	fmt.Println(ok)
	fmt.Println(errors.Is(err, Coded[Status]{404}), errors.Is(err, Coded[Status]{500}), errors.Is(err, Coded[string]{"empty"}), errors.Is(err, Coded[int]{404}))
	c, ok := errors.AsType[Coded[Status]](err)
	fmt.Println(c, ok, c.Code)
	fmt.Println(Try(func() int { return Must(0, error(Coded[string]{"x"})) }))
	fmt.Println(Try(func() string { return strings.Repeat("x", -1) }))
	fmt.Println(Try(func() []int { return []int{1, 2}[:1] }))
	_, err = Try(func() int { return []int{}[len("abc")] })
	fmt.Println(err)
	_, err = Try(func() any { panic(&FieldError[any]{"f", nil, ErrRange}) })
	fmt.Println(err, errors.Is(err, ErrRange))
}

// Output:
// age=200: out of range [0,150]
// ratio=1.5: out of range [0,1]
// ratio=1.5: code not found
// name=: code empty
// true name true
// true 201
// false
// true false true false
// code not found true not found
// 0 code x
//  strings: negative Repeat count
// [1] <nil>
// runtime error: index out of range [3] with length 0
// f=<nil>: out of range true

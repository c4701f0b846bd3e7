package main

import (
	"errors"
	"fmt"
)

type Result[T any] struct {
	Val T
	Err error
}

func Try[T any](f func() (T, error)) Result[T] { v, err := f(); return Result[T]{v, err} }
func (r Result[T]) Or(d T) T {
	if r.Err != nil {
		return d
	}
	return r.Val
}
func main() {
	fmt.Println(Try(func() (int, error) { return 0, errors.New("x") }).Or(5))
	fmt.Println(Try(func() (string, error) { return "ok", nil }).Or("d"))
}

// Output:
// 5
// ok

package main

import (
	"errors"
	"fmt"
)

var ErrX = errors.New("x")

type E struct{}

func (E) Error() string   { return "E" }
func (E) Is(t error) bool { return t == ErrX }
func main() {
	fmt.Println(errors.Is(fmt.Errorf("a: %w", ErrX), ErrX), errors.Is(E{}, ErrX), errors.Is(errors.Join(ErrX, nil), ErrX))
}

// Output:
// true true true

package main

import "fmt"

type Box[T any] struct{ v T }

func (b Box[T]) Kind() string { return fmt.Sprintf("box of %T", b.v) }

type Celsius float64

func describe(x any) string {
	switch b := x.(type) {
	case Box[float64]:
		return "float " + b.Kind()
	case Box[Celsius]:
		return "celsius " + b.Kind()
	case interface{ Kind() string }:
		return "other " + b.Kind()
	}
	return "unknown"
}

func counter[T any]() func() int {
	n := 0
	return func() int { n++; return n }
}

func main() {
	fmt.Println(describe(Box[float64]{1}))
	fmt.Println(describe(Box[Celsius]{1}))
	fmt.Println(describe(Box[string]{"x"}))
	fmt.Println(describe(1))
	fmt.Println(any(Box[float64]{1}) == any(Box[Celsius]{1}), any(Box[int]{1}) == any(Box[int]{1}))
	a, b := counter[int](), counter[string]()
	a()
	fmt.Println(a(), b())
}

// Output:
// float box of float64
// celsius box of main.Celsius
// other box of string
// unknown
// false true
// 2 1

package main

import (
	"cmp"
	"fmt"
)

type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64
}
type Number interface{ Integer | ~float32 | ~float64 }

type Meters int32

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

func Clamp[T cmp.Ordered](x, lo, hi T) T { return max(lo, min(x, hi)) }

func Div[T Integer](a, b T) (q, r T) { return a / b, a % b }

func Avg[T Number](xs []T) float64 { return float64(Sum(xs...)) / float64(len(xs)) }

func Convert[To, From Number](x From) To { return To(x) }

func Zero[T any]() (z T) { return }

func IsZero[T comparable](x T) bool { return x == Zero[T]() }

func main() {
	fmt.Println(Sum[int8](100, 27, 1), Sum(1.5, 2), Sum(Meters(3), 4))
	fmt.Println(Clamp(15, 0, 10), Clamp("m", "a", "f"), Clamp(-1.5, -1, 1))
	fmt.Println(Div(int8(-128), 3))
	fmt.Println(Div(Meters(7), -2))
	fmt.Println(Avg([]Meters{1, 2}), Convert[int](2.9), Convert[float32](Meters(7)), Convert[int8](300))
	fmt.Println(IsZero(0), IsZero("x"), IsZero(struct{ a int }{}), IsZero[*int](nil), Zero[[2]string]())
	fmt.Printf("%T %T\n", Sum(Meters(1)), Convert[Meters](1.0))
}

// Output:
// -128 3.5 7
// 10 f -1
// -42 -2
// -3 1
// 1.5 2 7 44
// true false true true [ ]
// main.Meters main.Meters

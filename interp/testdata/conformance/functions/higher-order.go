package main

import (
	"fmt"
	"strconv"
	"strings"
)

func Map[T, U any](in []T, f func(T) U) []U {
	out := make([]U, 0, len(in))
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}

func Filter[S ~[]T, T any](in S, keep func(T) bool) S {
	var out S
	for _, v := range in {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

func Reduce[T, A any](in []T, acc A, f func(A, T) A) A {
	for _, v := range in {
		acc = f(acc, v)
	}
	return acc
}

func Compose[A, B, C any](f func(A) B, g func(B) C) func(A) C {
	return func(a A) C { return g(f(a)) }
}

func Curry[A, B, C any](f func(A, B) C) func(A) func(B) C {
	return func(a A) func(B) C { return func(b B) C { return f(a, b) } }
}

func Flip[A, B, C any](f func(A, B) C) func(B, A) C {
	return func(b B, a A) C { return f(a, b) }
}

func Pipe[T any](fs ...func(T) T) func(T) T {
	return func(v T) T { return Reduce(fs, v, func(acc T, f func(T) T) T { return f(acc) }) }
}

func Lift[A, B any](f func(A) (B, error)) func(A, error) (B, error) {
	return func(a A, err error) (B, error) {
		if err != nil {
			var zero B
			return zero, err
		}
		return f(a)
	}
}

func Group[T any, K comparable](in []T, key func(T) K) map[K][]T {
	return Reduce(in, map[K][]T{}, func(m map[K][]T, v T) map[K][]T {
		m[key(v)] = append(m[key(v)], v)
		return m
	})
}

type Words []string

func (w Words) Long(n int) Words { return Filter(w, func(s string) bool { return len(s) > n }) }

func positive(n int) (float64, error) {
	if n < 0 {
		return 0, fmt.Errorf("%d is negative", n)
	}
	return float64(n) / 4, nil
}

func main() {
	words := Words(strings.Fields("the quick brown fox jumps"))
	fmt.Println(Map(words, func(s string) int { return len(s) }), words.Long(3))
	fmt.Printf("%T\n", words.Long(4))
	sum := func(a, b int) int { return a + b }
	fmt.Println(Reduce([]int{1, 2, 3}, 10, sum), Reduce(words, "", func(a, s string) string { return a + s[:1] }))
	shout := Compose(strings.ToUpper, func(s string) []string { return strings.Split(s, "") })
	fmt.Println(shout("abc"), Compose(strconv.Itoa, strings.NewReader)(77).Len())
	fmt.Println(Curry(sum)(1)(2), Curry(strings.Repeat)("ab")(3), Flip(strings.Repeat)(2, "xy"))
	clean := Pipe(strings.TrimSpace, strings.ToLower, func(s string) string { return strings.ReplaceAll(s, " ", "-") })
	fmt.Println(clean("  Some Title "), Pipe[int]()(5))
	quarter := Lift(positive)
	fmt.Println(quarter(strconv.Atoi("10")))
	fmt.Println(quarter(strconv.Atoi("-3")))
	fmt.Println(quarter(strconv.Atoi("zz")))
	fmt.Println(Group(words, func(s string) int { return len(s) }))
	adders := Map([]int{1, 10, 100}, Curry(sum))
	fmt.Println(Map(adders, func(f func(int) int) int { return f(5) }))
	methods := Map([]string{"x", "yy"}, func(s string) func() int { return strings.NewReader(s).Len })
	fmt.Println(methods[0](), methods[1]())
}

// Output:
// [3 5 5 3 5] [quick brown jumps]
// main.Words
// 16 tqbfj
// [A B C] 2
// 3 ababab xyxy
// some-title 5
// 2.5 <nil>
// 0 -3 is negative
// 0 strconv.Atoi: parsing "zz": invalid syntax
// map[3:[the fox] 5:[quick brown jumps]]
// [6 15 105]
// 1 2

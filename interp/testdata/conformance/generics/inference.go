package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

type Number interface {
	~int | ~int64 | ~float64
}

type Meters float64

type Names []string

func Largest[T cmp.Ordered](first T, rest ...T) T {
	for _, v := range rest {
		first = max(first, v)
	}
	return first
}

func Scale[S ~[]E, E Number](s S, by E) S {
	out := make(S, len(s))
	for i, v := range s {
		out[i] = v * by
	}
	return out
}

func MapKV[M ~map[K]V, K comparable, V any, R any](m M, f func(K, V) R) map[K]R {
	out := make(map[K]R, len(m))
	for k, v := range m {
		out[k] = f(k, v)
	}
	return out
}

func Apply[A, B any](a A, f func(A) B) B { return f(a) }

func Convert[To, From Number](f From) To { return To(f) }

func Ptr[T any](v T) *T { return &v }

func Chain[T any](fs ...func(T) T) func(T) T {
	return func(v T) T {
		for _, f := range fs {
			v = f(v)
		}
		return v
	}
}

func Identity[T any](v T) T { return v }

func Send[C ~chan<- T | ~chan T, T any](c C, v T) { c <- v }

func First[T any, A interface{ ~[]T }](a A) (v T, ok bool) {
	if len(a) == 0 {
		return v, false
	}
	return a[0], true
}

type Callback[T any] func(T) error

func Each[T any](items []T, cb Callback[T]) (err error) {
	for _, it := range items {
		if err = cb(it); err != nil {
			return fmt.Errorf("%v: %w", it, err)
		}
	}
	return nil
}

func main() {
	fmt.Println(Largest(1, 2.5, 'a'), Largest("b", "a"), Largest(Meters(1), 2))
	fmt.Printf("%T %T %T\n", Largest(1, 2.5), Largest(1, 'a'), Largest(Meters(3), 4))
	fmt.Printf("%v %T\n", Scale([]Meters{1, 2}, 1.5), Scale([]Meters{}, 2))
	type Row []int
	fmt.Printf("%v %T\n", Scale(Row{1, 2}, 10), Scale(Row{}, 1))
	fmt.Println(MapKV(map[string]int{"a": 1}, func(k string, v int) string { return k + strconv.Itoa(v) }))
	fmt.Println(Apply(3, strconv.Itoa)+"!", Apply("5", func(s string) Meters { return Meters(len(s)) }))
	fmt.Println(Convert[int](2.9), Convert[Meters](7)/2, Convert[int64](Meters(3.5)))
	fmt.Println(*Ptr(3)+1, *Ptr("p"), *Ptr(Ptr(Meters(2))) != nil)
	double := func(n int) int { return n * 2 }
	fmt.Println(Chain(double, double, Identity)(5))
	var f func(string) string = Identity
	fmt.Println(f("assigned"))
	c := make(chan int, 2)
	Send(c, 4)
	Send((chan<- int)(c), 5)
	fmt.Println(<-c, <-c)
	fmt.Println(First[string](Names{"n"}))
	fmt.Println(First[int]([]int{}))
	fmt.Println(Each([]int{1, 2}, func(n int) error { return nil }), Each(Names{"x"}, func(s string) error {
		return fmt.Errorf("bad %q", s)
	}))
	words := []string{"ccc", "a", "bb"}
	slices.SortFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	fmt.Println(words, slices.IndexFunc(words, func(s string) bool { return s == "bb" }), slices.MaxFunc(words, cmp.Compare))
}

// Output:
// 97 b 2
// float64 int32 main.Meters
// [1.5 3] []main.Meters
// [10 20] main.Row
// map[a:a1]
// 3! 1
// 2 3.5 3
// 4 p true
// 20
// assigned
// 4 5
// n true
// 0 false
// <nil> x: bad "x"
// [a bb ccc] 1 ccc

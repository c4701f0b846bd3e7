package main

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
)

type Seq[T any] iter.Seq[T]

func Of[T any](vs ...T) Seq[T] { return Seq[T](slices.Values(vs)) }

func Count(from int) Seq[int] {
	return func(yield func(int) bool) {
		for i := from; yield(i); i++ {
		}
	}
}

func (s Seq[T]) Filter(keep func(T) bool) Seq[T] {
	return func(yield func(T) bool) {
		for v := range s {
			if keep(v) && !yield(v) {
				return
			}
		}
	}
}

func (s Seq[T]) Take(n int) Seq[T] {
	return func(yield func(T) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for v := range s {
			if i++; !yield(v) || i == n {
				return
			}
		}
	}
}

func (s Seq[T]) Skip(n int) Seq[T] {
	return func(yield func(T) bool) {
		left := n
		for v := range s {
			if left > 0 {
				left--
				continue
			}
			if !yield(v) {
				break
			}
		}
	}
}

func (s Seq[T]) Collect() []T { return slices.Collect(iter.Seq[T](s)) }

func Map[T, U any](s Seq[T], f func(T) U) Seq[U] {
	return func(yield func(U) bool) {
		s(func(v T) bool { return yield(f(v)) })
	}
}

func Zip[A, B any](a Seq[A], b Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(iter.Seq[B](b))
		defer stop()
		for x := range a {
			y, ok := next()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

func Chunk[T any](s Seq[T], n int) Seq[[]T] {
	return func(yield func([]T) bool) {
		var chunk []T
		for v := range s {
			if chunk = append(chunk, v); len(chunk) == n {
				if !yield(chunk) {
					return
				}
				chunk = nil
			}
		}
		if len(chunk) > 0 {
			yield(chunk)
		}
	}
}

func MergeSorted[T cmp.Ordered](a, b Seq[T]) Seq[T] {
	return func(yield func(T) bool) {
		nextA, stopA := iter.Pull(iter.Seq[T](a))
		defer stopA()
		nextB, stopB := iter.Pull(iter.Seq[T](b))
		defer stopB()
		x, okA := nextA()
		y, okB := nextB()
		for okA || okB {
			if okA && (!okB || x <= y) {
				if !yield(x) {
					return
				}
				x, okA = nextA()
			} else {
				if !yield(y) {
					return
				}
				y, okB = nextB()
			}
		}
	}
}

func Fold[T, A any](s Seq[T], acc A, f func(A, T) A) A {
	for v := range s {
		acc = f(acc, v)
	}
	return acc
}

func main() {
	odd := func(n int) bool { return n%2 == 1 }
	fmt.Println(Count(1).Filter(odd).Skip(2).Take(4).Collect())
	squares := Map(Count(1), func(n int) int { return n * n })
	fmt.Println(squares.Take(5).Collect(), Of[int]().Collect() == nil)
	for n, w := range Zip(squares, Of(strings.Fields("one four nine")...)) {
		fmt.Print(n, w, " ")
	}
	fmt.Println()
	for c := range Chunk(Of("a", "b", "c", "d", "e"), 2) {
		fmt.Print(c, " ")
	}
	fmt.Println()
	evens := Count(0).Filter(func(n int) bool { return !odd(n) })
	fmt.Println(MergeSorted(squares, evens).Take(9).Collect(), MergeSorted(Of("b", "d"), Of("a", "e")).Collect())
	fmt.Println(Fold(Count(1).Take(5), "", func(s string, n int) string { return fmt.Sprint(s, n) }))
	fmt.Println(slices.Sorted(iter.Seq[int](Of(3, 1, 2))), slices.Collect(Map(Of(1, 2), func(n int) string { return strings.Repeat("x", n) }).Take(1).std()))
}

func (s Seq[T]) std() iter.Seq[T] { return iter.Seq[T](s) }

// Output:
// [5 7 9 11]
// [1 4 9 16 25] true
// 1one 4four 9nine
// [a b] [c d] [e]
// [0 1 2 4 4 6 8 9 10] [a b d e]
// 12345
// [1 2 3] [x]

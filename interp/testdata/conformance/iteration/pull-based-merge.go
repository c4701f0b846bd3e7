package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type cursor[T any] struct {
	next func() (T, bool)
	stop func()
	head T
	ok   bool
}

func open[T any](s iter.Seq[T]) *cursor[T] {
	c := &cursor[T]{}
	c.next, c.stop = iter.Pull(s)
	c.advance()
	return c
}

func (c *cursor[T]) advance() { c.head, c.ok = c.next() }

func Merge[T cmp.Ordered](seqs ...iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		var cursors []*cursor[T]
		for _, s := range seqs {
			c := open(s)
			defer c.stop()
			cursors = append(cursors, c)
		}
		for {
			cursors = slices.DeleteFunc(cursors, func(c *cursor[T]) bool { return !c.ok })
			if len(cursors) == 0 {
				return
			}
			least := slices.MinFunc(cursors, func(a, b *cursor[T]) int { return cmp.Compare(a.head, b.head) })
			if !yield(least.head) {
				return
			}
			least.advance()
		}
	}
}

func tracked(name string, vs ...int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println(name, "released")
		for _, v := range vs {
			if !yield(v) {
				return
			}
		}
	}
}

func Diff[K cmp.Ordered, V comparable](a, b iter.Seq2[K, V]) iter.Seq2[string, K] {
	return func(yield func(string, K) bool) {
		nextA, stopA := iter.Pull2(a)
		defer stopA()
		nextB, stopB := iter.Pull2(b)
		defer stopB()
		ka, va, okA := nextA()
		kb, vb, okB := nextB()
		for okA || okB {
			switch {
			case !okB || okA && ka < kb:
				if !yield("removed", ka) {
					return
				}
				ka, va, okA = nextA()
			case !okA || kb < ka:
				if !yield("added", kb) {
					return
				}
				kb, vb, okB = nextB()
			default:
				if va != vb && !yield("changed", ka) {
					return
				}
				ka, va, okA = nextA()
				kb, vb, okB = nextB()
			}
		}
	}
}

func sorted[M ~map[K]V, K cmp.Ordered, V any](m M) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

func words(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for w := range strings.FieldsSeq(s) {
			if !yield(strings.ToLower(w)) {
				return
			}
		}
	}
}

func main() {
	fmt.Println(slices.Collect(Merge(tracked("a", 1, 4, 9), tracked("b", 2, 3), tracked("c"))))
	for v := range Merge(tracked("x", 1, 5), tracked("y", 2, 6)) {
		if v > 2 {
			break
		}
		fmt.Println(v)
	}
	fmt.Println(slices.Collect(Merge(words("Apple cherry"), words("BANANA date"))))
	type config map[string]int
	old, cur := config{"a": 1, "b": 2, "c": 3}, config{"b": 2, "c": 4, "d": 5}
	for kind, key := range Diff(sorted(old), sorted(cur)) {
		fmt.Print(kind, " ", key, "; ")
	}
	fmt.Println()
	lines := open(strings.Lines("one\ntwo\nthree"))
	defer lines.stop()
	for ; lines.ok; lines.advance() {
		fmt.Printf("%q ", lines.head)
	}
	fmt.Println()
}

// Output:
// c released
// b released
// a released
// [1 2 3 4 9]
// 1
// 2
// y released
// x released
// [apple banana cherry date]
// removed a; changed c; added d;
// "one\n" "two\n" "three"

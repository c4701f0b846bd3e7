package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type Set[T comparable] map[T]struct{}

func Of[T comparable](xs ...T) Set[T] {
	s := make(Set[T], len(xs))
	for _, x := range xs {
		s.Add(x)
	}
	return s
}

func (s Set[T]) Add(x T)          { s[x] = struct{}{} }
func (s Set[T]) Has(x T) bool     { _, ok := s[x]; return ok }
func (s Set[T]) All() iter.Seq[T] { return maps.Keys(s) }
func (s Set[T]) Union(o Set[T]) Set[T] {
	u := maps.Clone(s)
	maps.Copy(u, o)
	return u
}

func Sorted[T cmp.Ordered](s Set[T]) []T { return slices.Sorted(s.All()) }

func GroupBy[K comparable, V any](xs []V, key func(V) K) map[K][]V {
	m := make(map[K][]V)
	for _, x := range xs {
		k := key(x)
		m[k] = append(m[k], x)
	}
	return m
}

func MapKeys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	return slices.Sorted(maps.Keys(m))
}

type ordered[K cmp.Ordered, V any] struct {
	keys []K
	m    map[K]V
}

func (o *ordered[K, V]) Set(k K, v V) {
	if _, ok := o.m[k]; !ok {
		i, _ := slices.BinarySearch(o.keys, k)
		o.keys = slices.Insert(o.keys, i, k)
	}
	if o.m == nil {
		o.m = map[K]V{}
	}
	o.m[k] = v
}

func (o ordered[K, V]) Each() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range o.keys {
			if !yield(k, o.m[k]) {
				return
			}
		}
	}
}

func main() {
	a, b := Of(3, 1, 2), Of(2, 5)
	fmt.Println(Sorted(a.Union(b)), a.Has(5), len(a))
	words := strings.Fields("apple bob avocado cat banana")
	g := GroupBy(words, func(s string) byte { return s[0] })
	for _, k := range MapKeys(g) {
		fmt.Print(string(k), g[k], " ")
	}
	fmt.Println()
	var o ordered[string, int]
	for i, w := range words {
		o.Set(w, i)
	}
	for k, v := range o.Each() {
		fmt.Print(k, "=", v, " ")
	}
	fmt.Println(maps.Equal(map[int]int{1: 2}, map[int]int{1: 2}))
	m := maps.Collect(slices.All([]string{"x", "y"}))
	maps.DeleteFunc(m, func(i int, s string) bool { return i == 0 })
	fmt.Println(m)
}

// Output:
// [1 2 3 5] false 3
// a[apple avocado] b[bob banana] c[cat]
// apple=0 avocado=2 banana=4 bob=1 cat=3 true
// map[1:y]

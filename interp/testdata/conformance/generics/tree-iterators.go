package main

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
)

type Tree[K cmp.Ordered, V any] struct {
	root *node[K, V]
	size int
}

type node[K cmp.Ordered, V any] struct {
	key         K
	value       V
	left, right *node[K, V]
}

func (t *Tree[K, V]) Set(k K, v V) {
	p := &t.root
	for *p != nil {
		switch c := cmp.Compare(k, (*p).key); {
		case c < 0:
			p = &(*p).left
		case c > 0:
			p = &(*p).right
		default:
			(*p).value = v
			return
		}
	}
	*p = &node[K, V]{key: k, value: v}
	t.size++
}

func (t *Tree[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { t.root.walk(yield) }
}

func (n *node[K, V]) walk(yield func(K, V) bool) bool {
	return n == nil || n.left.walk(yield) && yield(n.key, n.value) && n.right.walk(yield)
}

func Keys[K, V any](seq iter.Seq2[K, V]) iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range seq {
			if !yield(k) {
				return
			}
		}
	}
}

func find[K cmp.Ordered](t *Tree[K, string], want string) (K, bool) {
	for k, v := range t.All() {
		if v == want {
			return k, true
		}
	}
	var zero K
	return zero, false
}

func main() {
	var t Tree[int, string]
	for i, w := range []string{"delta", "alpha", "charlie", "bravo"} {
		t.Set((i*7)%5, w)
	}
	for k, v := range t.All() {
		if k == 4 {
			break
		}
		fmt.Println(k, v)
	}
	fmt.Println(slices.Collect(Keys(t.All())), t.size)
	fmt.Println(find(&t, "charlie"))
	fmt.Println(find(&t, "zulu"))
}

// Output:
// 0 delta
// 1 bravo
// 2 alpha
// [0 1 2 4] 4
// 4 true
// 0 false

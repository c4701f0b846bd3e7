package main

import (
	"cmp"
	"fmt"
	"strings"
)

type Tree[T any] struct {
	Value T
	Kids  []Tree[T]
}

func (t Tree[T]) Fold(f func(T, []string) string) string {
	var parts []string
	for _, k := range t.Kids {
		parts = append(parts, k.Fold(f))
	}
	return f(t.Value, parts)
}

func MapTree[T, U any](t Tree[T], f func(T) U) Tree[U] {
	out := Tree[U]{Value: f(t.Value)}
	for _, k := range t.Kids {
		out.Kids = append(out.Kids, MapTree(k, f))
	}
	return out
}

type List[T any] struct {
	head T
	tail *List[T]
}

func Cons[T any](h T, t *List[T]) *List[T] { return &List[T]{h, t} }

func (l *List[T]) Len() int {
	if l == nil {
		return 0
	}
	return 1 + l.tail.Len()
}

func (l *List[T]) String() string {
	if l == nil {
		return "nil"
	}
	return fmt.Sprintf("%v:%v", l.head, l.tail)
}

type Expr[T any] interface{ Eval(Env[T]) T }

type Env[T any] map[string]Expr[T]

type Lit[T any] struct{ v T }

type Var[T any] string

type Bin[T any] struct {
	op   func(T, T) T
	l, r Expr[T]
}

func (l Lit[T]) Eval(Env[T]) T { return l.v }

func (v Var[T]) Eval(e Env[T]) T { return e[string(v)].Eval(e) }

func (b Bin[T]) Eval(e Env[T]) T { return b.op(b.l.Eval(e), b.r.Eval(e)) }

func QuickSort[T cmp.Ordered](s []T) []T {
	if len(s) < 2 {
		return s
	}
	var less, same, more []T
	for _, v := range s {
		switch c := cmp.Compare(v, s[0]); {
		case c < 0:
			less = append(less, v)
		case c > 0:
			more = append(more, v)
		default:
			same = append(same, v)
		}
	}
	return append(append(QuickSort(less), same...), QuickSort(more)...)
}

func even[T ~int](n T) bool { return n == 0 || odd(n-1) }

func odd[T ~int](n T) bool { return n != 0 && even(n-1) }

type Handler[T any] func(T, Handler[T]) T

type Trie[V any] struct {
	next map[rune]*Trie[V]
	vals []V
}

func (t *Trie[V]) Put(key string, v V) {
	for _, r := range key {
		if t.next == nil {
			t.next = map[rune]*Trie[V]{}
		}
		if t.next[r] == nil {
			t.next[r] = &Trie[V]{}
		}
		t = t.next[r]
	}
	t.vals = append(t.vals, v)
}

func (t *Trie[V]) Get(key string) []V {
	for _, r := range key {
		if t = t.next[r]; t == nil {
			return nil
		}
	}
	return t.vals
}

func main() {
	t := Tree[int]{1, []Tree[int]{{2, nil}, {3, []Tree[int]{{Value: 4}}}}}
	show := func(v string, kids []string) string { return v + "(" + strings.Join(kids, " ") + ")" }
	fmt.Println(MapTree(t, func(n int) string { return strings.Repeat("*", n) }).Fold(show))
	l := Cons(1, Cons(2, Cons(3, nil)))
	fmt.Println(l, l.Len(), Cons(l, nil))
	add := func(a, b int) int { return a + b }
	env := Env[int]{"x": Lit[int]{20}, "y": Bin[int]{add, Var[int]("x"), Lit[int]{1}}}
	fmt.Println(Bin[int]{add, Var[int]("y"), Var[int]("y")}.Eval(env))
	join := func(a, b string) string { return a + b }
	fmt.Println(Bin[string]{join, Lit[string]{"a"}, Bin[string]{join, Lit[string]{"b"}, Lit[string]{"c"}}}.Eval(nil))
	fmt.Println(QuickSort([]string{"d", "b", "a", "c", "b"}), QuickSort([]float64{2.5, -1, 0}))
	type myInt int
	fmt.Println(even(10), odd(myInt(7)), even(myInt(3)))
	down := Handler[int](func(n int, h Handler[int]) int {
		if n <= 0 {
			return 100
		}
		return h(n-3, h) + 1
	})
	fmt.Println(down(10, down))
	var trie Trie[[2]int]
	trie.Put("gö", [2]int{1, 2})
	trie.Put("gö", [2]int{3, 4})
	trie.Put("g", [2]int{5})
	fmt.Println(trie.Get("gö"), trie.Get("g"), trie.Get("x") == nil)
}

// Output:
// *(**() ***(****()))
// 1:2:3:nil 3 1:2:3:nil:nil
// 42
// abc
// [a b b c d] [-1 0 2.5]
// true true false
// 104
// [[1 2] [3 4]] [[5 0]] true

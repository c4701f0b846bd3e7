package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
)

type Number interface {
	~int | ~int8 | ~uint8 | ~float64
}
type Celsius float64
type Small int8

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return s
}

func Conv[To, From Number](f From) To { return To(f) }

func Map[T, U any](s []T, f func(T) U) []U {
	r := make([]U, 0, len(s))
	for _, v := range s {
		r = append(r, f(v))
	}
	return r
}

type Tree[K cmp.Ordered, V any] struct {
	root *node[K, V]
	n    int
}
type node[K cmp.Ordered, V any] struct {
	k           K
	v           V
	left, right *node[K, V]
}

func (t *Tree[K, V]) Put(k K, v V) {
	p := &t.root
	for *p != nil {
		switch c := cmp.Compare(k, (*p).k); {
		case c < 0:
			p = &(*p).left
		case c > 0:
			p = &(*p).right
		default:
			(*p).v = v
			return
		}
	}
	*p = &node[K, V]{k: k, v: v}
	t.n++
}

func (t *Tree[K, V]) All() func(yield func(K, V) bool) {
	var walk func(n *node[K, V], yield func(K, V) bool) bool
	walk = func(n *node[K, V], yield func(K, V) bool) bool {
		return n == nil || walk(n.left, yield) && yield(n.k, n.v) && walk(n.right, yield)
	}
	return func(yield func(K, V) bool) { walk(t.root, yield) }
}

type Opt[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }
func (o Opt[T]) Or(d T) T {
	if o.ok {
		return o.v
	}
	return d
}
func (o Opt[T]) String() string {
	if !o.ok {
		return "none"
	}
	return fmt.Sprintf("some(%v)", o.v)
}

type Stringish interface {
	comparable
	fmt.Stringer
}

func Join[T Stringish](xs []T, zero T) string {
	var b strings.Builder
	for _, x := range xs {
		if x != zero {
			b.WriteString(x.String())
		}
	}
	return b.String()
}

type ID int

func (i ID) String() string { return fmt.Sprintf("#%d", int(i)) }

func Kind[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case []T:
		return "slice"
	case fmt.Stringer:
		return "stringer"
	}
	type local struct{ v T }
	return fmt.Sprintf("%v %T", local{v}, *new(T))
}

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v ...T) Set[T] {
	for _, x := range v {
		s[x] = struct{}{}
	}
	return s
}

func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K { return slices.Sorted(maps.Keys(m)) }

type List[T any] interface{ Each(func(T)) }
type Slice[T any] []T

func (s Slice[T]) Each(f func(T)) {
	for _, v := range s {
		f(v)
	}
}

func Collect[T any, L List[T]](l L) (r []T) {
	l.Each(func(v T) { r = append(r, v) })
	return r
}

type notFound[T any] struct{ key T }

func (e notFound[T]) Error() string { return fmt.Sprintf("no %v", e.key) }

func find[T comparable](s []T, v T) error {
	if !slices.Contains(s, v) {
		return fmt.Errorf("find: %w", notFound[T]{v})
	}
	return nil
}

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[Celsius](), Sum(Small(100), 27), Sum(Small(100), 28))
	fmt.Println(Conv[Small](300), Conv[uint8](-1.0*float64(Sum(3, 4))+10), Conv[float64](Small(3)))
	fmt.Println(Map([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }), Map([]ID{1}, ID.String))
	var t Tree[string, ID]
	for i, w := range strings.Fields("d b a c d e") {
		t.Put(w, ID(i))
	}
	for k, v := range t.All() {
		if k == "e" {
			break
		}
		fmt.Print(k, v, " ")
	}
	fmt.Println(t.n)
	fmt.Println(Some(3), Opt[string]{}.Or("d"), Some(ID(4)), []Opt[int]{Some(1), {}}, Some([]int{1}).v)
	fmt.Println(Join([]ID{1, 0, 2}, 0), Kind(1), Kind(ID(1)), Kind("s"), Kind([]int{}))
	fmt.Printf("%T %T %v\n", Some(ID(1)), Tree[string, []int]{}, Set[ID]{}.Add(1, 2, 1))
	fmt.Println(Keys(Set[string]{}.Add("b", "a")), Collect(Slice[int]{3, 4}))
	var nf notFound[string]
	err := find([]string{"a"}, "z")
	var other notFound[int]
	fmt.Println(err, errors.As(err, &nf), nf.key, errors.As(err, &other))
	people := []struct {
		name string
		age  int
	}{{"ann", 30}, {"bob", 25}, {"cid", 30}}
	slices.SortStableFunc(people, func(a, b struct {
		name string
		age  int
	}) int {
		return cmp.Or(-cmp.Compare(a.age, b.age), strings.Compare(a.name, b.name))
	})
	fmt.Println(people)
	i, found := slices.BinarySearch([]int{1, 3, 5}, 4)
	fmt.Println(i, found, slices.Max([]float64{1, 3, 2}), min(2, 1), max("a", "b"), slices.Index([]ID{5, 6}, 6))
	once := sync.OnceValue(func() ID { fmt.Print("once "); return 9 })
	fmt.Println(once(), once())
	var p atomic.Pointer[Tree[string, ID]]
	p.Store(&t)
	fmt.Println(p.Load().n, p.CompareAndSwap(&t, nil), p.Load() == nil)
	groups := map[bool][]int{}
	for _, c := range slices.Collect(slices.Chunk([]int{1, 2, 3, 4, 5}, 2)) {
		groups[len(c) == 2] = append(groups[len(c) == 2], c...)
	}
	ks := slices.Collect(maps.Values(map[int]string{1: "x"}))
	sort.Strings(ks)
	f := Sum[int]
	fmt.Println(groups, ks, f(4, 5), slices.Repeat([]string{"r"}, 2), slices.ContainsFunc(ks, func(s string) bool { return s == "x" }))
}

// Output:
// 6 3.5 0 127 -128
// 44 3 3
// [x xx] [#1]
// a#2 b#1 c#3 d#4 5
// some(3) d some(#4) [some(1) none] [1]
// #1#2 int stringer {s} string {[]} []int
// main.Opt[main.ID] main.Tree[string,[]int] map[#1:{} #2:{}]
// [a b] [3 4]
// find: no z true z false
// [{ann 30} {cid 30} {bob 25}]
// 2 false 3 1 b 1
// once #9 #9
// 5 true true
// map[false:[5] true:[1 2 3 4]] [x] 9 [r r] true

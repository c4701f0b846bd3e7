package main

import (
	"fmt"
	"sort"
	"strings"
)

type Signed interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64
}

type Unsigned interface {
	~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

type Integer interface{ Signed | Unsigned }

type Text interface{ ~string | ~[]byte }

type StringableInt interface {
	~int
	fmt.Stringer
}

type Key interface {
	comparable
	Hash() uint64
}

type Priority int

func (p Priority) String() string { return strings.Repeat("!", int(p)) }

type point struct{ x, y uint8 }

func (p point) Hash() uint64 { return uint64(p.x)<<8 | uint64(p.y) }

func Abs[T Signed](v T) T {
	if v < 0 {
		return -v
	}
	return v
}

func Bits[T Unsigned](v T) (n int) {
	for ; v != 0; v &= v - 1 {
		n++
	}
	return
}

func Sum[T Integer](vs ...T) (total T) {
	for _, v := range vs {
		total += v
	}
	return
}

func CountByte[T Text](t T, b byte) (n int) {
	for i := range len(t) {
		if t[i] == b {
			n++
		}
	}
	return n + len(t[1:])*100
}

func Describe[T StringableInt](vs []T) string {
	sort.Slice(vs, func(i, j int) bool { return vs[i] > vs[j] })
	var parts []string
	for _, v := range vs {
		parts = append(parts, fmt.Sprintf("%s=%d", v.String(), int(v)))
	}
	return strings.Join(parts, " ")
}

type Table[K Key, V any] struct {
	buckets [4][]struct {
		k K
		v V
	}
}

func (t *Table[K, V]) Put(k K, v V) {
	b := &t.buckets[k.Hash()%4]
	for i := range *b {
		if (*b)[i].k == k {
			(*b)[i].v = v
			return
		}
	}
	*b = append(*b, struct {
		k K
		v V
	}{k, v})
}

func (t *Table[K, V]) Get(k K) (v V) {
	for _, e := range t.buckets[k.Hash()%4] {
		if e.k == k {
			return e.v
		}
	}
	return v
}

func Equal[T comparable](a, b T) bool { return a == b }

func Contains[T comparable](s []T, v T) bool {
	for _, x := range s {
		if Equal(x, v) {
			return true
		}
	}
	return false
}

type Exact interface{ int | string }

func Only[T Exact](v T) string { return fmt.Sprintf("%T %v", v, v) }

func Lens[T any, M ~map[K][]T | ~map[K]chan T, K comparable](m M) int { return len(m) }

func main() {
	fmt.Println(Abs(-3), Abs(int8(-128)), Abs(Priority(-2)) == 2)
	fmt.Println(Bits(uint8(255)), Bits(uint64(1)<<40), Sum[uint8](200, 100), Sum[int](), Sum(Priority(1), 2))
	fmt.Println(CountByte("banana", 'a'), CountByte([]byte("xx"), 'x'))
	fmt.Println(Describe([]Priority{1, 3, 2}))
	var t Table[point, string]
	t.Put(point{1, 2}, "a")
	t.Put(point{1, 6}, "b")
	t.Put(point{1, 2}, "c")
	fmt.Printf("%q %q %q\n", t.Get(point{1, 2}), t.Get(point{1, 6}), t.Get(point{}))
	fmt.Println(Contains([]any{1, "a", nil}, any("a")), Contains([]error{nil}, nil), Contains([]point{{1, 1}}, point{1, 1}))
	fmt.Println(Equal[any](1, 1.0), Equal[fmt.Stringer](Priority(1), Priority(1)))
	fmt.Println(Only(5), Only("s"), Lens[int, map[string][]int, string](map[string][]int{"a": nil}))
}

// Output:
// 3 -128 true
// 8 1 44 0 !!!
// 503 102
// !!!=3 !!=2 !=1
// "c" "b" ""
// true true true
// false true
// int 5 string s 1

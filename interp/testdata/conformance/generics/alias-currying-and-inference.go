package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// generic aliases, recursive constraints, method expressions of type params...
type Set[T comparable] = map[T]struct{}
type Pair[A, B any] struct {
	First  A
	Second B
}
type IntPair[B any] = Pair[int, B]
type Same[T any] = Pair[T, T]
type Vec[T any] []T
type Fn[A, B any] func(A) B

func (f Fn[A, B]) Map(v Vec[A]) (out Vec[B]) {
	for _, a := range v {
		out = append(out, f(a))
	}
	return
}
func (v Vec[T]) Each(f func(int, T)) Vec[T] {
	for i, x := range v {
		f(i, x)
	}
	return v
}
func (p Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.Second, p.First} }
func (p *Pair[A, B]) SetFirst(a A) func() A {
	old := p.First
	p.First = a
	return func() A { p.First, old = old, p.First; return old }
}
func (p Pair[A, B]) String() string { return fmt.Sprintf("<%v|%v>", p.First, p.Second) }

type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~float32 | ~float64
}
type Celsius float64
type Small int8

func Sum[S ~[]E, E Number](s S) (t E) {
	for _, v := range s {
		t += v
	}
	return
}
func Scale[S ~[]E, E Number](s S, c E) S {
	r := make(S, len(s))
	for i, v := range s {
		r[i] = v * c
	}
	return r
}
func Convert[To, From Number](f From) To { return To(f) }
func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	var ks []K
	for k := range m {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	return ks
}
func Recv[C ~chan T | ~<-chan T, T any](c C) (out []T) {
	for v := range c {
		out = append(out, v)
	}
	return
}
func Ptr[T any](v T) *T                  { return &v }
func Zero[T any]() (z T)                 { return }
func First[T any, S ~[]T | ~[3]T](s S) T { return s[0] }
func Len[T ~string | ~[]byte](t T) (n int) {
	for range len(t) {
		n++
	}
	return n + len(t[1:])
}
func Bytes[T ~string | ~[]byte](t T) []byte { return append([]byte("<"), t...) }

type Ordered[T any] interface{ Compare(T) int }
type Ver struct{ maj, min int }

func (v Ver) Compare(o Ver) int { return cmp.Or(cmp.Compare(v.maj, o.maj), cmp.Compare(v.min, o.min)) }
func Max[T Ordered[T]](first T, rest ...T) T {
	m := first
	for _, r := range rest {
		if r.Compare(m) > 0 {
			m = r
		}
	}
	return m
}
func SortBy[T any, K cmp.Ordered](s []T, key func(T) K) []T {
	c := slices.Clone(s)
	slices.SortStableFunc(c, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	return c
}
func Compose[A, B, C any](f func(A) B, g func(B) C) Fn[A, C] { return func(a A) C { return g(f(a)) } }
func Curry[A, B, C any](f func(A, B) C) func(A) func(B) C {
	return func(a A) func(B) C { return func(b B) C { return f(a, b) } }
}
func Reduce[T, A any](s iter.Seq[T], init A, f func(A, T) A) A {
	for v := range s {
		init = f(init, v)
	}
	return init
}

type Stack[T any] struct{ Vec[T] }

func (s *Stack[T]) Push(vs ...T) *Stack[T] { s.Vec = append(s.Vec, vs...); return s }
func (s *Stack[T]) Pop() (v T, err error) {
	if len(s.Vec) == 0 {
		return v, fmt.Errorf("pop of empty %T", s)
	}
	v = s.Vec[len(s.Vec)-1]
	s.Vec = s.Vec[:len(s.Vec)-1]
	return
}

type Named[T any] struct {
	*Stack[T]
	Pair[string, Stack[T]]
	name string
}
type Tree[T interface{ Less(T) bool }] struct {
	l, r *Tree[T]
	v    T
}
type Int int

func (i Int) Less(j Int) bool { return i < j }
func (t *Tree[T]) Insert(v T) *Tree[T] {
	if t == nil {
		return &Tree[T]{v: v}
	}
	if v.Less(t.v) {
		t.l = t.l.Insert(v)
	} else {
		t.r = t.r.Insert(v)
	}
	return t
}
func (t *Tree[T]) All(yield func(T) bool) {
	t.push(yield)
}
func (t *Tree[T]) push(yield func(T) bool) bool {
	return t == nil || t.l.push(yield) && yield(t.v) && t.r.push(yield)
}
func typeName[T any](v T) string {
	switch x := any(v).(type) {
	case int, Int:
		return fmt.Sprintf("int-ish %v", x)
	case []T:
		return "slice of itself?"
	case interface{ String() string }:
		return "stringer " + x.String()
	case error:
		return "error " + x.Error()
	case func() T:
		return "func"
	}
	return fmt.Sprintf("%T", v)
}
func Must[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Errorf("Must[%T]: %w", v, err))
	}
	return v
}

type Num[T Number] struct{ v T }

func (n Num[T]) Add(o Num[T]) Num[T] { return Num[T]{n.v + o.v} }

type Adder[T any] interface{ Add(T) T }

func Total[T Adder[T]](xs ...T) (t T) {
	for _, x := range xs {
		t = t.Add(x)
	}
	return t
}
func apply[T any, R any](f func(T) R, xs ...T) (rs []R) {
	for _, x := range xs {
		rs = append(rs, f(x))
	}
	return
}

func main() {
	s := Set[string]{"b": {}, "a": {}}
	fmt.Println(Keys(s), len(s))
	fmt.Printf("%T %T %T %T\n", s, IntPair[string]{}, Same[Celsius]{}, Zero[Vec[Same[*int]]]())
	p := IntPair[string]{1, "x"}
	undo := p.SetFirst(5)
	fmt.Println(p, p.Swap(), undo(), p, undo(), p)
	fmt.Println(Sum([]Celsius{1.5, 2}), Sum(Vec[Small]{100, 100}), Scale(Vec[Small]{1, 50}, 3), Convert[Small](300.0+Celsius(len(s))), Convert[uint8](-1))
	fmt.Printf("%T\n", Scale(Vec[Celsius]{1}, 2))
	ch := make(chan Ver, 3)
	ch <- Ver{1, 2}
	ch <- Ver{0, 9}
	close(ch)
	fmt.Println(Recv(ch), Recv((<-chan Ver)(ch)))
	fmt.Println(*Ptr(3), *Ptr(Ptr("x")) == nil, First[int]([3]int{7}), First[string]([]string{"f"}), Len("abc"), Len([]byte{1}), string(Bytes("é")))
	fmt.Println(Max(Ver{1, 2}, Ver{1, 10}, Ver{0, 99}))
	words := strings.Fields("pear fig banana kiwi")
	fmt.Println(SortBy(words, func(s string) int { return len(s) }), SortBy(words, func(s string) string { return s[1:] }), words)
	lenThenHex := Compose(func(s string) int { return len(s) * 100 }, func(i int) string { return strconv.FormatInt(int64(i), 16) })
	fmt.Println(lenThenHex.Map(words).Each(func(i int, s string) { fmt.Print(i, s, ";") }))
	fmt.Println(Curry(func(a int, b string) string { return strings.Repeat(b, a) })(3)("ab"))
	fmt.Println(Reduce(slices.Values(words), 0, func(n int, s string) int { return n*10 + len(s) }))
	var st Stack[Ver]
	st.Push(Ver{1, 0}, Ver{2, 0}).Each(func(i int, v Ver) { fmt.Println(i, v) })
	fmt.Println(st.Pop())
	fmt.Println(st.Pop())
	_, err := st.Pop()
	fmt.Println(err)
	n := Named[int]{Stack: &Stack[int]{}, name: "n"}
	n.Push(1, 2)
	n.Second.Push(9)
	fmt.Println(n.Vec, n.Second.Vec, n.Swap(), n)
	var t *Tree[Int]
	for _, v := range []Int{5, 2, 8, 1} {
		t = t.Insert(v)
	}
	for v := range t.All {
		if v > 5 {
			break
		}
		fmt.Print(v, " ")
	}
	fmt.Println()
	fmt.Println(typeName(1), typeName(Int(2)), typeName("s"), typeName(p), typeName(errors.New("e")), typeName(func() any { return 1 }), typeName[any](nil), typeName[any]([]any{}), typeName[error](nil))
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(Must(strconv.Atoi("12")), Must(strconv.ParseBool("maybe")))
	}()
	fmt.Println(Total(Num[int8]{100}, Num[int8]{27}, Num[int8]{1}), Total[Num[float64]]())
	fmt.Println(apply(strconv.Itoa, 1, 2), apply(Ptr[int], 1)[0] != nil, apply((*Stack[int]).Pop2, &Stack[int]{Vec: Vec[int]{4}}))
	var f func(int, int) int = cmp.Compare
	fmt.Println(f(1, 2), slices.SortedFunc(slices.Values(words), strings.Compare), slices.IndexFunc(words, func(s string) bool { return s == "kiwi" }))
	var g Fn[[]int, int] = Sum
	fmt.Println(g([]int{1, 2, 3}), slices.MaxFunc([]Ver{{1, 1}, {2, 0}}, Ver.Compare))
	h := Fn[int, Fn[int, int]](func(a int) Fn[int, int] { return func(b int) int { return a*10 + b } })
	for _, x := range h.Map(Vec[int]{1, 2}) {
		fmt.Print(x(3), " ")
	}
	type loc struct{ k string }
	fmt.Printf("%T %v %T\n", Pair[loc, *loc]{}, Pair[loc, int]{loc{"q"}, 1}, Vec[loc]{})
}

func (s *Stack[T]) Pop2() T { v, _ := s.Pop(); return v }

// Output:
// [a b] 2
// map[string]struct {} main.Pair[int,string] main.Pair[main.Celsius,main.Celsius] main.Vec[main.Pair[*int,*int]]
// <5|x> <x|5> 5 <5|x> 1 <5|x>
// 3.5 -56 [3 -106] 46 255
// main.Vec[main.Celsius]
// [{1 2} {0 9}] []
// 3 false 7 f 5 1 <é
// {1 10}
// [fig pear kiwi banana] [banana pear fig kiwi] [pear fig banana kiwi]
// 0190;112c;2258;3190;[190 12c 258 190]
// ababab
// 4364
// 0 {1 0}
// 1 {2 0}
// {2 0} <nil>
// {1 0} <nil>
// pop of empty *main.Stack[main.Ver]
// [1 2] [9] <{[9]}|> <|{[9]}>
// 1 2 5
// int-ish 1 int-ish 2 string stringer <5|x> error e func() interface {} <nil> slice of itself? <nil>
// Must[bool]: strconv.ParseBool: parsing "maybe": invalid syntax
// {-128} {0}
// [1 2] true [4]
// -1 [banana fig kiwi pear] 3
// 6 {2 0}
// 13 23 main.Pair[main.loc·1,*main.loc·1] <{q}|1> main.Vec[main.loc·1]

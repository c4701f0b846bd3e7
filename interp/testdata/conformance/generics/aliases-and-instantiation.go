package main

import (
	"fmt"
	"sort"
	"strings"
)

type Dict[V any] = map[string]V

type Vec[T any] = []T

type Fn[A, R any] = func(A) R

type Pair[A, B any] struct {
	A A
	B B
}

type Same[T any] = Pair[T, T]

type IntPair = Same[int]

type Named[T any] = struct {
	Name  string
	Value T
}

type Matrix[T any] = Vec[Vec[T]]

type Handler[T any] interface{ Handle(T) string }

type StringHandler = Handler[string]

type Func[T any] func(T) string

func (f Func[T]) Handle(v T) string { return f(v) }

func Keys[V any](d Dict[V]) Vec[string] {
	var out Vec[string]
	for k := range d {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func Each[A, R any](v Vec[A], f Fn[A, R]) Vec[R] {
	out := make(Vec[R], len(v))
	for i, a := range v {
		out[i] = f(a)
	}
	return out
}

func (p Pair[A, B]) String() string { return fmt.Sprintf("<%v|%v>", p.A, p.B) }

func MakePair[A, B any](a A, b B) Pair[A, B] { return Pair[A, B]{a, b} }

var makeSI = MakePair[string, int]

var makeS func(string, []int) Pair[string, []int] = MakePair

func Diagonal[T any](m Matrix[T]) (d Vec[T]) {
	for i, row := range m {
		d = append(d, row[i])
	}
	return
}

type Cache[K comparable, V any] struct {
	Dict Dict[Pair[K, V]]
	Miss Fn[K, V]
}

func (c *Cache[K, V]) Get(k K) V {
	key := fmt.Sprint(k)
	if p, ok := c.Dict[key]; ok {
		return p.B
	}
	v := c.Miss(k)
	c.Dict[key] = MakePair(k, v)
	return v
}

func main() {
	d := Dict[int]{"b": 2, "a": 1}
	fmt.Println(Keys(d), Keys(map[string][]bool{"x": nil}))
	fmt.Println(Each([]int{1, 2}, func(n int) string { return strings.Repeat("#", n) }))
	p := IntPair{1, 2}
	var q Pair[int, int] = p
	fmt.Println(p, q == Same[int]{1, 2}, Same[string]{B: "only"})
	n := Named[float64]{"pi", 3.14}
	var plain struct {
		Name  string
		Value float64
	} = n
	fmt.Printf("%+v %T\n", plain, Named[Same[bool]]{})
	fmt.Println(Diagonal(Matrix[rune]{[]rune("abc"), []rune("def"), []rune("ghi")}))
	fmt.Println(makeSI("k", 1), makeS("l", []int{2}), MakePair[any](nil, 'x'), MakePair[float64, int8](1, 2))
	var h StringHandler = Func[string](strings.ToUpper)
	fmt.Println(h.Handle("handled"), Handler[int](Func[int](func(n int) string { return fmt.Sprint(-n) })).Handle(5))
	misses := 0
	c := &Cache[[2]int, int]{Dict: Dict[Pair[[2]int, int]]{}, Miss: func(k [2]int) int { misses++; return k[0] * k[1] }}
	fmt.Println(c.Get([2]int{3, 4}), c.Get([2]int{3, 4}), misses, c.Dict)
	fmt.Printf("%T %T %T\n", p, c, MakePair(d, h))
}

// Output:
// [a b] [x]
// [# ##]
// <1|2> true <|only>
// {Name:pi Value:3.14} struct { Name string; Value main.Pair[bool,bool] }
// [97 101 105]
// <k|1> <l|[2]> <<nil>|120> <1|2>
// HANDLED -5
// 12 12 1 map[[3 4]:<[3 4]|12>]
// main.Pair[int,int] *main.Cache[[2]int,int] main.Pair[map[string]int,main.Handler[string]]

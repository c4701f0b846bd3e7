package main

import "fmt"

type A struct{ n int }
type B[T any] struct{ v T }

func main() {
	type L2 = B[A]
	type Local struct{ X int }
	fmt.Printf("%T %T\n", L2{}, Local{})
	f[int]()
	f[A]()
	g[A, B[int]]()
}

func f[T any]() {
	type Local struct{ v T }
	fmt.Printf("%T\n", Local{})
	fmt.Printf("%v\n", fmt.Sprintf("%T", []Local{}))
}

func g[K, V any]() {
	type Local struct{ v V }
	type Local2 []Local
	fmt.Printf("%T %T\n", Local{}, Local2{})
}

func same[T any](x any) (any, bool) {
	type Local struct{ n int }
	_, ok := x.(Local)
	return Local{1}, ok
}

type M[K comparable] map[K]int

func (m M[K]) local() any {
	type pair struct {
		k K
		v int
	}
	var ps []pair
	for k, v := range m {
		ps = append(ps, pair{k, v})
	}
	type rec struct {
		next *rec
		p    pair
	}
	return &rec{p: ps[0]}
}

func init() {
	x, _ := same[int](nil)
	_, ok := same[int](x)
	_, ok2 := same[string](x)
	fmt.Println(ok, ok2)
	fmt.Printf("%T %+v %#v\n", M[string]{"a": 1}.local(), M[string]{"a": 1}.local(), x)
}

// Output:
// true false
// *main.rec[string] &{next:<nil> p:{k:a v:1}} main.Local[int]{n:1}
// main.B[main.A] main.Local
// main.Local[int]
// []main.Local[int]
// main.Local[main.A]
// []main.Local[main.A]
// main.Local[main.A,main.B[int]] main.Local2[main.A,main.B[int]]

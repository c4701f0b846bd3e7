package main

import "fmt"

type S struct {
	N int
	A [2]int
	L []int
}

func f(s S) { s.N = 9; s.A[0] = 9; s.L[0] = 9 }
func main() {
	s := S{1, [2]int{1, 2}, []int{1}}
	f(s)
	fmt.Println(s)
	t := s
	t.A[1] = 5
	fmt.Println(s.A, t.A)
	xs := []S{s}
	for _, x := range xs {
		x.N = 100
	}
	xs[0].A[0] = 3
	fmt.Println(xs[0].N, s.A)
	p := &xs[0]
	p.N = 42
	fmt.Println(xs[0].N)
	var i any = s
	s.N = 77
	fmt.Println(i.(S).N)
	m := map[string]S{"a": s}
	s.N = 78
	fmt.Println(m["a"].N)
	ch := make(chan S, 1)
	ch <- s
	s.N = 79
	fmt.Println((<-ch).N)
}

// Output:
// {1 [1 2] [9]}
// [1 2] [1 5]
// 1 [1 2]
// 42
// 1
// 77
// 78

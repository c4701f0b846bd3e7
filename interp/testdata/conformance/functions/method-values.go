package main

import "fmt"

type T struct{ n int }

func (t T) V(x int) int  { return t.n + x }
func (t *T) P(x int) int { t.n += x; return t.n }
func main() {
	t := T{1}
	f := t.V
	t.n = 10
	fmt.Println(f(1))
	g := t.P
	g(5)
	fmt.Println(t.n)
	h := T.V
	fmt.Println(h(t, 2))
	k := (*T).P
	fmt.Println(k(&t, 3))
	fs := []func(int) int{t.V, t.P}
	fmt.Println(fs[0](1), fs[1](1))
}

// Output:
// 2
// 15
// 17
// 18
// 19 19

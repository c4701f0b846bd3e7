package main

import "fmt"

type T struct{ n int8 }

func (t T) Many(xs ...int8) int            { return len(xs) + int(t.n) }
func (t *T) Fmt(f string, a ...any) string { return fmt.Sprintf(f, a...) }

func sum(xs ...int8) (n int) {
	for _, x := range xs {
		n += int(x)
	}
	return
}
func mk() []int8 { return []int8{7, 8} }

type V func(...string) int

type I interface{ Many(...int8) int }

func main() {
	t := T{1}
	m := t.Many
	s := []int8{1, 2, 3}
	fmt.Println(m(nil...), m(s...), m(), m(1), m(mk()...), m([]int8{4, 5}...))
	f := sum
	fmt.Println(f(nil...), f(s...), f(), f(1), f(mk()...), f([]int8{4, 5}...))
	e := T.Many
	fmt.Println(e(t, nil...), e(t, s...), e(t), e(t, 1, 2))
	lit := func(a string, xs ...int8) int { return len(xs) }
	fmt.Println(lit("", nil...), lit("", s...), lit(""), lit("", 1, 2), lit("", mk()...))
	var v V = func(x ...string) int { return len(x) }
	fmt.Println(v(nil...), v([]string{"a"}...), v("a", "b"))
	ff := (&t).Fmt
	fmt.Println(ff("%v %v", 1, t), ff("%v", []any{t}...), ff("x", nil...), ff("%v", []any(nil)))
	var i I = t
	im := i.Many
	fmt.Println(im(nil...), im(s...), i.Many(nil...), i.Many(s...), I.Many(i, s...), I.Many(i))
	var fs []func(...int8) int
	for range 2 {
		fs = append(fs, sum, t.Many)
	}
	for k, f := range fs {
		fmt.Println(k, f(s...), f(nil...))
	}
	go func() {}()
	defer func(xs ...int8) { fmt.Println(len(xs), xs == nil) }(nil...)
	defer func(xs ...int8) { fmt.Println(len(xs), xs == nil) }()
	defer m(s...)
	pf := fmt.Println
	pf(nil...)
	pf([]any{1, t}...)
	sp := fmt.Sprintf
	fmt.Println(sp("%d", []any{1}...), sp("a", nil...))
	_ = append([]int8(nil), nil...)
	x := append(s[:1], s[2:]...)
	fmt.Println(x, s)
}

// Output:
// 1 4 1 2 3 3
// 0 6 0 1 15 9
// 1 4 1 3
// 0 3 0 2 2
// 0 1 2
// 1 {1} {1} x []
// 1 4 1 4 4 1
// 0 6 0
// 1 4 1
// 2 6 0
// 3 4 1
//
// 1 {1}
// 1 a
// [1 3] [1 3 3]
// 0 true
// 0 true

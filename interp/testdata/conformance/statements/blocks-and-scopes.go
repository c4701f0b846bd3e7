package main

import "fmt"

var x = "package"

func x1() string { return x }

type T struct{ x int }

func (T) T() T { return T{x: 9} }

func result() (x int, err error) {
	defer func() {
		if err != nil {
			x = -x
		}
	}()
	if x, err := 5, fmt.Errorf("inner"); err != nil {
		return x, err
	}
	return
}

func shadowInSwitch(v any) string {
	switch v := v.(type) {
	case int:
		v++
		return fmt.Sprint("int ", v)
	case string:
		if v := v + v; len(v) > 3 {
			return v
		}
		return "short " + v
	case []int:
		for v, w := range v {
			if v == w {
				return fmt.Sprint("fixed point ", v)
			}
		}
	case func() string:
		w, ok := v(), true
		v = func() string { return w + w }
		return fmt.Sprint(v(), ok)
	}
	return fmt.Sprint("other ", v)
}

func closures() []func() int {
	var out []func() int
	n := 1
	out = append(out, func() int { n *= 2; return n })
	{
		n := n + 100
		out = append(out, func() int { n++; return n })
	}
	n = 50
	return out
}

func main() {
	fmt.Println(x)
	x := x + " shadowed"
	fmt.Println(x, x1())
	{
		x := len(x)
		x, y := x+1, x
		fmt.Println(x, y)
	}
	fmt.Println(result())
	for _, v := range []any{1, "a", "ab", []int{1, 1}, []int{5}, func() string { return "called" }, nil} {
		fmt.Println(shadowInSwitch(v))
	}
	for _, f := range closures() {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
	T := T{x: 3}
	fmt.Println(T.T().x, T.x)
	fmt.Println(func() string { x := "argument"; return x }(), x)
	var f func(int) int
	f = func(f int) int {
		if f > 0 {
			return f * 2
		}
		return 0
	}
	fmt.Println(f(4))
	for x := 0; x < 2; x++ {
		x := x * 10
		x++
		fmt.Print(x, " ")
	}
	fmt.Println(x)
	fmt := fmt.Sprint("the package name is shadowed")
	println2(fmt)
}

func println2(s string) { fmt.Println(s) }

// Output:
// package
// package shadowed package
// 17 16
// -5 inner
// int 2
// short a
// abab
// fixed point 1
// other [5]
// calledcalledtrue
// other <nil>
// 100 200 102 103
// 9 3
// argument package shadowed
// 8
// 1 11 package shadowed
// the package name is shadowed

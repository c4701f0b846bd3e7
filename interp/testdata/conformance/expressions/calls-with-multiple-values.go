package main

import (
	"fmt"
	"strconv"
	"strings"
)

type vec struct{ x, y float64 }

func (v vec) split() (float64, float64) { return v.x, v.y }

func makeVec(x, y float64) vec { return vec{x, y} }

func sum(first float64, rest ...float64) (total float64, n int) {
	total = first
	for _, r := range rest {
		total += r
	}
	return total, 1 + len(rest)
}

func describe(args ...any) string {
	parts := make([]string, len(args))
	for i, a := range args {
		parts[i] = fmt.Sprintf("%T:%v", a, a)
	}
	return strings.Join(parts, " ")
}

func parse(s string) (int, error) { return strconv.Atoi(s) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func swap[A, B any](a A, b B) (B, A) { return b, a }

func triple() (int, string, error) { return 1, "two", fmt.Errorf("three") }

type pairFunc func() (int, string)

func (f pairFunc) flip() (string, int) {
	i, s := f()
	return s, i
}

func none() {}

func main() {
	fmt.Println(makeVec(makeVec(3, 4).split()))
	fmt.Println(sum(vec{1, 2}.split()))
	fmt.Println(describe(sum(1)))
	fmt.Println(describe(triple()))
	fmt.Println(describe(swap(swap(1, "a"))))
	fmt.Println(must(parse("12")) + must(strconv.Atoi("30")))
	fmt.Println(parse("zz"))
	fmt.Println(describe(pairFunc(func() (int, string) { return 7, "seven" }).flip()))
	a, _, c := triple()
	fmt.Println(a, c)
	var x, y = vec{5, 6}.split()
	x, y = makeVec(y, x).split()
	fmt.Println(x, y)
	none()
	f := func() (func() (int, int), error) {
		return func() (int, int) { return 8, 9 }, nil
	}
	g := must(f())
	fmt.Println(g())
	fmt.Println(func(a, b int) int { return a * b }(g()))
	fmt.Println(func(n ...int) int { return len(n) }(g()), len(describe()))
	before, after, found := strings.Cut("key=value", "=")
	fmt.Println(before, after, found)
	defer fmt.Println(triple())
	defer func(n int, s string, err error) { fmt.Println("deferred", n, s, err) }(triple())
}

// Output:
// {3 4}
// 3 2
// float64:1 int:1
// int:1 string:two *errors.errorString:three
// int:1 string:a
// 42
// 0 strconv.Atoi: parsing "zz": invalid syntax
// string:seven int:7
// 1 three
// 6 5
// 8 9
// 72
// 2 0
// key value true
// deferred 1 two three
// 1 two three

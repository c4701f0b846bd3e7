package main

import "fmt"

var trace []string

func t(s string, v int) int { trace = append(trace, s); return v }

func done() { fmt.Println(trace); trace = nil }

type pair struct{ a, b int }

func (p *pair) set(a int) *pair { p.a = a; return p }

func two() (int, string) { trace = append(trace, "two"); return 7, "x" }

func sum(xs ...int) (s int) {
	for _, x := range xs {
		s += x
	}
	return s
}

func main() {
	xs := []int{1, 2, 3}
	xs[t("i", 0)] = t("v", 5) + t("w", 1)
	done()
	m := map[int]int{}
	m[t("k", 1)] += t("v", 2)
	done()
	i := 0
	i, xs[i] = 2, 9
	fmt.Println(i, xs)
	xs[0], xs[2] = xs[2], xs[0]
	fmt.Println(xs)
	fmt.Println(sum(t("a", 1), t("b", 2), t("c", 3)))
	done()
	ok := t("l", 0) == 1 && t("r", 1) == 1
	done()
	ok = ok || t("l", 1) == 1 || t("r", 1) == 1
	done()
	var p pair
	fmt.Println(p.set(t("s", 3)).a, p.b)
	done()
	a := [...]int{t("x", 1), t("y", 2)}
	lit := pair{b: t("b", 1), a: t("a", 2)}
	done()
	fmt.Println(a, lit, ok)
	n, s := two()
	var k int
	k, s = two()
	fmt.Println(n, s, k)
	done()
	f := func(x int, y string) string { return fmt.Sprint(x, y) }
	fmt.Println(f(two()))
	var e any = p
	p.a = 100
	q := e.(pair)
	fmt.Println(q, p)
	ptr := &xs[1]
	xs[1] = 77
	xs = append(xs, *ptr, xs[0])
	fmt.Println(xs, *ptr)
	b := []byte("1234-")
	b = append(b[:4], b[3], b[0])
	fmt.Println(string(b))
	for i, xs[0] = range []int{40, 41} {
	}
	fmt.Println(i, xs[0])
	var nilMap map[string]int
	v, found := nilMap["a"]
	fmt.Println(v, found, len(nilMap))
	switch x := t("tag", 2); x {
	case t("one", 1), t("two", 2), t("three", 3):
		done()
	}
	c := make(chan int, 1)
	y := 1
	select {
	case c <- y:
	case <-func() chan int { y = 2; return nil }():
	}
	fmt.Println(<-c, y)
}

// Output:
// [i v w]
// [k v]
// 2 [9 2 3]
// [3 2 9]
// 6
// [a b c]
// [l]
// [l]
// 3 0
// [s]
// [x y b a]
// [1 2] {2 1} true
// 7 x 7
// [two two]
// 7x
// {3 0} {100 0}
// [3 77 9 77 3] 77
// 123441
// 1 41
// 0 false 0
// [two tag one two]
// 1 2

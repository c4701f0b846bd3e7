package main

import "fmt"

var trace []string

func t(name string, v int) int { trace = append(trace, name); return v }

func pair() (int, int) { trace = append(trace, "pair"); return 1, 2 }

type obj struct{ n int }

func (o *obj) add(n int) *obj { trace = append(trace, fmt.Sprint("add", n)); o.n += n; return o }

func show(label string) { fmt.Println(label, trace); trace = nil }

func main() {
	arr := make([]int, 10)
	arr[t("i", 1)], arr[t("j", 2)] = t("x", 3), t("y", 4)
	show("assign")
	m := map[int]int{t("k1", 1): t("v1", 1), t("k2", 2): t("v2", 2)}
	show(fmt.Sprint("map ", len(m)))
	o := &obj{}
	o.add(t("a", 1)).add(t("b", 2)).add(3)
	show(fmt.Sprint("chain ", o.n))
	i := 0
	i, arr[i] = 5, 9
	fmt.Println(i, arr[0], arr[5])
	a, b := 1, 2
	a, b = b, a+b
	fmt.Println(a, b)
	x, y := pair()
	_ = t("p", x) + t("q", y)*t("r", 1)
	show("arith")
	_ = t("l", 0) == 1 && t("no", 1) == 1 || t("yes", 1) == 1
	show("logic")
	f := func(a ...int) int { return len(a) }
	_ = f(t("1", 1), t("2", 2), f(t("3", 3)))
	show("call")
	defer func(v int) { fmt.Println("deferred", v, a) }(t("d", a))
	a = 100
	show("defer")
	s := []int{1, 2, 3}
	s, s[0] = nil, 42
	fmt.Println(s == nil)
	p := &obj{1}
	p, p.n = &obj{2}, 7
	fmt.Println(p.n)
	var z [3]int
	k := 0
	z[k], k = 1, 2
	z[k], k = 3, 1
	fmt.Println(z, k)
}

// Output:
// assign [i j x y]
// map 2 [k1 v1 k2 v2]
// chain 6 [a add1 b add2 add3]
// 5 9 0
// 2 3
// arith [pair p q r]
// logic [l yes]
// call [1 2 3]
// defer [d]
// true
// 2
// [1 0 3] 1
// deferred 2 100

package main

import (
	"fmt"
	"strings"
)

func tr[T any](n string, v T) T { fmt.Print(n, " "); return v }
func id[T any](v T) T           { return v }

type T struct{ n int }

func (t T) S() string { fmt.Print("S "); return "s" }

var g T

func main() {
	fmt.Println(min(id[string](g.S()), string(strings.ToUpper(string(id[string](tr[string]("5", "raw")))))))
	fmt.Println(min(g.S(), strings.ToUpper(tr("5", "raw"))))
	fmt.Println(min(tr("1", "a"), tr("2", "b")), max(tr("1", 1), tr("2", 2), tr("3", 0)))
	fmt.Println(g.S()+strings.ToUpper(tr("5", "raw")), strings.ToLower(g.S())+tr("6", ""))
	s := append(tr("a", []string{}), g.S(), tr("b", ""), strings.ToUpper(tr("c", "")))
	fmt.Println(len(s))
	fmt.Println(copy(tr("x", s), tr("y", s)))
	m := map[string]int{tr("k", "k"): tr("v", 1), tr("k2", "k2"): tr("v2", 2)}
	delete(tr("m", m), tr("k", "k"))
	fmt.Println(len(m))
	a := [...]string{tr("0", "0"), g.S(), tr("2", "2")}
	fmt.Println(a, complex(tr("re", 1.0), tr("im", 2.0)))
	fmt.Println(tr("s", s)[tr("i", 1):tr("j", 2):tr("k", 3)])
	m[tr("key", "z")] = tr("val", 3)
	tr("m", m)[tr("key", "z")] += tr("val", 3)
	*tr("p", &g.n) = tr("q", 9)
	fmt.Println(m, g, tr("l", 1) == tr("r", 1), tr("t", true) && tr("f", false) || tr("o", true))
	ch := make(chan int, 1)
	tr("ch", ch) <- tr("send", 1)
	fmt.Println(<-tr("ch", ch), make([]int, tr("len", 1), tr("cap", 2)))
	x, y := tr("x", 1), tr("y", 2)
	a[tr("i", 0)], a[tr("j", 1)] = tr("va", "A"), tr("vb", "B")
	fmt.Println(x, y, a)
	func(a, b int, c ...int) {}(tr("a", 1), tr("b", 2), tr("c", 3), tr("d", 4))
	defer fmt.Println(tr("da", 1), tr("db", 2))
	go func(int, int) {}(tr("ga", 1), tr("gb", 2))
	switch tr("tag", 2) {
	case tr("c1", 1), tr("c2", 2), tr("c3", 3):
	}
	_ = T{tr("f", 1)}
	_ = struct{ a, b int }{b: tr("b", 1), a: tr("a", 2)}
	print(fmt.Sprint(tr("pa", ""), tr("pb", "")))
	for i, lim := tr("i0", 0), tr("lim", 2); i < tr("cond", lim); i += tr("inc", 1) {
		fmt.Print("body ")
	}
	clear(tr("m", m))
}

// Output:
// S 5 RAW
// S 5 RAW
// 1 2 1 2 3 a 2
// S 5 S 6 sRAW s
// a S b c 3
// x y 3
// k v k2 v2 m k 1
// 0 S 2 re im [0 s 2] (1+2i)
// s i j k []
// key val m key val p q l r t f o map[k2:2 z:6] {9} true true
// ch send ch len cap 1 [0]
// x y i j va vb 1 2 [A B 2]
// a b c d da db ga gb tag c1 c2 f b a pa pb i0 lim cond body inc cond body inc cond m 1 2

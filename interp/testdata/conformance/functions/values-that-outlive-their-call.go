package main

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
)

type V struct {
	a, b int
	arr  [3]int
}

func (v V) Sum() int          { return v.a + v.b + v.arr[0] }
func (v V) String() string    { return fmt.Sprintf("V(%d,%d,%v)", v.a, v.b, v.arr) }
func (v *V) Add(n int) *V     { v.a += n; return v }
func (v V) With(n int) V      { v.a = n; v.arr[1] = n; return v }
func (v V) Any() any          { return v }
func (v V) Str() fmt.Stringer { return v }
func (v V) Fn() func() int    { return v.Sum }

func boxAny(v V) any                      { return v }
func boxArr(a [3]int) any                 { return a }
func boxLocal(n int) any                  { var v V; v.a = n; v.arr[2] = n; return v }
func boxLocalArr(n int) any               { var a [3]int; a[0] = n; return a }
func boxStr(v V) fmt.Stringer             { return v }
func toMap(m map[string]V, k string, v V) { m[k] = v }
func toMapArr(m map[[3]int]int, a [3]int) { m[a]++ }
func toChan(c chan V, v V)                { c <- v }
func toSlice(s []V, v V) []V              { return append(s, v) }
func toSliceOf(v V) []V                   { return []V{v, v.With(9)} }
func toArr(v V) [2]V                      { return [2]V{v, v} }
func ptrTo(v V) *V                        { return &v }
func ptrField(v V) *int                   { return &v.a }
func sliceOf(a [3]int) []int              { return a[:] }
func closure(v V) func() V                { return func() V { v.a++; return v } }
func pass(v V) V                          { return v }
func ret2(v V) (V, V)                     { w := v; w.a++; return v, w }
func named(v V) (r V, err error)          { r = v; defer func() { r.b = 77 }(); return r.With(5), nil }
func errOf(v V) error                     { return wrapped{v} }

type wrapped struct{ v V }

func (w wrapped) Error() string { return w.v.String() }

func rec(n int, v V, out *[]any) V {
	v.a = n
	if n > 0 {
		w := rec(n-1, v, out)
		*out = append(*out, w, v)
		v.b += w.b + 1
	}
	return v
}

func fibm(n int, memo map[int]int) (r int) {
	if n < 2 {
		return n
	}
	if x, ok := memo[n]; ok {
		return x
	}
	defer func() { memo[n] = r }()
	return fibm(n-1, memo) + fibm(n-2, memo)
}

func perms(s []int, f func([]int)) {
	var walk func(int)
	walk = func(k int) {
		if k == len(s) {
			f(s)
			return
		}
		for i := k; i < len(s); i++ {
			s[k], s[i] = s[i], s[k]
			walk(k + 1)
			s[k], s[i] = s[i], s[k]
		}
	}
	walk(0)
}

func hanoi(n int, a, b, c string, moves *[]string) {
	if n == 0 {
		return
	}
	hanoi(n-1, a, c, b, moves)
	*moves = append(*moves, a+c)
	hanoi(n-1, b, a, c, moves)
}

func mutual(n int, acc []string) []string {
	if n == 0 {
		return acc
	}
	return mutual2(n-1, append(acc, fmt.Sprint("a", n)))
}
func mutual2(n int, acc []string) []string {
	if n == 0 {
		return acc
	}
	x := [2]string{"b", fmt.Sprint(n)}
	r := mutual(n-1, append(acc, x[0]+x[1]))
	x[0] = "changed"
	return r
}

func mayPanic(n int, v V) (r V) {
	defer func() {
		if e := recover(); e != nil {
			r.b = -n
		}
	}()
	r = v
	if n%3 == 0 {
		panic(n)
	}
	if n > 0 {
		return mayPanic(n-1, r.With(n))
	}
	return
}

func inner(n int, v V) V {
	if n == 0 {
		panic(v)
	}
	v.a += n
	return inner(n-1, v)
}

func outer(n int) (got any) {
	defer func() { got = recover() }()
	return inner(n, V{})
}

func cmpBy(less func(a, b V) bool) func(a, b V) int {
	return func(a, b V) int {
		switch {
		case less(a, b):
			return -1
		case less(b, a):
			return 1
		}
		return 0
	}
}

func walkTree(t *tree, depth int, f func(*tree, int) bool) bool {
	if t == nil {
		return true
	}
	return walkTree(t.l, depth+1, f) && f(t, depth) && walkTree(t.r, depth+1, f)
}

type tree struct {
	l, r *tree
	v    V
}

func (t *tree) insert(v V) *tree {
	if t == nil {
		return &tree{v: v}
	}
	if v.a < t.v.a {
		t.l = t.l.insert(v)
	} else {
		t.r = t.r.insert(v)
	}
	return t
}

func many(a int8, b uint16, c float32, d complex64, e string, f []byte, g map[string]int, h any, i error, j func() int, k *V, l V, m [2]string, n chan int, o bool, p rune) string {
	return fmt.Sprint(a, b, c, d, e, f, g, h, i, j(), *k, l, m, cap(n), o, p)
}

func zero() (a int, b string, c []int, d V, e error, f func(), g any, h [2]bool) { return }

func shadow(x int) int {
	x, y := x+1, x
	if x := x * 2; x > 5 {
		x, y := y, x
		return x*100 + y
	} else if y := x + y; y > 0 {
		return y
	}
	return x + y
}

func swapper(a, b V) (V, V) { return b, a }

func main() {
	v := V{1, 2, [3]int{3, 4, 5}}
	var keep []any
	for i := range 3 {
		v.a = i
		keep = append(keep, boxAny(v), boxArr(v.arr), boxLocal(i), boxLocalArr(i), boxStr(v), v.Any(), v.Str(), errOf(v), pass(v), v.With(i), v.Fn())
		v.arr[0] = i * 10
	}
	for _, k := range keep {
		if f, ok := k.(func() int); ok {
			fmt.Print(f(), " ")
			continue
		}
		fmt.Print(k, " ")
	}
	fmt.Println()
	m, ma, c := map[string]V{}, map[[3]int]int{}, make(chan V, 4)
	var s []V
	var ps []*V
	var is []*int
	var ss [][]int
	var fs []func() V
	for i := range 3 {
		v.b = i
		toMap(m, fmt.Sprint(i), v)
		v.arr[2] = i
		toMapArr(ma, v.arr)
		toChan(c, v)
		s = toSlice(s, v)
		s = append(s, toSliceOf(v)...)
		arr := toArr(v)
		arr[0].a = -1
		s = append(s, arr[:]...)
		ps = append(ps, ptrTo(v), (&v).Add(1))
		is = append(is, ptrField(v))
		ss = append(ss, sliceOf(v.arr))
		fs = append(fs, closure(v))
	}
	close(c)
	fmt.Println(m, ma)
	for x := range c {
		fmt.Print(x, " ")
	}
	fmt.Println(s)
	for i := range ps {
		fmt.Print(*ps[i], " ")
	}
	for i := range is {
		*is[i] += 100
		ss[i][0]++
		fmt.Print(*is[i], ss[i], fs[i](), fs[i](), " ")
	}
	fmt.Println(v)
	x, y := ret2(v)
	x, y = swapper(x, y)
	n, err := named(v)
	fmt.Println(x, y, n, err)
	var out []any
	fmt.Println(rec(4, v, &out), out)
	fmt.Println(fibm(40, map[int]int{}))
	var all []string
	perms([]int{1, 2, 3}, func(p []int) { all = append(all, fmt.Sprint(slices.Clone(p))) })
	fmt.Println(all)
	var moves []string
	hanoi(4, "A", "B", "C", &moves)
	fmt.Println(len(moves), strings.Join(moves, ""))
	fmt.Println(mutual(7, nil))
	for i := range 8 {
		fmt.Print(mayPanic(i, v), " ")
	}
	fmt.Println()
	fmt.Println(outer(0), outer(5), outer(3))
	sort.Slice(s, func(i, j int) bool { return s[i].Sum() < s[j].Sum() || s[i].Sum() == s[j].Sum() && s[i].b > s[j].b })
	slices.SortStableFunc(s, cmpBy(func(a, b V) bool { return a.a < b.a }))
	fmt.Println(s)
	var t *tree
	for _, k := range []int{5, 2, 8, 1, 9, 3} {
		t = t.insert(V{a: k})
	}
	walkTree(t, 0, func(t *tree, d int) bool { fmt.Print(t.v.a, ":", d, " "); return t.v.a < 8 })
	fmt.Println()
	fmt.Println(many(-1, 2, 1.5, 2i, "e", []byte("f"), map[string]int{"g": 1}, V{}, errors.New("i"), func() int { return 10 }, &v, v, [2]string{"m", "n"}, make(chan int, 3), true, 'p'))
	fmt.Println(zero())
	for i := range 4 {
		fmt.Print(shadow(i), " ")
	}
	fmt.Println()
	var wg sync.WaitGroup
	res := make([]V, 8)
	for i := range res {
		wg.Go(func() {
			var o []any
			res[i] = rec(i, V{b: i}, &o)
			for _, k := range o {
				res[i].arr[0] += k.(V).a
			}
		})
	}
	wg.Wait()
	fmt.Println(res)
	type pair struct{ k, v any }
	ps2 := map[pair]V{{1, "x"}: v, {V{}, [1]int{1}}: v.With(1)}
	fmt.Println(len(ps2), ps2[pair{V{}, [1]int{1}}], ps2[pair{1, "x"}] == v)
	g := func(v V, f func(V) V) V { v.a++; w := f(v); v.a++; w.b = v.a; return w }
	fmt.Println(g(v, func(v V) V { v.a *= 2; return g(v, pass) }), v)
	var iface interface{ Sum() int } = v
	v.a = 1000
	fmt.Println(iface.Sum(), iface.(V).With(3).Sum(), iface == any(v))
	arr := [2]V{v, v}
	brr := arr
	for i, e := range arr {
		arr[1].a = 1
		e.a++
		brr[i].b = e.a
	}
	fmt.Println(arr == brr, arr, brr)
	func(vs ...V) { vs[0].a = 5; fmt.Println(vs, arr[0].a) }(arr[:]...)
	fmt.Println(arr[0].a)
	func(vs ...V) { vs[0].a = 6; fmt.Println(vs, v.a) }(v, arr[1])
	h := V.With
	hp := (*V).Add
	fmt.Println(h(v, 2), *hp(&v, 3), v.a)
	st := struct {
		V
		next *V
	}{v, &v}
	st.Add(1)
	st.next.Add(1)
	cp := st
	cp.Add(100)
	fmt.Println(st.a, cp.a, v.a, st.V == cp.V, st.next == cp.next)
}

// Output:
// V(0,2,[3 4 5]) [3 4 5] V(0,0,[0 0 0]) [0 0 0] V(0,2,[3 4 5]) V(0,2,[3 4 5]) V(0,2,[3 4 5]) V(0,2,[3 4 5]) V(0,2,[3 4 5]) V(0,2,[3 0 5]) 5 V(1,2,[0 4 5]) [0 4 5] V(1,0,[0 0 1]) [1 0 0] V(1,2,[0 4 5]) V(1,2,[0 4 5]) V(1,2,[0 4 5]) V(1,2,[0 4 5]) V(1,2,[0 4 5]) V(1,2,[0 1 5]) 3 V(2,2,[10 4 5]) [10 4 5] V(2,0,[0 0 2]) [2 0 0] V(2,2,[10 4 5]) V(2,2,[10 4 5]) V(2,2,[10 4 5]) V(2,2,[10 4 5]) V(2,2,[10 4 5]) V(2,2,[10 2 5]) 14
// map[0:V(2,0,[20 4 5]) 1:V(3,1,[20 4 0]) 2:V(4,2,[20 4 1])] map[[20 4 0]:1 [20 4 1]:1 [20 4 2]:1]
// V(2,0,[20 4 0]) V(3,1,[20 4 1]) V(4,2,[20 4 2]) [V(2,0,[20 4 0]) V(2,0,[20 4 0]) V(9,0,[20 9 0]) V(-1,0,[20 4 0]) V(2,0,[20 4 0]) V(3,1,[20 4 1]) V(3,1,[20 4 1]) V(9,1,[20 9 1]) V(-1,1,[20 4 1]) V(3,1,[20 4 1]) V(4,2,[20 4 2]) V(4,2,[20 4 2]) V(9,2,[20 9 2]) V(-1,2,[20 4 2]) V(4,2,[20 4 2])]
// V(2,0,[20 4 0]) V(5,2,[20 4 2]) V(3,1,[20 4 1]) V(5,2,[20 4 2]) V(4,2,[20 4 2]) V(5,2,[20 4 2]) 103 [21 4 0] V(4,0,[20 4 0]) V(5,0,[20 4 0]) 104 [21 4 1] V(5,1,[20 4 1]) V(6,1,[20 4 1]) 105 [21 4 2] V(6,2,[20 4 2]) V(7,2,[20 4 2]) V(5,2,[20 4 2])
// V(6,2,[20 4 2]) V(5,2,[20 4 2]) V(5,77,[20 5 2]) <nil>
// V(4,14,[20 4 2]) [V(0,2,[20 4 2]) V(1,2,[20 4 2]) V(1,5,[20 4 2]) V(2,2,[20 4 2]) V(2,8,[20 4 2]) V(3,2,[20 4 2]) V(3,11,[20 4 2]) V(4,2,[20 4 2])]
// 102334155
// [[1 2 3] [1 3 2] [2 1 3] [2 3 1] [3 2 1] [3 1 2]]
// 15 ABACBCABCACBABACBCBACABCABACBC
// [a7 b6 a5 b4 a3 b2 a1]
// V(5,0,[20 4 2]) V(1,0,[20 1 2]) V(1,0,[20 1 2]) V(5,-3,[20 4 2]) V(4,-3,[20 4 2]) V(4,-3,[20 4 2]) V(5,-6,[20 4 2]) V(7,-6,[20 7 2])
// V(0,0,[0 0 0]) V(15,0,[0 0 0]) V(6,0,[0 0 0])
// [V(-1,0,[20 4 0]) V(-1,1,[20 4 1]) V(-1,2,[20 4 2]) V(2,0,[20 4 0]) V(2,0,[20 4 0]) V(2,0,[20 4 0]) V(3,1,[20 4 1]) V(3,1,[20 4 1]) V(3,1,[20 4 1]) V(4,2,[20 4 2]) V(4,2,[20 4 2]) V(4,2,[20 4 2]) V(9,0,[20 9 0]) V(9,1,[20 9 1]) V(9,2,[20 9 2])]
// 1:2 2:1 3:2 5:0 8:1
// -1 2 1.5 (0+2i)e[102] map[g:1] V(0,0,[0 0 0]) i 10 V(5,2,[20 4 2]) V(5,2,[20 4 2]) [m n] 3 true 112
// 0  [] V(0,0,[0 0 0]) <nil> <nil> <nil> [false false]
// 2 5 206 308
// [V(0,0,[0 0 0]) V(1,3,[1 0 0]) V(2,8,[4 0 0]) V(3,15,[9 0 0]) V(4,24,[16 0 0]) V(5,35,[25 0 0]) V(6,48,[36 0 0]) V(7,63,[49 0 0])]
// 2 V(1,2,[20 1 2]) true
// V(13,7,[20 4 2]) V(5,2,[20 4 2])
// 27 25 false
// false [V(1000,2,[20 4 2]) V(1,2,[20 4 2])] [V(1000,1001,[20 4 2]) V(1000,1001,[20 4 2])]
// [V(5,2,[20 4 2]) V(1,2,[20 4 2])] 5
// 5
// [V(6,2,[20 4 2]) V(1,2,[20 4 2])] 1000
// V(2,2,[20 2 2]) V(1003,2,[20 4 2]) 1003
// 1004 1104 1004 false true

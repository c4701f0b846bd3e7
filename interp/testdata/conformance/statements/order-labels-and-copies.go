package main

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
)

type T struct {
	a [3]int
	s []int
	m map[string]*T
	f func(int) int
}

var trace []string

func tr[V any](name string, v V) V { trace = append(trace, name); return v }
func flush()                       { fmt.Println(strings.Join(trace, " ")); trace = nil }
func ptr(name string, p *int) *int { trace = append(trace, name); return p }
func two(name string) (int, int)   { trace = append(trace, name); return 1, 2 }

func order() {
	var x [4]int
	i := 0
	i, x[i] = 2, 7
	fmt.Println(i, x)
	x[tr("i", 1)], *ptr("p", &i), x[tr("k", 3)] = tr("a", 5), tr("b", 6), tr("c", 7)
	flush()
	fmt.Println(i, x)
	m := map[string]int{}
	m[tr("k1", "x")], m[tr("k2", "y")] = two("two")
	flush()
	fmt.Println(m)
	s := []int{1, 2, 3}
	for i, s[tr("idx", i%3)] = range []int{10, 20, 30, 40} {
	}
	flush()
	fmt.Println(i, s)
	var p *T
	func() {
		defer func() { fmt.Println("r:", recover()); flush() }()
		p.a[tr("q", 1)] = tr("v", 2)
	}()
	func() {
		defer func() { fmt.Println("r:", recover()); flush() }()
		var nm map[string]int
		nm[tr("nk", "a")] = tr("nv", 1)
	}()
	func() {
		defer func() { fmt.Println("r:", recover()); flush() }()
		s[tr("i5", 5)], s[0] = tr("z", 1), tr("zz", 2)
	}()
	fmt.Println(s)
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 100
		fmt.Print(i, v, " ")
	}
	for i, v := range &arr {
		arr[2] = 200
		fmt.Print(i, v, " ")
	}
	for i := range arr[:tr("len", 2)] {
		fmt.Print(i)
	}
	fmt.Println()
	flush()
	a := arr
	b := &arr
	b[0] = -1
	fmt.Println(a == arr, a, *b, len(b))
	type pair struct {
		x [2]int
		y struct{ z []int }
	}
	p1 := pair{[2]int{1, 2}, struct{ z []int }{[]int{3}}}
	p2 := p1
	p2.x[0], p2.y.z[0] = 9, 9
	fmt.Println(p1, p2)
	fs := map[string]func() [2]int{"a": func() [2]int { return p1.x }}
	q := fs["a"]()
	q[0]++
	fmt.Println(p1.x, q)
	y := tr("1", 1) + tr("2", 2)*tr("3", 3) - func() int { return tr("4", 4) }()
	flush()
	fmt.Println(y, tr("l", true) || tr("r", true), tr("l2", false) && tr("r2", true))
	flush()
	g := []func(){}
	for i := 0; i < 3; i++ {
		defer func(n int) { fmt.Print("d", n, i, " ") }(i * 10)
		g = append(g, func() { i += 10; fmt.Print(i, " ") })
		if i == 1 {
			g[1]()
			i -= 10
		}
	}
	for _, f := range g {
		f()
		f()
	}
	fmt.Println()
}

func labels() {
	c, d := make(chan int, 3), make(chan string)
	go func() {
		defer close(d)
		for i := range 3 {
			d <- fmt.Sprint(i)
		}
	}()
	n := 0
outer:
	for {
		select {
		case c <- n:
			n++
			if n == 2 {
				continue outer
			}
		case s, ok := <-d:
			if !ok {
				break outer
			}
			_ = s
		}
		if n > 2 {
			for s := range d {
				_ = s
			}
		}
	}
	fmt.Println(n, len(c))
	i := 0
loop:
	if i < 3 {
		switch {
		case i == 1:
			i++
			goto loop
		default:
			fmt.Print("g", i, " ")
		}
		i++
		goto loop
	}
	{
		goto inner
	inner:
		fmt.Println("inner")
	}
sw:
	switch x := any(i).(type) {
	case int, int64:
		if fmt.Sprintf("%T", x) == "int" {
			break sw
		}
		fmt.Println("never")
	}
	for r := range 5 {
		switch {
		case r == 1:
			continue
		case r == 2:
			fallthrough
		case r == 100:
			fmt.Print("ft", r, " ")
		case r == 3:
			break
		default:
			fmt.Print("df", r, " ")
		}
	}
	fmt.Println()
}

func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("wrapped: %v", r)
			n *= 2
		}
	}()
	defer func() {
		defer func() { fmt.Println("inner", recover()) }()
		panic("second")
	}()
	n = 21
	defer func() {
		r := recover()
		fmt.Println("got", r)
		panic(fmt.Sprint(r, "!"))
	}()
	panic("first")
}

func deferLoop() (s string) {
	for i := range 3 {
		defer func() { s += fmt.Sprint(i) }()
	}
	return "x"
}

func seq(n int) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		defer fmt.Print("(end)")
		for i := range n {
			if !yield(i, strings.Repeat("*", i)) {
				fmt.Print("(stopped)")
				return
			}
		}
	}
}

func find(n int) (res string, ok bool) {
	defer func() { res += "!" }()
outer:
	for i, s := range seq(10) {
		for j := range seq(10) {
			defer func() { res += fmt.Sprint("d", i, j) }()
			switch {
			case j > i:
				continue outer
			case i*j == n:
				return s, true
			case i > 8:
				break outer
			}
		}
	}
	return "none", false
}

type List[T any] struct {
	head *elem[T]
	n    int
}
type elem[T any] struct {
	v    T
	next *elem[T]
}

func (l *List[T]) Push(v T) *List[T] { l.head = &elem[T]{v, l.head}; l.n++; return l }
func (l List[T]) Each(f func(int, T) bool) {
	for i, e := 0, l.head; e != nil && f(i, e.v); i, e = i+1, e.next {
	}
}
func Map[T, U any](l *List[T], f func(T) U) *List[U] {
	r := new(List[U])
	for _, v := range l.Each {
		r.Push(f(v))
	}
	return r
}

type Num interface{ ~int | ~float64 }
type Celsius float64
type Vec[N Num] []N

func (v Vec[N]) Dot(w Vec[N]) (s N) {
	for i := range v {
		s += v[i] * w[i]
	}
	return
}
func (v Vec[N]) String() string { return fmt.Sprintf("<%v>", []N(v)) }

type Stack[E any, S ~[]E] struct{ s S }

func (s *Stack[E, S]) Push(e ...E) { s.s = append(s.s, e...) }

type Set[K comparable] map[K]struct{}

func SetOf[K comparable](ks ...K) Set[K] {
	s := Set[K]{}
	for _, k := range ks {
		s[k] = struct{}{}
	}
	return s
}
func (s Set[K]) Has(k K) bool { _, ok := s[k]; return ok }

type Opt[T any] struct {
	v  *T
	ok bool
}

func Some[T any](v T) Opt[T] { return Opt[T]{&v, true} }
func (o Opt[T]) Or(d T) T {
	if o.ok {
		return *o.v
	}
	return d
}

func kind[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case Celsius:
		return "celsius"
	case Vec[int]:
		return "vec"
	case *List[T]:
		return "list of T"
	case Opt[string], Opt[int]:
		return fmt.Sprintf("opt %T", v)
	case fmt.Stringer:
		return "stringer"
	case []T:
		return "never"
	}
	return fmt.Sprintf("other %T", v)
}

type MyErr[T any] struct{ v T }

func (e MyErr[T]) Error() string { return fmt.Sprint("myerr ", e.v) }

func main() {
	order()
	labels()
	fmt.Println(named())
	fmt.Println(deferLoop())
	fmt.Println(find(6))
	fmt.Println(find(1000))
	l := (&List[int]{}).Push(1).Push(2).Push(3)
	Map(l, func(i int) string { return fmt.Sprint(i, "s") }).Each(func(i int, s string) bool { fmt.Print(i, s, " "); return i < 1 })
	fmt.Println(Vec[Celsius]{1, 2}.Dot(Vec[Celsius]{3, 4}), Vec[int]{1})
	var st Stack[string, []string]
	st.Push("a", "b")
	fmt.Printf("%v %T %+v\n", st, st, st)
	fmt.Println(SetOf(1, 2).Has(2), Some("x").Or("y"), Opt[int]{}.Or(5))
	fmt.Println(kind(1), kind(Celsius(1)), kind(Vec[int]{}), kind(l), kind(Some("x")), kind(Some(1)), kind(Some(1.5)), kind(Vec[float64]{}))
	var e error = fmt.Errorf("w: %w", MyErr[int]{3})
	var t1 MyErr[int]
	var t2 MyErr[string]
	fmt.Println(errors.As(e, &t1), errors.As(e, &t2), t1, errors.Is(e, MyErr[int]{3}), errors.Is(e, MyErr[int]{4}))
	joined := errors.Join(e, nil, os.ErrNotExist)
	fmt.Println(joined, errors.Is(joined, os.ErrNotExist), errors.Unwrap(joined))
	multi := fmt.Errorf("%w and %w", e, os.ErrClosed)
	fmt.Println(multi, errors.Is(multi, os.ErrClosed), errors.Unwrap(multi) == nil)
	c := complex(1, -2)
	c *= c
	fmt.Println(c, real(c), imag(c), c == complex(-3, -4), -c)
	fmt.Printf("%v %.1f %T %T\n", complex64(c), c, complex64(c), 1i)
	var i8 int8 = 127
	i8++
	var u8 uint8 = 0
	u8--
	var u32 uint32 = 1 << 31
	fmt.Println(i8, u8, u32<<1, int32(u32), ^u8, i8>>1, uint16(i8), -i8, i8/-1, i8*i8)
	sh := uint(70)
	fmt.Println(1<<sh>>sh, int8(1)<<6, uint8(255)>>sh, -1>>sh, 1.0<<3, int64(-8)>>1, -7/2, -7%3, 7%-3, 6&^3)
	f := 3.99
	fmt.Println(int(f), int(-f), uint8(int(f)), int64(float32(16777217)), rune('a'+1), string(rune(0x1F600)), string([]rune{0x4e16, -1}))
	fmt.Println([]byte("é"), []rune("é\xff"), string([]byte{0xe4, 0xb8, 0x96}), strings.ToUpper("ß"), len("世界"))
	for i, r := range "a\xc0é" {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println(runtime.GOOS != "")
	s := make([]int, 3, 10)
	s1 := append(s, 1)
	s2 := append(s, 2)
	s3 := s[1:2:2]
	s4 := append(s3, 9)
	fmt.Println(s1[3], s2[3], s, len(s3), cap(s3), s4, cap(s[2:]), s[:5])
	copy(s1[1:], s1)
	fmt.Println(s1, copy(s, s[1:]), slices.Equal(s, s1[:3]))
	grid := [3][2][]string{1: {1: {"x"}}}
	g2 := grid
	g2[1][1][0] = "y"
	g2[1][0] = []string{"z"}
	fmt.Println(grid, g2, len(grid[0]))
	ms := map[[2]any]int{{1, "a"}: 1, {nil, 2.5}: 2}
	ms[[2]any{1, "a"}]++
	fmt.Println(ms[[2]any{1, "a"}], ms[[2]any{int8(1), "a"}], ms[[2]any{nil, 2.5}], len(ms))
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	ov := sync.OnceValues(func() (int, error) { fmt.Println("computed"); return 1, io() })
	ov()
	fmt.Println(ov())
}

func io() error { return errors.New("io") }

// Output:
// 2 [7 0 0 0]
// i p k a b c
// 6 [7 5 0 7]
// k1 k2 two
// map[x:1 y:2]
// idx idx idx idx
// 3 [20 30 40]
// r: runtime error: invalid memory address or nil pointer dereference
// q v
// r: assignment to entry in nil map
// nk nv
// r: runtime error: index out of range [5] with length 3
// i5 z zz
// [20 30 40]
// 0 1 1 2 2 3 0 1 1 2 2 200 01
// len
// false [1 2 200] [-1 2 200] 3
// {[1 2] {[9]}} {[9 2] {[9]}}
// [1 2] [2 2]
// 1 2 3 4
// 3 true false
// l l2
// 11 10 20 11 21 12 22
// d20 22 d10 21 d0 20 3 3
// g0 g2 inner
// df0 ft2 df4
// got first
// inner second
// 42 wrapped: first!
// x210
// (stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)***d3 2d3 1d3 0d2 3d2 2d2 1d2 0d1 2d1 1d1 0d0 1d0 0! true
// (stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)(stopped)(end)noned9 0d8 9d8 8d8 7d8 6d8 5d8 4d8 3d8 2d8 1d8 0d7 8d7 7d7 6d7 5d7 4d7 3d7 2d7 1d7 0d6 7d6 6d6 5d6 4d6 3d6 2d6 1d6 0d5 6d5 5d5 4d5 3d5 2d5 1d5 0d4 5d4 4d4 3d4 2d4 1d4 0d3 4d3 3d3 2d3 1d3 0d2 3d2 2d2 1d2 0d1 2d1 1d1 0d0 1d0 0! false
// 01s 12s 11 <[1]>
// {[a b]} main.Stack[string,[]string] {s:[a b]}
// true x 5
// int celsius vec other *main.List[int] opt main.Opt[string] opt main.Opt[int] other main.Opt[float64] stringer
// true false myerr 3 true false
// w: myerr 3
// file does not exist true <nil>
// w: myerr 3 and file already closed true true
// (-3-4i) -3 -4 true (3+4i)
// (-3-4i) (-3.0-4.0i) complex64 complex128
// -128 255 0 -2147483648 0 -64 65408 -128 -128 0
// 0 64 0 -1 8 -4 -3 -1 1 4
// 3 -3 3 16777216 98 😀 世�
// [195 169] [233 65533] 世 ß 6
// 0:97 1:65533 2:233 true
// 2 2 [0 0 0] 1 1 [0 9] 8 [0 0 0 2 0]
// [0 0 0 0] 2 true
// [[[] []] [[] [y]] [[] []]] [[[] []] [[z] [y]] [[] []]] 2
// 2 0 2 2
// once
// computed
// 1 io

package main

import (
	"errors"
	"fmt"
	"strings"
)

type Op func(int) int

func (o Op) Then(p Op) Op   { return func(x int) int { return p(o(x)) } }
func (o Op) String() string { return fmt.Sprintf("op(1)=%d", o(1)) }
func (o *Op) Replace(p Op)  { *o = p }

type Reg map[string]Op

func (r Reg) Add(n string, o Op) Reg { r[n] = o; return r }
func (r *Reg) Reset()                { *r = Reg{} }

type Pipe chan Op

func (p Pipe) Send(os ...Op) Pipe {
	for _, o := range os {
		p <- o
	}
	return p
}

type Ints []int

func (s *Ints) Push(v int) { *s = append(*s, v) }
func (s Ints) Sum() (t int) {
	for _, v := range s {
		t += v
	}
	return
}
func (s Ints) At(i int) *int { return &s[i] }

type Counter struct {
	n    int
	name string
}

func (c Counter) Show()          { fmt.Print(c.name, c.n, " ") }
func (c *Counter) PShow()        { fmt.Print("*", c.name, c.n, " ") }
func (c *Counter) Inc() *Counter { c.n++; return c }

type Shower interface{ Show() }
type Both interface {
	Shower
	fmt.Stringer
	interface{ Show() }
}
type impl struct{ Counter }

func (i impl) String() string { return "impl:" + i.name }

func deferOrder() (s string) {
	c := Counter{1, "c"}
	p := &c
	defer c.Show()
	defer c.PShow()
	defer p.Show()
	f := c.Show
	defer f()
	defer func(c Counter) { fmt.Print("arg", c.n, " ") }(c)
	for i := range 3 {
		defer func() { s += fmt.Sprint(i) }()
		defer fmt.Print("d", i, c.Inc().n, " ")
	}
	c.n = 50
	p = &Counter{99, "other"}
	g := p.Show
	p.n = 100
	g()
	defer p.Inc().Inc().PShow()
	c.n++
	return "r"
}

func named(k int) (x int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("r: %v", r)
			x *= 2
		}
	}()
	defer func() { x += 10 }()
	switch {
	case k == 0:
		return 1, nil
	case k == 1:
		x = 5
		panic("one")
	case k == 2:
		if x, err := 7, errors.New("shadow"); err != nil {
			_ = x
			return x, err
		}
	case k == 3:
		defer func() { x, err = err2(x) }()
		return 3, nil
	}
	x = 4
	return
}
func err2(i int) (int, error) { return -i, fmt.Errorf("e%d", i) }

var (
	a, b    = pair(1)
	_, c    = pair(a + len(b))
	d       = func() int { return e * 2 }()
	e       = f + 1
	f       = len(g)
	g       = []string{"x", "y"}
	h, _    = m["k"]
	m       = map[string]func() int{"k": func() int { return d }}
	x, y, z = 1, "y", [...]any{1, "2", 3.0}
)

func pair(n int) (int, string) { return n * 10, strings.Repeat("p", n) }

func init() { fmt.Println(a, b, c, d, e, f, h(), x, y, z) }
func init() { a++ }

var _ = func() int { fmt.Println("blank var", a); return 0 }()

func main() {
	_, _ = a, b
	double := Op(func(x int) int { return x * 2 })
	inc := Op(func(x int) int { return x + 1 })
	fmt.Println(double.Then(inc), double.Then(inc).Then(double)(5), []Op{inc})
	op := double
	op.Replace(inc)
	fmt.Println(op(10), double(10))
	r := Reg{}.Add("d", double).Add("i", inc)
	fmt.Println(len(r), r["d"].Then(r["i"])(3), r)
	r.Reset()
	fmt.Println(len(r))
	p := make(Pipe, 3).Send(double, inc)
	close(p)
	v := 3
	for o := range p {
		v = o(v)
	}
	fmt.Println(v, len(p), cap(p))
	var s Ints
	s.Push(1)
	s.Push(2)
	*s.At(0) = 40
	push := s.Push
	push(3)
	sum := s.Sum
	s.Push(1000)
	fmt.Println(s, sum(), Ints.Sum(s), (*Ints).Sum(&s))
	fmt.Println(deferOrder())
	for k := range 5 {
		fmt.Println(named(k))
	}
	var bo Both = impl{Counter{1, "im"}}
	bo.Show()
	Shower.Show(bo)
	Both.Show(bo)
	impl.Show(impl{Counter{2, "x"}})
	(*impl).PShow(&impl{Counter{3, "y"}})
	sh := Both.String
	fmt.Println(sh(bo), bo)
	// loops
	var fs []func() int
	for i := 0; i < 6; i++ {
		fs = append(fs, func() int { i += 10; return i })
		if i%2 == 0 {
			i++
			continue
		}
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	fs = nil
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fs = append(fs, func() int { return i*100 + j })
		defer func() { fmt.Print("[", i, j, "]") }()
	}
	for i := range 2 {
		p := &i
		fs = append(fs, func() int { *p += 5; return *p })
	}
	for k, v := range map[string]int{"a": 1} {
		fs = append(fs, func() int { return len(k) + v })
	}
	for i, ch := range "hé" {
		fs = append(fs, func() int { return int(ch) + i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println()
outer:
	for i := range 4 {
		switch i {
		case 1:
			continue outer
		case 2:
			for {
				if i == 2 {
					break
				}
			}
			fallthrough
		case 7:
			fmt.Print("seven ")
		case 3:
			break outer
		default:
			fmt.Print("def", i, " ")
		}
		fmt.Print("end", i, " ")
	}
	fmt.Println()
	i := 0
loop:
	if i < 3 {
		j := i * i
		fmt.Print(j, " ")
		i++
		goto loop
	}
	fmt.Println()
	{
		true := false
		len := func(s string) int { return 42 }
		type int string
		var n int = "an int"
		nil := "nil"
		fmt.Println(true, len(""), n, nil)
		string := fmt.Sprint
		fmt.Println(string(1, 2))
		fmt := "shadowed"
		_ = fmt
	}
	an := struct {
		A int
		b string
	}{1, "x"}
	fmt.Println(an == mk(), eq(an), eq(mk()), any(an) == any(mk()))
	type T struct {
		A int
		b string
	}
	fmt.Println(T(an) == an, eq(T(an)))
	arr := [...]func(int) int{2: inc, 0: double}
	fmt.Println(arr[0](4), arr[1] == nil, arr[2](4), len(arr))
	mat := [2][2]Ints{{{1}, nil}, {}}
	cp := mat
	cp[0][0][0] = 9
	cp[1][1].Push(5)
	fmt.Println(mat, cp)
	mm := map[[2]string]struct{ Counter }{}
	k := [2]string{"a", "b"}
	mm[k] = struct{ Counter }{Counter{1, "mm"}}
	k[0] = "z"
	mm[k] = mm[[2]string{"a", "b"}]
	fmt.Println(len(mm), mm[k].n, mm)
	fmt.Println(variadic(), variadic(nil...), variadic([]any{}...), variadic(nil), variadic([]any{nil, 1}...), variadic([]any{1}))
	var np *Counter
	func() {
		defer func() { fmt.Println(recover()) }()
		f := np.PShow
		_ = f
		g := np.Show
		g()
	}()
	x, y := 1, 2
	x, y, arr2 := y, x, [2]int{x, y}
	fmt.Println(x, y, arr2)
	ii, ss := 0, []int{5, 6, 7}
	ii, ss[ii] = 2, 100
	ss[ii], ii = ii, 0
	fmt.Println(ii, ss)
}

func variadic(xs ...any) string { return fmt.Sprint(len(xs), xs == nil) }
func mk() struct {
	A int
	b string
} {
	return struct {
		A int
		b string
	}{1, "x"}
}
func eq(x any) bool {
	_, ok := x.(struct {
		A int
		b string
	})
	return ok
}

// Output:
// blank var 10
// 10 p ppppppppppp 6 3 2 6 1 y [1 2 3]
// op(1)=3 22 [op(1)=2]
// 11 20
// 2 7 map[d:op(1)=2 i:op(1)=2]
// 0
// 7 0 3
// [40 2 3 1000] 45 1045 1045
// other99 *other102 d2 4 d1 3 d0 2 arg1 c1 c1 *c51 c1 r210
// 11 <nil>
// 30 r: one
// 17 shadow
// 7 e3
// 14 <nil>
// im1 im1 im1 x2 *y3 impl:im impl:im
// 11 21 13 23 15 25
// 10 108 206 304 5 6 2 104 234
// def0 end0 seven end2
// 0 1 4
// false 42 an int nil
// 1 2
// true true true true
// true false
// 8 true 5 3
// [[[9] []] [[] []]] [[[9] []] [[] [5]]]
// 2 1 map[[a b]:{{1 mm}} [z b]:{{1 mm}}]
// 0 true 0 true 0 false 1 false 2 false 1 false
// runtime error: invalid memory address or nil pointer dereference
// 2 1 [1 2]
// 0 [100 6 2]
// [3 4][2 6][1 8][0 10]

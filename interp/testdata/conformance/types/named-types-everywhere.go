package main

import (
	"fmt"
	"strings"
)

type (
	ID    uint16
	Name  string
	Flag  bool
	Ratio float32
	Cx    complex64
	IDs   []ID
	Bytes []byte
	Runes []rune
	Dict  map[Name]IDs
	Fn    func(ID) Name
	Ch    chan ID
	Arr   [3]ID
	Ptr   *ID
	Any   interface{}
	Er    interface{ error }
	St    struct {
		ID
		Name
		f Fn
		d Dict
	}
)

func id(n int) ID             { return ID(n) }
func nm(s string) Name        { return Name(s) }
func fl(b bool) Flag          { return Flag(b) }
func ra(f float32) Ratio      { return Ratio(f) }
func ids(n ...ID) IDs         { return n }
func bs(s string) Bytes       { return Bytes(s) }
func dict() Dict              { return Dict{"a": {1}} }
func fn() Fn                  { return func(i ID) Name { return nm(fmt.Sprint(i)) } }
func ch(n int) Ch             { return make(Ch, n) }
func arr() Arr                { return Arr{1, 2, 3} }
func st() St                  { return St{ID: 5, Name: "n", f: fn(), d: dict()} }
func two() (ID, Name)         { return 1, "t" }
func (i ID) Inc() ID          { return i + 1 }
func (i *ID) Set(n ID)        { *i = n }
func (s IDs) Len() int        { return len(s) }
func (d Dict) Get(n Name) IDs { return d[n] }
func (f Fn) Call(i ID) Name   { return f(i) }
func (f Flag) Not() Flag      { return !f }
func (a Arr) Sum() (s ID) {
	for _, x := range a {
		s += x
	}
	return
}
func (r Ratio) Half() Ratio { return r / 2 }

func g[T any](x T) T                     { return x }
func gs[S ~[]E, E any](s S, e ...E) S    { return append(s, e...) }
func num[N ~uint16 | ~float32](a, b N) N { return a*b + g(a) }

func main() {
	fmt.Println(id(1)<<id(2), id(300)>>g(uint8(1)), -id(1), ^id(0), id(7)&^id(2), id(9)/id(2), id(9)%id(4))
	x := id(3)
	x <<= id(1)
	x |= id(1) << g(2)
	x %= id(5).Inc()
	x += ID(len(ids(1, 2)))
	fmt.Println(x, min(id(2), 1, x), max(nm("a"), nm("b")), min(ra(1.5), 2), len(nm("héé")), nm("abc")[id(1)], nm("abc")[id(1):], nm("x")+"y"+nm("z"))
	s := append(ids(1), id(2), id(3).Inc())
	s = append(s, ids(7, 8)...)
	s = append(s[:id(1)], s[id(2):]...)
	b := append(bs("a"), nm("bc")...)
	b = append(b, "de"...)
	n := copy(b[id(1):], nm("ZZ"))
	n += copy(s, ids(100))
	fmt.Println(s, string(b), n, cap(s[:1:id(2)]), len(make(IDs, id(2), id(5))), gs(s, id(1)), gs(bs("q"), 'r'))
	d := dict()
	d[nm("b")] = append(d[nm("b")], id(4))
	d["b"][id(0)]++
	d["c"] = append(d["c"], d["b"]...)
	delete(d, nm("a"))
	_, ok := d[nm("zz")]
	fmt.Println(d, ok, len(d), d.Get("b").Len(), Dict(nil).Get("x") == nil)
	c := ch(int(id(2)))
	c <- id(1)
	c <- x.Inc()
	close(c)
	for v := range c {
		fmt.Print(v, " ")
	}
	v, ok := <-c
	fmt.Println(v, ok, cap(c), len(ch(0)))
	a := arr()
	a[id(1)] = a[id(0)] + a[id(2)]
	p := &a
	p[id(2)], a[0] = 9, p[id(1)]
	fmt.Println(a, a.Sum(), arr().Sum(), arr()[id(1)], len(arr()), a == arr(), [...]ID{2: id(1), 0: id(5)}, IDs(p[id(1):]).Len2())
	if fl(true) && fl(false).Not() || !fl(true) {
		fmt.Println("flag", fl(true) == Flag(ok))
	}
	switch id(2) {
	case id(1).Inc():
		fmt.Println("two")
	case 3, id(4):
	}
	switch nm("a") + "b" {
	case "ab":
		fmt.Println("ab")
	}
	switch f := fl(true); {
	case bool(f):
		fmt.Println("bool")
	}
	for i := range id(3) {
		fmt.Printf("%T%v ", i, i)
	}
	for i, r := range nm("aé") {
		fmt.Print(i, r, " ")
	}
	for i, e := range arr() {
		fmt.Print(i, e)
	}
	for k, e := range (Dict{"k": {1}}) {
		fmt.Println(k, e)
	}
	f := fn()
	t := st()
	fmt.Println(f.Call(3), f(id(4)), fn()(5), t.f(6), t.f.Call(7), t.d["a"][id(0)], t.Inc(), st().Inc(), st().f(1), st().d["a"], t.ID.Inc())
	t.Set(11)
	t.ID.Set(t.ID.Inc())
	i, name := two()
	t.ID, t.Name = two()
	fmt.Println(t.ID, t.Name, i, name)
	var cx Cx = Cx(complex(ra(1), 2))
	cx *= Cx(complex(g(float32(0)), 1))
	fmt.Println(cx, real(cx), imag(cx)*2, ra(3).Half(), float64(ra(0.1)), int(ra(2.9)), ID(ra(3.5)), num(id(2), 3), num(ra(1.5), 2))
	var any1 Any = id(3)
	var e1 Er
	_, isID := any1.(ID)
	_, isU := any1.(uint16)
	fmt.Println(isID, isU, e1 == nil, any1 == Any(ID(3)), any1 == Any(uint16(3)))
	fmt.Println(string(Runes{'a', 'é'}), Runes("xé"), Bytes(nm("hi")), Name(bs("yo")), Name(Runes("zz")), strings.Repeat(string(nm("ab")), int(id(2))), string(rune(id(65))))
	m2 := map[ID]map[Name]*St{1: {"a": &t}}
	m2[id(1)][nm("a")].ID += 5
	m2[id(1)][nm("a")].d["new"] = ids(1, 2)
	(*m2[id(1)]["a"]).Name += "!"
	fmt.Println(m2[1]["a"].ID, t.Name, t.d["new"], m2[9]["b"] == nil)
	ptr := Ptr(&t.ID)
	*ptr++
	*ptr <<= id(1)
	pp := &ptr
	**pp -= 1
	fmt.Println(*ptr, t.ID, ptr == &t.ID)
	func(fs ...Fn) {
		for i, f := range fs {
			fmt.Print(f(id(i)), f.Call(9), " ")
		}
	}(f, fn(), func(i ID) Name { return nm("lit") + Name(fmt.Sprint(i.Inc())) })
	z := []St{{ID: id(1)}, {Name: nm("q"), f: fn()}, st()}
	z[id(1)].ID, z[0].Name = z[0].ID.Inc(), z[2].Name+z[1].Name
	fmt.Println(z[1].ID, z[0].Name, z[id(1)].f(z[1].ID), len(z[id(1):id(2)]))
	defer func(i ID, n Name, a Arr, s St, d Dict) { fmt.Println(i, n, a, s.ID, d) }(id(1), nm("d"), arr(), st(), dict())
	go func(c Ch) { c <- id(77) }(c0)
	fmt.Println(<-c0)
	select {
	case c1 <- id(5):
		fmt.Println("sent", <-c1)
	default:
	}
	lbl := ids(1, 2, 3)
	lbl[id(0)], lbl[id(1)], lbl = lbl[id(1)], lbl[id(2)], lbl[:id(2)]
	fmt.Println(lbl)
	var iface interface{ Inc() ID } = id(8)
	fmt.Println(iface.Inc(), iface.(ID)+1, iface.Inc()<<id(1), ids(iface.Inc(), 1)[iface.Inc()-9])
	clear(d)
	clear(s)
	fmt.Println(d, s)
}

var c0, c1 = ch(0), ch(1)

func (s IDs) Len2() int { return len(s) * 2 }

// Output:
// 4 150 65535 65535 5 4 1
// 2 1 b 1.5 5 98 bc xyz
// [100 4 7 8] aZZde 3 2 2 [100 4 7 8 1] [113 114]
// map[b:[5] c:[5]] false 2 1 true
// 1 3 0 false 2 0
// [4 4 9] 17 6 2 3 false [5 0 1] 4
// flag false
// two
// ab
// bool
// main.ID0 main.ID1 main.ID2 0 97 1 233 0 11 22 3k [1]
// 3 4 5 6 7 1 6 6 1 [1] 6
// 1 t 1 t
// (-2+1i) -2 2 1.5 0.10000000149011612 2 3 8 4.5
// true false true true false
// aé [120 233] [104 105] yo zz abab A
// 6 t! [1 2] true
// 13 13 true
// 09 19 lit3lit10 2 nq 2 1
// 77
// sent 5
// [2 3]
// 9 9 18 9
// map[] [0 0 0 0]
// 1 d [1 2 3] 5 map[a:[1]]

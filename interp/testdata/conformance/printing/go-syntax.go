package main

import (
	"fmt"
	"time"
)

type Kind uint8

type Opt struct {
	Name  string
	Kind  Kind
	inner *int
	Sub   *Opt
}

type List []Opt

type Set map[Kind]struct{}

type Fn func(int) string

type Pair[A any, B comparable] struct {
	First  A
	Second B
}

type Alias = Pair[Kind, string]

type Iface interface{ M() }

type impl struct{ v []byte }

func (impl) M() {}

type Arr [2]Kind

func main() {
	o := Opt{Name: "a\"b", Kind: 3}
	fmt.Printf("%#v\n", o)
	fmt.Printf("%#v\n", List{o, {Name: "x"}})
	fmt.Printf("%#v %#v\n", Set{1: {}}, Set(nil))
	fmt.Printf("%#v %#v\n", Pair[int, string]{1, "s"}, Alias{2, "t"})
	fmt.Printf("%#v\n", Pair[[]Kind, Arr]{[]Kind{1}, Arr{1, 2}})
	fmt.Printf("%#v %#v\n", Arr{5, 6}, [2]Opt{})
	var i Iface = impl{[]byte("ab")}
	var none Iface
	fmt.Printf("%#v %#v\n", i, none)
	fmt.Printf("%#v\n", []any{1, "a", 1.5, nil, Kind(7), 'x', true, 2i, []string(nil), map[string]bool{"k": true}})
	fmt.Printf("%#v\n", struct {
		A int
		b string
		C []Kind
	}{1, "two", nil})
	fmt.Printf("%#v %#v %#v\n", Fn(nil), (*Opt)(nil), (chan Kind)(nil))
	fmt.Printf("%#v %#v %#v\n", time.Duration(5), time.Month(3), error(nil))
	fmt.Printf("%#x %#o %#b %#q %#U %#g\n", 255, 8, 5, "q`q", 'é', 3.0)
	fmt.Printf("%T %T %T %T\n", o, List{}, Fn(nil), &o)
	fmt.Printf("%T %T %T\n", Pair[Kind, *Opt]{}, i, []Iface{i})
	fmt.Printf("%T %T %T\n", map[Kind][]Opt{}, make(chan<- Arr), func(Opt, ...Kind) (Iface, error) { return nil, nil })
	fmt.Printf("%T %T\n", struct {
		X Kind `json:"x"`
		y List
	}{}, [3]struct{ Pair[int, int] }{})
	type local struct{ Opt }
	fmt.Printf("%#v %T\n", local{}, local{})
	func() {
		type local struct{ n Kind }
		fmt.Printf("%#v %T\n", local{4}, &local{})
	}()
	fmt.Printf("%v %+v %#v\n", &Pair[int, bool]{1, true}, &[]Kind{1}, &map[string]Arr{"k": {}})
	fmt.Printf("%#v %#v\n", &struct{ K Kind }{1}, &Arr{})
}

// Output:
// main.Opt{Name:"a\"b", Kind:0x3, inner:(*int)(nil), Sub:(*main.Opt)(nil)}
// main.List{main.Opt{Name:"a\"b", Kind:0x3, inner:(*int)(nil), Sub:(*main.Opt)(nil)}, main.Opt{Name:"x", Kind:0x0, inner:(*int)(nil), Sub:(*main.Opt)(nil)}}
// main.Set{0x1:struct {}{}} main.Set(nil)
// main.Pair[int,string]{First:1, Second:"s"} main.Pair[main.Kind,string]{First:0x2, Second:"t"}
// main.Pair[[]main.Kind,main.Arr]{First:[]main.Kind{0x1}, Second:main.Arr{0x1, 0x2}}
// main.Arr{0x5, 0x6} [2]main.Opt{main.Opt{Name:"", Kind:0x0, inner:(*int)(nil), Sub:(*main.Opt)(nil)}, main.Opt{Name:"", Kind:0x0, inner:(*int)(nil), Sub:(*main.Opt)(nil)}}
// main.impl{v:[]uint8{0x61, 0x62}} <nil>
// []interface {}{1, "a", 1.5, interface {}(nil), 0x7, 120, true, (0+2i), []string(nil), map[string]bool{"k":true}}
// struct { A int; b string; C []main.Kind }{A:1, b:"two", C:[]main.Kind(nil)}
// (main.Fn)(nil) (*main.Opt)(nil) (chan main.Kind)(nil)
// 5 3 <nil>
// 0xff 010 0b101 "q`q" U+00E9 'é' 3.00000
// main.Opt main.List main.Fn *main.Opt
// main.Pair[main.Kind,*main.Opt] main.impl []main.Iface
// map[main.Kind][]main.Opt chan<- main.Arr func(main.Opt, ...main.Kind) (main.Iface, error)
// struct { X main.Kind "json:\"x\""; y main.List } [3]struct { main.Pair[int,int] }
// main.local{Opt:main.Opt{Name:"", Kind:0x0, inner:(*int)(nil), Sub:(*main.Opt)(nil)}} main.local
// main.local{n:0x4} *main.local
// &{1 true} &[1] &map[string]main.Arr{"k":main.Arr{0x0, 0x0}}
// &struct { K main.Kind }{K:0x1} &main.Arr{0x0, 0x0}

package main

import "fmt"

type Weekday int

const (
	Sunday Weekday = iota
	Monday
)

func (d Weekday) String() string { return [...]string{"Sun", "Mon"}[d] }

type Celsius float64
type Names []string
type Table map[string]Weekday

type point struct {
	X, Y int
	tag  string
	day  Weekday
	next *point
}

type Go struct{ v int }

func (g Go) GoString() string { return "Go!" }

type Fmt struct{}

func (Fmt) Format(s fmt.State, verb rune) {
	w, hasW := s.Width()
	fmt.Fprintf(s, "<%c %d %v %v>", verb, w, hasW, s.Flag('+'))
}

func main() {
	p := point{1, 2, "t", Monday, nil}
	for _, verb := range []string{"%v", "%+v", "%#v", "%T", "%d", "%s", "%q", "%x", "%5v|"} {
		fmt.Printf(verb+"\n", Monday)
		fmt.Printf(verb+"\n", Celsius(1.5))
		fmt.Printf(verb+"\n", Names{"a", "b"})
		fmt.Printf(verb+"\n", p)
	}
	fmt.Printf("%v %+v %#v\n", Table{"x": Sunday}, Table{"x": Sunday}, Table{"x": Sunday})
	fmt.Printf("%v %#v %v\n", Go{1}, Go{1}, []Go{{2}})
	fmt.Printf("%v %+8d %s\n", Fmt{}, Fmt{}, []any{Fmt{}, Monday})
	fmt.Printf("%v %v\n", &p == nil, &struct{ A Weekday }{Monday})
	fmt.Printf("%t %v %c %U %08.3f %e %x %X % x\n", true, nil, 'é', 'é', 3.14159, 1234.5, "hi", []byte{1, 171}, "abc")
	fmt.Printf("%6.2f|%-6s|%6s|%06d|%+d|%x|%o|%b\n", 3.14159, "ab", "cd", 42, 42, 255, 8, 5)
	fmt.Printf("%d %s %!\n", "x", 5)
	fmt.Printf("%[2]d %[1]d %d\n", 1, 2)
	fmt.Printf("%*d|%-*d|\n", 5, 42, 5, 42)
}

// Output:
// Mon
// 1.5
// [a b]
// {1 2 t 1 <nil>}
// Mon
// 1.5
// [a b]
// {X:1 Y:2 tag:t day:1 next:<nil>}
// 1
// 1.5
// main.Names{"a", "b"}
// main.point{X:1, Y:2, tag:"t", day:1, next:(*main.point)(nil)}
// main.Weekday
// main.Celsius
// main.Names
// main.point
// 1
// %!d(main.Celsius=1.5)
// [%!d(string=a) %!d(string=b)]
// {1 2 %!d(string=t) 1 0}
// Mon
// %!s(main.Celsius=1.5)
// [a b]
// {%!s(int=1) %!s(int=2) t %!s(main.Weekday=1) %!s(*main.point=<nil>)}
// "Mon"
// %!q(main.Celsius=1.5)
// ["a" "b"]
// {'\x01' '\x02' "t" '\x01' %!q(*main.point=<nil>)}
// 4d6f6e
// 0x1.8p+00
// [61 62]
// {1 2 74 1 0}
//   Mon|
//   1.5|
// [    a     b]|
// {    1     2     t     1 <nil>}|
// map[x:Sun] map[x:Sun] main.Table{"x":0}
// {1} Go! [{2}]
// <v 0 false false> <d 8 true true> [<s 0 false false> Mon]
// false &{Mon}
// true <nil> é U+00E9 0003.142 1.234500e+03 6869 01AB 61 62 63
//   3.14|ab    |    cd|000042|+42|ff|10|101
// %!d(string=x) %!s(int=5) %!!(MISSING)
// 2 1 2
//    42|42   |

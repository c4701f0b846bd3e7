package main

import "fmt"

type A struct{ Name, Only string }

func (A) Hello() string { return "A.Hello" }

func (A) Both() string { return "A.Both" }

type B struct{ Name, Other string }

func (B) Both() string { return "B.Both" }

func (*B) Touch() string { return "B.Touch" }

type C struct {
	A
	B
	depth int
}

type D struct {
	C
	Name  string
	extra int
}

func (D) Both() string { return "D.Both" }

type Inner struct{ A }

type Diamond struct {
	Inner
	*A
	B
}

type Helloer interface{ Hello() string }

type Bother interface{ Both() string }

type hider struct {
	D
	Hello int
}

type level1 struct{ level2 }
type level2 struct{ level3 }
type level3 struct{ *level4 }
type level4 struct{ value int }

func (l *level4) Add(n int) int { l.value += n; return l.value }

func (l level1) Value() int { return l.value }

func main() {
	c := C{A: A{"a", "only"}, B: B{"b", "other"}, depth: 1}
	fmt.Println(c.A.Name, c.B.Name, c.Only, c.Other, c.Hello(), c.A.Both(), c.B.Both(), c.Touch())
	_, ok := any(c).(Bother)
	_, hello := any(c).(Helloer)
	fmt.Println(ok, hello)
	d := D{C: c, Name: "d"}
	fmt.Println(d.Name, d.C.A.Name, d.Only, d.depth, d.Both(), d.C.B.Both(), d.Hello())
	_, ok = any(d).(Bother)
	_, ptr := any(d).(interface{ Touch() string })
	_, addr := any(&d).(interface{ Touch() string })
	fmt.Println(ok, ptr, addr)
	dia := Diamond{Inner: Inner{A{"deep", "o1"}}, A: &A{"shallow", "o2"}}
	fmt.Println(dia.Inner.Name, dia.A.Name, dia.Only, dia.Hello(), dia.Inner.Hello())
	dia.Only = "set"
	fmt.Println(dia.A.Only, dia.Inner.Only)
	h := hider{D: d, Hello: 5}
	_, hello = any(h).(Helloer)
	fmt.Println(h.Hello, hello, h.D.Hello(), h.Name)
	l := level1{level2{level3{&level4{1}}}}
	copied := l
	copied.Add(41)
	fmt.Println(l.Value(), l.level2.level3.value, l.level4 == copied.level4, copied.level3.Add(0))
	l.level4 = &level4{}
	fmt.Println(l.value, copied.value)
	add := l.Add
	l.level4 = nil
	fmt.Println(add(3))
	fmt.Printf("%+v\n", d)
}

// Output:
// a b only other A.Hello A.Both B.Both B.Touch
// false true
// d a only 1 D.Both B.Both A.Hello
// true false true
// deep shallow o2 A.Hello A.Hello
// set o1
// 5 false A.Hello d
// 42 42 true 42
// 0 42
// 3
// {C:{A:{Name:a Only:only} B:{Name:b Other:other} depth:1} Name:d extra:0}

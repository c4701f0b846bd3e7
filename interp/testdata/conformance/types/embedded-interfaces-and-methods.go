package main

import (
	"fmt"
	"io"
	"sort"
	"strings"
)

type Shape interface {
	Area() float64
	Perimeter() float64
}

type Named interface{ Name() string }

type NamedShape interface {
	Shape
	Named
	fmt.Stringer
}

type base struct{ name string }

func (b base) Name() string     { return b.name }
func (b *base) Rename(s string) { b.name = s }

type rect struct {
	base
	w, h float64
}

func (r rect) Area() float64      { return r.w * r.h }
func (r rect) Perimeter() float64 { return 2 * (r.w + r.h) }
func (r rect) String() string     { return fmt.Sprintf("%s %gx%g", r.name, r.w, r.h) }

type circle struct {
	*base
	r float64
}

func (c circle) Area() float64      { return 3 * c.r * c.r }
func (c circle) Perimeter() float64 { return 6 * c.r }
func (c circle) String() string     { return c.Name() + " circle" }

type byArea []NamedShape

func (s byArea) Len() int           { return len(s) }
func (s byArea) Less(i, j int) bool { return s[i].Area() < s[j].Area() }
func (s byArea) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

type upper struct{ io.Reader }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	copy(p, strings.ToUpper(string(p[:n])))
	return n, err
}

func main() {
	shapes := []NamedShape{rect{base{"r1"}, 3, 4}, circle{&base{"c1"}, 1}, &rect{base{"r2"}, 1, 1}}
	sort.Sort(byArea(shapes))
	for _, s := range shapes {
		fmt.Println(s, s.Area(), s.Perimeter(), s.Name())
	}
	for _, s := range shapes {
		if r, ok := s.(interface{ Rename(string) }); ok {
			r.Rename("new")
		}
		_, isRect := s.(rect)
		_, isShape := any(s).(Shape)
		fmt.Println(s.Name(), isRect, isShape)
	}
	b, err := io.ReadAll(upper{strings.NewReader("shout")})
	fmt.Println(string(b), err)
	var n Named = shapes[0]
	s, ok := n.(Shape)
	fmt.Println(ok, s == shapes[0].(Shape))
	f := Shape.Area
	g := (*rect).Area
	h := rect.Name
	fmt.Println(f(shapes[1]), g(&rect{w: 2, h: 5}), h(rect{base: base{"x"}}))
}

// Output:
// r2 1x1 1 4 r2
// c1 circle 3 6 c1
// r1 3x4 12 14 r1
// new false true
// new false true
// r1 true true
// SHOUT <nil>
// true true
// 3 10 x

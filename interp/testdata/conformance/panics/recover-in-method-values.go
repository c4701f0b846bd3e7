package main

import "fmt"

type base struct{ n int }

func (b base) Val()  { fmt.Println("  val", b.n, recover()) }
func (b *base) Ptr() { fmt.Println("  ptr", b.n, recover()) }

type S struct{ base }
type P struct{ *base }
type I interface{ Val() }
type E struct{ I }

func gen[T any](x T) { fmt.Println("  gen", x, recover()) }

type G[T any] struct{ x T }

func (g G[T]) Val() { fmt.Println("  G", g.x, recover()) }

type H struct{ G[int] }

func try(name string, f func()) {
	fmt.Println(name)
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("  not recovered:", r)
		}
	}()
	f()
}
func variadic(xs ...int) { fmt.Println("  var", xs, recover()) }

func main() {
	s, p := S{base{1}}, P{&base{2}}
	try("S.Val", func() { defer S.Val(s); panic(1) })
	try("f=S.Val", func() { f := S.Val; defer f(s); panic(1) })
	try("f=(*S).Val", func() { f := (*S).Val; defer f(&s); panic(1) })
	try("f=(*S).Ptr", func() { f := (*S).Ptr; defer f(&s); panic(1) })
	try("f=P.Ptr", func() { f := P.Ptr; defer f(p); panic(1) })
	try("f=P.Val", func() { f := P.Val; defer f(p); panic(1) })
	try("f=base.Val", func() { f := base.Val; defer f(s.base); panic(1) })
	try("f=(*base).Val", func() { f := (*base).Val; defer f(&s.base); panic(1) })
	try("defer (*base).Val", func() { defer (*base).Val(&s.base); panic(1) })
	try("f=s.Val", func() { f := s.Val; defer f(); panic(1) })
	try("f=s.Ptr", func() { f := s.Ptr; defer f(); panic(1) })
	try("f=p.Val", func() { f := p.Val; defer f(); panic(1) })
	var i I = s
	try("i.Val", func() { defer i.Val(); panic(1) })
	try("f=i.Val", func() { f := i.Val; defer f(); panic(1) })
	try("f=I.Val", func() { f := I.Val; defer f(i); panic(1) })
	try("defer I.Val", func() { defer I.Val(i); panic(1) })
	i = &s
	try("i.Val &s", func() { defer i.Val(); panic(1) })
	try("f=i.Val &s", func() { f := i.Val; defer f(); panic(1) })
	i = s.base
	try("i.Val base", func() { defer i.Val(); panic(1) })
	try("f=i.Val base", func() { f := i.Val; defer f(); panic(1) })
	i = &s.base
	try("i.Val &base", func() { defer i.Val(); panic(1) })
	i = E{s}
	try("i.Val E", func() { defer i.Val(); panic(1) })
	e := E{s}
	try("e.Val E", func() { defer e.Val(); panic(1) })
	try("f=e.Val E", func() { f := e.Val; defer f(); panic(1) })
	try("f=E.Val E", func() { f := E.Val; defer f(e); panic(1) })
	try("gen", func() { defer gen(1); panic(1) })
	try("f=gen", func() { f := gen[string]; defer f("x"); panic(1) })
	try("G", func() { defer G[int]{3}.Val(); panic(1) })
	try("f=G.Val", func() { f := G[int].Val; defer f(G[int]{4}); panic(1) })
	h := H{G[int]{5}}
	try("h.Val", func() { defer h.Val(); panic(1) })
	try("f=h.Val", func() { f := h.Val; defer f(); panic(1) })
	i = h
	try("i=h", func() { defer i.Val(); panic(1) })
	try("variadic", func() { defer variadic(1, 2); panic(1) })
	try("f=variadic", func() { f := variadic; defer f(1, 2); panic(1) })
	m := map[string]func(){"a": s.Val, "b": i.Val}
	try("map", func() { defer m["a"](); panic(1) })
	try("map b", func() { defer m["b"](); panic(1) })
	try("nested", func() { defer func() { s.Val() }(); panic(1) })
	try("nested i", func() { defer func() { i.Val() }(); panic(1) })
	try("nested f", func() { f := s.Val; defer func() { f() }(); panic(1) })
	call := func(f func()) { f() }
	try("call(f)", func() { defer call(s.Val); panic(1) })
	try("call(i.f)", func() { defer call(i.Val); panic(1) })
}

// Output:
// S.Val
//   val 1 1
// f=S.Val
//   val 1 1
// f=(*S).Val
//   val 1 1
// f=(*S).Ptr
//   ptr 1 1
// f=P.Ptr
//   ptr 2 1
// f=P.Val
//   val 2 1
// f=base.Val
//   val 1 1
// f=(*base).Val
//   val 1 1
// defer (*base).Val
//   val 1 1
// f=s.Val
//   val 1 1
// f=s.Ptr
//   ptr 1 1
// f=p.Val
//   val 2 1
// i.Val
//   val 1 1
// f=i.Val
//   val 1 1
// f=I.Val
//   val 1 1
// defer I.Val
//   val 1 1
// i.Val &s
//   val 1 1
// f=i.Val &s
//   val 1 1
// i.Val base
//   val 1 1
// f=i.Val base
//   val 1 1
// i.Val &base
//   val 1 1
// i.Val E
//   val 1 1
// e.Val E
//   val 1 1
// f=e.Val E
//   val 1 1
// f=E.Val E
//   val 1 1
// gen
//   gen 1 1
// f=gen
//   gen x 1
// G
//   G 3 1
// f=G.Val
//   G 4 1
// h.Val
//   G 5 1
// f=h.Val
//   G 5 1
// i=h
//   G 5 1
// variadic
//   var [1 2] 1
// f=variadic
//   var [1 2] 1
// map
//   val 1 1
// map b
//   G 5 1
// nested
//   val 1 <nil>
//   not recovered: 1
// nested i
//   G 5 <nil>
//   not recovered: 1
// nested f
//   val 1 <nil>
//   not recovered: 1
// call(f)
//   val 1 <nil>
//   not recovered: 1
// call(i.f)
//   G 5 <nil>
//   not recovered: 1

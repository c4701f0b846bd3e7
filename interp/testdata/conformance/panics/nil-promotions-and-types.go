package main

import (
	"errors"
	"fmt"
	"runtime"
)

type base struct{ n int }

func (b base) Val() int       { return b.n }
func (b *base) Ptr() int      { return b.n }
func (b *base) Nil() string   { return fmt.Sprint(b == nil) }
func (b base) String() string { return "base" }

type P struct{ *base }
type Q struct{ P }
type R struct{ *P }
type I interface{ Val() int }
type L int

func (l L) Val() int { return int(l) }

type PL struct{ *L }

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, rt := r.(runtime.Error)
		fmt.Printf("%s: %T %v %v\n", name, r, r, rt)
	}()
	f()
}

func main() {
	var p P
	var q Q
	var r R
	var b *base
	try("direct", func() { p.Val() })
	try("direct q", func() { q.Val() })
	try("direct r", func() { r.Val() })
	try("b", func() { b.Val() })
	try("b ptr", func() { b.Ptr() })
	try("b nil", func() { fmt.Println(b.Nil(), p.Nil(), q.Nil()) })
	try("r nil", func() { fmt.Println(r.Nil()) })
	for n, i := range []I{p, q, r, b, &p, &q, &r, (*P)(nil), (*Q)(nil), PL{}, (*L)(nil), (*PL)(nil)} {
		try(fmt.Sprint("iface ", n), func() { i.Val() })
		try(fmt.Sprint("mv ", n), func() { f := i.Val; f() })
		try(fmt.Sprint("defer ", n), func() { defer i.Val() })
		try(fmt.Sprint("expr ", n), func() { I.Val(i) })
	}
	try("mv", func() { f := p.Val; f() })
	try("me", func() { f := P.Val; f(p) })
	try("me2", func() { f := (*base).Val; f(nil) })
	try("me3", func() { f := (*P).Val; f(nil) })
	try("fmt", func() { fmt.Println(p, q, r, &p, b) })
	try("fmt", func() { fmt.Printf("%v %+v %s\n", p, q, b) })
	var s []int
	try("conv", func() { _ = [3]int(s) })
	try("conv", func() { _ = [3]int(make([]int, 2)) })
	try("convp", func() { _ = (*[3]int)(make([]int, 2)) })
	try("convp", func() { _ = (*[4]string)(make([]string, 2)) })
	type A [2]L
	try("convA", func() { _ = A(make([]L, 1)) })
	try("conv as", func() {
		defer func() {
			e := recover().(error)
			var re runtime.Error
			fmt.Println(errors.As(e, &re), re)
			panic(e)
		}()
		_ = [3]int(s)
	})
	var m map[string]int
	var f func()
	var c chan int
	var arr [3]int
	k := 5
	var a any = "x"
	var e error
	try("map", func() { m["a"] = 1 })
	try("func", func() { f() })
	try("close", func() { close(c) })
	try("idx", func() { _ = arr[k] })
	try("slice", func() { _ = arr[k:] })
	try("slice2", func() { _ = arr[2:k] })
	try("slice3", func() { _ = s[k:2] })
	try("str", func() { _ = "abc"[k] })
	try("str", func() { _ = "abc"[k:] })
	try("asrt", func() { _ = a.(int) })
	try("asrt", func() { _ = a.(I) })
	try("asrt", func() { _ = a.(fmt.Stringer) })
	try("nil", func() { _ = e.Error() })
	try("nila", func() { a = nil; _ = a.(int) })
	try("nila", func() { a = nil; _ = a.(I) })
	try("div", func() { k -= 5; _ = 1 / k })
	try("shift", func() { k = -1; _ = 1 << k })
	try("make", func() { _ = make([]int, k) })
	try("makec", func() { _ = make(chan int, k) })
	try("cmp", func() { var x, y any = []int{}, []int{}; _ = x == y })
	try("cmp2", func() { var x, y any = struct{ f any }{[]int{}}, struct{ f any }{[]int{}}; _ = x == y })
	try("key", func() { m := map[any]int{}; m[[]int{}] = 1 })
	try("key", func() { m := map[I]int{}; m[PLs{}] = 1 })
	try("panic nil", func() { panic(nil) })
	try("goexit", func() { panic(fmt.Errorf("x %w", errors.ErrUnsupported)) })
}

type PLs struct{ x []int }

func (PLs) Val() int { return 1 }

// Output:
// direct: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// direct q: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// direct r: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// b: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// b ptr: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// true true true
// b nil: <nil> <nil> false
// r nil: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 0: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 0: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 0: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 0: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 1: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 1: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 1: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 1: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 2: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 2: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 2: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 2: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 3: runtime.plainError value method main.base.Val called using nil *base pointer true
// mv 3: runtime.plainError value method main.base.Val called using nil *base pointer true
// defer 3: runtime.plainError value method main.base.Val called using nil *base pointer true
// expr 3: runtime.plainError value method main.base.Val called using nil *base pointer true
// iface 4: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 4: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 4: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 4: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 5: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 5: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 5: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 5: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 6: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 6: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 6: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 6: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 7: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 7: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 7: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 7: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 8: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 8: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 8: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 8: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 9: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 9: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 9: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 9: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// iface 10: runtime.plainError value method main.L.Val called using nil *L pointer true
// mv 10: runtime.plainError value method main.L.Val called using nil *L pointer true
// defer 10: runtime.plainError value method main.L.Val called using nil *L pointer true
// expr 10: runtime.plainError value method main.L.Val called using nil *L pointer true
// iface 11: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv 11: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// defer 11: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// expr 11: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// mv: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// me: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// me2: runtime.plainError value method main.base.Val called using nil *base pointer true
// me3: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// %!v(PANIC=String method: runtime error: invalid memory address or nil pointer dereference) %!v(PANIC=String method: runtime error: invalid memory address or nil pointer dereference) %!v(PANIC=String method: runtime error: invalid memory address or nil pointer dereference) %!v(PANIC=String method: runtime error: invalid memory address or nil pointer dereference) <nil>
// fmt: <nil> <nil> false
// %!v(PANIC=String method: runtime error: invalid memory address or nil pointer dereference) %!v(PANIC=String method: runtime error: invalid memory address or nil pointer dereference) <nil>
// fmt: <nil> <nil> false
// conv: runtime.boundsError runtime error: cannot convert slice with length 0 to array or pointer to array with length 3 true
// conv: runtime.boundsError runtime error: cannot convert slice with length 2 to array or pointer to array with length 3 true
// convp: runtime.boundsError runtime error: cannot convert slice with length 2 to array or pointer to array with length 3 true
// convp: runtime.boundsError runtime error: cannot convert slice with length 2 to array or pointer to array with length 4 true
// convA: runtime.boundsError runtime error: cannot convert slice with length 1 to array or pointer to array with length 2 true
// true runtime error: cannot convert slice with length 0 to array or pointer to array with length 3
// conv as: runtime.boundsError runtime error: cannot convert slice with length 0 to array or pointer to array with length 3 true
// map: runtime.plainError assignment to entry in nil map true
// func: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// close: runtime.plainError close of nil channel true
// idx: runtime.boundsError runtime error: index out of range [5] with length 3 true
// slice: runtime.boundsError runtime error: slice bounds out of range [5:3] true
// slice2: runtime.boundsError runtime error: slice bounds out of range [:5] with length 3 true
// slice3: runtime.boundsError runtime error: slice bounds out of range [:2] with capacity 0 true
// str: runtime.boundsError runtime error: index out of range [5] with length 3 true
// str: runtime.boundsError runtime error: slice bounds out of range [5:3] true
// asrt: *runtime.TypeAssertionError interface conversion: interface {} is string, not int true
// asrt: *runtime.TypeAssertionError interface conversion: string is not main.I: missing method Val true
// asrt: *runtime.TypeAssertionError interface conversion: string is not fmt.Stringer: missing method String true
// nil: runtime.errorString runtime error: invalid memory address or nil pointer dereference true
// nila: *runtime.TypeAssertionError interface conversion: interface {} is nil, not int true
// nila: *runtime.TypeAssertionError interface conversion: interface is nil, not main.I true
// div: runtime.errorString runtime error: integer divide by zero true
// shift: runtime.errorString runtime error: negative shift amount true
// make: runtime.errorString runtime error: makeslice: len out of range true
// makec: runtime.plainError makechan: size out of range true
// cmp: runtime.errorString runtime error: comparing uncomparable type []int true
// cmp2: runtime.errorString runtime error: comparing uncomparable type []int true
// key: runtime.errorString runtime error: hash of unhashable type []int true
// key: runtime.errorString runtime error: hash of unhashable type main.PLs true
// panic nil: *runtime.PanicNilError panic called with nil argument true
// goexit: *fmt.wrapError x unsupported operation false

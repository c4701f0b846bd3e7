package main

import (
	"errors"
	"fmt"
	"runtime"
)

type mine struct{ n int }

func (m mine) Error() string { return fmt.Sprint("mine ", m.n) }

func try(name string, f func()) {
	defer func() {
		r := recover()
		switch x := r.(type) {
		case runtime.Error:
			fmt.Println(name, "runtime:", x.Error())
		case mine:
			fmt.Println(name, "mine:", x.n)
		case error:
			fmt.Println(name, "error:", x)
		case string:
			fmt.Println(name, "string:", x)
		case nil:
			fmt.Println(name, "nothing")
		default:
			fmt.Printf("%s %T: %v\n", name, x, x)
		}
	}()
	f()
}

func main() {
	var nilMap map[string]int
	var nilPtr *mine
	var nilFunc func()
	var anything any = "text"
	var nothing any
	xs, n, zero := []int{1, 2, 3}, 5, 0
	try("none", func() {})
	try("string", func() { panic("boom") })
	try("error", func() { panic(errors.New("bad")) })
	try("mine", func() { panic(mine{4}) })
	try("value", func() { panic(42.5) })
	try("nil panic", func() { panic(nil) })
	try("index", func() { _ = xs[n] })
	try("negative", func() { _ = xs[zero-1] })
	try("slice", func() { _ = xs[1:n] })
	try("slice order", func() { _ = xs[n-2 : 1] })
	try("string index", func() { _ = "abc"[n] })
	try("map", func() { nilMap["a"] = 1 })
	try("nil pointer", func() { nilPtr.n++ })
	try("nil func", func() { nilFunc() })
	try("divide", func() { fmt.Println(n / zero) })
	try("assert", func() { _ = anything.(int) })
	try("assert nil", func() { _ = nothing.(int) })
	try("assert method", func() { _ = anything.(error) })
	try("make", func() { _ = make([]int, zero-1) })
	try("close nil", func() { var c chan int; close(c) })
	try("close twice", func() { c := make(chan int); close(c); close(c) })
	try("send closed", func() { c := make(chan int, 1); close(c); c <- 1 })
	try("uncomparable", func() { m := map[any]int{}; m[[]int{1}] = 1 })
	try("compare", func() { var a, b any = []int{1}, []int{1}; fmt.Println(a == b) })
	try("array", func() { var a [3]int; i := 3; a[i%4]++ })
	try("to array", func() { _ = [4]int(xs) })
}

// Output:
// none nothing
// string string: boom
// error error: bad
// mine mine: 4
// value float64: 42.5
// nil panic runtime: panic called with nil argument
// index runtime: runtime error: index out of range [5] with length 3
// negative runtime: runtime error: index out of range [-1]
// slice runtime: runtime error: slice bounds out of range [:5] with capacity 3
// slice order runtime: runtime error: slice bounds out of range [3:1]
// string index runtime: runtime error: index out of range [5] with length 3
// map runtime: assignment to entry in nil map
// nil pointer runtime: runtime error: invalid memory address or nil pointer dereference
// nil func runtime: runtime error: invalid memory address or nil pointer dereference
// divide runtime: runtime error: integer divide by zero
// assert runtime: interface conversion: interface {} is string, not int
// assert nil runtime: interface conversion: interface {} is nil, not int
// assert method runtime: interface conversion: string is not error: missing method Error
// make runtime: runtime error: makeslice: len out of range
// close nil runtime: close of nil channel
// close twice runtime: close of closed channel
// send closed runtime: send on closed channel
// uncomparable runtime: runtime error: hash of unhashable type []int
// compare runtime: runtime error: comparing uncomparable type []int
// array runtime: runtime error: index out of range [3] with length 3
// to array runtime: runtime error: cannot convert slice with length 3 to array or pointer to array with length 4

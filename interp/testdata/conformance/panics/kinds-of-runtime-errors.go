package main

import (
	"fmt"
	"runtime"
)

func id[T any](v T) T { return v }

func try(f func()) {
	defer func() {
		r := recover()
		_, ok := r.(runtime.Error)
		_, isErr := r.(error)
		fmt.Printf("%T %v %v %v\n", r, r, ok, isErr)
	}()
	f()
}

func main() {
	a, s, t := [3]int{}, make([]int, 2, 4), "hello"
	p := &a
	try(func() { _ = a[id(1):id(10)] })
	try(func() { _ = a[id(3):id(2)] })
	try(func() { _ = a[id(-1):] })
	try(func() { _ = p[:id(7)] })
	try(func() { _ = a[0:1:id(9)] })
	try(func() { _ = a[0:id(3):id(2)] })
	try(func() { _ = t[id(2):id(9)] })
	try(func() { _ = t[id(3):id(2)] })
	try(func() { _ = t[id(uint8(200)):] })
	try(func() { _ = s[:id(5)] })
	try(func() { _ = s[id(3):] })
	try(func() { _ = s[:id(2):id(6)] })
	try(func() { _ = s[id(5)] })
	try(func() { _ = a[id(5)] })
	try(func() { _ = t[id(-5)] })
	try(func() { _ = id(5) / id(0) })
	try(func() { var m map[string]int; m["x"]++ })
	try(func() { var x any = 5; _ = x.(string) })
	try(func() { var x *int; *x = 4 })
	try(func() { var x, y any = s, s; _ = x == y })
	try(func() { _ = make([]int, id(-1)) })
	try(func() { close((chan int)(nil)) })
	try(func() { _ = make([]int, 2, id(1)) })
	try(func() { _ = make([]int, id(1<<62)) })
	try(func() { _ = make(chan int, id(-1)) })
	try(func() {
		leak := func(yield func(int) bool) { yield(1); yield(2) }
		for range leak {
			break
		}
	})
	try(func() { panic(nil) })
	try(func() { panic(fmt.Sprint("x")) })
}

// Output:
// runtime.boundsError runtime error: slice bounds out of range [:10] with length 3 true true
// runtime.boundsError runtime error: slice bounds out of range [3:2] true true
// runtime.boundsError runtime error: slice bounds out of range [-1:] true true
// runtime.boundsError runtime error: slice bounds out of range [:7] with length 3 true true
// runtime.boundsError runtime error: slice bounds out of range [::9] with length 3 true true
// runtime.boundsError runtime error: slice bounds out of range [:3:2] true true
// runtime.boundsError runtime error: slice bounds out of range [:9] with length 5 true true
// runtime.boundsError runtime error: slice bounds out of range [3:2] true true
// runtime.boundsError runtime error: slice bounds out of range [200:5] true true
// runtime.boundsError runtime error: slice bounds out of range [:5] with capacity 4 true true
// runtime.boundsError runtime error: slice bounds out of range [3:2] true true
// runtime.boundsError runtime error: slice bounds out of range [::6] with capacity 4 true true
// runtime.boundsError runtime error: index out of range [5] with length 2 true true
// runtime.boundsError runtime error: index out of range [5] with length 3 true true
// runtime.boundsError runtime error: index out of range [-5] true true
// runtime.errorString runtime error: integer divide by zero true true
// runtime.plainError assignment to entry in nil map true true
// *runtime.TypeAssertionError interface conversion: interface {} is int, not string true true
// runtime.errorString runtime error: invalid memory address or nil pointer dereference true true
// runtime.errorString runtime error: comparing uncomparable type []int true true
// runtime.errorString runtime error: makeslice: len out of range true true
// runtime.plainError close of nil channel true true
// runtime.errorString runtime error: makeslice: cap out of range true true
// runtime.errorString runtime error: makeslice: len out of range true true
// runtime.plainError makechan: size out of range true true
// runtime.errorString runtime error: range function continued iteration after function for loop body returned false true true
// *runtime.PanicNilError panic called with nil argument true true
// string x false false

package main

import (
	"fmt"
	"strings"
)

type matrix [2][3]int

type items []string

func try(name string, f func()) {
	defer func() {
		e := recover()
		_, isErr := e.(error)
		_, isRuntime := e.(interface {
			error
			RuntimeError()
		})
		fmt.Printf("%-22s %v %v %v\n", name, e, isErr, isRuntime)
	}()
	f()
}

func main() {
	s := items{"a", "b", "c"}
	arr := [3]int{}
	p := &arr
	var m matrix
	text := "text"
	i, neg, big := 5, -1, 100
	var none []int
	try("index", func() { _ = s[i] })
	try("negative index", func() { s[neg] = "x" })
	try("array", func() { arr[i]++ })
	try("array pointer", func() { p[i] = 1 })
	try("string", func() { _ = text[i] })
	try("nil slice", func() { none[i-5] = 1 })
	try("matrix", func() { m[1][i] = 1 })
	try("matrix row", func() { _ = m[i][0] })
	try("slice high", func() { _ = s[:big] })
	try("slice low over high", func() { _ = s[i-2 : 1] })
	try("slice low", func() { _ = s[i:] })
	try("slice max", func() { _ = s[0:1:big] })
	try("slice high over max", func() { _ = s[0:i:2] })
	try("string slice", func() { _ = text[i:] })
	try("string low over high", func() { _ = text[i-2 : 1] })
	try("negative slice", func() { _ = text[neg:] })
	try("array slice", func() { _ = p[1:big] })
	try("uint8 index", func() { _ = s[uint8(200)] })
	try("uint64 index", func() { _ = s[uint64(1<<63)+uint64(i)] })
	try("divide", func() { _ = i / len(none) })
	try("modulo", func() { i %= len(none) })
	try("shift", func() { _ = 1 << neg })
	try("make slice", func() { _ = make([]int, neg) })
	try("make capacity", func() { _ = make([]int, i, i-3) })
	try("make channel", func() { _ = make(chan int, neg) })
	try("to array", func() { _ = [4]string(s) })
	try("to array pointer", func() { _ = (*[9]string)(s) })
	try("repeat", func() { _ = strings.Repeat("x", neg) })
	try("no panic", func() { _ = s[len(s):] })
}

// Output:
// index                  runtime error: index out of range [5] with length 3 true true
// negative index         runtime error: index out of range [-1] true true
// array                  runtime error: index out of range [5] with length 3 true true
// array pointer          runtime error: index out of range [5] with length 3 true true
// string                 runtime error: index out of range [5] with length 4 true true
// nil slice              runtime error: index out of range [0] with length 0 true true
// matrix                 runtime error: index out of range [5] with length 3 true true
// matrix row             runtime error: index out of range [5] with length 2 true true
// slice high             runtime error: slice bounds out of range [:100] with capacity 3 true true
// slice low over high    runtime error: slice bounds out of range [3:1] true true
// slice low              runtime error: slice bounds out of range [5:3] true true
// slice max              runtime error: slice bounds out of range [::100] with capacity 3 true true
// slice high over max    runtime error: slice bounds out of range [:5:2] true true
// string slice           runtime error: slice bounds out of range [5:4] true true
// string low over high   runtime error: slice bounds out of range [3:1] true true
// negative slice         runtime error: slice bounds out of range [-1:] true true
// array slice            runtime error: slice bounds out of range [:100] with length 3 true true
// uint8 index            runtime error: index out of range [200] with length 3 true true
// uint64 index           runtime error: index out of range [9223372036854775813] with length 3 true true
// divide                 runtime error: integer divide by zero true true
// modulo                 runtime error: integer divide by zero true true
// shift                  runtime error: negative shift amount true true
// make slice             runtime error: makeslice: len out of range true true
// make capacity          runtime error: makeslice: cap out of range true true
// make channel           makechan: size out of range true true
// to array               runtime error: cannot convert slice with length 3 to array or pointer to array with length 4 true true
// to array pointer       runtime error: cannot convert slice with length 3 to array or pointer to array with length 9 true true
// repeat                 strings: negative Repeat count false false
// no panic               <nil> false false

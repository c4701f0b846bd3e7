package main

import (
	"fmt"
	"iter"
)

func stubborn(yield func(int) bool) {
	for i := range 3 {
		yield(i)
	}
}

func attempt(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, "->", e)
		}
	}()
	f()
	fmt.Println(name, "ends")
}

func panicking(yield func(string) bool) {
	defer fmt.Println("cleanup in the iterator")
	yield("one")
	panic("iterator failed")
}

func swallowing(yield func(int) bool) {
	defer func() { fmt.Println("swallowed:", recover()) }()
	yield(1)
}

func main() {
	attempt("all values", func() {
		for v := range stubborn {
			fmt.Print(v, " ")
		}
	})
	attempt("break ignored", func() {
		for v := range stubborn {
			if v == 1 {
				break
			}
		}
	})
	attempt("body panics", func() {
		for v := range panicking {
			panic("body " + v)
		}
	})
	attempt("iterator panics", func() {
		for v := range panicking {
			fmt.Println("got", v)
		}
	})
	attempt("panic swallowed", func() {
		for v := range swallowing {
			panic(fmt.Sprint("value ", v))
		}
	})
	var saved func(int) bool
	attempt("yield kept", func() {
		for v := range func(yield func(int) bool) { saved = yield; yield(5) } {
			fmt.Println("value", v)
		}
		saved(6)
	})
	var nilSeq iter.Seq[int]
	attempt("nil iterator", func() {
		for range nilSeq {
		}
	})
	next, stop := iter.Pull(iter.Seq[int](stubborn))
	fmt.Println(next())
	stop()
	fmt.Println(next())
	stop()
	p, stopP := iter.Pull(iter.Seq[string](panicking))
	fmt.Println(p())
	attempt("pulled panic", func() { p() })
	fmt.Println(p())
	stopP()
}

// Output:
// 0 1 2 all values ends
// break ignored -> runtime error: range function continued iteration after function for loop body returned false
// cleanup in the iterator
// body panics -> body one
// got one
// cleanup in the iterator
// iterator panics -> iterator failed
// swallowed: value 1
// panic swallowed -> runtime error: range function recovered a loop body panic and did not resume panicking
// value 5
// yield kept -> runtime error: range function continued iteration after whole loop exit
// nil iterator -> runtime error: invalid memory address or nil pointer dereference
// 0 true
// 0 false
// one true
// cleanup in the iterator
// pulled panic -> iterator failed
//  false

package main

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

type R struct{ n int }

func (r R) show(s string)   { fmt.Print(s, r.n, " ") }
func (r *R) showp(s string) { fmt.Print(s, r.n, " ") }
func (r *R) Close() error   { r.n++; return errors.New("closed") }
func handler(name string)   { fmt.Print(name, ":", recover(), " ") }
func helper() any           { return recover() }
func cond(b bool) (s string) {
	defer func() { s += "!" }()
	if b {
		return "yes"
	}
	return "no"
}

type Res interface{ Close() error }

func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			n *= 2
		}
	}()
	n = 21
	var m map[string]int
	m["x"] = 1
	return 1, nil
}

func order() {
	r := R{1}
	defer r.show("v")
	defer r.showp("p")
	r.n = 2
	for i := range 3 {
		defer fmt.Print(i, " ")
	}
	x := "before"
	defer fmt.Print(x, " ")
	x = "after"
	defer func(s string) { fmt.Print(s, x, " ") }(x)
	x = "last"
}

func second() {
	defer fmt.Println("third")
	defer func() { fmt.Print("outer ", recover(), " ") }()
	defer func() {
		defer func() { fmt.Print("inner ", recover(), " ") }()
		panic("two")
	}()
	panic("one")
}

func replaced() (v any) {
	defer func() { v = recover() }()
	defer func() { panic("new") }()
	panic("old")
}

func notHere() (v any) {
	defer func() { v = recover() }()
	defer func() { fmt.Print(helper(), " ") }()
	panic(1)
}

func nested() (v any) {
	defer func() { v = recover() }()
	func() {
		defer handler("nested")
		panic("deep")
	}()
	panic("shallow")
}

func loop() (out []int) {
	for i := range 5 {
		func() {
			defer func() {
				if recover() == nil {
					out = append(out, i)
				}
			}()
			if i%2 == 1 {
				panic(i)
			}
		}()
	}
	return out
}

func withRange(stop int) (s string) {
	defer func() { s = "[" + s + "]" }()
	for _, w := range strings.Fields("a b c d") {
		defer func() { s += w }()
		if len(s) == stop && w == "c" {
			return "early"
		}
	}
	return "all"
}

func locked() int {
	var mu sync.Mutex
	func() { mu.Lock(); defer mu.Unlock() }()
	mu.Lock()
	defer mu.Unlock()
	return 1
}

func runtimeErrors() {
	var p *R
	var a []int
	var f func()
	zero, neg, ten := 0, -1, 10
	var x any = "s"
	for i, try := range []func(){
		func() { fmt.Print(p.n) },
		func() { fmt.Print(a[ten]) },
		func() { fmt.Print([3]int{}[ten%11]) },
		func() { fmt.Print("abc"[ten]) },
		func() { fmt.Print(a[1:zero]) },
		func() { fmt.Print(1 / zero) },
		func() { f() },
		func() { fmt.Print(x.(int)) },
		func() { fmt.Print(x.(fmt.Stringer)) },
		func() { fmt.Print(1 << neg) },
		func() { fmt.Print(make([]int, neg)) },
		func() { fmt.Print([2]int(a)) },
		func() { close((chan int)(nil)) },
		func() { fmt.Print(any(a) == any(a)) },
		func() { fmt.Print(map[any]int{}[a]) },
		func() { panic(nil) },
		func() { panic(fmt.Sprint("text ", i0)) },
	} {
		func() {
			defer func() {
				r := recover()
				_, isErr := r.(error)
				fmt.Println(i, r, isErr)
			}()
			try()
		}()
	}
}

const i0 = 5

func main() {
	fmt.Println(named())
	order()
	fmt.Println()
	second()
	fmt.Println(replaced(), notHere(), nested(), cond(true), cond(false), loop())
	fmt.Println(withRange(0), withRange(1), locked())
	runtimeErrors()
	var res Res = &R{}
	func() { defer res.Close() }()
	fmt.Println(res.(*R).n)
}

// Output:
// 42 recovered: assignment to entry in nil map
// afterlast before 2 1 0 p2 v1
// inner two outer one third
// <nil> nested:deep new 1 shallow yes! no! [0 2 4]
// [earlycba] [alldcba] 1
// 0 runtime error: invalid memory address or nil pointer dereference true
// 1 runtime error: index out of range [10] with length 0 true
// 2 runtime error: index out of range [10] with length 3 true
// 3 runtime error: index out of range [10] with length 3 true
// 4 runtime error: slice bounds out of range [1:0] true
// 5 runtime error: integer divide by zero true
// 6 runtime error: invalid memory address or nil pointer dereference true
// 7 interface conversion: interface {} is string, not int true
// 8 interface conversion: string is not fmt.Stringer: missing method String true
// 9 runtime error: negative shift amount true
// 10 runtime error: makeslice: len out of range true
// 11 runtime error: cannot convert slice with length 0 to array or pointer to array with length 2 true
// 12 close of nil channel true
// 13 runtime error: comparing uncomparable type []int true
// 14 hash of unhashable type: []int true
// 15 panic called with nil argument true
// 16 text 5 false
// 1

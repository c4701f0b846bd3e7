package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type inner struct{ error }

func sorted(xs []int) (err error) {
	defer func() {
		r := recover()
		_, ok := r.(inner)
		err = fmt.Errorf("recovered %T %v", r, ok)
	}()
	sort.Slice(xs, func(i, j int) bool {
		defer func() { xs[0] = 7 }()
		panic(inner{})
	})
	return nil
}

func deep(n int, trace *[]int) int {
	defer func() { *trace = append(*trace, n) }()
	if n == 0 {
		panic(errors.New("deep"))
	}
	return deep(n-1, trace) + 1
}

type S struct{}

func (S) String() string { defer func() {}(); panic("in String") }

func main() {
	xs := []int{3, 1, 2}
	fmt.Println(sorted(xs), xs[0])
	again := func() int {
		defer func() { fmt.Println("again") }()
		return len(xs)
	}
	fmt.Println(again(), sorted(xs))
	var trace []int
	func() {
		defer func() { fmt.Println(recover(), len(trace), trace[:3]) }()
		deep(300, &trace)
	}()
	fmt.Println(S{}, fmt.Sprintf("%v|%s", S{}, []S{{}}))
	func() {
		defer func() { fmt.Println(recover()) }()
		defer func() {
			defer func() { panic(fmt.Sprint("third after ", recover())) }()
			panic("second")
		}()
		strings.Map(func(r rune) rune { defer func() {}(); panic("first") }, "x")
	}()
	n := 0
	strings.Map(func(r rune) rune {
		defer func() {
			if recover() != nil {
				n++
			}
		}()
		if n < 2 {
			panic(r)
		}
		return r
	}, "abcd")
	fmt.Println(n)
	deep(5, &trace) // ends the program
}

// Exit status: 2

// Output:
// recovered main.inner true 7
// again
// 3 recovered main.inner true
// deep 301 [0 1 2]
// %!v(PANIC=String method: in String) %!v(PANIC=String method: in String)|[%!s(PANIC=String method: in String)]
// third after second
// 2

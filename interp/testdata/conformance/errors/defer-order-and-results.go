package main

import (
	"errors"
	"fmt"
)

func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = -1, fmt.Errorf("recovered: %v", r)
		}
	}()
	defer func() { n *= 2 }()
	n = 5
	panic("x")
}

func override() (n int) {
	defer func() { n++ }()
	return 10
}

func ordered() {
	for i := range 3 {
		defer fmt.Print(" ", i)
	}
	x := 1
	defer fmt.Print(" arg", x)
	x = 2
	defer func() { fmt.Print(" closure", x) }()
	x = 3
}

func rethrow() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.Join(fmt.Errorf("outer saw %v", r))
		}
	}()
	defer func() {
		r := recover()
		panic(fmt.Sprint("again ", r))
	}()
	panic("first")
}

type resource struct{ name string }

func (r *resource) Close() { fmt.Println("close", r.name) }

func methods() {
	r := &resource{"one"}
	defer r.Close()
	r = &resource{"two"}
	defer r.Close()
}

func main() {
	fmt.Println(named())
	fmt.Println(override())
	ordered()
	fmt.Println()
	fmt.Println(rethrow())
	methods()
	func() {
		defer func() { fmt.Println("no panic:", recover()) }()
	}()
}

// Output:
// -1 recovered: x
// 11
//  closure3 arg1 2 1 0
// outer saw again first
// close two
// close one
// no panic: <nil>

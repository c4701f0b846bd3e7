package main

import (
	"errors"
	"fmt"
)

func f() (r int, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("rec: %v", x)
			r = 9
		}
	}()
	var m map[string]int
	m["a"] = 1
	return 1, nil
}
func g() (s string) {
	for i := 0; i < 3; i++ {
		defer func() { s += fmt.Sprint(i) }()
	}
	defer func() { s += "x" }()
	return "r"
}
func h() (err error) {
	defer func() { err = errors.Join(err, errors.New("late")) }()
	return errors.New("first")
}
func main() {
	fmt.Println(f())
	fmt.Println(g())
	fmt.Println(h())
	func() { defer func() { fmt.Println(recover()) }(); var a []int; _ = a[3] }()
	func() { defer func() { fmt.Println(recover()) }(); panic(errors.New("boom")) }()
}

// Output:
// 9 rec: assignment to entry in nil map
// rx210
// first
// late
// runtime error: index out of range [3] with length 0
// boom

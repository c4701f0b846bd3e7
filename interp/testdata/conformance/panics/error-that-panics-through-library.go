package main

import (
	"errors"
	"fmt"
	"sort"
)

type inner struct{ error }

// A panic with an error whose text cannot be had, through code of the library and
// functions with deferred calls.
func sorted(xs []int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("recovered")
		}
	}()
	sort.Slice(xs, func(i, j int) bool {
		defer func() { xs[0] = 7 }()
		panic(inner{})
	})
	return nil
}

func main() {
	xs := []int{3, 1, 2}
	fmt.Println(sorted(xs), xs[0])
	again := func() int {
		defer func() { fmt.Println("again") }()
		return len(xs)
	}
	fmt.Println(again(), sorted(xs))
}

// Output:
// recovered 7
// again
// 3 recovered

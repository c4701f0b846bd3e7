package main

import (
	"fmt"
	"iter"
)

func Gen() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) { _ = yield(1, "a") && yield(2, "b") }
}
func main() {
	for k, v := range Gen() {
		fmt.Println(k, v)
	}
}

// Output:
// 1 a
// 2 b

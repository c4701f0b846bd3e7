package main

import (
	"fmt"
	"slices"
)

func main() {
	s := []int{3, 1, 2}
	fmt.Println(slices.Contains(s, 2), slices.Index(s, 3))
	r := slices.Clone(s)
	slices.Reverse(r)
	fmt.Println(r, slices.Equal(s, r), slices.IndexFunc(s, func(i int) bool { return i == 2 }))
	fmt.Println(slices.Insert(s, 1, 9), slices.Compact([]int{1, 1, 2}))
}

// Output:
// true 0
// [2 1 3] false 2
// [3 9 1 2] [1 2]

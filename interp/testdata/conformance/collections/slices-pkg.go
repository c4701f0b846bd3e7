package main

import (
	"cmp"
	"fmt"
	"slices"
)

type P struct {
	N string
	A int
}

func main() {
	s := []int{3, 1, 2}
	slices.Sort(s)
	fmt.Println(s, slices.Contains(s, 2), slices.Index(s, 3), slices.Max(s))
	ps := []P{{"b", 2}, {"a", 1}}
	slices.SortFunc(ps, func(a, b P) int { return cmp.Compare(a.A, b.A) })
	fmt.Println(ps)
	r := slices.Clone(s)
	slices.Reverse(r)
	fmt.Println(r, slices.Equal(s, r))
}

// Output:
// [1 2 3] true 2 3
// [{a 1} {b 2}]
// [3 2 1] false

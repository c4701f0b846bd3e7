package main

import (
	"fmt"
	"maps"
	"slices"
)

func main() {
	m := map[string]int{"b": 2, "a": 1}
	ks := slices.Sorted(maps.Keys(m))
	fmt.Println(ks)
	n := maps.Clone(m)
	n["c"] = 3
	fmt.Println(len(m), len(n), maps.Equal(m, n))
}

// Output:
// [a b]
// 2 3 false

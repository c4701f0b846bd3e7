package main

import (
	"fmt"
	"sort"
)

type Ord interface{ ~int | ~string }

func SortBy[T any, K Ord](xs []T, key func(T) K) {
	sort.Slice(xs, func(i, j int) bool { return key(xs[i]) < key(xs[j]) })
}
func Keys[M ~map[K]V, K comparable, V any](m M) []K {
	r := make([]K, 0, len(m))
	for k := range m {
		r = append(r, k)
	}
	return r
}
func main() {
	xs := []string{"ccc", "a", "bb"}
	SortBy(xs, func(s string) int { return len(s) })
	fmt.Println(xs)
	fmt.Println(len(Keys(map[string]int{"a": 1})))
}

// Output:
// [a bb ccc]
// 1

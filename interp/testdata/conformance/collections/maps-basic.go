package main

import (
	"fmt"
	"maps"
)

func main() {
	m := map[string]int{"b": 2, "a": 1}
	n := maps.Clone(m)
	n["c"] = 3
	fmt.Println(len(m), len(n), maps.Equal(m, n))
	maps.DeleteFunc(n, func(k string, v int) bool { return v > 1 })
	fmt.Println(n)
}

// Output:
// 2 3 false
// map[a:1]

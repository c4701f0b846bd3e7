package main

import (
	"fmt"
	"sort"
)

func main() {
	m := map[int]bool{}
	for i := range 20 {
		m[i] = true
	}
	seen := 0
	for k := range m {
		seen++
		delete(m, k)
		delete(m, k+1)
		delete(m, k-1)
	}
	fmt.Println(seen <= 20, len(m))
	words := map[string]int{"b": 2, "a": 1, "c": 3}
	keys := make([]string, 0, len(words))
	for k := range words {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println(keys)
	var nothing map[string]int
	for range nothing {
		fmt.Println("never")
	}
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		if i == 2 {
			fmt.Println(v)
		}
	}
	for i, v := range &arr {
		arr[2] = 20
		if i == 2 {
			fmt.Println(v)
		}
	}
	sl := []int{1, 2, 3}
	for i := range sl {
		sl = append(sl, i)
	}
	fmt.Println(sl)
}

// Output:
// true 0
// [a b c]
// 3
// 20
// [1 2 3 0 1 2]

package main

import "fmt"

type P struct {
	X int
	T []string
}

func main() {
	m := map[string]P{}
	p := m["a"]
	p.X = 3
	m["a"] = p
	m["b"] = P{4, []string{"t"}}
	q := m["a"]
	q.X = 9
	fmt.Println(m["a"].X, len(m), m["b"].T)
	mp := map[string]*P{"k": {X: 1}}
	mp["k"].X++
	fmt.Println(mp["k"].X)
	delete(m, "a")
	_, ok := m["a"]
	fmt.Println(ok)
	mm := map[string]map[string]int{}
	if mm["a"] == nil {
		mm["a"] = map[string]int{}
	}
	mm["a"]["b"]++
	fmt.Println(mm)
}

// Output:
// 3 2 [t]
// 2
// false
// map[a:map[b:1]]

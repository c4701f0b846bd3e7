package main

import (
	"fmt"
	"sort"
)

type P struct {
	N string
	A int
}

func main() {
	ps := []P{{"b", 2}, {"a", 1}, {"c", 0}}
	sort.Slice(ps, func(i, j int) bool { return ps[i].A < ps[j].A })
	fmt.Println(ps)
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].N < ps[j].N })
	fmt.Println(ps, sort.Search(10, func(i int) bool { return i >= 4 }))
}

// Output:
// [{c 0} {a 1} {b 2}]
// [{a 1} {b 2} {c 0}] 4

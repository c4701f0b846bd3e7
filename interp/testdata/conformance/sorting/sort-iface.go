package main

import (
	"fmt"
	"sort"
)

type by []string

func (b by) Len() int           { return len(b) }
func (b by) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b by) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func main() {
	s := by{"ccc", "a", "bb"}
	sort.Sort(s)
	fmt.Println(s)
	sort.Sort(sort.Reverse(s))
	fmt.Println(s)
}

// Output:
// [a bb ccc]
// [ccc bb a]

package main

import "fmt"

func main() {
	var ps []*int
	for i := 0; i < 4; i++ {
		if i == 1 {
			i++
		}
		ps = append(ps, &i)
	}
	for _, p := range ps {
		fmt.Print(" ", *p)
	}
	fmt.Println()
}

// Output:
//  0 2 3

package main

import "fmt"

func main() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for i, v := range []int{5, 6} {
		fs = append(fs, func() int { return i*100 + v })
	}
	for i := range 2 {
		fs = append(fs, func() int { i++; return i })
	}
	for _, f := range fs {
		fmt.Print(" ", f(), f())
	}
	fmt.Println()
	var skip []func() int
	for i := 0; i < 6; i++ {
		if i%2 == 0 {
			continue
		}
		skip = append(skip, func() int { return i })
		i++
	}
	for _, f := range skip {
		fmt.Print(" ", f())
	}
	fmt.Println()
}

// Output:
//  0 0 10 100 20 200 5 5 106 106 1 2 2 3
//  2 4 6

package main

import (
	"fmt"
	"iter"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("count ends")
		for i := range n {
			if !yield(i) {
				fmt.Println("stopped at", i)
				return
			}
		}
	}
}

func firstSquareAbove(limit int) (n int, err error) {
	defer func() { fmt.Println("deferred", n) }()
	for i := range count(100) {
		defer fmt.Println("deferred in loop", i)
		if i == 1 {
			continue
		}
		if i*i > limit {
			return i * i, nil
		}
	}
	return 0, fmt.Errorf("none")
}

func nested() string {
outer:
	for i := range count(3) {
		for j := range count(3) {
			switch {
			case j == 1 && i == 0:
				continue outer
			case i == 1:
				break outer
			}
			fmt.Println(i, j)
		}
	}
	return "done"
}

func main() {
	fmt.Println(firstSquareAbove(5))
	fmt.Println(nested())
}

// Output:
// stopped at 3
// count ends
// deferred in loop 3
// deferred in loop 2
// deferred in loop 1
// deferred in loop 0
// deferred 9
// 9 <nil>
// 0 0
// stopped at 1
// count ends
// stopped at 0
// count ends
// stopped at 1
// count ends
// done

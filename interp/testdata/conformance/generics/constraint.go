package main

import "fmt"

type Num interface{ ~int | ~int64 | ~float64 }

func Sum[T Num](xs ...T) T {
	var s T
	for _, x := range xs {
		s += x
	}
	return s
}

type My int

func main() { fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum(My(3), My(4))) }

// Output:
// 6 3.5 7

package main

import "fmt"

type W int

const (
	A W = iota
	B
	_
	D
)
const (
	KB = 1 << (10 * (iota + 1))
	MB
)
const (
	x, y = iota, iota * 10
	z, w
)

func (w W) String() string { return [...]string{"a", "b", "c", "d"}[w] }
func main()                { fmt.Println(A, B, D, KB, MB, x, y, z, w); const big = 1 << 100; fmt.Println(big >> 98) }

// Output:
// a b d 1024 1048576 0 0 1 10
// 4

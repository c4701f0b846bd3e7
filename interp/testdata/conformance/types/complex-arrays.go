package main

import "fmt"

func mod(a [3]int) [3]int { a[0] = 99; return a }
func main() {
	c := complex(1, 2)
	c *= c
	fmt.Println(c, real(c), imag(c))
	a := [3]int{1, 2, 3}
	b := a
	b[1] = 7
	fmt.Println(a, b, mod(a), a, a == [3]int{1, 2, 3})
	var g [2][2]int
	g[1][0] = 4
	fmt.Println(g, len(g))
	p := &a
	p[2] = 8
	for i, v := range p {
		fmt.Print(" ", i, v)
	}
	e := [...]string{2: "c", 0: "a"}
	fmt.Println(len(e), e)
}

// Output:
// (-3+4i) -3 4
// [1 2 3] [1 7 3] [99 2 3] [1 2 3] true
// [[0 0] [4 0]] 2
//  0 1 1 2 2 83 [a  c]

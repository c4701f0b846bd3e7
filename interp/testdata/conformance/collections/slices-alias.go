package main

import "fmt"

func main() {
	a := []int{1, 2, 3, 4}
	b := a[1:3]
	b[0] = 9
	b = append(b, 10)
	fmt.Println(a, b, len(b), cap(b))
	c := a[1:2:2]
	c = append(c, 7)
	fmt.Println(a, c)
	d := make([]int, 2, 10)
	copy(d, a)
	fmt.Println(d)
	var n []int
	fmt.Println(n == nil, len(n), append(n, 1))
	arr := [4]int{1, 2, 3, 4}
	s := arr[:]
	s[0] = 5
	fmt.Println(arr)
	x := [2]int(s[:2])
	fmt.Println(x)
}

// Output:
// [1 9 3 10] [9 3 10] 3 3
// [1 9 3 10] [9 7]
// [1 9]
// true 0 [1]
// [5 2 3 4]
// [5 2]

package main

import "fmt"

func two() (int, string)          { return 1, "a" }
func take(i int, s string) string { return fmt.Sprint(i, s) }
func main() {
	a, b := 1, 2
	a, b = b, a
	fmt.Println(a, b)
	s := []int{1, 2, 3}
	s[0], s[2] = s[2], s[0]
	fmt.Println(s, take(two()))
	i := 0
	i, s[i] = 2, 9
	fmt.Println(i, s)
	var x, y = two()
	fmt.Println(x, y)
}

// Output:
// 2 1
// [3 2 1] 1a
// 2 [9 2 1]
// 1 a

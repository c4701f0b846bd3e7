package main

import (
	"fmt"
	"strconv"
)

var x = 1

func f() (int, error) { return strconv.Atoi("12") }
func main() {
	x := x + 1
	{
		x := x * 10
		fmt.Println(x)
	}
	if x, err := f(); err == nil {
		fmt.Println(x)
	}
	fmt.Println(x)
	y, err := f()
	z, err := strconv.Atoi("q")
	fmt.Println(y, z, err != nil)
	len := func(s string) int { return 42 }
	fmt.Println(len("a"))
	string := "str"
	fmt.Println(string)
}

// Output:
// 20
// 12
// 2
// 12 0 true
// 42
// str

package main

import "fmt"

type A struct {
	X int `json:"x"`
}
type B struct{ X int }
type F float64
type SS []string

func (s SS) Len2() int { return len(s) * 2 }
func main() {
	a := A{1}
	b := B(a)
	fmt.Println(b)
	f := F(2.5)
	fmt.Println(float64(f)*2, SS([]string{"a"}).Len2())
}

// Output:
// {1}
// 5 2

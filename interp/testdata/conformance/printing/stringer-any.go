package main

import "fmt"

type T struct{ n int }

func (t T) String() string { return fmt.Sprintf("T<%d>", t.n) }
func main() {
	var a any = T{1}
	fmt.Println(a)
	xs := []any{T{2}, "x"}
	fmt.Println(xs...)
	s := fmt.Sprint(a)
	fmt.Println(s)
}

// Output:
// T<1>
// T<2> x
// T<1>

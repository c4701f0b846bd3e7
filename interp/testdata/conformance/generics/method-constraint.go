package main

import "fmt"

type Stringish interface {
	comparable
	String() string
}
type A int

func (a A) String() string { return fmt.Sprintf("A%d", int(a)) }
func Join[T Stringish](xs []T) string {
	s := ""
	for _, x := range xs {
		s += x.String()
	}
	return s
}
func main() { fmt.Println(Join([]A{1, 2})) }

// Output:
// A1A2

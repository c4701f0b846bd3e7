package main

import "fmt"

type T struct{ n int }

func (t *T) P() { fmt.Print(" ", "P", t.n) }
func main() {
	x := 1
	defer fmt.Println("deferred", x)
	x = 2
	t := &T{1}
	defer t.P()
	t.n = 5
	for i := 0; i < 2; i++ {
		defer fmt.Print(" ", i)
	}
}

// Output:
//  1 0 P5deferred 1

package main

import "fmt"

type coded struct{ code int }

func (c coded) Error() string { return fmt.Sprint("code ", c.code) }

func inner(n int) {
	if n == 0 {
		panic(coded{7})
	}
	defer fmt.Println("unwinding", n)
	inner(n - 1)
}

func main() {
	defer fmt.Println("main deferred")
	fmt.Println("before")
	inner(2)
	fmt.Println("not reached")
}

// Exit status: 2

// Output:
// before
// unwinding 1
// unwinding 2
// main deferred

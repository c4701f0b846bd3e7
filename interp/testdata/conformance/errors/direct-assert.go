package main

import "fmt"

type E struct{ Code int }

func (e *E) Error() string { return fmt.Sprint("E", e.Code) }
func f() error             { return &E{4} }
func main() {
	err := f()
	if e, ok := err.(*E); ok {
		fmt.Println(e.Code)
	}
	switch v := err.(type) {
	case *E:
		fmt.Println("E", v.Code)
	default:
		fmt.Println("?")
	}
}

// Output:
// 4
// E 4

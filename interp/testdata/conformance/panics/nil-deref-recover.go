package main

import "fmt"

type T struct{ N int }

func f(t *T) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return fmt.Errorf("%d", t.N)
}
func main() { fmt.Println(f(nil)) }

// Output:
// runtime error: invalid memory address or nil pointer dereference

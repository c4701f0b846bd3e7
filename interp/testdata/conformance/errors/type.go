package main

import (
	"errors"
	"fmt"
)

type E struct{ Code int }

func (e *E) Error() string { return fmt.Sprint("E", e.Code) }
func f() error             { return fmt.Errorf("wrap: %w", &E{4}) }
func main() {
	err := f()
	var e *E
	if errors.As(err, &e) {
		fmt.Println("as", e.Code)
	} else {
		fmt.Println("no")
	}
	fmt.Println(err)
}

// Output:
// as 4
// wrap: E4

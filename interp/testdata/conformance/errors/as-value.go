package main

import (
	"errors"
	"fmt"
)

type E struct{ Code int }

func (e E) Error() string { return fmt.Sprint("E", e.Code) }
func main() {
	var err error = fmt.Errorf("w: %w", E{3})
	var e E
	fmt.Println(errors.As(err, &e), e.Code)
}

// Output:
// true 3

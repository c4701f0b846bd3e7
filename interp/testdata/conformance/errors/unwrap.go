package main

import (
	"errors"
	"fmt"
	"io"
)

type E struct{ err error }

func (e *E) Error() string { return "E:" + e.err.Error() }
func (e *E) Unwrap() error { return e.err }
func main()                { var err error = &E{io.EOF}; fmt.Println(errors.Is(err, io.EOF), err) }

// Output:
// true E:EOF

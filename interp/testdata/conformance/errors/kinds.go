package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

type NotFound struct{ Name string }

func (e NotFound) Error() string { return e.Name + " not found" }

type Temporary struct{ err error }

func (e *Temporary) Error() string   { return "temporary: " + e.err.Error() }
func (e *Temporary) Unwrap() error   { return e.err }
func (e *Temporary) Is(t error) bool { return t == errTemporary }

var errTemporary = errors.New("temporary")

func load(name string) error {
	switch name {
	case "missing":
		return fmt.Errorf("load: %w", NotFound{name})
	case "slow":
		return fmt.Errorf("load: %w", &Temporary{io.ErrUnexpectedEOF})
	case "both":
		return errors.Join(NotFound{"x"}, &Temporary{io.EOF})
	case "path":
		return &fs.PathError{Op: "open", Path: name, Err: os.ErrNotExist}
	}
	return nil
}

func main() {
	for _, name := range []string{"missing", "slow", "both", "path", "ok"} {
		err := load(name)
		var nf NotFound
		var tmp *Temporary
		var pe *fs.PathError
		fmt.Println(name, "as", errors.As(err, &nf), errors.As(err, &tmp), errors.As(err, &pe))
		fmt.Println(name, "is", errors.Is(err, errTemporary), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, NotFound{"missing"}), errors.Is(err, fs.ErrNotExist))
		fmt.Printf("%v | %q | %T\n", err, nf.Name, err)
	}
}

// Output:
// missing as true false false
// missing is false false true false
// load: missing not found | "missing" | *fmt.wrapError
// slow as false true false
// slow is true true false false
// load: temporary: unexpected EOF | "" | *fmt.wrapError
// both as true true false
// both is true false false false
// x not found
// temporary: EOF | "x" | *errors.joinError
// path as false false true
// path is false false false true
// open path: file does not exist | "" | *fs.PathError
// ok as false false false
// ok is false false false false
// <nil> | "" | <nil>

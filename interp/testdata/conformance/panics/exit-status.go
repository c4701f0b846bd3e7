package main

import (
	"errors"
	"fmt"
	"os"
)

type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }

func (e *exitError) Unwrap() error { return e.err }

var errUsage = errors.New("usage: tool <command>")

func run(args []string, out *[]string) (err error) {
	defer func() { *out = append(*out, fmt.Sprint("ran ", args, " ", err != nil)) }()
	if len(args) == 0 {
		return &exitError{64, errUsage}
	}
	switch args[0] {
	case "ok":
		return nil
	case "fail":
		return errors.New("failed")
	}
	return fmt.Errorf("command %q: %w", args[0], &exitError{code: 3, err: errUsage})
}

func status(err error) int {
	var e *exitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e.code
	}
	return 1
}

func main() {
	var out []string
	defer fmt.Println("deferred calls do not run")
	last := 0
	for _, args := range [][]string{{"ok"}, {"fail"}, nil, {"other", "x"}} {
		last = status(run(args, &out))
		fmt.Println(last, out[len(out)-1])
	}
	func() {
		defer func() {
			fmt.Println("deferred in an inner call", recover())
		}()
		panic("before the end")
	}()
	os.Exit(last)
}

// Exit status: 3

// Output:
// 0 ran [ok] false
// 1 ran [fail] true
// 64 ran [] true
// 3 ran [other x] true
// deferred in an inner call before the end

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

type Kind uint8

const (
	NotFound Kind = iota + 1
	Conflict
)

func (k Kind) Error() string { return [...]string{"?", "not found", "conflict"}[k] }

type OpError struct {
	Op   string
	Kind Kind
	Err  error
}

func (e *OpError) Error() string { return e.Op + ": " + e.Kind.Error() }

func (e *OpError) Unwrap() []error { return []error{e.Kind, e.Err} }

type timeout struct{ after int }

func (t timeout) Error() string { return fmt.Sprintf("timed out after %ds", t.after) }

func (t timeout) Timeout() bool { return t.after > 0 }

func (t timeout) Is(target error) bool { return target == fs.ErrNotExist && t.after == 404 }

type adapter struct{ inner error }

func (a adapter) Error() string { return "adapted " + a.inner.Error() }

func (a adapter) As(target any) bool {
	switch p := target.(type) {
	case *timeout:
		*p = timeout{-1}
		return true
	case **OpError:
		*p = &OpError{Op: "from adapter"}
		return true
	}
	return false
}

type multi []error

func (m multi) Error() string {
	var parts []string
	for _, e := range m {
		parts = append(parts, e.Error())
	}
	return strings.Join(parts, "; ")
}

func (m multi) Unwrap() []error { return m }

type looping struct{ n int }

func (l looping) Error() string { return fmt.Sprint("level ", l.n) }

func (l looping) Unwrap() error {
	if l.n == 0 {
		return io.ErrUnexpectedEOF
	}
	return looping{l.n - 1}
}

func main() {
	err := error(&OpError{"load", NotFound, timeout{3}})
	wrapped := fmt.Errorf("request 7: %w", err)
	fmt.Println(wrapped)
	fmt.Println(errors.Is(wrapped, NotFound), errors.Is(wrapped, Conflict), errors.Is(wrapped, timeout{3}), errors.Is(wrapped, timeout{4}), errors.Is(wrapped, err))
	var k Kind
	var op *OpError
	var to timeout
	var tm interface{ Timeout() bool }
	fmt.Println(errors.As(wrapped, &k), k, errors.As(wrapped, &op), op.Op, errors.As(wrapped, &to), to.after, errors.As(wrapped, &tm), tm.Timeout())
	fmt.Println(errors.Is(timeout{404}, fs.ErrNotExist), errors.Is(timeout{1}, fs.ErrNotExist), errors.Unwrap(err) == nil)
	a := adapter{io.EOF}
	fmt.Println(errors.As(a, &to), to, errors.As(a, &op), op.Op, errors.As(a, &k), errors.Is(a, io.EOF))
	m := multi{io.EOF, wrapped, fmt.Errorf("two %w and %w", Conflict, io.ErrClosedPipe)}
	fmt.Println(m)
	fmt.Println(errors.Is(m, Conflict), errors.Is(m, io.ErrClosedPipe), errors.Is(m, io.EOF), errors.As(m, &op), op.Op)
	var asMulti multi
	fmt.Println(errors.As(fmt.Errorf("x: %w", m), &asMulti), len(asMulti))
	fmt.Println(errors.Is(looping{5}, io.ErrUnexpectedEOF), errors.Is(looping{5}, looping{2}), errors.Is(looping{5}, looping{6}))
	j := errors.Join(nil, err, nil, io.EOF)
	fmt.Printf("%q %t %t\n", j.Error(), errors.Is(j, timeout{3}), errors.Join(nil, nil) == nil)
	fmt.Printf("%T %T %T %v\n", wrapped, j, fmt.Errorf("%w %w", k, k), errors.Unwrap(wrapped) == err)
	func() {
		defer func() { fmt.Println(recover()) }()
		errors.As(err, nil)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var s string
		errors.As(err, any(&s))
	}()
}

// Output:
// request 7: load: not found
// true false true false true
// true not found true load true 3 true true
// true false true
// true timed out after -1s true from adapter false false
// EOF; request 7: load: not found; two conflict and io: read/write on closed pipe
// true true true true load
// true 3
// true true false
// "load: not found\nEOF" true true
// *fmt.wrapError *errors.joinError *fmt.wrapErrors true
// errors: target cannot be nil
// errors: *target must be interface or implement error

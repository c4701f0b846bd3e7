package interp

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"gateway/interp/check"
)

// Errors of calls and slots. They are found with errors.Is.
var (
	// ErrStopped: the slot or instance was closed and takes no more calls.
	ErrStopped = errors.New("endpoint is stopped")
	// ErrBusy: the program runs one request at a time and too many are waiting.
	ErrBusy = errors.New("too many requests are waiting for this script")
	// ErrAnswered: the handler ended after its time was up and [Call.Overdue] was called.
	ErrAnswered = errors.New("the call was answered before the handler ended")
	// ErrNoResponse: the handler returned neither a response nor an error.
	ErrNoResponse = errors.New("handler returned no response and no error: return one of them")
	// ErrGoexit: the handler ended its goroutine with runtime.Goexit.
	ErrGoexit = errors.New("handler ended its goroutine with runtime.Goexit instead of returning")
)

// A DiagnosticsError is a source that was refused.
type DiagnosticsError struct {
	Source      string
	Diagnostics []check.Diagnostic // at least one of severity "error"; warnings too
}

// Error is the first diagnostic and the number of the others.
func (e *DiagnosticsError) Error() string {
	var first string
	n := 0
	for _, d := range e.Diagnostics {
		if d.Severity != check.Error {
			continue
		}
		if n == 0 {
			first = d.String()
		}
		n++
	}
	switch n {
	case 0:
		return "refused without a reason"
	case 1:
		return first
	}
	return fmt.Sprintf("%s (and %d more)", first, n-1)
}

// A Frame is a place in the author's own source.
type Frame struct {
	Func string // as the author named it: "Handle", "(*Cart).Add", "Handle.func1"
	File string
	Line int
}

// String is the frame as file:line function.
func (f Frame) String() string { return fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Func) }

// A PanicError is a panic that the script did not recover.
type PanicError struct {
	Value any     // as recover would return it
	Text  string  // as Go prints it behind "panic: "
	Stack []Frame // innermost first, at most 64
	More  int     // frames left out behind those
}

// Error is the text and the place.
func (e *PanicError) Error() string {
	if len(e.Stack) == 0 {
		return "panic: " + e.Text
	}
	return fmt.Sprintf("panic: %s at %s", e.Text, e.Stack[0])
}

// Unwrap gives the panic's value where that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Trace is the stack as text, one frame a line, innermost first.
func (e *PanicError) Trace() string {
	var b strings.Builder
	for _, f := range e.Stack {
		fmt.Fprintf(&b, "%s\n\t%s:%d\n", f.Func, f.File, f.Line)
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "...%d frames left out\n", e.More)
	}
	return b.String()
}

// A TimeoutError is a call whose deadline passed before the handler answered.
// errors.Is finds context.DeadlineExceeded in it.
type TimeoutError struct {
	Timeout time.Duration // the call's; zero where the deadline came from the context
	Waiting bool          // the handler had not been started: it waited for its turn or for the script to load
	cause   error
}

// Error says what was late.
func (e *TimeoutError) Error() string {
	what := "handler did not answer"
	if e.Waiting {
		what = "handler was not started"
	}
	if e.Timeout == 0 {
		return what + " before the deadline"
	}
	return fmt.Sprintf("%s within %s", what, e.Timeout)
}

// Unwrap gives the context's error.
func (e *TimeoutError) Unwrap() error { return e.cause }

// A KilledError is a call that was ended because its instance was killed. The
// handler may or may not have done its work.
type KilledError struct{ Reason string }

func (e *KilledError) Error() string { return "script was stopped: " + e.Reason }

// A LoadError is a program that could not be loaded: its initialisation panicked, did
// not end in time, or was stopped.
type LoadError struct {
	Program string
	Err     error // a *PanicError, a *KilledError, or the load timeout
}

func (e *LoadError) Error() string { return fmt.Sprintf("load %s: %v", e.Program, e.Err) }

func (e *LoadError) Unwrap() error { return e.Err }

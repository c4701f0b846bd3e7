// Package rt is what lowered programs call while they run: the part of the Go
// language that the interpreter does not get right or cannot be trusted with.
// It boxes and unboxes values, runs deferred functions, recovers panics and
// says them in Go's words, starts goroutines that cannot take the process
// down, selects without shared storage, and watches the stack.
//
// A [Runtime] belongs to one instance: one interpreter that has loaded one
// [lower.Program]. Its functions are given to the interpreter by [Runtime.Exports].
package rt

import (
	"io"
	"reflect"

	"gateway/interp/lower"
	"gateway/interp/rtype"
)

// Host is the instance that a runtime serves. All methods are called from the
// goroutines of the script and must be safe for concurrent use.
type Host interface {
	// Done is closed when the instance is stopped. Operations of this package
	// that block end then. It must be closed after the interpreter was told to
	// stop, so that the code that called them does not go on.
	Done() <-chan struct{}
	// Ready takes an entry of the program: a function with compiled types only.
	Ready(name string, fn any)
	// Park ends the loading of the program. It blocks until the instance ends.
	Park()
	// Go runs fn in a goroutine that the instance counts and waits for. fn does
	// not panic.
	Go(fn func())
	// Panicked reports a panic that nobody recovered in a goroutine which the
	// script started: compiled Go would end the process.
	Panicked(p *Panic)
	// Overflow reports that a goroutine of the script has used up its stack. It
	// must stop the instance before it returns: the calling code then ends.
	Overflow(stack []Frame)
	// Stdout and Stderr take what the script prints.
	Stdout() io.Writer
	Stderr() io.Writer
}

// A Panic is what is known about a panic of a script.
type Panic struct {
	Value any    // as recover returns it: run-time errors are runtime.Error
	Text  string // as Go prints it after "panic: "
	Stack []Frame
}

// A Frame is a place in the author's own source.
type Frame struct {
	Func string // as the author named it: "Handle", "(*Cart).Add"
	File string
	Line int
}

// Runtime holds the state of one instance that its code does not see.
type Runtime struct {
	host  Host
	prog  *lower.Program
	types *rtype.Types
}

// New returns the runtime of an instance. The types are prog.Table's and stay
// the caller's, who releases them when the instance has ended.
func New(host Host, prog *lower.Program, types *rtype.Types) *Runtime {
	return &Runtime{host: host, prog: prog, types: types}
}

// Exports returns the symbols for the interpreter: Use them before the
// program's source is evaluated.
func (r *Runtime) Exports() (map[string]map[string]reflect.Value, error) { return nil, nil }

// Stderr is to be the interpreter's standard error stream. The interpreter
// reports there every function that a panic leaves, which is how the runtime
// learns the places. Nothing of it is printed.
func (r *Runtime) Stderr() io.Writer { return io.Discard }

// Panicked turns a value that the host recovered, from an entry or while the
// program was loaded, into what Go would say. It must be called in the
// goroutine that panicked, before its deferred function returns.
func (r *Runtime) Panicked(recovered any) *Panic { return &Panic{Value: recovered} }

// Package rt is what lowered programs call while they run: the part of the Go
// language that the interpreter does not get right or cannot be trusted with.
// It boxes and unboxes values, runs deferred functions, recovers panics and
// says them in Go's words, starts goroutines that cannot take the process
// down, selects without shared storage, and prints.
//
// A [Runtime] belongs to one instance: one interpreter that has loaded one
// [lower.Program]. Its functions are given to the interpreter by
// [Runtime.Exports]; those of them that every program has are in the methods
// named after them (rt_send is [Runtime.send]).
//
// When the instance is stopped, interpreted functions return at once with zero
// values and whatever compiled code called them goes on with those. So the
// functions here that block end when [Host.Done] is closed, and those that
// call back check nothing: what they compute then is not used.
package rt

import (
	"io"
	"reflect"
	"sync"
	"sync/atomic"

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
	// Park ends the loading of the program.
	Park()
	// Go runs fn in a goroutine that the instance counts and waits for. fn does
	// not panic.
	Go(fn func())
	// Label marks the calling goroutine, in which compiled code is about to run a
	// function of the script, as the script's.
	Label()
	// Panicked reports a panic that nobody recovered in a goroutine which the
	// script started: compiled Go would end the process.
	Panicked(p *Panic)
	// Stdout and Stderr take what the script prints.
	Stdout() io.Writer
	Stderr() io.Writer
}

// Process is implemented by a [Host] whose program is run like a command and
// may use package os.
type Process interface {
	// Stdin is what the program reads from; nil where it is the host's own.
	Stdin() io.Reader
	// Args are os.Args.
	Args() []string
	// Exit is os.Exit. It does not return.
	Exit(code int)
}

// Tracer is implemented by a [Host] that wants to know where deferred calls come
// from.
type Tracer interface {
	// Deferring says that the function whose body the calling goroutine ran last
	// begins a deferred call, and whether because of a panic.
	Deferring(panicking bool)
}

// Replacer is implemented by a [Host] that has its own version of methods of compiled
// types.
type Replacer interface {
	// Method is the host's version of the method x.name, a function, or nil. x is not
	// nil.
	Method(x any, name string) any
}

// Functions is implemented by a [Host] that knows the functions of the script apart,
// which share their compiled code.
type Functions interface {
	// Function says that fn is the value of the declared function with that name in
	// lowered code.
	Function(fn reflect.Value, name string)
	// FunctionPointer is what reflect.Value.Pointer is to be of a function that is not
	// nil; 0 for one that is not of the script.
	FunctionPointer(fn reflect.Value) uintptr
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

	switches []switchCache
	exiting  atomic.Bool // os.Exit was called: deferred calls do not run

	pendings atomic.Int32 // entries in pending
	mu       sync.Mutex   // guards pending
	pending  map[uintptr]pendingRecover

	streams  standardStreams
	commands *commandLine // nil until it is needed; made with the symbols
	tracer   Tracer       // or nil

	replacer Replacer // or nil
}

// New returns the runtime of an instance. The types are prog.Table's and stay
// the caller's, who releases them when the instance has ended.
func New(host Host, prog *lower.Program, types *rtype.Types) *Runtime {
	tracer, _ := host.(Tracer)
	replacer, _ := host.(Replacer)
	return &Runtime{
		host: host, prog: prog, types: types, tracer: tracer, replacer: replacer,
		switches: make([]switchCache, len(prog.Switches)),
		pending:  map[uintptr]pendingRecover{},
	}
}

// Stderr is to be the interpreter's standard error stream: it reports panics
// there, which concern nobody.
func (r *Runtime) Stderr() io.Writer { return io.Discard }

// ready hands out an entry.
func (r *Runtime) ready(name string, fn any) {
	if main, ok := fn.(func()); ok && name == "main" {
		fn = func() {
			defer r.flush()
			main()
		}
	}
	r.host.Ready(name, fn)
}

// bind gives the type with index i its methods: pairs of name and function.
func (r *Runtime) bind(i int, methods ...any) {
	for k := 0; k+1 < len(methods); k += 2 {
		if err := r.types.Bind(i, methods[k].(string), reflect.ValueOf(methods[k+1])); err != nil {
			panic(err)
		}
	}
}

package interp

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"gateway/interp/check"

	"github.com/traefik/yaegi/interp"
)

// RunOptions are the surroundings of a program that is run like a command.
type RunOptions struct {
	Stdin          io.Reader // empty where nil
	Stdout, Stderr io.Writer // dropped where nil
	// Args are what the program sees as os.Args: its name and its arguments.
	Args []string
}

// panicExitCode is the exit code of a Go program that ends in a panic.
const panicExitCode = 2

// Run compiles and runs a `package main` program until its main returns, it calls
// os.Exit, it panics, or ctx ends. The exit code is the program's: 2 for a panic,
// which is printed to Stderr as Go prints it. A program that is refused is a
// *[DiagnosticsError].
//
// When the program has ended nothing of it writes any more, even where goroutines of
// it cannot be stopped; those end with the process.
func (e *Engine) Run(ctx context.Context, src check.Source, opts RunOptions) (exitCode int, err error) {
	src.Kind = check.Program
	p, err := e.Compile(ctx, src)
	if err != nil {
		return panicExitCode, err
	}
	return p.runMain(ctx, opts)
}

func (p *Program) runMain(ctx context.Context, opts RunOptions) (exitCode int, err error) {
	r := newProgramRun(opts)
	i, code, err := p.prepare(LoadOptions{Stdout: r.stdout, Stderr: r.stderr, run: r})
	if err != nil {
		return panicExitCode, err
	}
	i.enter()
	p.engine.workers.do(&mainGoroutine{instance: i, code: code})
	select {
	case <-r.ended:
	case <-ctx.Done():
		r.end(panicExitCode)
		err = ctx.Err()
	}
	i.Kill("the program has ended")
	return int(r.code.Load()), err
}

// programRun is the process that a program believes to be.
type programRun struct {
	stdin          io.Reader
	stdout, stderr *gatedWriter
	args           []string

	once  sync.Once
	code  atomic.Int64  // valid when ended is closed
	ended chan struct{} // closed by the first end
}

func newProgramRun(opts RunOptions) *programRun {
	r := &programRun{stdin: opts.Stdin, args: opts.Args, ended: make(chan struct{})}
	if r.stdin == nil {
		r.stdin = strings.NewReader("")
	}
	r.stdout, r.stderr = newGatedWriter(opts.Stdout), newGatedWriter(opts.Stderr)
	return r
}

// end ends the program with a code: the first call counts. Output is over then.
func (r *programRun) end(code int) {
	r.once.Do(func() {
		r.stdout.shut()
		r.stderr.shut()
		r.code.Store(int64(code))
		close(r.ended)
	})
}

// exit is os.Exit: it ends the program and the calling goroutine, whose deferred
// calls must not run.
func (r *programRun) exit(code int) {
	r.end(code)
	runtime.Goexit()
}

// over reports that the program has ended: no deferred call may run.
func (r *programRun) over() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// crash ends the program as a panic in goroutine number n does.
func (r *programRun) crash(err *PanicError, names *functionNames, n int) {
	// One write, so that it is not mixed with what others print.
	fmt.Fprintf(r.stderr, "panic: %s\n\ngoroutine %d [running]:\n%s", err.Text, n, err.mainTrace(names))
	r.end(panicExitCode)
}

// mainTrace is Trace as Go prints it for a program: functions of package main with
// its name.
func (e *PanicError) mainTrace(names *functionNames) string {
	named := *e
	named.Stack = nil
	for _, f := range e.Stack {
		f.Func = names.qualified(f.Func, f.File) + "(...)"
		named.Stack = append(named.Stack, f)
	}
	return named.Trace()
}

// mainGoroutine initialises a program and runs its main.
type mainGoroutine struct {
	instance *Instance
	code     *interp.Program
}

func (g *mainGoroutine) run() {
	i := g.instance
	defer func() {
		i.unwind.forget()
		i.leave()
	}()
	i.runMain(g.code)
}

func (i *Instance) runMain(code *interp.Program) {
	run := i.run
	defer func() {
		if value := recover(); value != nil {
			run.crash(i.panicked(value), i.program.names, 1)
		}
	}()
	switch err := i.execute(code).(type) {
	case nil:
	case *PanicError:
		run.crash(err, i.program.names, 1)
		return
	default:
		fmt.Fprintln(run.stderr, err)
		run.end(panicExitCode)
		return
	}
	if main, ok := i.entries["main"].(func()); ok {
		main()
		if i.unwind.unrecoverable() {
			panic(stackOverflow{})
		}
	}
	run.end(0)
}

// gatedWriter writes until it is shut.
type gatedWriter struct {
	mu   sync.Mutex // guards w, and is held while it is used: writes do not mix
	w    io.Writer
	over bool
}

func newGatedWriter(w io.Writer) *gatedWriter {
	if w == nil {
		w = io.Discard
	}
	return &gatedWriter{w: w}
}

func (g *gatedWriter) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.over {
		return len(p), nil
	}
	return g.w.Write(p)
}

func (g *gatedWriter) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.over = true
}

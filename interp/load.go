package interp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"runtime/pprof"
	"time"

	"gateway"
	"gateway/interp/rt"

	"github.com/traefik/yaegi/interp"
)

// Load makes a fresh instance and runs the script's initialisation, until ctx ends
// and at most for the engine's LoadTimeout. A failure is a *[LoadError].
func (p *Program) Load(ctx context.Context, opts LoadOptions) (*Instance, error) {
	i, err := p.load(ctx, opts)
	if err != nil {
		return nil, &LoadError{Program: p.name, Err: err}
	}
	return i, nil
}

func (p *Program) load(ctx context.Context, opts LoadOptions) (*Instance, error) {
	pprof.SetGoroutineLabels(p.labels)
	i, code, err := p.prepare(opts)
	clearLabels()
	if err != nil {
		return nil, err
	}
	l := &loading{instance: i, code: code, done: make(chan struct{})}
	i.enter()
	p.engine.memory.loading(i)
	p.engine.workers.do(l)
	timeout := time.NewTimer(p.engine.opts.LoadTimeout)
	defer timeout.Stop()
	select {
	case <-l.done:
	case <-timeout.C:
		i.Kill("its initialisation did not end in time")
		return nil, ErrLoadTimeout
	case <-ctx.Done():
		i.Kill("nobody waits for it any more")
		return nil, ctx.Err()
	}
	if _, killed := i.Killed(); killed {
		return nil, i.stoppedError()
	}
	if l.err == nil {
		l.err = i.findHandlers()
	}
	if l.err != nil {
		i.Kill("it could not be loaded")
		return nil, l.err
	}
	p.engine.memory.loaded(i)
	return i, nil
}

// findHandlers takes the handlers from the entries.
func (i *Instance) findHandlers() error {
	i.handlers = make(map[string]handlerFunc, len(i.entries))
	for name, fn := range i.entries {
		if e := i.direct[name]; e != nil {
			i.handlers[name] = e.call
			continue
		}
		switch fn := fn.(type) {
		case handlerFunc:
			i.handlers[name] = fn
		case plainHandlerFunc:
			i.handlers[name] = func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
				return fn(ctx, req), nil
			}
		default:
			return fmt.Errorf("handler %q is a %T", name, fn)
		}
	}
	if len(i.program.handlers) == 1 {
		i.only = i.handlers[i.program.handlers[0].Name]
	}
	return nil
}

// ErrLoadTimeout says that the initialisation of a script did not end within the
// engine's LoadTimeout. It is found with errors.Is in a *[LoadError].
var ErrLoadTimeout = errors.New("package variables and init functions did not end in time")

// prepare makes an instance whose code is compiled and has not yet run.
func (p *Program) prepare(opts LoadOptions) (*Instance, *interp.Program, error) {
	i := &Instance{
		program: p,
		log:     opts.Log,
		run:     opts.run,
		entries: map[string]any{},
		gone:    make(chan struct{}),
	}
	i.parts.Store(1)
	if i.log == nil {
		i.log = slog.New(slog.DiscardHandler)
	}
	i.output = newOutput(opts, i.log)
	if p.Serial() {
		i.turn = make(chan struct{}, 1)
	}
	code, err := i.compile()
	if err != nil {
		if i.types != nil {
			i.types.Release()
		}
		return nil, nil, err
	}
	return i, code, nil
}

// compile makes the interpreter and has it compile the program.
func (i *Instance) compile() (*interp.Program, error) {
	p := i.program
	exports, err := p.bind(i)
	if err != nil {
		return nil, err
	}
	i.machine, err = newMachine(interp.Options{Stderr: (*panicGate)(i), Stdout: i.output.stdout, Args: []string{}})
	if err != nil {
		return nil, err
	}
	i.unwind = newUnwinder(i.machine, uintptr(p.engine.opts.MaxStack), i.run)
	i.unwind.report, i.unwind.own = i.report, p.engine.workers.own
	i.unwind.waits.abandoned = &p.engine.abandoned
	if p.lowered.Logs {
		i.unwind.replaced = i.replacedMethod
	}
	if i.asksCallers {
		i.unwind.trace = newCallTrace()
	}
	i.unwind.nilReceivers = p.lowered.NilReceivers
	i.unwind.printing = &p.engine.printing
	if err := i.machine.yaegi.Use(exports); err != nil {
		return nil, fmt.Errorf("give the interpreter its symbols: %w", err)
	}
	code, err := i.machine.compile(p.parsed)
	if err != nil {
		return nil, err
	}
	if i.direct, err = i.unwind.install(i.machine.rootNode(code)); err != nil {
		return nil, err
	}
	return code, nil
}

// bindLowered gives an instance its types and run-time support, and returns the
// symbols of its code.
func (p *Program) bindLowered(i *Instance) (map[string]map[string]reflect.Value, error) {
	types, err := p.lowered.Table.Instantiate()
	if err != nil {
		return nil, err
	}
	i.runtime = rt.New(i, p.lowered, types)
	exports, err := i.runtime.Exports()
	if err != nil {
		types.Release()
		return nil, err
	}
	i.types = types
	i.replaceNatives(exports)
	return exports, nil
}

// loading runs the initialisation of an instance.
type loading struct {
	instance *Instance
	code     *interp.Program
	done     chan struct{}
	err      error // valid when done is closed
}

// run is part of job. Initialisation that ends its goroutine has not ended well.
func (l *loading) run() {
	i := l.instance
	i.Label()
	l.err = ErrGoexit
	defer func() {
		i.unwind.forget()
		close(l.done)
		i.leave()
	}()
	l.err = i.execute(l.code)
}

// execute runs the program: its package level and its main, which hands out the
// entries.
func (i *Instance) execute(code *interp.Program) error {
	err := i.machine.run(code)
	var p interp.Panic
	switch {
	case errors.As(err, &p):
		return i.panicked(p.Value)
	case i.unwind.unrecoverable():
		return i.panicked(stackOverflow{})
	}
	return err
}

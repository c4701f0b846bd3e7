package interp

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"runtime/debug"
	"runtime/pprof"
	"slices"

	"gateway/interp/check"
	"gateway/interp/lower"
)

// A Program is checked and lowered source, ready to be loaded. It is immutable
// and may be loaded any number of times, also at once.
type Program struct {
	engine   *Engine
	name     string
	kind     check.Kind
	handlers []Handler
	warnings []check.Diagnostic
	lowered  *lower.Program
	parsed   *parsed // lowered.Source
	names    *functionNames
	labels   context.Context // carries the goroutine labels of whatever runs the program; see Engine.Compile
	// bind gives an instance what its code refers to: bindLowered, but in tests.
	bind func(*Instance) (map[string]map[string]reflect.Value, error)
}

// A Handler is a function of a program that answers requests.
type Handler struct {
	Name   string
	Routes []check.Route // of its directives; none for an endpoint's Handle
}

// Name is the source's name.
func (p *Program) Name() string { return p.name }

// Handlers are the functions that answer requests, in the order of the source.
func (p *Program) Handlers() []Handler { return slices.Clone(p.handlers) }

// Serial reports whether requests run one at a time in each instance, because the
// handlers write package variables without synchronisation. A warning names the place.
func (p *Program) Serial() bool { return p.lowered.Serial }

// Warnings are the diagnostics that did not prevent the program.
func (p *Program) Warnings() []check.Diagnostic { return slices.Clone(p.warnings) }

// LoadOptions of [Program.Load].
type LoadOptions struct {
	// Log takes panics of goroutines that the script starts and, where no Stdout
	// or Stderr is given, what the script prints, a record per line. Nil drops them.
	Log *slog.Logger
	// Stdout and Stderr take what the script prints.
	Stdout, Stderr io.Writer

	run *programRun // of a program that is run like a command
}

// compile is check and lower, and labels is what becomes Program.labels. The program
// is nil where a diagnostic is an error.
func (e *Engine) compile(labels context.Context, src check.Source) (p *Program, diagnostics []check.Diagnostic) {
	pprof.SetGoroutineLabels(labels)
	defer clearLabels()
	defer func() {
		if r := recover(); r != nil {
			e.opts.Logger.Error("the compiler panicked", "source", src.Name, "panic", r, "stack", string(debug.Stack()))
			p, diagnostics = nil, []check.Diagnostic{internalError(src, r)}
		}
	}()
	pkg, diagnostics := e.checker.Check(src)
	if pkg == nil {
		return nil, diagnostics
	}
	lowered, more := lower.Lower(pkg, lower.Options{})
	diagnostics = append(diagnostics, more...)
	if lowered == nil {
		return nil, diagnostics
	}
	parsed, err := parse(lowered.Source)
	if err != nil {
		return nil, append(diagnostics, internalError(src, err))
	}
	p = &Program{
		engine: e, name: src.Name, kind: src.Kind, warnings: diagnostics,
		lowered: lowered, parsed: parsed, names: newFunctionNames(pkg, &e.standard), labels: labels,
	}
	p.bind = p.bindLowered
	for _, h := range pkg.Handlers {
		p.handlers = append(p.handlers, Handler{Name: h.Name, Routes: h.Routes})
	}
	return p, diagnostics
}

// labelsOf takes the goroutine labels out of a context, so that nothing else of it is kept.
func labelsOf(ctx context.Context) context.Context {
	var pairs []string
	pprof.ForLabels(ctx, func(key, value string) bool {
		pairs = append(pairs, key, value)
		return true
	})
	return pprof.WithLabels(context.Background(), pprof.Labels(pairs...))
}

// clearLabels takes its labels from a goroutine that ran something of a program.
func clearLabels() { pprof.SetGoroutineLabels(context.Background()) }

// internalError refuses a source on which the compiler itself failed.
func internalError(src check.Source, reason any) check.Diagnostic {
	d := check.Diagnostic{
		Severity: check.Error, Code: "internal", Line: 1, Column: 1,
		Message: fmt.Sprintf("the gateway's compiler failed on this source: %v", reason),
		Hint:    "this is a defect of the gateway: please report it with the source",
	}
	if len(src.Files) > 0 {
		d.File = src.Files[0].Name
	}
	return d
}

// Lowered is the source that the interpreter runs, for those who want to know why
// something runs as it does. Its form may change.
func (p *Program) Lowered() string { return p.lowered.Source }

package interp

import (
	"io"
	"log/slog"
	"reflect"
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

// compile is check and lower. The program is nil where a diagnostic is an error.
func (e *Engine) compile(src check.Source) (*Program, []check.Diagnostic) {
	pkg, diagnostics := e.checker.Check(src)
	if pkg == nil {
		return nil, diagnostics
	}
	lowered, more := lower.Lower(pkg, lower.Options{})
	diagnostics = append(diagnostics, more...)
	if lowered == nil {
		return nil, diagnostics
	}
	p := &Program{engine: e, name: src.Name, kind: src.Kind, warnings: diagnostics, lowered: lowered}
	p.bind = p.bindLowered
	for _, h := range pkg.Handlers {
		p.handlers = append(p.handlers, Handler{Name: h.Name, Routes: h.Routes})
	}
	return p, diagnostics
}

// Lowered is the source that the interpreter runs, for those who want to know why
// something runs as it does. Its form may change.
func (p *Program) Lowered() string { return p.lowered.Source }

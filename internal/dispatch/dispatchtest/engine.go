// Package dispatchtest has what tests of the dispatcher and of triggers use instead of the interpreter: an engine
// whose scripts are compiled Go functions.
package dispatchtest

import (
	"context"
	"fmt"
	"io"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"

	"gateway"
	"gateway/internal/dispatch"
	"gateway/interp"
	"gateway/interp/check"
)

// Handler is what stands for a script's function.
type Handler func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error)

// Engine takes the code of a source for the name of a handler. Code that begins with "refuse" does not pass its check,
// code that begins with "panic" cannot be loaded. The code of a script of the scripts folder has a line for every
// route: METHOD PATH HANDLER [KEY=VALUE…].
type Engine struct {
	Handlers map[string]Handler

	Compiles atomic.Int64 // sources compiled, refused ones too
	Killed   atomic.Int64 // instances that were loaded and not used

	mu     sync.Mutex // guards slots and labels
	slots  []*Slot
	labels map[string]map[string]string // by code
}

var _ dispatch.Engine = (*Engine)(nil)

// Check gives the diagnostics of a source.
func (e *Engine) Check(src check.Source) []check.Diagnostic {
	_, err := e.Compile(context.Background(), src)
	if refused, ok := err.(*interp.DiagnosticsError); ok {
		return refused.Diagnostics
	}
	return nil
}

// Complete proposes the code itself with the offset; code "busy" takes too long.
func (e *Engine) Complete(q check.Query) (check.Completion, error) {
	h, err := e.Hover(q)
	if err != nil {
		return check.Completion{}, err
	}
	return check.Completion{Items: []check.Item{{Label: h.Signature}}}, nil
}

// Hover describes the code as Complete does.
func (e *Engine) Hover(q check.Query) (*check.Hover, error) {
	code := q.Source.Files[0].Code
	if code == "busy" {
		return nil, check.ErrBusy
	}
	return &check.Hover{Signature: fmt.Sprintf("%s at %d", code, q.Offset)}, nil
}

// Labels are the goroutine labels under which code was last compiled.
func (e *Engine) Labels(code string) map[string]string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.labels[code]
}

func (e *Engine) noteLabels(ctx context.Context, code string) {
	labels := map[string]string{}
	pprof.ForLabels(ctx, func(key, value string) bool { labels[key] = value; return true })
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.labels == nil {
		e.labels = map[string]map[string]string{}
	}
	e.labels[code] = labels
}

// Compile takes a source apart.
func (e *Engine) Compile(ctx context.Context, src check.Source) (dispatch.Program, error) {
	e.Compiles.Add(1)
	e.noteLabels(ctx, src.Files[0].Code)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := &Program{engine: e, code: src.Files[0].Code, calls: map[string]Handler{}}
	bad := func(line int, message string) error {
		return &interp.DiagnosticsError{Source: src.Name, Diagnostics: []check.Diagnostic{
			{File: src.Files[0].Name, Line: line, Column: 1, Severity: check.Error, Code: "test", Message: message},
		}}
	}
	if strings.HasPrefix(p.code, "refuse") {
		return nil, bad(3, p.code)
	}
	if src.Kind == check.Handler {
		p.handlers = []interp.Handler{{Name: "Handle"}}
		p.calls["Handle"] = e.Handlers[p.code]
		return p, nil
	}
	for i, line := range strings.Split(p.code, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(fields) < 3 {
			return nil, bad(i+1, line)
		}
		r := check.Route{Method: fields[0], Path: fields[1], File: src.Files[0].Name, Line: i + 1, Settings: map[string]string{}}
		for _, s := range fields[3:] {
			key, value, _ := strings.Cut(s, "=")
			r.Settings[key] = value
		}
		p.handlers = append(p.handlers, interp.Handler{Name: fields[2], Routes: []check.Route{r}})
		p.calls[fields[2]] = e.Handlers[fields[2]]
	}
	return p, nil
}

// NewSlot makes a slot.
func (e *Engine) NewSlot(p dispatch.Program, opts interp.SlotOptions) dispatch.Slot {
	s := &Slot{opts: opts}
	s.current.Store(&Instance{program: p.(*Program)})
	e.mu.Lock()
	defer e.mu.Unlock()
	e.slots = append(e.slots, s)
	return s
}

// Slots gives all slots that were made.
func (e *Engine) Slots() []*Slot {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]*Slot(nil), e.slots...)
}

// Program is a source that was compiled.
type Program struct {
	engine   *Engine
	code     string
	handlers []interp.Handler
	calls    map[string]Handler
}

// Handlers are the program's functions.
func (p *Program) Handlers() []interp.Handler { return p.handlers }

// Warnings gives one for code that contains "warn".
func (p *Program) Warnings() []check.Diagnostic {
	if strings.Contains(p.code, "warn") {
		return []check.Diagnostic{{Severity: check.Warning, Code: "test", Message: p.code}}
	}
	return nil
}

// Load makes an instance.
func (p *Program) Load(context.Context, interp.LoadOptions) (dispatch.Instance, error) {
	if strings.HasPrefix(p.code, "panic") {
		return nil, &interp.LoadError{Program: "test", Err: &interp.PanicError{
			Text: p.code, Stack: []interp.Frame{{Func: "init", File: "handler.go", Line: 7}},
		}}
	}
	return &Instance{program: p}, nil
}

// Instance is a program that was loaded. Its calls are counted, so that it can be drained.
type Instance struct {
	program *Program
	calls   sync.WaitGroup
	running atomic.Int64
}

// Kill counts.
func (i *Instance) Kill(string) { i.program.engine.Killed.Add(1) }

// Slot runs handlers in the goroutine of the caller, which does not return before they do: there are no deadlines.
type Slot struct {
	current atomic.Pointer[Instance]
	stopped atomic.Bool
	swaps   atomic.Uint64
	calls   atomic.Uint64

	mu       sync.Mutex // guards what follows, and pinning
	opts     interp.SlotOptions
	draining []*Instance
}

// Options are those that were set last.
func (s *Slot) Options() interp.SlotOptions {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opts
}

// Load does nothing.
func (s *Slot) Load(context.Context) error { return nil }

// Configure sets options.
func (s *Slot) Configure(opts interp.SlotOptions) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opts = opts
}

// Swap makes new calls run another program.
func (s *Slot) Swap(p dispatch.Program, loaded ...dispatch.Instance) interp.Swapped {
	next := &Instance{program: p.(*Program)}
	if len(loaded) > 0 {
		next = loaded[0].(*Instance)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.current.Swap(next)
	s.draining = append(s.draining, old)
	s.swaps.Add(1)
	pending := int(old.running.Load())
	return interp.Swapped{Pending: pending, Draining: pending > 0}
}

// Call runs a handler.
func (s *Slot) Call(ctx context.Context, call interp.Call) (*gateway.Response, dispatch.Pin, error) {
	s.mu.Lock()
	if s.stopped.Load() {
		s.mu.Unlock()
		return nil, nil, interp.ErrStopped
	}
	i := s.current.Load()
	i.calls.Add(1)
	i.running.Add(1)
	s.mu.Unlock()
	s.calls.Add(1)
	p := &pin{instance: i}
	returned := false
	defer func() {
		if !returned { // a panic, which is the caller's
			p.Release()
		}
	}()
	h := i.program.calls[call.Handler]
	if h == nil {
		return nil, nil, fmt.Errorf("no handler %q in %q", call.Handler, i.program.code)
	}
	r, err := h(gateway.NewContext(ctx, call.Env, call.Request.RequestID), call.Request)
	returned = true
	if err == nil && r == nil {
		err = interp.ErrNoResponse
	}
	if err != nil {
		p.Release()
		return nil, nil, err
	}
	p.response = r
	return r, p, nil
}

// Stop refuses calls from now on.
func (s *Slot) Stop() interp.Swapped {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped.Store(true)
	pending := int(s.current.Load().running.Load())
	return interp.Swapped{Pending: pending, Draining: pending > 0}
}

// Close waits for the calls of all instances, whatever ctx says.
func (s *Slot) Close(context.Context) error {
	s.Stop()
	s.mu.Lock()
	all := append(s.draining, s.current.Load())
	s.mu.Unlock()
	for _, i := range all {
		i.calls.Wait()
	}
	return nil
}

// Stats count calls and swaps.
func (s *Slot) Stats() interp.SlotStats {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := interp.SlotStats{Loaded: 1, Calls: s.calls.Load(), Swaps: s.swaps.Load(), InFlight: int(s.current.Load().running.Load())}
	for _, i := range s.draining {
		if n := int(i.running.Load()); n > 0 {
			st.Draining++
			st.InFlight += n
		}
	}
	return st
}

type pin struct {
	instance *Instance
	response *gateway.Response
	released atomic.Bool
}

func (p *pin) Stream(w io.Writer, flush func() error) error { return p.response.WriteStream(w, flush) }

func (p *pin) Release() {
	if !p.released.Swap(true) {
		p.instance.running.Add(-1)
		p.instance.calls.Done()
	}
}

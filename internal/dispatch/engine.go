package dispatch

import (
	"context"
	"io"

	"gateway"
	"gateway/interp"
	"gateway/interp/check"
)

// Engine is what a dispatcher needs of package interp; [Interpreter] gives the real one. Its methods, and those of
// what it returns, are safe for concurrent use and fail as those of package interp do.
type Engine interface {
	Check(src check.Source) []check.Diagnostic
	Complete(q check.Query) (check.Completion, error)
	Hover(q check.Query) (*check.Hover, error)
	Compile(ctx context.Context, src check.Source) (Program, error)
	NewSlot(p Program, opts interp.SlotOptions) Slot
}

// Program is a compiled source; see [interp.Program].
type Program interface {
	Handlers() []interp.Handler
	Warnings() []check.Diagnostic
	Load(ctx context.Context, opts interp.LoadOptions) (Instance, error)
}

// Instance is a loaded program; see [interp.Instance].
type Instance interface {
	Kill(reason string)
}

// Slot is where requests take their instance from; see [interp.Slot].
type Slot interface {
	Load(ctx context.Context) error
	Swap(p Program, loaded ...Instance) interp.Swapped
	Configure(opts interp.SlotOptions)
	Call(ctx context.Context, call interp.Call) (*gateway.Response, Pin, error)
	Stop() interp.Swapped
	Close(ctx context.Context) error
	Stats() interp.SlotStats
}

// Pin keeps the instance that made a response until the response has been written; see [interp.Result].
type Pin interface {
	Stream(w io.Writer, flush func() error) error
	Release()
}

// Interpreter makes the engine of package interp usable here.
func Interpreter(e *interp.Engine) Engine { return interpreter{e} }

type interpreter struct{ *interp.Engine }

func (i interpreter) Compile(ctx context.Context, src check.Source) (Program, error) {
	p, err := i.Engine.Compile(ctx, src)
	if err != nil {
		return nil, err
	}
	return program{p}, nil
}

func (i interpreter) NewSlot(p Program, opts interp.SlotOptions) Slot {
	return slot{interp.NewSlot(p.(program).Program, opts)}
}

type program struct{ *interp.Program }

func (p program) Load(ctx context.Context, opts interp.LoadOptions) (Instance, error) {
	i, err := p.Program.Load(ctx, opts)
	if err != nil {
		return nil, err
	}
	return i, nil
}

type slot struct{ *interp.Slot }

func (s slot) Swap(p Program, loaded ...Instance) interp.Swapped {
	instances := make([]*interp.Instance, len(loaded))
	for i, l := range loaded {
		instances[i] = l.(*interp.Instance)
	}
	return s.Slot.Swap(p.(program).Program, instances...)
}

func (s slot) Call(ctx context.Context, call interp.Call) (*gateway.Response, Pin, error) {
	r, err := s.Slot.Call(ctx, call)
	if err != nil {
		return nil, nil, err
	}
	return r.Response, r, nil
}

var (
	_ Engine = interpreter{}
	_ Pin    = (*interp.Result)(nil)
)

package interp

import (
	"context"
	"reflect"
	"time"

	"gateway/interp/lower"
	"gateway/interp/rt"
)

// RawProgram is a program whose source goes to the interpreter as it is, with the
// given symbols: for tests of what does not concern lowering.
func RawProgram(e *Engine, source string, serial bool, handlers []string, exports func(rt.Host) map[string]map[string]reflect.Value) *Program {
	parsed, err := parse(source)
	if err != nil {
		panic(err)
	}
	p := &Program{parsed: parsed, engine: e, name: "raw", labels: context.Background(), lowered: &lower.Program{Source: source, Serial: serial}}
	p.bind = func(i *Instance) (map[string]map[string]reflect.Value, error) { return exports(i), nil }
	for _, h := range handlers {
		p.handlers = append(p.handlers, Handler{Name: h})
	}
	return p
}

// Pin is what a call does to take its instance, and to give it back.
func (s *Slot) Pin() bool {
	i := s.pin(s.opts.Load())
	if i == nil {
		return false
	}
	i.unpin()
	return true
}

// CallContext is the context of a call.
func CallContext(parent context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	c := &callContext{}
	c.init(parent, &Call{Timeout: timeout})
	return c, c.cancel
}

package rt

import (
	"reflect"
	"runtime"
	"strings"
	"sync"

	"gateway/interp/internal/stack"
)

// Defers holds the deferred calls of one call of a function, and the panic that
// it is going through.
type Defers struct {
	calls     []deferredCall
	returned  bool // the body came to its end
	panicking bool
	value     any // of the panic, as it was raised
}

type deferredCall struct {
	fn   any
	args []any
}

func newDefers() *Defers { return &Defers{} }

// deferCall adds a call.
func (r *Runtime) deferCall(d *Defers, fn any, args ...any) {
	d.calls = append(d.calls, deferredCall{fn, args})
}

// deferMethod adds a call of a method of compiled code.
func (r *Runtime) deferMethod(d *Defers, recv any, name string, args ...any) {
	if recv == nil {
		panic(NilDereference)
	}
	d.calls = append(d.calls, deferredCall{methodCall{recv, name}, args})
}

type methodCall struct {
	recv any
	name string
}

func (r *Runtime) callMethod(m methodCall, args []any) {
	if x, ok := m.recv.(*sync.WaitGroup); ok && m.name == "Done" {
		x.Done()
		return
	}
	switch fn := r.method(m.recv, m.name).(type) {
	case func():
		fn()
	default:
		call(fn, args)
	}
}

// run runs the body of a function and then its deferred calls. The interpreter
// does neither run the others when one of them panics, nor know which recover
// belongs to which panic.
func (r *Runtime) run(body func(d *Defers)) {
	d := &Defers{}
	defer r.unwind(d)
	body(d)
	d.returned = true
}

// unwind is deferred by run.
func (r *Runtime) unwind(d *Defers) {
	if !d.returned {
		if v := recover(); v != nil {
			d.panicking, d.value = true, v
		}
		// Else runtime.Goexit, which goes on after this.
	}
	if r.exiting.Load() {
		return
	}
	for len(d.calls) > 0 {
		last := len(d.calls) - 1
		c := d.calls[last]
		d.calls = d.calls[:last]
		r.callDeferred(d, c)
	}
	if d.panicking {
		panic(d.value)
	}
}

// callDeferred runs one deferred call. A panic of it takes the place of the one
// under way.
func (r *Runtime) callDeferred(d *Defers, c deferredCall) {
	completed := false
	defer func() {
		if completed {
			return
		}
		if v := recover(); v != nil {
			d.panicking, d.value = true, v
		}
	}()
	if r.tracer != nil {
		r.tracer.Deferring(d.panicking)
	}
	switch fn := c.fn.(type) {
	case func():
		fn()
	case methodCall:
		r.callMethod(fn, c.args)
	case recoverer:
		id := r.expect(d)
		call(fn.fn, c.args)
		r.unexpect(id)
	default:
		call(fn, c.args)
	}
	completed = true
}

// call calls a function value with arguments of its parameter types.
func call(fn any, args []any) {
	f := reflect.ValueOf(fn)
	if !f.IsValid() || f.IsNil() {
		panic(NilDereference)
	}
	t := f.Type()
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		in[i] = reflect.ValueOf(a)
		if !in[i].IsValid() {
			in[i] = reflect.Zero(paramType(t, i))
		}
	}
	if t.IsVariadic() && len(in) == t.NumIn() && in[len(in)-1].Type() == t.In(len(in)-1) {
		f.CallSlice(in)
		return
	}
	f.Call(in)
}

func paramType(t reflect.Type, i int) reflect.Type {
	if t.IsVariadic() && i >= t.NumIn()-1 {
		return t.In(t.NumIn() - 1).Elem()
	}
	return t.In(i)
}

// recover returns the panic of the function whose deferred calls are running,
// and ends it.
func (r *Runtime) recover(d *Defers) any {
	if d == nil || !d.panicking {
		return nil
	}
	d.panicking = false
	v := r.translate(d.value)
	d.value = nil
	return v
}

// recoverDeferred is recover as a deferred call of its own: it sees the panic of
// the function whose deferred call its caller is, if own, its caller's, has none.
func (r *Runtime) recoverDeferred(d, own *Defers) any {
	if own != nil && own.panicking {
		return nil
	}
	return r.recover(d)
}

// Only the function that is deferred itself can recover, not one that it calls.
// Where the deferred function is a literal the lowering sees to that. Other
// functions that call recover ask when they are entered.

// recoverer is a deferred function that calls recover, or may.
type recoverer struct{ fn any }

func recovers(fn any) any {
	if v := reflect.ValueOf(fn); !v.IsValid() || v.IsNil() {
		return fn
	}
	return recoverer{fn}
}

// pendingRecover is a recoverer that is running.
type pendingRecover struct {
	defers *Defers
	// depth is the number of interpreted functions from the deferred one to the
	// one that may recover: more than 1 behind functions that forward the call.
	depth int
}

func (r *Runtime) expect(d *Defers) uintptr {
	id := stack.G()
	r.mu.Lock()
	r.pending[id] = pendingRecover{d, 1}
	r.mu.Unlock()
	r.pendings.Add(1)
	return id
}

func (r *Runtime) unexpect(id uintptr) {
	r.pendings.Add(-1)
	r.mu.Lock()
	delete(r.pending, id)
	r.mu.Unlock()
}

// forward is called by functions of the lowering that do nothing but call another one,
// a method value for example: it is that one which is deferred.
func (r *Runtime) forward() {
	if r.pendings.Load() == 0 {
		return
	}
	id := stack.G()
	r.mu.Lock()
	defer r.mu.Unlock()
	if p, ok := r.pending[id]; ok && interpretedDepth() == p.depth {
		p.depth++
		r.pending[id] = p
	}
}

// entered returns what recover asks in a function that was just entered.
func (r *Runtime) entered() *Defers {
	if r.pendings.Load() == 0 {
		return nil
	}
	id := stack.G()
	r.mu.Lock()
	defer r.mu.Unlock()
	p, ok := r.pending[id]
	if !ok || interpretedDepth() != p.depth {
		return nil
	}
	delete(r.pending, id)
	return p.defers
}

// interpretedDepth counts the interpreted functions between the calling one and
// the deferred call that it is part of, itself included.
func interpretedDepth() int {
	const (
		run      = "github.com/traefik/yaegi/interp.runCfg" // of a function that yaegi calls
		ownRun   = "gateway/interp.(*function).run"         // of one that package interp calls
		deferred = ".(*Runtime).callDeferred"
	)
	var pcs [128]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for depth := 0; ; {
		f, more := frames.Next()
		switch {
		case f.Function == run, f.Function == ownRun:
			depth++
		case strings.HasSuffix(f.Function, deferred):
			return depth
		}
		if !more {
			return 0
		}
	}
}

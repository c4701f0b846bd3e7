package rt

import (
	"reflect"

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

func (r *Runtime) newDefers() *Defers { return &Defers{} }

// deferCall adds a call.
func (r *Runtime) deferCall(d *Defers, fn any, args ...any) {
	d.calls = append(d.calls, deferredCall{fn, args})
}

// run runs the body of a function and then its deferred calls. The interpreter
// does neither run the others when one of them panics, nor know which recover
// belongs to which panic.
func (r *Runtime) run(d *Defers, body func()) {
	defer r.unwind(d)
	body()
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
	switch fn := c.fn.(type) {
	case func():
		fn()
	case recoverer:
		id := r.expect(d, fn.key)
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
		panic(nilDereference)
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

// Only the function that is deferred itself can recover, not one that it calls.
// Where the deferred function is a literal the lowering sees to that. Else the
// function is named when it is deferred, and asks when it is entered.

// recoverer is a function that calls recover, or may.
type recoverer struct {
	key string // "" for any
	fn  any
}

// recovers names a deferred function that calls recover.
func recovers(key string, fn any) any { return recoverer{key, fn} }

// dynamic marks a deferred function value of which nothing is known.
func dynamic(fn any) any {
	if f, ok := fn.(func()); ok && f == nil {
		return fn
	}
	return recoverer{"", fn}
}

// pendingRecover is a function that is about to be called by unwind.
type pendingRecover struct {
	defers *Defers
	key    string
}

func (r *Runtime) expect(d *Defers, key string) uintptr {
	id := stack.G()
	r.mu.Lock()
	r.pending[id] = pendingRecover{d, key}
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

// entered returns what recover asks in a function that was just entered.
func (r *Runtime) entered(key string) *Defers {
	if r.pendings.Load() == 0 {
		return nil
	}
	id := stack.G()
	r.mu.Lock()
	defer r.mu.Unlock()
	p, ok := r.pending[id]
	if !ok || p.key != "" && p.key != key {
		return nil
	}
	delete(r.pending, id)
	return p.defers
}

package rt

import (
	"reflect"
	"sync"
)

// goCall starts a goroutine that calls fn.
func (r *Runtime) goCall(fn any, args ...any) {
	if f := reflect.ValueOf(fn); !f.IsValid() || f.IsNil() {
		panic(PlainError("go of nil func value"))
	}
	r.host.Go(func() {
		defer r.report()
		if f, ok := fn.(func()); ok {
			f()
			return
		}
		call(fn, args)
	})
}

// report is deferred by what runs in a goroutine of the script: a panic there
// must not end the process.
func (r *Runtime) report() {
	if v := recover(); v != nil {
		r.host.Panicked(r.Panicked(v))
	}
}

// guarded returns f with its panics reported.
func (r *Runtime) guarded(f func()) func() {
	if f == nil {
		return nil
	}
	return func() {
		defer r.report()
		r.host.Label()
		f()
	}
}

// waitGroupGo is wg.Go(f).
func (r *Runtime) waitGroupGo(wg *sync.WaitGroup, f func()) {
	wg.Add(1)
	r.host.Go(func() {
		defer wg.Done()
		defer r.report()
		f()
	})
}

// send sends on a channel until the instance ends.
func (r *Runtime) send(c, v any) {
	ch := reflect.ValueOf(c)
	x := reflect.ValueOf(v)
	if !x.IsValid() {
		x = reflect.Zero(ch.Type().Elem())
	}
	if ch.TrySend(x) {
		return
	}
	reflect.Select([]reflect.SelectCase{
		{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(r.host.Done())},
		{Dir: reflect.SelectSend, Chan: ch, Send: x},
	})
}

func closeChannel(c any) { reflect.ValueOf(c).Close() }

// selectCase runs a select statement: for each case whether it sends, the
// channel and the value. It returns the number of the case, -1 for default, and
// what was received. If the instance ends it returns -2.
func (r *Runtime) selectCase(hasDefault bool, args ...any) (int, any, bool) {
	n := len(args) / 3
	cases := make([]reflect.SelectCase, n, n+1)
	for i := range n {
		ch := reflect.ValueOf(args[3*i+1])
		if args[3*i].(bool) {
			x := reflect.ValueOf(args[3*i+2])
			if !x.IsValid() {
				x = reflect.Zero(ch.Type().Elem())
			}
			cases[i] = reflect.SelectCase{Dir: reflect.SelectSend, Chan: ch, Send: x}
		} else {
			cases[i] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: ch}
		}
	}
	if hasDefault {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectDefault})
	} else {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(r.host.Done())})
	}
	i, v, ok := reflect.Select(cases)
	switch {
	case i == n && hasDefault:
		return -1, nil, false
	case i == n:
		return -2, nil, false
	}
	if v.IsValid() {
		return i, v.Interface(), ok
	}
	return i, nil, ok
}

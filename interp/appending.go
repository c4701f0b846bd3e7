package interp

import "reflect"

// appending is the append of one element. Yaegi appends by reflection, which makes a
// slice of the elements and two slice headers each time.
type appending struct {
	inner          step // yaegi's own step
	next           *step
	slice, element func(frame) reflect.Value
	data           uintptr // offset of a frame's variables
	result         int     // where the result is among them
}

// appending returns a step for a call of append, or nil where yaegi's own is the one to
// take.
func (g *guard) appending(n node) step {
	l := g.u.m.layout
	children, next := *at[[]node](n, l.child), l.after(n, l.tnext)
	if len(children) != 3 || next == nil || *at[int](n, l.level) != 0 || generatorName(g.gen) != "_append" ||
		nodeAction(*at[uint](n, l.action)) == actionCallSlice || nodeKind(*at[uint](children[2], l.kind)) == kindFuncLit {
		return nil
	}
	a := &appending{
		inner: g.inner, next: next, slice: yaegiValue(children[1]), element: yaegiValue(children[2]),
		data: l.data, result: *at[int](n, l.findex),
	}
	return a.run
}

// run is the step.
func (a *appending) run(f frame) step {
	s, e, to := a.slice(f), a.element(f), (*at[[]reflect.Value](f, a.data))[a.result]
	if s.Kind() != reflect.Slice || !e.IsValid() || !to.CanSet() {
		return a.inner(f)
	}
	t := to.Type()
	if s.Type() != t || e.Type() != t.Elem() {
		return a.inner(f)
	}
	switch e.Kind() {
	case reflect.Interface, reflect.Slice, reflect.Func:
		return a.inner(f) // it may be the slice itself, or one of yaegi's functions
	}
	to.Set(s)
	n := to.Len()
	if n == to.Cap() {
		to.Grow(1)
	}
	to.SetLen(n + 1)
	to.Index(n).Set(e)
	return *a.next
}

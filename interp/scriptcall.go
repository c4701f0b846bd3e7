package interp

import (
	"reflect"

	"gateway/interp/internal/stack"
)

// scriptCall is the call of a declared function by another.
type scriptCall struct {
	u         *unwinder
	fn        *function
	next      *step
	otherwise *step // what is next where the result is false; nil where that does not matter
	args      []func(frame) reflect.Value
	results   []int // by result: where it goes among the variables of the caller; -1 for nowhere
}

// scriptCall returns a step for the call of a declared function, or nil where yaegi's
// own is the one to take.
func (g *guard) scriptCall(n node) step {
	l := g.u.m.layout
	children := *at[[]node](n, l.child)
	fn := g.u.functions[g.u.child(n, 0).ident(l)]
	parent, next := *at[node](n, l.anc), *at[node](n, l.tnext)
	if fn == nil || parent == nil || *at[int](n, l.level) != 0 || len(children)-1 != fn.params ||
		len(fn.types) < fn.results+fn.params || nodeAction(*at[uint](n, l.action)) == actionCallSlice {
		return nil
	}
	kind := nodeKind(*at[uint](parent, l.kind))
	if kind == kindDefer || kind == kindGo {
		return nil
	}
	c := &scriptCall{u: g.u, fn: fn}
	if next != nil {
		c.next = at[step](next, l.exec)
	}
	if otherwise := *at[node](n, l.fnext); otherwise != nil {
		c.otherwise = at[step](otherwise, l.exec)
	}
	for i, arg := range children[1:] {
		if nodeKind(*at[uint](arg, l.kind)) == kindFuncLit || fn.types[fn.results+i].Kind() == reflect.Func {
			return nil // yaegi makes function values in several ways
		}
		c.args = append(c.args, yaegiValue(arg))
	}
	targets := *at[[]node](parent, l.child)
	for i := range fn.results {
		to := *at[int](n, l.findex) + i
		if kind == kindAssignX || kind == kindDefineX {
			if target := (childNode{targets[i]}); target.ident(l) == "_" {
				to = -1
			}
		}
		c.results = append(c.results, to)
	}
	return c.run
}

// run is the step.
func (c *scriptCall) run(f frame) step {
	fn := c.fn
	callee := fn.take()
	for i, arg := range c.args {
		callee.data[fn.results+i].Set(arg(f))
	}
	fn.run(callee)
	if c.u.attention.Load() != 0 && c.u.passing() {
		return nil // the guard goes on with the panic
	}
	caller := *at[[]reflect.Value](f, c.u.m.layout.data)
	for i, to := range c.results {
		if to >= 0 {
			caller[to].Set(callee.data[i])
		}
	}
	next := c.next
	if c.otherwise != nil && !callee.data[0].Bool() {
		next = c.otherwise
	}
	fn.giveBack(callee)
	if next == nil {
		return nil
	}
	return *next
}

// passing reports whether a panic passes from a function to its caller in the calling
// goroutine.
func (u *unwinder) passing() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	p := u.active[stack.G()]
	return p != nil && p.attended()
}

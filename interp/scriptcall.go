package interp

import (
	"reflect"
	"slices"
	"unsafe"

	"gateway/interp/internal/stack"
)

// scriptCall is the call of a function of the script by another: of a declared one, or
// of a closure.
type scriptCall struct {
	u         *unwinder
	fn        *function                 // nil for a closure
	callee    func(frame) reflect.Value // of a closure; anything may come
	inner     step                      // yaegi's own step, for what is none
	next      *step
	otherwise *step // what is next where the result is false; nil where that does not matter
	args      []func(frame) reflect.Value
	locals    []int // by argument of a declared function: which variable of the caller it is, or -1
	results   []int // by result: where it goes among the variables of the caller; -1 for nowhere
}

// yaegiFuncValue is yaegi's own function that reads the value of a node as a function
// that can be called.
//
//go:linkname yaegiFuncValue github.com/traefik/yaegi/interp.genFuncValue
func yaegiFuncValue(n node) func(frame) reflect.Value

// scriptCall returns a step for the call of a function of the script, or nil where
// yaegi's own is the one to take.
func (g *guard) scriptCall(n node) step {
	l := g.u.m.layout
	parent := *at[node](n, l.anc)
	if parent == nil || *at[int](n, l.level) != 0 || nodeAction(*at[uint](n, l.action)) == actionCallSlice {
		return nil
	}
	kind := nodeKind(*at[uint](parent, l.kind))
	if kind == kindDefer || kind == kindGo {
		return nil
	}
	c := &scriptCall{u: g.u, inner: g.inner, fn: g.u.functions[g.u.child(n, 0).ident(l)]}
	c.next, c.otherwise = l.after(n, l.tnext), l.after(n, l.fnext)
	args := (*at[[]node](n, l.child))[1:]
	if c.fn == nil {
		return g.closureCall(c, n, args, parent, kind)
	}
	if len(args) != c.fn.params || len(c.fn.types) < c.fn.results+c.fn.params {
		return nil
	}
	for i, arg := range args {
		if nodeKind(*at[uint](arg, l.kind)) == kindFuncLit || c.fn.types[c.fn.results+i].Kind() == reflect.Func {
			return nil // yaegi makes function values in several ways
		}
		c.args = append(c.args, yaegiValue(arg))
		local := -1
		if g.fn != nil {
			if k, typ := g.u.typing(g.fn).own(arg); typ != nil {
				local = k
			}
		}
		c.locals = append(c.locals, local)
	}
	c.findResults(n, parent, kind, c.fn.results)
	return c.run
}

// findResults finds where yaegi's step for calls of a script's functions puts results.
func (c *scriptCall) findResults(n, parent node, kind nodeKind, count int) {
	l := c.u.m.layout
	targets := *at[[]node](parent, l.child)
	for i := range count {
		to := *at[int](n, l.findex) + i
		if kind == kindAssignX || kind == kindDefineX {
			if target := (childNode{targets[i]}); target.ident(l) == "_" {
				to = -1
			}
		}
		c.results = append(c.results, to)
	}
}

// closureCall is scriptCall for a function value.
func (g *guard) closureCall(c *scriptCall, n node, args []node, parent node, kind nodeKind) step {
	l := g.u.m.layout
	callee := g.u.child(n, 0)
	typ := *at[unsafe.Pointer](callee.n, l.typ)
	if typ == nil || callee.kind(l) == kindFuncLit {
		return nil
	}
	if (*at[reflect.Value](callee.n, l.rval)).IsValid() || nodeAction(*at[uint](callee.n, l.action)) == actionGetMethod {
		return nil // compiled
	}
	generator := generatorName(g.gen)
	if generator != "call" && generator != "callBin" {
		return nil
	}
	sig := yaegiTypeOf(typ)
	if sig.Kind() != reflect.Func || sig.IsVariadic() || sig.NumIn() != len(args) {
		return nil
	}
	for i, arg := range args {
		switch in := sig.In(i).Kind(); {
		case nodeKind(*at[uint](arg, l.kind)) == kindFuncLit:
			return nil
		case in == reflect.Func:
			c.args = append(c.args, yaegiFuncValue(arg))
		default:
			c.args = append(c.args, yaegiValue(arg))
		}
	}
	switch {
	case generator == "call":
		c.findResults(n, parent, kind, sig.NumOut())
	case kind == kindAssignX, kind == kindDefineX:
		return nil
	default:
		to := *at[int](n, l.findex)
		if kind == kindReturn {
			to = slices.Index(*at[[]node](parent, l.child), n)
		}
		for i := range sig.NumOut() {
			c.results = append(c.results, to+i)
		}
	}
	c.callee = yaegiValue(callee.n)
	return c.runClosure
}

// runClosure is the step of a closure's call.
func (c *scriptCall) runClosure(f frame) step {
	called := c.u.m.closureOf(c.callee(f))
	if called == nil {
		return c.inner(f)
	}
	callee := called.take(called.outer)
	for i, arg := range c.args {
		v, to := arg(f), callee.data[called.results+i]
		if !v.IsValid() || v.Type() != to.Type() && !v.Type().AssignableTo(to.Type()) {
			return c.inner(f)
		}
		set(to, v)
	}
	return c.finish(f, called.function, callee)
}

// run is the step of a declared function's call.
func (c *scriptCall) run(f frame) step {
	callee := c.fn.take(c.u.m.root())
	own, params := *at[[]reflect.Value](f, c.u.m.layout.data), callee.data[c.fn.results:]
	for i, arg := range c.args {
		if local := c.locals[i]; local >= 0 {
			set(params[i], own[local])
		} else {
			set(params[i], arg(f))
		}
	}
	return c.finish(f, c.fn, callee)
}

// finish runs the function and takes its results over.
func (c *scriptCall) finish(f frame, fn *function, callee *callFrame) step {
	fn.run(callee)
	if c.u.attention.Load() != 0 && c.u.passing() {
		return nil // the guard goes on with the panic
	}
	caller := *at[[]reflect.Value](f, c.u.m.layout.data)
	for i, to := range c.results {
		switch v := callee.data[i]; {
		case to < 0:
		case v.Kind() == reflect.Func: // the variable may hold one of yaegi's, which cannot be set
			caller[to] = reflect.New(v.Type()).Elem()
			caller[to].Set(v)
		default:
			set(caller[to], v)
		}
	}
	next := c.next
	if c.otherwise != nil && !callee.data[0].Bool() {
		next = c.otherwise
	}
	fn.giveBack(callee)
	return follow(next)
}

// passing reports whether a panic passes from a function to its caller in the calling
// goroutine.
func (u *unwinder) passing() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	p := u.active[stack.G()]
	return p != nil && p.attended()
}

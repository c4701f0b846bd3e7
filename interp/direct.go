package interp

import (
	"reflect"

	"gateway"
)

// Compiled functions are called by yaegi through package reflect, with slices for
// arguments and results, and a copy of every result. For the signatures that nearly
// every handler uses the guard's step makes the call itself.

// callNode is what a call step knows of its node.
type callNode struct {
	inner     step // yaegi's own step
	next      *step
	otherwise *step                       // what is next where the result is false; nil where that does not matter
	args      []func(frame) reflect.Value // the receiver of a method first
	data      uintptr                     // offset of a frame's variables
	targets   []target                    // of the results
}

// direct returns a step for the call of a compiled function, or nil where yaegi's
// own is the one to take.
func (g *guard) direct(n node) step {
	l := g.u.m.layout
	if nodeAction(*at[uint](n, l.action)) == actionCallSlice || *at[int](n, l.level) != 0 {
		return nil
	}
	parent, next := *at[node](n, l.anc), l.after(n, l.tnext)
	if parent == nil || next == nil {
		return nil
	}
	kind := nodeKind(*at[uint](parent, l.kind))
	switch kind {
	case kindDefer, kindGo, kindReturn:
		return nil // the results go elsewhere
	}
	children := *at[[]node](n, l.child)
	function := children[0]
	typ := *at[node](function, l.typ)
	if typ == nil {
		return nil
	}
	t := *at[reflect.Type](typ, l.rtype)
	if t == nil || t.Kind() != reflect.Func {
		return nil
	}
	c := &callNode{inner: g.inner, next: next, otherwise: l.after(n, l.fnext), data: l.data}
	var fn reflect.Value
	switch nodeKind(*at[uint](function, l.kind)) {
	case kindIdent:
		fn = *at[reflect.Value](function, l.rval)
	case kindSelector:
		index, ok := (*at[any](function, l.val)).(int)
		if !ok || nodeAction(*at[uint](function, l.action)) != actionGetMethod || t.NumIn() == 0 || t.In(0).Kind() != reflect.Pointer || index >= t.In(0).NumMethod() {
			return nil
		}
		if fn = t.In(0).Method(index).Func; fn.Type() != t {
			return nil
		}
		c.args = append(c.args, yaegiValue((*at[[]node](function, l.child))[0]))
	}
	if !fn.IsValid() || fn.Kind() != reflect.Func || fn.IsNil() {
		return nil
	}
	variadic := fn.Type().IsVariadic()
	for _, arg := range children[1:] {
		if variadic && nodeKind(*at[uint](arg, l.kind)) == kindCall {
			return nil // it may have several results
		}
		c.args = append(c.args, yaegiValue(arg))
	}
	if in := fn.Type().NumIn(); !variadic && len(c.args) != in || variadic && len(c.args) < in-1 {
		return nil
	}
	if kind == kindAssignX || kind == kindDefineX {
		if !c.findTargets(l, parent, kind, fn.Type().NumOut()) {
			return nil
		}
		return c.stepOfSeveral(fn.Interface())
	}
	c.targets = resultOf(l, n)
	return c.step(fn.Interface())
}

// step returns the step that calls fn, or nil for a signature that is not among
// those below.
func (c *callNode) step(fn any) step {
	switch fn := fn.(type) {
	case func(any) any:
		return func(f frame) step { putInterface(c.target(f, 0), fn(c.any(f, 0))); return *c.next }
	case func(any) error:
		return func(f frame) step { putInterface(c.target(f, 0), fn(c.any(f, 0))); return *c.next }
	case func(any) *gateway.Response:
		return func(f frame) step { put(c.target(f, 0), reflect.ValueOf(fn(c.any(f, 0)))); return *c.next }
	case func(int, any) *gateway.Response:
		return func(f frame) step {
			put(c.target(f, 0), reflect.ValueOf(fn(c.int(f, 0), c.any(f, 1))))
			return *c.next
		}
	case func(int, string) *gateway.Response:
		return func(f frame) step {
			put(c.target(f, 0), reflect.ValueOf(fn(c.int(f, 0), c.string(f, 1))))
			return *c.next
		}
	case func(*gateway.Request, any) error:
		return func(f frame) step {
			req, ok := receiver[gateway.Request](c, f)
			if !ok {
				return c.inner(f)
			}
			putInterface(c.target(f, 0), fn(req, c.any(f, 1)))
			return *c.next
		}
	case func(*gateway.Request, string) string:
		return func(f frame) step {
			req, ok := receiver[gateway.Request](c, f)
			if !ok {
				return c.inner(f)
			}
			putString(c.target(f, 0), fn(req, c.string(f, 1)))
			return *c.next
		}
	case func(*gateway.Request, string, int) int:
		return func(f frame) step {
			req, ok := receiver[gateway.Request](c, f)
			if !ok {
				return c.inner(f)
			}
			putInt(c.target(f, 0), fn(req, c.string(f, 1), c.int(f, 2)))
			return *c.next
		}
	case func(*gateway.Response, string, string) *gateway.Response:
		return func(f frame) step {
			res, ok := receiver[gateway.Response](c, f)
			if !ok {
				return c.inner(f)
			}
			put(c.target(f, 0), reflect.ValueOf(fn(res, c.string(f, 1), c.string(f, 2))))
			return *c.next
		}
	case func(int, any) any:
		return func(f frame) step { putInterface(c.target(f, 0), fn(c.int(f, 0), c.any(f, 1))); return *c.next }
	case func(int, any) int:
		return func(f frame) step { putInt(c.target(f, 0), fn(c.int(f, 0), c.any(f, 1))); return *c.next }
	case func(int):
		return func(f frame) step { fn(c.int(f, 0)); return *c.next }
	case func(int, ...any):
		return func(f frame) step { fn(c.int(f, 0), c.anys(f, 1)...); return *c.next }
	case func(string) bool:
		return func(f frame) step { return c.branch(f, fn(c.string(f, 0))) }
	case func(string, string) bool:
		return func(f frame) step { return c.branch(f, fn(c.string(f, 0), c.string(f, 1))) }
	case func(string, string) int:
		return func(f frame) step { putInt(c.target(f, 0), fn(c.string(f, 0), c.string(f, 1))); return *c.next }
	case func(string, string) []string:
		return func(f frame) step {
			put(c.target(f, 0), reflect.ValueOf(fn(c.string(f, 0), c.string(f, 1))))
			return *c.next
		}
	case func(string) []string:
		return func(f frame) step { put(c.target(f, 0), reflect.ValueOf(fn(c.string(f, 0)))); return *c.next }
	case func(string, string, string) string:
		return func(f frame) step {
			putString(c.target(f, 0), fn(c.string(f, 0), c.string(f, 1), c.string(f, 2)))
			return *c.next
		}
	case func(string) string:
		return func(f frame) step { putString(c.target(f, 0), fn(c.string(f, 0))); return *c.next }
	case func(string, string) string:
		return func(f frame) step { putString(c.target(f, 0), fn(c.string(f, 0), c.string(f, 1))); return *c.next }
	case func(int) string:
		return func(f frame) step { putString(c.target(f, 0), fn(c.int(f, 0))); return *c.next }
	case func(string, ...any) string:
		return func(f frame) step { putString(c.target(f, 0), fn(c.string(f, 0), c.anys(f, 1)...)); return *c.next }
	case func(...any) string:
		return func(f frame) step { putString(c.target(f, 0), fn(c.anys(f, 0)...)); return *c.next }
	}
	return nil
}

func (c *callNode) any(f frame, i int) any { return anyOf(c.args[i](f)) }

// anyOf is the value, or what it holds where it is an interface.
func anyOf(v reflect.Value) any {
	if v.Kind() == reflect.Interface && v.IsNil() {
		return nil
	}
	return v.Interface()
}

// anys are the arguments from the given one on.
func (c *callNode) anys(f frame, first int) []any {
	if first == len(c.args) {
		return nil
	}
	list := make([]any, len(c.args)-first)
	for i := range list {
		list[i] = c.any(f, first+i)
	}
	return list
}

func (c *callNode) string(f frame, i int) string {
	v := c.args[i](f)
	if v.Kind() != reflect.String {
		panic("argument is a " + v.Type().String() + " instead of a string") // String has a text for it
	}
	return v.String()
}

func (c *callNode) int(f frame, i int) int { return int(c.args[i](f).Int()) }

// receiver is the receiver of a method of *T, unless it is given as a T.
func receiver[T any](c *callNode, f frame) (*T, bool) {
	v := c.args[0](f)
	if v.Kind() != reflect.Pointer {
		return nil, false
	}
	return (*T)(v.UnsafePointer()), true
}

// branch sets the variable to a truth value, which may decide what is next.
func (c *callNode) branch(f frame, ok bool) step {
	c.target(f, 0).SetBool(ok)
	if c.otherwise != nil && !ok {
		return *c.otherwise
	}
	return *c.next
}

// target is where a result goes.
type target struct {
	index int  // among the variables; -1 for nowhere
	fresh bool // the variable is a new one each time
}

// resultOf are the targets of a node with one result, which is its own.
func resultOf(l *yaegiFields, n node) []target { return []target{{index: *at[int](n, l.findex)}} }

// findTargets finds those of several results. It fails where they are not variables of
// the function.
func (c *callNode) findTargets(l *yaegiFields, parent node, kind nodeKind, count int) bool {
	children := *at[[]node](parent, l.child)
	if len(children) != count+1 {
		return false
	}
	for _, n := range children[:count] {
		switch name := (childNode{n}).ident(l); {
		case name == "_":
			c.targets = append(c.targets, target{index: -1})
		case name == "" || *at[int](n, l.level) != 0 || *at[int](n, l.findex) < 0:
			return false
		default:
			c.targets = append(c.targets, target{*at[int](n, l.findex), kind == kindDefineX && !*at[bool](n, l.redeclared)})
		}
	}
	return true
}

// stepOfSeveral is step for functions with several results.
func (c *callNode) stepOfSeveral(fn any) step {
	switch fn := fn.(type) {
	case func(any) (int, any):
		return func(f frame) step {
			n, v := fn(c.any(f, 0))
			putInt(c.target(f, 0), n)
			putInterface(c.target(f, 1), v)
			return *c.next
		}
	case func(any) ([]byte, error):
		return func(f frame) step {
			b, err := fn(c.any(f, 0))
			put(c.target(f, 0), reflect.ValueOf(b))
			putInterface(c.target(f, 1), err)
			return *c.next
		}
	case func(string) (int, error):
		return func(f frame) step {
			n, err := fn(c.string(f, 0))
			putInt(c.target(f, 0), n)
			putInterface(c.target(f, 1), err)
			return *c.next
		}
	case func(string, string) (string, string, bool):
		return func(f frame) step {
			before, after, found := fn(c.string(f, 0), c.string(f, 1))
			putString(c.target(f, 0), before)
			putString(c.target(f, 1), after)
			put(c.target(f, 2), reflect.ValueOf(found))
			return *c.next
		}
	case func(*gateway.Request, string) (string, error):
		return func(f frame) step {
			req, ok := receiver[gateway.Request](c, f)
			if !ok {
				return c.inner(f)
			}
			s, err := fn(req, c.string(f, 1))
			putString(c.target(f, 0), s)
			putInterface(c.target(f, 1), err)
			return *c.next
		}
	case func(*gateway.Request, string) (int, error):
		return func(f frame) step {
			req, ok := receiver[gateway.Request](c, f)
			if !ok {
				return c.inner(f)
			}
			n, err := fn(req, c.string(f, 1))
			putInt(c.target(f, 0), n)
			putInterface(c.target(f, 1), err)
			return *c.next
		}
	}
	return nil
}

// target is the variable for a result; invalid where there is none.
func (c *callNode) target(f frame, i int) reflect.Value {
	t, data := c.targets[i], *at[[]reflect.Value](f, c.data)
	if t.index < 0 {
		return reflect.Value{}
	}
	if t.fresh { // closures may still refer to the one before
		data[t.index] = reflect.New(data[t.index].Type()).Elem()
	}
	return data[t.index]
}

func put(to, v reflect.Value) {
	if to.IsValid() {
		to.Set(v)
	}
}

func putInt(to reflect.Value, n int) {
	if to.IsValid() && to.Kind() == reflect.Int {
		to.SetInt(int64(n))
	} else {
		put(to, reflect.ValueOf(n))
	}
}

func putString(to reflect.Value, s string) {
	if to.IsValid() && to.Kind() == reflect.String {
		to.SetString(s)
	} else {
		put(to, reflect.ValueOf(s))
	}
}

// putInterface sets a variable to a value of an interface type I. Package reflect would
// copy what the interface holds.
func putInterface[I any](to reflect.Value, v I) {
	switch {
	case !to.IsValid():
	case to.Type() == reflect.TypeFor[I]():
		*(*I)(to.Addr().UnsafePointer()) = v
	default:
		to.Set(reflect.ValueOf(&v).Elem())
	}
}

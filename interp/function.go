package interp

import (
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Yaegi allocates each variable of each call of a function, and recovers panics in
// every call. A function here is called without that: its frames are used again, with
// those variables that nobody can still refer to, and panics are the guards' business.

// yaegiNewFrame is yaegi's own function that makes a frame without variables.
//
//go:linkname yaegiNewFrame github.com/traefik/yaegi/interp.newFrame
func yaegiNewFrame(outer frame, variables int, id uint64) frame

// function is a declared function as yaegi compiled it.
type function struct {
	m       *machine
	first   *step          // where its body begins
	types   []reflect.Type // of its variables: results, parameters, others
	results int
	params  int
	reuse   []bool // by variable: whether the next call may have it; nil where none
	// frames are those that may be used again. It is made by the first call, because most functions of
	// an instance are never called.
	frames atomic.Pointer[sync.Pool]
}

// callFrame is a frame of a function and the variables it was made with.
type callFrame struct {
	frame frame
	data  []reflect.Value // the frame's own
	first []reflect.Value // as made; invalid where a call has a new one
}

// findFunctions finds the declared functions of a tree by their identifiers.
func (u *unwinder) findFunctions(root node) {
	l := u.m.layout
	u.functions = map[string]*function{}
	for _, n := range *at[[]node](root, l.child) {
		if n != nil && nodeKind(*at[uint](n, l.kind)) == kindFuncDecl {
			if f := u.newFunction(n); f != nil {
				u.functions[u.child(n, 1).ident(l)] = f
			}
		}
	}
}

// newFunction makes the function of a declaration. It is nil where yaegi has to call it
// itself, because it runs the deferred calls.
func (u *unwinder) newFunction(n node) *function {
	l := u.m.layout
	body, typ := u.child(n, 3).n, *at[node](n, l.typ)
	if body == nil || typ == nil || u.defers(body) {
		return nil
	}
	start := *at[node](body, l.start)
	if start == nil {
		return nil
	}
	f := &function{
		m: u.m, first: at[step](start, l.exec), types: *at[[]reflect.Type](n, l.types),
		results: len(*at[[]node](typ, l.ret)), params: len(*at[[]node](typ, l.arg)),
	}
	if reuse := slices.Repeat([]bool{true}, len(f.types)); u.findKept(body, reuse) {
		f.reuse = reuse
	}
	return f
}

// defers reports whether the function itself has a defer statement.
func (u *unwinder) defers(n node) bool {
	if n == nil {
		return false
	}
	switch nodeKind(*at[uint](n, u.m.layout.kind)) {
	case kindFuncLit:
		return false
	case kindDefer:
		return true
	}
	return slices.ContainsFunc(*at[[]node](n, u.m.layout.child), u.defers)
}

// findKept finds the variables that something may refer to when the function has
// returned: those that a pointer, a slice or a method with a pointer receiver was made
// of. It returns false where that can be any of them, which function literals see.
func (u *unwinder) findKept(n node, reuse []bool) bool {
	if n == nil {
		return true
	}
	l := u.m.layout
	kind := nodeKind(*at[uint](n, l.kind))
	children := *at[[]node](n, l.child)
	switch {
	case kind == kindFuncLit:
		return false
	case kind == kindAddress, kind == kindSlice, nodeAction(*at[uint](n, l.action)) == actionGetMethod:
		if len(children) == 0 {
			return false
		}
		u.keep(children[0], reuse)
	}
	for _, c := range children {
		if !u.findKept(c, reuse) {
			return false
		}
	}
	return true
}

// keep marks the variable that an operand is, is a part of, or was computed into.
func (u *unwinder) keep(operand node, reuse []bool) {
	l := u.m.layout
	for operand != nil {
		if i := *at[int](operand, l.findex); i >= 0 && i < len(reuse) {
			reuse[i] = false
		}
		children := *at[[]node](operand, l.child)
		if len(children) == 0 {
			return
		}
		operand = children[0]
	}
}

// run executes the body on a frame. It is not inlined, so that the unwinder sees it on
// the stack.
//
//go:noinline
func (fn *function) run(f *callFrame) {
	id, now := at[uint64](f.frame, fn.m.layout.frameID), at[uint64](unsafe.Pointer(fn.m.yaegi), fn.m.layout.id)
	for next := *fn.first; next != nil && *id == atomic.LoadUint64(now); {
		next = next(f.frame)
	}
	fn.m.returned(f.frame)
}

// take gives a frame whose variables are zero.
func (fn *function) take() *callFrame {
	if frames := fn.frames.Load(); frames != nil {
		if f, _ := frames.Get().(*callFrame); f != nil {
			return f
		}
	}
	root := *at[frame](unsafe.Pointer(fn.m.yaegi), fn.m.layout.frame)
	f := &callFrame{frame: yaegiNewFrame(root, len(fn.types), atomic.LoadUint64(at[uint64](root, fn.m.layout.frameID)))}
	f.data = *at[[]reflect.Value](f.frame, fn.m.layout.data)
	for i, t := range fn.types {
		f.data[i] = reflect.New(t).Elem()
	}
	if fn.reuse != nil {
		f.first = make([]reflect.Value, len(fn.types))
		for i, again := range fn.reuse {
			if again {
				f.first[i] = f.data[i]
			}
		}
	}
	return f
}

// giveBack keeps the frame for another call. One in which a panic passed is not given
// back. One that was stopped may be: its machine runs nothing any more.
func (fn *function) giveBack(f *callFrame) {
	if fn.reuse == nil {
		return
	}
	for i, v := range f.first {
		if v.IsValid() {
			v.SetZero()
		} else {
			v = reflect.New(fn.types[i]).Elem()
		}
		f.data[i] = v
	}
	frames := fn.frames.Load()
	if frames == nil {
		frames = &sync.Pool{}
		if !fn.frames.CompareAndSwap(nil, frames) {
			frames = fn.frames.Load()
		}
	}
	frames.Put(f)
}

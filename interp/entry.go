package interp

import (
	"reflect"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"unsafe"

	"gateway"
)

// A handler that compiled code calls goes through package reflect twice: yaegi makes a
// function value of it whose arguments and results are copied, and each of its
// variables is allocated. An entry is the same without that: it prepares the frame
// itself and runs the steps. Frames are used again, with those variables that nobody
// can still refer to.

// yaegiNewFrame is yaegi's own function that makes a frame without variables.
//
//go:linkname yaegiNewFrame github.com/traefik/yaegi/interp.newFrame
func yaegiNewFrame(outer frame, variables int, id uint64) frame

// entry is a handler as yaegi compiled it.
type entry struct {
	m      *machine
	first  *step // where its body begins
	types  []reflect.Type
	reuse  []bool // by variable: whether the next call may have it, if there are frames
	plain  bool   // it has no error among its results
	frames *sync.Pool
}

// callFrame is a frame of an entry and the variables it was made with.
type callFrame struct {
	frame frame
	data  []reflect.Value // the frame's own
	first []reflect.Value // as made; invalid where a call has a new one
}

// findEntries finds the functions of the tree that are handed out as handlers: the
// names under which that is done and their functions.
func (u *unwinder) findEntries(root node) map[string]*entry {
	l := u.m.layout
	functions := map[string]node{}
	handedOut := map[string]string{} // literal of the name → identifier
	var walk func(n node)
	walk = func(n node) {
		if n == nil {
			return
		}
		switch nodeKind(*at[uint](n, l.kind)) {
		case kindFuncDecl:
			functions[u.child(n, 1).ident(l)] = n
		case kindCall:
			if u.m.called(n) == readyFunction {
				if name, err := strconv.Unquote(*at[string](u.child(n, 1).n, l.ident)); err == nil {
					handedOut[name] = u.child(n, 2).ident(l)
				}
			}
		}
		for _, c := range *at[[]node](n, l.child) {
			walk(c)
		}
	}
	walk(root)
	entries := map[string]*entry{}
	for name, ident := range handedOut {
		if n, ok := functions[ident]; ok {
			if e := u.newEntry(n); e != nil {
				entries[name] = e
			}
		}
	}
	return entries
}

// readyFunction hands out an entry: a name and a function.
const readyFunction = "rt_ready"

var (
	contextType  = reflect.TypeFor[*gateway.Context]()
	requestType  = reflect.TypeFor[*gateway.Request]()
	responseType = reflect.TypeFor[*gateway.Response]()
)

// newEntry makes the entry of a function. It is nil where the function's frame does
// not look like a handler's.
func (u *unwinder) newEntry(n node) *entry {
	l := u.m.layout
	body := u.child(n, 3).n
	if body == nil || u.defers(body) {
		return nil // yaegi runs the deferred calls
	}
	start := *at[node](body, l.start)
	if start == nil {
		return nil
	}
	e := &entry{m: u.m, first: at[step](start, l.exec), types: *at[[]reflect.Type](n, l.types)}
	want := []reflect.Type{responseType, errorType, contextType, requestType}
	if len(e.types) > 1 && e.types[1] == contextType {
		e.plain, want = true, []reflect.Type{responseType, contextType, requestType}
	}
	if len(e.types) < len(want) {
		return nil
	}
	for i, t := range want {
		if e.types[i] != t {
			return nil
		}
	}
	e.reuse = slices.Repeat([]bool{true}, len(e.types))
	if u.findKept(body, e.reuse) {
		e.frames = &sync.Pool{}
	}
	return e
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

// call runs the handler.
func (e *entry) call(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	f := e.take()
	arguments := 2
	if e.plain {
		arguments = 1
	}
	f.data[arguments].Set(reflect.ValueOf(ctx))
	f.data[arguments+1].Set(reflect.ValueOf(req))
	id, now := at[uint64](f.frame, e.m.layout.frameID), at[uint64](unsafe.Pointer(e.m.yaegi), e.m.layout.id)
	for next := *e.first; next != nil && *id == atomic.LoadUint64(now); {
		next = next(f.frame)
	}
	e.m.returned(f.frame)
	response := (*gateway.Response)(f.data[0].UnsafePointer())
	var err error
	if !e.plain && !f.data[1].IsNil() {
		err = f.data[1].Interface().(error)
	}
	e.giveBack(f)
	return response, err
}

// take gives a frame whose variables are zero.
func (e *entry) take() *callFrame {
	if e.frames != nil {
		if f, _ := e.frames.Get().(*callFrame); f != nil {
			return f
		}
	}
	root := *at[frame](unsafe.Pointer(e.m.yaegi), e.m.layout.frame)
	f := &callFrame{frame: yaegiNewFrame(root, len(e.types), atomic.LoadUint64(at[uint64](root, e.m.layout.frameID)))}
	f.data = *at[[]reflect.Value](f.frame, e.m.layout.data)
	for i, t := range e.types {
		f.data[i] = reflect.New(t).Elem()
	}
	if e.frames != nil {
		f.first = make([]reflect.Value, len(e.types))
		for i, again := range e.reuse {
			if again {
				f.first[i] = f.data[i]
			}
		}
	}
	return f
}

// giveBack keeps the frame for another call. A call that panicked or was stopped
// does not come here or does not matter any more: its instance is not called again.
func (e *entry) giveBack(f *callFrame) {
	if e.frames == nil {
		return
	}
	for i, v := range f.first {
		if v.IsValid() {
			v.SetZero()
		} else {
			v = reflect.New(e.types[i]).Elem()
		}
		f.data[i] = v
	}
	e.frames.Put(f)
}

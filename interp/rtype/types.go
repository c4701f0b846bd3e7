package rtype

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Types is a set of run-time types for one instance of a program. All methods
// are safe for concurrent use. It must not be used after Release, but values
// of its types may live on; calling their methods panics.
type Types struct {
	table    *Table
	pairs    []pair
	index    map[*typ]int    // of outer types; read-only
	members  map[int]*member // by node
	comps    []*component
	known    sync.Map // implementation → bool
	released atomic.Bool
}

// A pair is one type on both sides.
type pair struct{ inner, outer *typ }

// Len returns the number of types.
func (t *Types) Len() int { return len(t.pairs) }

// Inner returns the inner type with index i, which the interpreter computes
// with. For interface types with methods Inner and Outer are the same.
func (t *Types) Inner(i int) reflect.Type { return toReflect(t.pairs[i].inner) }

// Outer returns the outer type with index i, which compiled code sees.
func (t *Types) Outer(i int) reflect.Type { return toReflect(t.pairs[i].outer) }

// Bind makes fn the body of a method (see [Table.Methods]) of the type with
// index i. The first parameter of fn is the receiver: the inner type for
// methods with value receivers, a pointer to it for the others. The other
// parameters and the results are the inner types of the signature. Compiled
// code that calls a method that needs Bind and has not got it panics.
func (t *Types) Bind(i int, method string, fn reflect.Value) error {
	m := t.members[i]
	if m == nil {
		return fmt.Errorf("rtype: bind %s: type %v has no methods of its own", method, t.Outer(i))
	}
	for k, mn := range t.table.nodes[i].methods {
		if mn.name == method {
			if err := t.checkSignature(i, mn, fn); err != nil {
				return err
			}
			m.methods[k].bind(fn)
			return nil
		}
	}
	return fmt.Errorf("rtype: bind: type %v has no method %s", t.Outer(i), method)
}

// Box returns v with its inner type replaced by the outer type with index i.
// The memory is shared. If type i is an interface type, v is returned as it
// is. Box panics if v does not hold the inner type.
func (t *Types) Box(i int, v any) any {
	p := &t.pairs[i]
	e := (*eface)(unsafe.Pointer(&v))
	if e.typ == p.inner {
		e.typ = p.outer
		return v
	}
	return t.convert(v, p.inner, p.outer)
}

// Unbox returns v with its outer type, which must be the one with index i,
// replaced by the inner type. If type i is an interface type, v is returned
// as it is. Unbox panics if v does not hold the outer type.
func (t *Types) Unbox(i int, v any) any {
	p := &t.pairs[i]
	e := (*eface)(unsafe.Pointer(&v))
	if e.typ == p.outer {
		e.typ = p.inner
		return v
	}
	return t.convert(v, p.outer, p.inner)
}

// convert deals with what is not the ordinary case of Box and Unbox: v does
// not hold from.
func (t *Types) convert(v any, from, to *typ) any {
	has := typeWord(v)
	switch {
	case reflect.Kind(to.kind) == reflect.Interface, has == to:
		return v
	case has == nil:
		panic(fmt.Sprintf("rtype: nil interface where %v is expected", toReflect(from)))
	}
	panic(fmt.Sprintf("rtype: %v where %v is expected", toReflect(has), toReflect(from)))
}

// Index returns the index of the outer type that v holds, or -1 if that type
// is not in the table or v is nil.
func (t *Types) Index(v any) int {
	if i, ok := t.index[typeWord(v)]; ok {
		return i
	}
	return -1
}

// IndexOf returns the index of an outer type, or -1 if it is not in the table.
func (t *Types) IndexOf(outer reflect.Type) int {
	if i, ok := t.index[toTyp(outer)]; ok {
		return i
	}
	return -1
}

// implementation is a question to answer once.
type implementation struct {
	typ   *typ
	iface int
}

// Is reports whether x.(T) succeeds for T the type with index i: whether v
// holds the outer type, or implements it if it is an interface type.
func (t *Types) Is(i int, v any) bool {
	has, want := typeWord(v), t.pairs[i].outer
	if has == nil || has == want || reflect.Kind(want.kind) != reflect.Interface {
		return has != nil && has == want
	}
	q := implementation{has, i}
	if known, ok := t.known.Load(q); ok {
		return known.(bool)
	}
	is := toReflect(has).Implements(toReflect(want))
	t.known.Store(q, is)
	return is
}

// AssertionError returns the run-time error of x.(T) that fails: from is the
// index of x's interface type, to that of T, and v is the value of x.
func (t *Types) AssertionError(from, to int, v any) error {
	has, want := typeWord(v), t.pairs[to].outer
	switch {
	case reflect.Kind(want.kind) != reflect.Interface:
		return assertionError(t.pairs[from].outer, has, want, "")
	case has == nil:
		return assertionError(nil, nil, want, "")
	}
	return assertionError(nil, has, want, missingMethod(toReflect(has), toReflect(want)))
}

// missingMethod returns the name of the first method that t lacks to
// implement the interface type.
func missingMethod(t, iface reflect.Type) string {
	for want := range iface.Methods() {
		has, ok := t.MethodByName(want.Name)
		if !ok || !slices.Equal(ins(has.Type)[1:], ins(want.Type)) || !slices.Equal(outs(has.Type), outs(want.Type)) {
			return want.Name
		}
	}
	return ""
}

// Release unbinds all methods and keeps the types for reuse. The instance must
// have ended. Further calls have no effect.
func (t *Types) Release() {
	if t.released.Swap(true) {
		return
	}
	for _, c := range t.comps {
		for _, m := range c.members {
			for _, bm := range m.methods {
				bm.unbind()
			}
		}
	}
	world.release(t.comps)
}

package interp

import (
	"reflect"
	"sync"
	"unsafe"

	"gateway/interp/lower"
	"gateway/interp/rt"
	"gateway/interp/rtype"
)

// All functions of scripts are one to reflect.Value.Pointer, because they share compiled
// code. Programs tell functions apart by it, and ask runtime.FuncForPC for their names. So
// theirs are program counters of ours here too: the same for all closures of a literal,
// as compiled ones have.

// functionPointers are the functions whose pointers a program has asked for, and its
// declared ones.
type functionPointers struct {
	mu     sync.Mutex // guards what follows
	index  map[functionKey]uintptr
	places []callPlace
}

// functionKey is the same for all function values that have the same code when compiled:
// the closures of one literal, the values of one method.
type functionKey struct {
	code  unsafe.Pointer
	bound bool // a method value, not an expression
}

// functionBase is where their program counters begin, below pcBase.
const functionBase = pcBase >> 1

// add is the program counter of the function with that key, whose place is told where it
// is new.
func (t *functionPointers) add(key functionKey, place func() callPlace) uintptr {
	t.mu.Lock()
	defer t.mu.Unlock()
	if pc, ok := t.index[key]; ok {
		return pc
	}
	if t.index == nil {
		t.index = map[functionKey]uintptr{}
	}
	pc := functionBase + uintptr(len(t.places))*pcStep
	t.index[key] = pc
	t.places = append(t.places, place())
	return pc
}

// find is the program counter of a function that was added, else 0.
func (t *functionPointers) find(key functionKey) uintptr {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.index[key]
}

// place is what a program counter stands for, nil where it is not one of these.
func (t *functionPointers) place(pc uintptr) *callPlace {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := (pc - functionBase) / pcStep; pc >= functionBase && n < uintptr(len(t.places)) {
		return &t.places[n]
	}
	return nil
}

// Function is part of [rt.Functions].
func (i *Instance) Function(fn reflect.Value, name string) {
	i.functions.add(i.functionKey(fn), func() callPlace { return i.declaredPlace(name, "") })
}

// FunctionPointer is part of [rt.Functions].
func (i *Instance) FunctionPointer(fn reflect.Value) uintptr {
	key := i.functionKey(fn)
	if pc := i.functions.find(key); pc != 0 {
		return pc
	}
	c := i.machine.closureOf(fn)
	switch {
	case c != nil && c.node != nil:
		return i.functions.add(key, func() callPlace { return i.literalPlace(c, key.bound) })
	case c != nil || rtype.MadeFrom(key.code) != nil:
		return uintptr(key.code)
	}
	return 0
}

// functionKey is the key of a function value.
func (i *Instance) functionKey(fn reflect.Value) functionKey {
	c := i.machine.closureOf(fn)
	if c == nil {
		return functionKey{code: rtype.FuncPointer(fn)}
	}
	if method := i.unwind.functions[i.forwarded(c)]; method != nil {
		return functionKey{unsafe.Pointer(method), c.params < method.params}
	}
	return functionKey{code: unsafe.Pointer(c.literal)}
}

// literalPlace is where a literal begins, or the method whose value it is.
func (i *Instance) literalPlace(c *closure, bound bool) callPlace {
	if method := i.forwarded(c); method != "" {
		suffix := ""
		if bound {
			suffix = "-fm"
		}
		return i.declaredPlace(method, suffix)
	}
	pos, names := i.machine.position(c.node), i.program.names
	name := names.at(pos.Filename, pos.Line, true)
	if name == "" { // at package level
		return callPlace{file: pos.Filename, line: pos.Line}
	}
	return callPlace{names.qualified(name, pos.Filename), pos.Filename, pos.Line}
}

// declaredPlace is where a function begins that has the name in lowered code.
func (i *Instance) declaredPlace(name, suffix string) callPlace {
	pos, names := i.program.lowered.Functions[name], i.program.names
	if !pos.IsValid() {
		return callPlace{}
	}
	return callPlace{names.qualified(names.at(pos.Filename, pos.Line, false), pos.Filename) + suffix, pos.Filename, pos.Line}
}

// forwarded is the name of the method of which a literal of the lowering is the value, or
// "" where it is the author's own.
func (i *Instance) forwarded(c *closure) string {
	if c.node == nil || i.machine.position(c.node).Filename != lower.ForwardPlace {
		return ""
	}
	return i.unwind.calledIn(c.node)
}

// calledIn is the name of the declared function that is called first below a node, or "".
func (u *unwinder) calledIn(n node) string {
	if (childNode{n}).kind(u.m.layout) == kindCall {
		if name := u.child(n, 0).ident(u.m.layout); u.functions[name] != nil {
			return name
		}
	}
	for _, c := range *at[[]node](n, u.m.layout.child) {
		if c == nil {
			continue
		}
		if name := u.calledIn(c); name != "" {
			return name
		}
	}
	return ""
}

var _ rt.Functions = (*Instance)(nil)

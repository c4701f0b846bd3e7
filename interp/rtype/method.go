package rtype

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unsafe"
)

// A boundMethod is a method of an outer type. Up to two slots stand for it in
// method tables, because compiled code calls methods in two ways.
type boundMethod struct {
	typ  string // of which it is a method, for messages
	name string

	// pointer is called with a pointer to the receiver: through interfaces
	// that hold pointers, and through those that hold values, because the
	// data word of such an interface is a pointer to the value.
	pointer slot
	// value is called with the receiver as declared: by a func value from
	// reflect.Type.Method, and through interfaces that hold values of types
	// that are pointers themselves. noSlot for methods with pointer receivers.
	value slot

	// The closures of the slots while no function is bound.
	unboundPointer, unboundValue closurePtr
}

// callable says whether compiled code can call the method.
func (m *boundMethod) callable() bool { return m.pointer != noSlot }

// unbind makes the method what it was when it was made.
func (m *boundMethod) unbind() {
	if m.callable() {
		m.pointer.set(m.unboundPointer)
	}
	if m.value != noSlot {
		m.value.set(m.unboundValue)
	}
}

// buildMethods makes the method tables of the component's types.
func (b *builder) buildMethods(tmpl *template, c *component) error {
	slots := 0
	for _, i := range tmpl.members {
		for _, m := range b.nodes[i].methods {
			slots += m.slots()
		}
	}
	next := slot(0)
	if slots > 0 {
		var err error
		if next, err = b.w.takeSlots(slots); err != nil {
			return err
		}
	}
	for k, i := range tmpl.members {
		n := b.nodes[i]
		for _, m := range n.methods {
			bm := &boundMethod{typ: n.str, name: m.name, pointer: noSlot, value: noSlot}
			if m.slots() > 0 {
				bm.pointer, next = next, next+1
			}
			if m.slots() > 1 {
				bm.value, next = next, next+1
			}
			c.members[k].methods = append(c.members[k].methods, bm)
		}
		b.members[i] = &c.members[k] // forwarders look for methods there
	}
	for k, i := range tmpl.members {
		for j, bm := range c.members[k].methods {
			if err := b.setUnbound(i, b.nodes[i].methods[j], bm); err != nil {
				return err
			}
			bm.unbind()
		}
		b.fillMethodTables(i, c.members[k].methods)
	}
	return nil
}

// slots returns how many slots the method needs. Unexported methods of the
// program get none, because compiled code has no way to call them.
func (m methodNode) slots() int {
	switch {
	case m.pkgPath != "" && !m.compiled:
		return 0
	case m.pointer:
		return 1
	}
	return 2
}

// fillMethodTables writes the method tables of node i's outer type and of the
// pointer to it.
func (b *builder) fillMethodTables(i int, bound []*boundMethod) {
	n := b.nodes[i]
	if len(n.methods) == 0 {
		return
	}
	value, ptr := b.outer.shells[i], b.ptrs[i]
	direct := value.flag&flagDirectIface != 0
	var onValue, onPtr int
	for j, m := range n.methods {
		name := b.w.name(m.name, otherPackage(m.pkgPath, n.pkgPath))
		mtyp := typeOffOf(b.outerOf(m.sig))
		pointer, declared := trapCode(), trapCode()
		if bound[j].callable() {
			pointer = bound[j].pointer.text()
		}
		if bound[j].value != noSlot {
			declared = bound[j].value.text()
		}
		ptr.methods[onPtr] = method{name, mtyp, pointer, pointer}
		onPtr++
		if m.pkgPath == "" {
			ptr.uncommon.xcount++
		}
		if m.pointer {
			continue
		}
		viaIface := pointer
		if direct {
			viaIface = declared
		}
		value.methods[onValue] = method{name, mtyp, viaIface, declared}
		onValue++
		if m.pkgPath == "" {
			value.uncommon.xcount++
		}
	}
	ptr.uncommon.mcount = uint16(onPtr)
	value.uncommon.mcount = uint16(onValue)
}

// text returns the number that stands for the slot's code in method tables.
func (s slot) text() textOff { return textOffOf(s.code()) }

// textOffOf registers a code address.
func textOffOf(code uintptr) textOff {
	// The address is not one of a Go object, so the conversion is harmless.
	return textOff(addReflectOff(*(*unsafe.Pointer)(unsafe.Pointer(&code))))
}

// trapCode returns the code of methods that compiled code cannot call.
func trapCode() textOff {
	return textOffOf(codeOf(func() { panic("rtype: unexported method of a script type called by compiled code") }))
}

// An unboundError is what a call of a method panics with while no function is
// bound to it.
type unboundError struct{ typ, method string }

func (e *unboundError) Error() string {
	return "method " + e.typ + "." + e.method + " called, but the program it belongs to has ended"
}

// setUnbound sets the closures that m's slots have while no function is bound:
// a panic for declared methods, the embedded value's method for promoted ones.
func (b *builder) setUnbound(i int, m methodNode, bm *boundMethod) error {
	switch {
	case !bm.callable():
		return nil
	case len(m.path) > 0:
		return b.forward(i, m, bm)
	}
	err := &unboundError{bm.typ, bm.name}
	c := closureOf(reflect.ValueOf(func() { panic(err) }))
	bm.unboundPointer, bm.unboundValue = c, c
	return nil
}

// method returns the named method of a member, or nil.
func (m *member) method(name string) *boundMethod {
	for _, bm := range m.methods {
		if bm.name == name {
			return bm
		}
	}
	return nil
}

// bind makes fn, whose first parameter is the receiver, the body of m.
func (m *boundMethod) bind(fn reflect.Value) {
	if !m.callable() {
		return
	}
	if m.value == noSlot {
		m.pointer.set(closureOf(fn))
		return
	}
	m.value.set(closureOf(fn))
	m.pointer.set(closureOf(dereferencing(m, fn)))
}

// dereferencing returns a function that takes a pointer to the receiver where
// fn takes the receiver. The pointer is an unsafe.Pointer: all that matters to
// a caller is that it is one.
func dereferencing(m *boundMethod, fn reflect.Value) reflect.Value {
	ft := fn.Type()
	recv := ft.In(0)
	body := makeFuncBody(fn)
	return reflect.MakeFunc(withReceiver(ft, reflect.TypeFor[unsafe.Pointer]()), func(args []reflect.Value) []reflect.Value {
		p := args[0].UnsafePointer()
		if p == nil {
			panic(nilReceiver(m))
		}
		// Interface makes a copy, which is what a method gets as receiver.
		args[0] = reflect.ValueOf(reflect.NewAt(recv, p).Elem().Interface())
		return body(args)
	})
}

// makeFuncBody returns fn as a function of the general form. If fn was made by
// reflect.MakeFunc, as the interpreter's functions are, that is the function
// it was made from, and a second passage through reflect is saved.
func makeFuncBody(fn reflect.Value) func([]reflect.Value) []reflect.Value {
	if made := MadeFrom(FuncPointer(fn)); made != nil {
		return *(*func([]reflect.Value) []reflect.Value)(unsafe.Pointer(&made))
	}
	if fn.Type().IsVariadic() {
		return fn.CallSlice
	}
	return fn.Call
}

// MadeFrom returns the func value that reflect.MakeFunc made the func value p from. It is
// nil where p was made in another way, or that cannot be told.
func MadeFrom(p unsafe.Pointer) unsafe.Pointer {
	if code := makeFuncCode(); code == 0 || *(*uintptr)(p) != code { // of another function there may be fewer words
		return nil
	}
	return *(*unsafe.Pointer)(unsafe.Pointer(&(*makeFuncImpl)(p).fn))
}

// makeFuncCode returns the address of the code that all functions made by
// reflect.MakeFunc share, or 0 if they are not built as this package believes.
var makeFuncCode = sync.OnceValue(func() uintptr {
	if slotGroups == 0 {
		return 0
	}
	called := false
	fn := reflect.MakeFunc(reflect.TypeFor[func()](), func([]reflect.Value) []reflect.Value {
		called = true
		return nil
	})
	impl := (*makeFuncImpl)(closureOf(fn))
	other := (*makeFuncImpl)(closureOf(reflect.MakeFunc(reflect.TypeFor[func(int)](), nil)))
	if impl.code != other.code || impl.ftyp != (*funcType)(unsafe.Pointer(toTyp(fn.Type()))) {
		return 0
	}
	impl.fn(nil)
	if !called {
		return 0
	}
	return impl.code
})

// withReceiver returns the func type ft with another first parameter.
func withReceiver(ft reflect.Type, recv reflect.Type) reflect.Type {
	in := ins(ft)
	in[0] = recv
	return reflect.FuncOf(in, outs(ft), ft.IsVariadic())
}

// ins and outs return the parameter and result types of a func type.
func ins(ft reflect.Type) []reflect.Type  { return slices.Collect(ft.Ins()) }
func outs(ft reflect.Type) []reflect.Type { return slices.Collect(ft.Outs()) }

// A nilReceiverError is the run-time error of a method with value receiver
// that is called with a nil pointer.
type nilReceiverError string

func nilReceiver(bm *boundMethod) error {
	typ, _, generic := strings.Cut(bm.typ, "[")
	name := typ[strings.LastIndexByte(typ, '.')+1:]
	args := ""
	if generic {
		args = "[...]" // as the compiler names functions of generic types
	}
	return nilReceiverError("value method " + typ + args + "." + bm.name + " called using nil *" + name + args + " pointer")
}

func (e nilReceiverError) Error() string { return string(e) }
func (nilReceiverError) RuntimeError()   {}

// checkSignature returns an error unless fn can be the body of the method m of
// node i.
func (t *Types) checkSignature(i int, m methodNode, fn reflect.Value) error {
	name := t.table.nodes[i].str + "." + m.name
	if fn.Kind() != reflect.Func || fn.IsNil() {
		return fmt.Errorf("rtype: bind %s: not a function", name)
	}
	recv := t.pairs[i].inner
	if m.pointer {
		recv = toTyp(reflect.PointerTo(toReflect(recv)))
	}
	want, ft := toReflect(t.pairs[m.sig].inner), fn.Type()
	ok := ft.NumIn() == want.NumIn()+1 && ft.NumOut() == want.NumOut() && toTyp(ft.In(0)) == recv
	for k := 0; ok && k < want.NumIn(); k++ {
		ok = ft.In(k+1) == want.In(k)
	}
	for k := 0; ok && k < want.NumOut(); k++ {
		ok = ft.Out(k) == want.Out(k)
	}
	if !ok {
		return fmt.Errorf("rtype: bind %s: function has type %v, want %v with a first parameter %v", name, ft, want, toReflect(recv))
	}
	return nil
}

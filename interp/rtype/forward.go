package rtype

import (
	"fmt"
	"reflect"
	"unsafe"
)

// A forwarder is a closure made by hand: the body of a method that is promoted
// from an embedded field. Its code (in the assembler files) turns the receiver
// into that of the embedded type's method, leaves all other arguments alone
// and jumps there, so it serves every signature.
type forwarder struct {
	code    uintptr
	target  uintptr          // code address of the method, or its offset in an itab
	n       uintptr          // number of offsets
	offsets [maxPath]uintptr // add offsets[0], load a pointer, add offsets[1], …
}

// maxPath is how many embedded pointers a method can be promoted through.
const maxPath = 16

func (f *forwarder) closure() closurePtr { return closurePtr(unsafe.Pointer(f)) }

// forward sets the closures that a promoted method of node i has while no
// function is bound to it.
func (b *builder) forward(i int, m methodNode, bm *boundMethod) error {
	f := &forwarder{n: 1}
	at, from := i, b.outer.types[i]
	last := from
	for _, index := range m.path {
		if reflect.Kind(last.kind) == reflect.Pointer {
			if f.n == maxPath {
				return fmt.Errorf("rtype: type %s embeds pointers too deeply", bm.typ)
			}
			f.n++
			last = (*ptrType)(unsafe.Pointer(last)).elem
			at = b.nodes[at].elem
		}
		field := (*structType)(unsafe.Pointer(last)).fields[index]
		f.offsets[f.n-1] += field.offset
		last = field.typ
		if b.nodes[at].like != nil {
			at = -1 // of no node, but a compiled type: the path ends here
		} else {
			at = b.nodes[at].fields[index].typ
		}
	}
	e := embedded{b: b, node: at, typ: last, method: m}
	if err := e.target(f); err != nil {
		// The linker drops methods that nothing in the program can call.
		c := closureOf(reflect.ValueOf(func() { panic(err) }))
		bm.unboundPointer, bm.unboundValue = c, c
		return nil
	}
	bm.unboundPointer = f.closure()
	if m.pointer {
		return nil
	}
	if from.flag&flagDirectIface == 0 {
		bm.unboundValue = closureOf(addressing(toReflect(from), toReflect(b.outerOf(m.sig)), bm.pointer))
		return nil
	}
	// The receiver word is the one pointer in the value, which lies at the
	// beginning: the first step has been made.
	v := *f
	if f.n > 1 {
		v.n--
		copy(v.offsets[:], f.offsets[1:])
		bm.unboundValue = v.closure()
		return nil
	}
	v.n = 0
	v.code, _, _ = forwardCode()
	var err error
	if v.target, err = e.valueCode(); err != nil {
		return err
	}
	bm.unboundValue = v.closure()
	return nil
}

// addressing returns a function that takes a receiver of type recv and calls
// the code of s with a pointer to a copy of it.
func addressing(recv, sig reflect.Type, s slot) reflect.Value {
	prefixed := reflect.FuncOf(append([]reflect.Type{recv}, ins(sig)...), outs(sig), sig.IsVariadic())
	fn := funcAt(withReceiver(prefixed, reflect.TypeFor[unsafe.Pointer]()), s.code())
	call := fn.Call
	if sig.IsVariadic() {
		call = fn.CallSlice
	}
	return reflect.MakeFunc(prefixed, func(args []reflect.Value) []reflect.Value {
		p := reflect.New(recv)
		p.Elem().Set(args[0])
		args[0] = reflect.ValueOf(p.UnsafePointer())
		return call(args)
	})
}

// embedded is an embedded field with a method.
type embedded struct {
	b      *builder
	node   int // of the field's type, -1 if it is a compiled type without node
	typ    *typ
	method methodNode
}

// target makes f call the method.
func (e embedded) target(f *forwarder) (err error) {
	address, pointer, iface := forwardCode()
	switch reflect.Kind(e.typ.kind) {
	case reflect.Interface:
		f.code = iface
		f.target, err = e.itabOffset()
	case reflect.Pointer:
		f.code = pointer
		f.target, err = e.pointerCode()
	default:
		f.code = address
		f.target, err = e.pointerCode()
	}
	return err
}

// itabOffset returns where the method stands in the itabs of an embedded
// interface type.
func (e embedded) itabOffset() (uintptr, error) {
	t := toReflect(e.typ)
	for k := range t.NumMethod() {
		if m := t.Method(k); m.Name == e.method.name && m.PkgPath == e.method.pkgPath {
			return unsafe.Offsetof(itab{}.fun) + uintptr(k)*ptrSize, nil
		}
	}
	return 0, fmt.Errorf("rtype: %v has no method %s", t, e.method.name)
}

// pointerCode returns the code of the method that takes a pointer to the
// embedded type, which is a named type or a pointer to one.
func (e embedded) pointerCode() (uintptr, error) {
	elem, node := e.typ, e.node
	if reflect.Kind(elem.kind) == reflect.Pointer {
		elem = (*ptrType)(unsafe.Pointer(elem)).elem
		if node >= 0 && e.b.nodes[node].native == nil {
			node = e.b.nodes[node].elem
		}
	}
	if bm := e.boundMethod(node); bm != nil {
		return bm.pointer.code(), nil
	}
	code, err := e.compiledCode(reflect.PointerTo(toReflect(elem)))
	if err != nil && elem.flag&flagDirectIface == 0 {
		// The linker drops pointer types that a program does not use. The
		// method of the value takes a pointer as well.
		code, err = e.compiledCode(toReflect(elem))
	}
	return code, err
}

// valueCode returns the code of the method of an embedded type that is a
// pointer itself, or a pointer type. It takes that pointer.
func (e embedded) valueCode() (uintptr, error) {
	if reflect.Kind(e.typ.kind) == reflect.Pointer {
		return e.pointerCode()
	}
	if bm := e.boundMethod(e.node); bm != nil {
		return bm.value.code(), nil
	}
	return e.compiledCode(toReflect(e.typ))
}

// boundMethod returns the method of the node's type if that is a type of the
// program.
func (e embedded) boundMethod(node int) *boundMethod {
	if node < 0 || e.b.members[node] == nil {
		return nil
	}
	return e.b.members[node].method(e.method.name)
}

// compiledCode returns the code that interfaces holding a value of the
// compiled type t call for the method. It is what an interface table of such a
// value says, so that the run time itself looks it up.
func (e embedded) compiledCode(t reflect.Type) (code uintptr, err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("rtype: method %v.%s is not in this program", t, e.method.name)
		}
	}()
	im := imethodNode{name: e.method.name, pkgPath: e.method.pkgPath, sig: e.method.sig}
	it := e.b.w.interfaceLocked("interface { "+im.name+"() }", []imethodNode{im}, func(i int) reflect.Type {
		return toReflect(e.b.outerOf(i))
	})
	v := reflect.New(it).Elem()
	v.Set(reflect.Zero(t))
	return (*iface)(v.Addr().UnsafePointer()).tab.fun[0], nil
}

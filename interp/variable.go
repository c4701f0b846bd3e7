package interp

import (
	"errors"
	"go/constant"
	"reflect"
	"sync/atomic"
	"unsafe"
)

// Yaegi reads and writes variables through package reflect: it copies a reflect.Value,
// looks at its kind and at whether it may be set, and converts to and from the largest
// number of its sort. Where the types are known while the steps are made, and basic,
// a step of ours does so where the variable lies. What the variable is at that moment
// is compared with what is expected first, and yaegi's own step runs otherwise: so it
// is also the one that panics.

// variable is a reflect.Value as it lies in a frame.
type variable struct {
	typ  unsafe.Pointer
	at   unsafe.Pointer // where it lies, if it is indirect; else it itself
	flag uintptr
}

// Flags of a reflect.Value.
const (
	kindFlag     = 1<<5 - 1     // the bits of the kind
	readOnlyFlag = 1<<5 | 1<<6  // it was got by an unexported field
	indirectFlag = uintptr(128) // at is where it lies
	settableFlag = uintptr(256) // it may be written
)

// settable are the flags of a variable of that kind that may be written.
func settable(kind reflect.Kind) uintptr { return uintptr(kind) | indirectFlag | settableFlag }

// checkVariable says whether reflect.Value is what this file believes.
func checkVariable() error {
	unknown := errors.New("reflect.Value is not as expected")
	t := reflect.TypeFor[reflect.Value]()
	if t.NumField() != 3 || t.Size() != unsafe.Sizeof(variable{}) || t.Field(0).Name != "typ_" ||
		t.Field(1).Name != "ptr" || t.Field(2).Name != "flag" || t.Field(2).Type.Kind() != reflect.Uintptr {
		return unknown
	}
	n, s, p := 7, []struct{ a, B int }{{1, 2}}, &struct{ a, B int }{}
	for _, c := range []struct {
		value reflect.Value
		want  variable
	}{
		{reflect.ValueOf(&n).Elem(), variable{typeWord(reflect.TypeFor[int]()), unsafe.Pointer(&n), settable(reflect.Int)}},
		{reflect.ValueOf(s).Index(0), variable{typeWord(reflect.TypeOf(s).Elem()), unsafe.Pointer(&s[0]), settable(reflect.Struct)}},
		{reflect.ValueOf(s).Index(0).Field(1), variable{typeWord(reflect.TypeFor[int]()), unsafe.Pointer(&s[0].B), settable(reflect.Int)}},
		{reflect.ValueOf(&p).Elem(), variable{typeWord(reflect.TypeOf(p)), unsafe.Pointer(&p), settable(reflect.Pointer)}},
		{reflect.ValueOf(p), variable{typeWord(reflect.TypeOf(p)), unsafe.Pointer(p), uintptr(reflect.Pointer)}},
	} {
		if *(*variable)(unsafe.Pointer(&c.value)) != c.want {
			return unknown
		}
	}
	text, field := reflect.ValueOf("abc").Index(1), reflect.ValueOf(s).Index(0).Field(0)
	if (*variable)(unsafe.Pointer(&text)).flag != uintptr(reflect.Uint8)|indirectFlag || (*variable)(unsafe.Pointer(&field)).flag&readOnlyFlag == 0 {
		return unknown
	}
	return nil
}

// typeWord is what a reflect.Value has for its type.
func typeWord(t reflect.Type) unsafe.Pointer { return (*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1] }

// set is to.Set(v), without package reflect where both are variables of one type.
func set(to, v reflect.Value) {
	if !copyVariable((*variable)(unsafe.Pointer(&to)), (*variable)(unsafe.Pointer(&v))) {
		to.Set(v)
	}
}

// copyVariable copies the value of a variable to another; it does not where they have
// different types, cannot be read or written, or hold a function, a struct or an array.
func copyVariable(to, v *variable) bool {
	if to.typ != v.typ || to.flag != v.flag|settableFlag || to.flag&^kindFlag != indirectFlag|settableFlag {
		return false
	}
	switch reflect.Kind(to.flag & kindFlag) {
	case reflect.Bool, reflect.Int8, reflect.Uint8:
		*(*uint8)(to.at) = *(*uint8)(v.at)
	case reflect.Int16, reflect.Uint16:
		*(*uint16)(to.at) = *(*uint16)(v.at)
	case reflect.Int32, reflect.Uint32, reflect.Float32:
		*(*uint32)(to.at) = *(*uint32)(v.at)
	case reflect.Int64, reflect.Uint64, reflect.Float64:
		*(*uint64)(to.at) = *(*uint64)(v.at)
	case reflect.Int, reflect.Uint, reflect.Uintptr:
		*(*uint)(to.at) = *(*uint)(v.at)
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.UnsafePointer:
		*(*unsafe.Pointer)(to.at) = *(*unsafe.Pointer)(v.at)
	case reflect.String:
		*(*string)(to.at) = *(*string)(v.at)
	case reflect.Slice:
		*(*[]byte)(to.at) = *(*[]byte)(v.at)
	case reflect.Interface:
		*(*[2]unsafe.Pointer)(to.at) = *(*[2]unsafe.Pointer)(v.at)
	default:
		return false
	}
	return true
}

// clearVariable makes a variable zero.
func clearVariable(v *variable) {
	kind := reflect.Kind(v.flag & kindFlag)
	if v.flag&^kindFlag != indirectFlag|settableFlag {
		kind = reflect.Invalid
	}
	switch kind {
	case reflect.Bool, reflect.Int8, reflect.Uint8:
		*(*uint8)(v.at) = 0
	case reflect.Int16, reflect.Uint16:
		*(*uint16)(v.at) = 0
	case reflect.Int32, reflect.Uint32, reflect.Float32:
		*(*uint32)(v.at) = 0
	case reflect.Int64, reflect.Uint64, reflect.Float64:
		*(*uint64)(v.at) = 0
	case reflect.Int, reflect.Uint, reflect.Uintptr:
		*(*uint)(v.at) = 0
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.UnsafePointer:
		*(*unsafe.Pointer)(v.at) = nil
	case reflect.String:
		*(*string)(v.at) = ""
	case reflect.Slice:
		*(*[]byte)(v.at) = nil
	case reflect.Interface:
		*(*[2]unsafe.Pointer)(v.at) = [2]unsafe.Pointer{}
	default:
		(*(*reflect.Value)(unsafe.Pointer(v))).SetZero()
	}
}

// operand is where a step finds a value.
type operand struct {
	constant unsafe.Pointer // where it lies; nil where it is a variable
	level    int            // in which frame: 0 for the function's own
	index    int            // where in it
	want     uintptr        // the flags of the variable, as one that is settable
}

// typedStep is what the typed steps have in common.
type typedStep struct {
	to, a, b  operand
	deep      bool          // an operand is in a frame around
	inner     step          // yaegi's own, with the guard around it
	attention *atomic.Int32 // see unwinder.attention: guards answer, so inner has to run
	next      *step         // nil at the end of a function
	otherwise *step         // what is next where the result is false; nil where that does not matter
	data      uintptr       // offset of a frame's variables
	outer     uintptr       // offset of the frame around
}

// places are where the result and the operands, of basic kinds, lie; to is nil where one
// of them is not what is wanted.
func (s *typedStep) places(f frame) (to, a, b unsafe.Pointer) {
	if s.deep {
		if a, b = s.read(f, &s.a), s.read(f, &s.b); a == nil || b == nil {
			return nil, nil, nil
		}
		return s.write(f, &s.to), a, b
	}
	own := *at[[]variable](f, s.data)
	if a = s.a.near(own); a == nil {
		return nil, nil, nil
	}
	if b = s.b.near(own); b == nil {
		return nil, nil, nil
	}
	if v := &own[s.to.index]; v.flag == s.to.want {
		return v.at, a, b
	}
	return nil, nil, nil
}

// pair are where the result and the only operand lie; to is nil where one of them is
// not what is wanted.
func (s *typedStep) pair(f frame) (to, a unsafe.Pointer) {
	if s.deep {
		if a = s.read(f, &s.a); a == nil {
			return nil, nil
		}
		return s.write(f, &s.to), a
	}
	own := *at[[]variable](f, s.data)
	if a = s.a.near(own); a == nil {
		return nil, nil
	}
	if v := &own[s.to.index]; v.flag == s.to.want {
		return v.at, a
	}
	return nil, nil
}

// near is read for an operand of a basic kind that is no variable of a frame around. It
// is inlined: finding the operands is half of what a step costs.
func (o *operand) near(own []variable) unsafe.Pointer {
	if o.constant != nil {
		return o.constant
	}
	if v := &own[o.index]; v.flag|settableFlag == o.want {
		return v.at
	}
	return nil
}

// read is where the operand lies, or nil if it is not what is wanted.
func (s *typedStep) read(f frame, o *operand) unsafe.Pointer {
	if o.constant != nil {
		return o.constant
	}
	if v := s.variable(f, o); v.flag|settableFlag == o.want {
		return v.at
	}
	return nil
}

// write is where the operand lies, or nil if it is not what is wanted or cannot be
// written.
func (s *typedStep) write(f frame, o *operand) unsafe.Pointer {
	if v := s.variable(f, o); v.flag == o.want {
		return v.at
	}
	return nil
}

func (s *typedStep) variable(f frame, o *operand) *variable {
	for range o.level {
		f = *at[frame](f, s.outer)
	}
	return &(*at[[]variable](f, s.data))[o.index]
}

// branch is what runs after a result that is true or false.
func (s *typedStep) branch(result bool) step {
	if !result && s.otherwise != nil {
		return *s.otherwise
	}
	return follow(s.next)
}

// typing makes the typed steps of one function.
type typing struct {
	u  *unwinder
	l  *yaegiFields
	fn *declared
}

// typing is for the function fn; nil for none.
func (u *unwinder) typing(fn *declared) typing { return typing{u, u.m.layout, fn} }

// step is the typed step of a node, or nil where there is none. generator is the name
// of the node's own generator, inner the step that this made.
func (t typing) step(n node, generator string, inner step) step {
	if inner == nil || t.fn == nil || *at[int](n, t.l.level) != 0 {
		return nil
	}
	maker := typedSteps[generator]
	if maker == nil {
		return nil
	}
	s := &typedStep{
		inner: inner, attention: &t.u.attention, next: t.l.after(n, t.l.tnext), otherwise: t.l.after(n, t.l.fnext),
		data: t.l.data, outer: t.l.outer,
	}
	typed := maker(t, n, s)
	s.deep = s.to.level != 0 || s.a.level != 0 || s.b.level != 0
	return typed
}

// typedSteps are the makers of typed steps by the names of yaegi's generators.
var typedSteps = map[string]func(t typing, n node, s *typedStep) step{}

// children are those of a node.
func (t typing) children(n node) []node { return *at[[]node](n, t.l.child) }

// slotType is the type that a variable of the function was made with; nil where there
// is no such variable.
func (t typing) slotType(i int) reflect.Type {
	if i < 0 || i >= len(t.fn.types) {
		return nil
	}
	return t.fn.types[i]
}

// result is the operand for the result of a node, of that kind.
func (t typing) result(n node, kind reflect.Kind) (o operand, ok bool) {
	return t.slot(*at[int](n, t.l.findex), kind)
}

// slot is a variable of the function, to be written.
func (t typing) slot(i int, kind reflect.Kind) (o operand, ok bool) {
	if typ := t.slotType(i); typ == nil || typ.Kind() != kind {
		return operand{}, false
	}
	return operand{index: i, want: settable(kind)}, true
}

// kindOf is the kind of the variable that a node's value lies in, Invalid where it is
// in none, or a constant.
func (t typing) kindOf(n node) reflect.Kind {
	if _, typ := t.own(n); typ != nil {
		return typ.Kind()
	}
	if *at[int](n, t.l.level) == 0 || (*at[reflect.Value](n, t.l.rval)).IsValid() || !t.variable(n) {
		return reflect.Invalid
	}
	if typ := *at[unsafe.Pointer](n, t.l.typ); typ != nil {
		if known := yaegiTypeOf(typ); known != nil {
			return known.Kind()
		}
	}
	return reflect.Invalid
}

// own is the variable of the function that a node's value lies in, and the type it was
// made with; nil where it lies in none, or is a constant.
func (t typing) own(n node) (i int, typ reflect.Type) {
	if *at[int](n, t.l.level) != 0 || (*at[reflect.Value](n, t.l.rval)).IsValid() || !t.variable(n) {
		return 0, nil
	}
	i = *at[int](n, t.l.findex)
	return i, t.slotType(i)
}

// variable reports whether the value of a node lies in the variable that the node
// names: what *p is, yaegi reads where it is used, and package variables lie elsewhere.
func (t typing) variable(n node) bool {
	if *at[int](n, t.l.level) < 0 || *at[int](n, t.l.findex) < 0 {
		return false
	}
	switch (childNode{n}).kind(t.l) {
	case kindStar, kindFuncDecl, kindFuncLit:
		return false
	}
	if symbol := *at[unsafe.Pointer](n, t.l.symbol); symbol != nil {
		return !*at[bool](symbol, t.l.global) && *at[int](symbol, t.l.index) == *at[int](n, t.l.findex)
	}
	return true
}

// operand is where a step reads the value of a node of that kind.
func (t typing) operand(n node, kind reflect.Kind) (o operand, ok bool) {
	if v := *at[reflect.Value](n, t.l.rval); v.IsValid() {
		o.constant = constantOf(v, kind)
		return o, o.constant != nil
	}
	if t.kindOf(n) != kind {
		return operand{}, false
	}
	return operand{level: *at[int](n, t.l.level), index: *at[int](n, t.l.findex), want: settable(kind)}, true
}

// target is where a step writes to what a node names: a variable, an element or a
// field, but of a map.
func (t typing) target(n node, kind reflect.Kind) (o operand, ok bool) {
	switch (childNode{n}).kind(t.l) {
	case kindIdent:
	case kindIndex:
		if base := t.kindOf(t.children(n)[0]); base != reflect.Slice && base != reflect.Array {
			return operand{}, false
		}
	case kindSelector:
		if len(t.children(n)) == 0 {
			return operand{}, false
		}
		if base := t.kindOf(t.children(n)[0]); base != reflect.Struct && base != reflect.Pointer {
			return operand{}, false
		}
	default:
		return operand{}, false
	}
	o, ok = t.operand(n, kind)
	return o, ok && o.constant == nil
}

// constantOf puts a constant of a basic kind somewhere where it is read as that; nil
// where it is of another sort.
func constantOf(v reflect.Value, kind reflect.Kind) unsafe.Pointer {
	t := basicTypes[kind]
	if t == nil || v.CanAddr() {
		return nil
	}
	if v.CanInterface() {
		if c, untyped := v.Interface().(constant.Value); untyped {
			v = valueOfConstant(c, t)
		}
	}
	if v.Kind() != kind {
		return nil
	}
	to := reflect.New(t)
	switch {
	case v.CanInt():
		to.Elem().SetInt(v.Int())
	case v.CanUint():
		to.Elem().SetUint(v.Uint())
	case v.CanFloat():
		to.Elem().SetFloat(v.Float())
	case kind == reflect.String:
		to.Elem().SetString(v.String())
	case kind == reflect.Bool:
		to.Elem().SetBool(v.Bool())
	default:
		return nil
	}
	return to.UnsafePointer()
}

// valueOfConstant is an untyped constant as a value of a basic type; invalid where it is
// none, exactly.
func valueOfConstant(c constant.Value, t reflect.Type) (v reflect.Value) {
	switch to := reflect.New(t).Elem(); {
	case to.CanInt():
		if n, exact := constant.Int64Val(constant.ToInt(c)); exact && !to.OverflowInt(n) {
			to.SetInt(n)
			return to
		}
	case to.CanUint():
		if n, exact := constant.Uint64Val(constant.ToInt(c)); exact && !to.OverflowUint(n) {
			to.SetUint(n)
			return to
		}
	}
	return v
}

var basicTypes = map[reflect.Kind]reflect.Type{
	reflect.Bool: reflect.TypeFor[bool](), reflect.String: reflect.TypeFor[string](),
	reflect.Int: reflect.TypeFor[int](), reflect.Int8: reflect.TypeFor[int8](), reflect.Int16: reflect.TypeFor[int16](),
	reflect.Int32: reflect.TypeFor[int32](), reflect.Int64: reflect.TypeFor[int64](),
	reflect.Uint: reflect.TypeFor[uint](), reflect.Uint8: reflect.TypeFor[uint8](), reflect.Uint16: reflect.TypeFor[uint16](),
	reflect.Uint32: reflect.TypeFor[uint32](), reflect.Uint64: reflect.TypeFor[uint64](), reflect.Uintptr: reflect.TypeFor[uintptr](),
	reflect.Float32: reflect.TypeFor[float32](), reflect.Float64: reflect.TypeFor[float64](),
}

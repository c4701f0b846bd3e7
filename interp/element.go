package interp

import (
	"reflect"
	"unsafe"
)

// Typed steps that find elements of slices and strings and fields of structs. As
// yaegi's do, they make the variable of the result stand for the element itself, so that
// what follows can write to it.

func init() {
	typedSteps["getIndexArray"] = typing.index
	for _, name := range []string{"getIndexSeq", "getIndexSeqField", "getPtrIndexSeq"} {
		typedSteps[name] = typing.field
	}
	typedSteps["_len"] = typing.length
	typedSteps["_range"] = typing.next
}

// listHeader is how a slice or a string begins in memory.
type listHeader struct {
	at  unsafe.Pointer
	len int
}

// alias is what a variable becomes that stands for an element or a field.
type alias struct {
	index int // of the variable
	typ   unsafe.Pointer
	flag  uintptr
	truth bool // of kind bool
}

func (t typing) alias(n node, typ reflect.Type, settable bool) (a alias, ok bool) {
	a = alias{*at[int](n, t.l.findex), typeWord(typ), uintptr(typ.Kind()) | indirectFlag, typ.Kind() == reflect.Bool}
	if settable {
		a.flag |= settableFlag
	}
	return a, t.slotType(a.index) != nil
}

// becomes has the variable stand for what lies there.
func (s *typedStep) becomes(f frame, a *alias, there unsafe.Pointer) step {
	(*at[[]variable](f, s.data))[a.index] = variable{a.typ, there, a.flag}
	if s.otherwise != nil && a.truth && !*(*bool)(there) {
		return *s.otherwise
	}
	return follow(s.next)
}

// sliced is the operand for a slice or string that a node names, with its type.
func (t typing) sliced(n node) (o operand, typ reflect.Type, ok bool) {
	if *at[int](n, t.l.level) != 0 || !t.variable(n) || (*at[reflect.Value](n, t.l.rval)).IsValid() {
		return operand{}, nil, false
	}
	i := *at[int](n, t.l.findex)
	typ = t.slotType(i)
	if typ == nil || typ.Kind() != reflect.Slice && typ.Kind() != reflect.String {
		return operand{}, nil, false
	}
	return operand{index: i, want: settable(typ.Kind()), typ: typeWord(typ)}, typ, true
}

// index is the step of s[i].
func (t typing) index(n node, s *typedStep) step {
	children := t.children(n)
	if len(children) != 2 {
		return nil
	}
	base, typ, ok := t.sliced(children[0])
	if !ok {
		return nil
	}
	element, settable := reflect.TypeFor[uint8](), false
	if typ.Kind() == reflect.Slice {
		element, settable = typ.Elem(), true
	}
	kind := t.kindOf(children[1])
	if kind == reflect.Invalid {
		kind = reflect.Int // a constant
	}
	load, size := integerLoads[kind], element.Size()
	result, ok1 := t.alias(n, element, settable)
	by, ok2 := t.operand(children[1], kind)
	if load == nil || !ok1 || !ok2 {
		return nil
	}
	s.a, s.b = base, by
	return func(f frame) step {
		list, i := (*listHeader)(s.read(f, &s.a)), s.read(f, &s.b)
		if list == nil || i == nil || s.attention.Load() != 0 {
			return s.inner(f)
		}
		// A negative index is larger than any length.
		k := load(i)
		if k >= uint64(list.len) {
			return s.inner(f)
		}
		return s.becomes(f, &result, unsafe.Add(list.at, uintptr(k)*size))
	}
}

// field is the step of x.f, where x is a struct or a pointer to one.
func (t typing) field(n node, s *typedStep) step {
	children := t.children(n)
	path, ok := (*at[any](n, t.l.val)).([]int)
	if !ok || len(children) == 0 {
		return nil
	}
	base := children[0]
	if *at[int](base, t.l.level) != 0 || !t.variable(base) || (*at[reflect.Value](base, t.l.rval)).IsValid() {
		return nil
	}
	i := *at[int](base, t.l.findex)
	typ := t.slotType(i)
	if typ == nil {
		return nil
	}
	pointer, whole := typ.Kind() == reflect.Pointer, typeWord(typ)
	if pointer {
		typ = typ.Elem()
	}
	offset := uintptr(0)
	for _, k := range path {
		if typ.Kind() != reflect.Struct || k >= typ.NumField() {
			return nil
		}
		f := typ.Field(k)
		if !f.IsExported() {
			return nil
		}
		offset, typ = offset+f.Offset, f.Type
	}
	result, ok := t.alias(n, typ, true)
	if !ok {
		return nil
	}
	if pointer {
		return func(f frame) step {
			v := (*at[[]variable](f, s.data))[i]
			if v.typ != whole || v.flag&readOnlyFlag != 0 || s.attention.Load() != 0 {
				return s.inner(f)
			}
			if v.flag&indirectFlag != 0 {
				v.at = *(*unsafe.Pointer)(v.at)
			}
			if v.at == nil {
				return s.inner(f)
			}
			return s.becomes(f, &result, unsafe.Add(v.at, offset))
		}
	}
	s.to = operand{index: i, want: settable(reflect.Struct), typ: whole}
	return func(f frame) step {
		there := s.write(f, &s.to)
		if there == nil || s.attention.Load() != 0 {
			return s.inner(f)
		}
		return s.becomes(f, &result, unsafe.Add(there, offset))
	}
}

// length is the step of len of a slice or string.
func (t typing) length(n node, s *typedStep) step {
	children := t.children(n)
	if len(children) != 2 {
		return nil
	}
	var ok [2]bool
	s.a, _, ok[0] = t.sliced(children[1])
	s.to, ok[1] = t.result(n, reflect.Int)
	if ok != [2]bool{true, true} {
		return nil
	}
	return func(f frame) step {
		to, a := s.pair(f)
		if to == nil {
			return s.inner(f)
		}
		*(*int)(to) = (*listHeader)(a).len
		return follow(s.next)
	}
}

// next is the step to the next element of a range over a slice of values of a basic
// kind. Yaegi keeps the slice in the variable before the index.
func (t typing) next(n node, s *typedStep) step {
	children := t.children(n)
	if len(children) != 4 || s.otherwise == nil {
		return nil
	}
	first := *at[int](children[0], t.l.findex)
	list, typ, ok := t.sliced(children[2])
	if !ok || typ.Kind() != reflect.Slice {
		return nil
	}
	list.index = first - 1
	kind := typ.Elem().Kind()
	var set [2]bool
	s.to, set[0] = t.slot(*at[int](children[1], t.l.findex), kind)
	s.b, set[1] = t.slot(first, reflect.Int)
	if list.index < 0 || set != [2]bool{true, true} {
		return nil
	}
	s.a = list
	switch basic := basicTypes[kind]; {
	case basic == nil:
	case kind == reflect.String:
		return ranged[string](s)
	case basic.Size() == 1:
		return ranged[uint8](s)
	case basic.Size() == 2:
		return ranged[uint16](s)
	case basic.Size() == 4:
		return ranged[uint32](s)
	case basic.Size() == 8:
		return ranged[uint64](s)
	}
	return nil
}

func ranged[T any](s *typedStep) step {
	return func(f frame) step {
		value, list, index := s.write(f, &s.to), s.read(f, &s.a), s.write(f, &s.b)
		if value == nil || list == nil || index == nil || s.attention.Load() != 0 {
			return s.inner(f)
		}
		i := *(*int)(index) + 1
		*(*int)(index) = i
		header := (*listHeader)(list)
		if i >= header.len {
			return follow(s.otherwise)
		}
		*(*T)(value) = *(*T)(unsafe.Add(header.at, uintptr(i)*unsafe.Sizeof(*new(T))))
		return follow(s.next)
	}
}

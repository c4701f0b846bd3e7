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
	return s.branch(!a.truth || *(*bool)(there))
}

// composite is where a step finds a value that has elements or fields: a variable of the
// function, whose type says where those lie.
type composite struct {
	index int
	typ   unsafe.Pointer
	want  uintptr // the flags of the variable, as one that is settable
}

// in is the variable, or nil if it is not what is wanted.
func (c *composite) in(own []variable) *variable {
	if v := &own[c.index]; v.typ == c.typ && v.flag|settableFlag == c.want {
		return v
	}
	return nil
}

// composite is the variable that a node names, with its type.
func (t typing) composite(n node) (c composite, typ reflect.Type, ok bool) {
	i, typ := t.own(n)
	if typ == nil {
		return composite{}, nil, false
	}
	return composite{i, typeWord(typ), settable(typ.Kind())}, typ, true
}

// list is composite for a slice or a string.
func (t typing) list(n node) (c composite, typ reflect.Type, ok bool) {
	c, typ, ok = t.composite(n)
	return c, typ, ok && (typ.Kind() == reflect.Slice || typ.Kind() == reflect.String)
}

// index is the step of s[i].
func (t typing) index(n node, s *typedStep) step {
	children := t.children(n)
	if len(children) != 2 {
		return nil
	}
	base, typ, ok := t.list(children[0])
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
	s.b = by
	return func(f frame) step {
		own := *at[[]variable](f, s.data)
		v, i := base.in(own), unsafe.Pointer(nil)
		if s.deep {
			i = s.read(f, &s.b)
		} else {
			i = s.b.near(own)
		}
		if v == nil || i == nil || s.attention.Load() != 0 {
			return s.inner(f)
		}
		// A negative index is larger than any length.
		list, k := (*listHeader)(v.at), load(i)
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
	base, typ, ok := t.composite(children[0])
	if !ok {
		return nil
	}
	pointer := typ.Kind() == reflect.Pointer
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
			v := (*at[[]variable](f, s.data))[base.index]
			if v.typ != base.typ || v.flag&readOnlyFlag != 0 || s.attention.Load() != 0 {
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
	return func(f frame) step {
		v := base.in(*at[[]variable](f, s.data))
		if v == nil || v.flag&settableFlag == 0 || s.attention.Load() != 0 {
			return s.inner(f)
		}
		return s.becomes(f, &result, unsafe.Add(v.at, offset))
	}
}

// length is the step of len of a slice or string.
func (t typing) length(n node, s *typedStep) step {
	children := t.children(n)
	if len(children) != 2 {
		return nil
	}
	list, _, ok := t.list(children[1])
	to, set := t.result(n, reflect.Int)
	if !ok || !set {
		return nil
	}
	return func(f frame) step {
		own := *at[[]variable](f, s.data)
		v, length := list.in(own), &own[to.index]
		if v == nil || length.flag != to.want {
			return s.inner(f)
		}
		*(*int)(length.at) = (*listHeader)(v.at).len
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
	list, typ, ok := t.list(children[2])
	if !ok || typ.Kind() != reflect.Slice {
		return nil
	}
	list.index = first - 1
	kind := typ.Elem().Kind()
	value, ok1 := t.slot(*at[int](children[1], t.l.findex), kind)
	index, ok2 := t.slot(first, reflect.Int)
	if list.index < 0 || !ok1 || !ok2 {
		return nil
	}
	switch basic := basicTypes[kind]; {
	case basic == nil:
	case kind == reflect.String:
		return ranged[string](s, list, value, index)
	case basic.Size() == 1:
		return ranged[uint8](s, list, value, index)
	case basic.Size() == 2:
		return ranged[uint16](s, list, value, index)
	case basic.Size() == 4:
		return ranged[uint32](s, list, value, index)
	case basic.Size() == 8:
		return ranged[uint64](s, list, value, index)
	}
	return nil
}

func ranged[T any](s *typedStep, list composite, value, index operand) step {
	return func(f frame) step {
		own := *at[[]variable](f, s.data)
		v, to, count := list.in(own), &own[value.index], &own[index.index]
		if v == nil || to.flag != value.want || count.flag != index.want || s.attention.Load() != 0 {
			return s.inner(f)
		}
		i, header := *(*int)(count.at)+1, (*listHeader)(v.at)
		*(*int)(count.at) = i
		if i >= header.len {
			return follow(s.otherwise)
		}
		*(*T)(to.at) = *(*T)(unsafe.Add(header.at, uintptr(i)*unsafe.Sizeof(*new(T))))
		return follow(s.next)
	}
}

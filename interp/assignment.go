package interp

import (
	"reflect"
	"unsafe"
)

// Typed steps that copy values: assignments, declarations and results.

func init() {
	typedSteps["assign"] = typing.assign
	typedSteps["_return"] = typing.results
}

// assign is the step of x = y, and of a variable that is declared with a value.
func (t typing) assign(n node, s *typedStep) step {
	children := t.children(n)
	define := (childNode{n}).kind(t.l) == kindDefine
	if len(children) != 2 && !(define && len(children) == 3) {
		return nil
	}
	dest, source := children[0], children[len(children)-1]
	if (childNode{dest}).ident(t.l) == "_" {
		return nil
	}
	kind := t.kindOf(dest)
	var ok [2]bool
	if define {
		s.to, ok[0] = t.slot(*at[int](n, t.l.findex), kind)
	} else {
		s.to, ok[0] = t.target(dest, kind)
	}
	s.a, ok[1] = t.operand(source, kind)
	if ok != [2]bool{true, true} {
		return nil
	}
	// A variable is a new one each time it is declared, where that makes a difference.
	fresh := define && (t.fn.reuse == nil || !t.fn.reuse[s.to.index])
	switch basic := basicTypes[kind]; {
	case basic == nil:
	case kind == reflect.String:
		return copied[string](s, fresh)
	case basic.Size() == 1:
		return copied[uint8](s, fresh)
	case basic.Size() == 2:
		return copied[uint16](s, fresh)
	case basic.Size() == 4:
		return copied[uint32](s, fresh)
	case basic.Size() == 8:
		return copied[uint64](s, fresh)
	}
	return nil
}

// copied is the step that copies a value of the size of T, which has pointers where the
// value has.
func copied[T any](s *typedStep, fresh bool) step {
	if fresh {
		return func(f frame) step {
			to, a := s.pair(f)
			if to == nil {
				return s.inner(f)
			}
			made := new(T)
			*made = *(*T)(a)
			(*at[[]variable](f, s.data))[s.to.index].at = unsafe.Pointer(made)
			return follow(s.next)
		}
	}
	return func(f frame) step {
		to, a := s.pair(f)
		if to == nil {
			return s.inner(f)
		}
		*(*T)(to) = *(*T)(a)
		return follow(s.next)
	}
}

// results is the step that returns values that lie in variables. Yaegi wraps interfaces
// and functions.
func (t typing) results(n node, s *typedStep) step {
	children := t.children(n)
	if len(children) == 0 || len(children) > 2 {
		return nil
	}
	var from [2]int
	for i, c := range children {
		to := t.slotType(i)
		k, typ := t.own(c)
		if to == nil || typ == nil || typ.Kind() != to.Kind() {
			return nil
		}
		switch typ.Kind() {
		case reflect.Interface, reflect.Func:
			return nil
		}
		from[i] = k
	}
	if len(children) == 1 {
		return func(f frame) step {
			own := *at[[]variable](f, s.data)
			if !copyVariable(&own[0], &own[from[0]]) {
				return s.inner(f)
			}
			return nil
		}
	}
	return func(f frame) step {
		own := *at[[]variable](f, s.data)
		if !copyVariable(&own[0], &own[from[0]]) || !copyVariable(&own[1], &own[from[1]]) {
			return s.inner(f)
		}
		return nil
	}
}

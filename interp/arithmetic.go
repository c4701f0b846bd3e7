package interp

import (
	"cmp"
	"reflect"
	"unsafe"
)

// Typed steps that compute with numbers, texts and truth. The operators are written out:
// a step that chose among them would cost as much again.

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

type number interface {
	integer | ~float32 | ~float64
}

func init() {
	for _, name := range []string{"add", "sub", "mul", "quo", "rem", "and", "or", "xor", "andNot"} {
		typedSteps[name] = func(t typing, n node, s *typedStep) step { return t.binary(n, s, name) }
		typedSteps[name+"Assign"] = func(t typing, n node, s *typedStep) step { return t.update(n, s, name) }
	}
	for _, name := range []string{"shl", "shr"} {
		typedSteps[name] = func(t typing, n node, s *typedStep) step { return t.shift(n, s, name) }
	}
	for _, name := range []string{"equal", "notEqual", "lower", "lowerEqual", "greater", "greaterEqual"} {
		typedSteps[name] = func(t typing, n node, s *typedStep) step { return t.comparison(n, s, name) }
	}
	typedSteps["inc"] = func(t typing, n node, s *typedStep) step { return t.count(n, s, "add") }
	typedSteps["dec"] = func(t typing, n node, s *typedStep) step { return t.count(n, s, "sub") }
	typedSteps["not"] = typing.not
	typedSteps["convert"] = typing.conversion
}

// binary is the step of x op y.
func (t typing) binary(n node, s *typedStep, name string) step {
	children := t.children(n)
	typ := t.slotType(*at[int](n, t.l.findex))
	if len(children) != 2 || typ == nil {
		return nil
	}
	kind := typ.Kind()
	var ok [3]bool
	s.to, ok[0] = t.result(n, kind)
	s.a, ok[1] = t.operand(children[0], kind)
	s.b, ok[2] = t.operand(children[1], kind)
	if ok != [3]bool{true, true, true} {
		return nil
	}
	return s.compute(kind, name)
}

// update is the step of x op= y.
func (t typing) update(n node, s *typedStep, name string) step {
	children := t.children(n)
	if len(children) != 2 {
		return nil
	}
	kind := t.kindOf(children[0])
	var ok [2]bool
	s.to, ok[0] = t.target(children[0], kind)
	s.b, ok[1] = t.operand(children[1], kind)
	if ok != [2]bool{true, true} {
		return nil
	}
	s.a = s.to
	return s.compute(kind, name)
}

// count is the step of x++ and x--.
func (t typing) count(n node, s *typedStep, name string) step {
	children := t.children(n)
	if len(children) == 0 {
		return nil
	}
	kind := t.kindOf(children[0])
	one := reflect.ValueOf(1)
	if basicTypes[kind] == nil || !one.CanConvert(basicTypes[kind]) {
		return nil
	}
	var ok bool
	if s.to, ok = t.target(children[0], kind); !ok {
		return nil
	}
	s.a, s.b = s.to, operand{constant: constantOf(one.Convert(basicTypes[kind]), kind)}
	if s.b.constant == nil {
		return nil
	}
	return s.compute(kind, name)
}

// compute is the step of an operation whose operands and result have the kind.
func (s *typedStep) compute(kind reflect.Kind, name string) step {
	switch kind {
	case reflect.Int:
		return computeInteger[int](s, name)
	case reflect.Int8:
		return computeInteger[int8](s, name)
	case reflect.Int16:
		return computeInteger[int16](s, name)
	case reflect.Int32:
		return computeInteger[int32](s, name)
	case reflect.Int64:
		return computeInteger[int64](s, name)
	case reflect.Uint:
		return computeInteger[uint](s, name)
	case reflect.Uint8:
		return computeInteger[uint8](s, name)
	case reflect.Uint16:
		return computeInteger[uint16](s, name)
	case reflect.Uint32:
		return computeInteger[uint32](s, name)
	case reflect.Uint64:
		return computeInteger[uint64](s, name)
	case reflect.Float32:
		return computeNumber[float32](s, name)
	case reflect.Float64:
		return computeNumber[float64](s, name)
	case reflect.String:
		if name == "add" {
			return func(f frame) step {
				to, a, b := s.places(f)
				if to == nil {
					return s.inner(f)
				}
				*(*string)(to) = *(*string)(a) + *(*string)(b)
				return follow(s.next)
			}
		}
	}
	return nil
}

func computeInteger[T integer](s *typedStep, name string) step {
	switch name {
	case "quo", "rem": // by zero, yaegi's own step panics
		divide := name == "quo"
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil || *(*T)(b) == 0 || s.attention.Load() != 0 {
				return s.inner(f)
			}
			if divide {
				*(*T)(to) = *(*T)(a) / *(*T)(b)
			} else {
				*(*T)(to) = *(*T)(a) % *(*T)(b)
			}
			return follow(s.next)
		}
	case "and":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			*(*T)(to) = *(*T)(a) & *(*T)(b)
			return follow(s.next)
		}
	case "or":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			*(*T)(to) = *(*T)(a) | *(*T)(b)
			return follow(s.next)
		}
	case "xor":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			*(*T)(to) = *(*T)(a) ^ *(*T)(b)
			return follow(s.next)
		}
	case "andNot":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			*(*T)(to) = *(*T)(a) &^ *(*T)(b)
			return follow(s.next)
		}
	}
	return computeNumber[T](s, name)
}

func computeNumber[T number](s *typedStep, name string) step {
	switch name {
	case "add":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			*(*T)(to) = *(*T)(a) + *(*T)(b)
			return follow(s.next)
		}
	case "sub":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			*(*T)(to) = *(*T)(a) - *(*T)(b)
			return follow(s.next)
		}
	case "mul":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			*(*T)(to) = *(*T)(a) * *(*T)(b)
			return follow(s.next)
		}
	case "quo": // of floating-point numbers
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			*(*T)(to) = *(*T)(a) / *(*T)(b)
			return follow(s.next)
		}
	}
	return nil
}

// comparison is the step of x op y whose result is true or false.
func (t typing) comparison(n node, s *typedStep, name string) step {
	children := t.children(n)
	if len(children) != 2 {
		return nil
	}
	kind := t.kindOf(children[0])
	if kind == reflect.Invalid {
		kind = t.kindOf(children[1])
	}
	var ok [3]bool
	s.to, ok[0] = t.result(n, reflect.Bool)
	s.a, ok[1] = t.operand(children[0], kind)
	s.b, ok[2] = t.operand(children[1], kind)
	if ok != [3]bool{true, true, true} {
		return nil
	}
	switch kind {
	case reflect.Bool:
		return s.compareTruth(name)
	case reflect.String:
		return compare[string](s, name)
	case reflect.Int:
		return compare[int](s, name)
	case reflect.Int8:
		return compare[int8](s, name)
	case reflect.Int16:
		return compare[int16](s, name)
	case reflect.Int32:
		return compare[int32](s, name)
	case reflect.Int64:
		return compare[int64](s, name)
	case reflect.Uint:
		return compare[uint](s, name)
	case reflect.Uint8:
		return compare[uint8](s, name)
	case reflect.Uint16:
		return compare[uint16](s, name)
	case reflect.Uint32:
		return compare[uint32](s, name)
	case reflect.Uint64:
		return compare[uint64](s, name)
	case reflect.Float32:
		return compare[float32](s, name)
	case reflect.Float64:
		return compare[float64](s, name)
	}
	return nil
}

func compare[T cmp.Ordered](s *typedStep, name string) step {
	switch name {
	case "equal":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			result := *(*T)(a) == *(*T)(b)
			*(*bool)(to) = result
			return s.branch(result)
		}
	case "notEqual":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			result := *(*T)(a) != *(*T)(b)
			*(*bool)(to) = result
			return s.branch(result)
		}
	case "lower":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			result := *(*T)(a) < *(*T)(b)
			*(*bool)(to) = result
			return s.branch(result)
		}
	case "lowerEqual":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			result := *(*T)(a) <= *(*T)(b)
			*(*bool)(to) = result
			return s.branch(result)
		}
	case "greater":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			result := *(*T)(a) > *(*T)(b)
			*(*bool)(to) = result
			return s.branch(result)
		}
	case "greaterEqual":
		return func(f frame) step {
			to, a, b := s.places(f)
			if to == nil {
				return s.inner(f)
			}
			result := *(*T)(a) >= *(*T)(b)
			*(*bool)(to) = result
			return s.branch(result)
		}
	}
	return nil
}

// compareTruth is compare for truth, which has no order.
func (s *typedStep) compareTruth(name string) step {
	if name != "equal" && name != "notEqual" {
		return nil
	}
	same := name == "equal"
	return func(f frame) step {
		to, a, b := s.places(f)
		if to == nil {
			return s.inner(f)
		}
		result := (*(*bool)(a) == *(*bool)(b)) == same
		*(*bool)(to) = result
		return s.branch(result)
	}
}

// not is the step of !x.
func (t typing) not(n node, s *typedStep) step {
	children := t.children(n)
	if len(children) != 1 {
		return nil
	}
	var ok [2]bool
	s.to, ok[0] = t.result(n, reflect.Bool)
	s.a, ok[1] = t.operand(children[0], reflect.Bool)
	if ok != [2]bool{true, true} {
		return nil
	}
	return func(f frame) step {
		to, a := s.pair(f)
		if to == nil {
			return s.inner(f)
		}
		result := !*(*bool)(a)
		*(*bool)(to) = result
		return s.branch(result)
	}
}

// shift is the step of x << y and x >> y.
func (t typing) shift(n node, s *typedStep, name string) step {
	children := t.children(n)
	typ := t.slotType(*at[int](n, t.l.findex))
	if len(children) != 2 || typ == nil {
		return nil
	}
	kind, by := typ.Kind(), t.kindOf(children[1])
	if by == reflect.Invalid {
		by = reflect.Int // a constant
	}
	load := integerLoads[by]
	var ok [3]bool
	s.to, ok[0] = t.result(n, kind)
	s.a, ok[1] = t.operand(children[0], kind)
	s.b, ok[2] = t.operand(children[1], by)
	if load == nil || ok != [3]bool{true, true, true} {
		return nil
	}
	switch kind {
	case reflect.Int:
		return shifted[int](s, name, load)
	case reflect.Int8:
		return shifted[int8](s, name, load)
	case reflect.Int16:
		return shifted[int16](s, name, load)
	case reflect.Int32:
		return shifted[int32](s, name, load)
	case reflect.Int64:
		return shifted[int64](s, name, load)
	case reflect.Uint:
		return shifted[uint](s, name, load)
	case reflect.Uint8:
		return shifted[uint8](s, name, load)
	case reflect.Uint16:
		return shifted[uint16](s, name, load)
	case reflect.Uint32:
		return shifted[uint32](s, name, load)
	case reflect.Uint64:
		return shifted[uint64](s, name, load)
	}
	return nil
}

func shifted[T integer](s *typedStep, name string, load func(unsafe.Pointer) uint64) step {
	left := name == "shl"
	return func(f frame) step {
		to, a, b := s.places(f)
		if to == nil {
			return s.inner(f)
		}
		by := load(b) // lowered code has seen to it that it is not negative
		if left {
			*(*T)(to) = *(*T)(a) << by
		} else {
			*(*T)(to) = *(*T)(a) >> by
		}
		return follow(s.next)
	}
}

// integerLoads read integers, their sign extended.
var integerLoads = map[reflect.Kind]func(unsafe.Pointer) uint64{
	reflect.Int: load[int], reflect.Int8: load[int8], reflect.Int16: load[int16], reflect.Int32: load[int32], reflect.Int64: load[int64],
	reflect.Uint: load[uint], reflect.Uint8: load[uint8], reflect.Uint16: load[uint16], reflect.Uint32: load[uint32], reflect.Uint64: load[uint64],
}

// integerStores write integers, cut to their size.
var integerStores = map[reflect.Kind]func(unsafe.Pointer, uint64){
	reflect.Int: store[int], reflect.Int8: store[int8], reflect.Int16: store[int16], reflect.Int32: store[int32], reflect.Int64: store[int64],
	reflect.Uint: store[uint], reflect.Uint8: store[uint8], reflect.Uint16: store[uint16], reflect.Uint32: store[uint32], reflect.Uint64: store[uint64],
}

func load[T integer](p unsafe.Pointer) uint64     { return uint64(*(*T)(p)) }
func store[T integer](p unsafe.Pointer, v uint64) { *(*T)(p) = T(v) }

// conversion is the step of T(x) from one integer type to another, and to float64.
func (t typing) conversion(n node, s *typedStep) step {
	children := t.children(n)
	typ := t.slotType(*at[int](n, t.l.findex))
	if len(children) != 2 || typ == nil {
		return nil
	}
	from, to := t.kindOf(children[1]), typ.Kind()
	load, store := integerLoads[from], integerStores[to]
	var ok [2]bool
	s.to, ok[0] = t.result(n, to)
	s.a, ok[1] = t.operand(children[1], from)
	if ok != [2]bool{true, true} || load == nil {
		return nil
	}
	switch {
	case store != nil:
		return func(f frame) step {
			to, a := s.pair(f)
			if to == nil {
				return s.inner(f)
			}
			store(to, load(a))
			return follow(s.next)
		}
	case to == reflect.Float64 && from >= reflect.Int && from <= reflect.Int64:
		return func(f frame) step {
			to, a := s.pair(f)
			if to == nil {
				return s.inner(f)
			}
			*(*float64)(to) = float64(int64(load(a)))
			return follow(s.next)
		}
	}
	return nil
}

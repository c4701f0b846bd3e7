package rt

import (
	"fmt"
	"reflect"
	"unsafe"
)

// Conversions to and from the types of a program happen so often that the way
// through any and a type assertion by the interpreter would be felt. The functions
// here have parameters and results of the program's own types. They are compiled
// functions on types of the same shape, given another function type: what matters
// for a call is only in which registers the words of a value lie.

// as gives a function another type, which has the same shape.
func as[F any](fn F, t reflect.Type) reflect.Value {
	return reflect.NewAt(t, unsafe.Pointer(&fn)).Elem()
}

var (
	anyType  = reflect.TypeFor[any]()
	boolType = reflect.TypeFor[bool]()
)

// boxTo returns a function from any, holding the inner type i, to interface type j.
func (r *Runtime) boxTo(i, j int) reflect.Value {
	iface := r.types.Inner(j)
	t := reflect.FuncOf([]reflect.Type{anyType}, []reflect.Type{iface}, false)
	// The interface's first word is the same for all values of one type.
	sample := reflect.New(iface)
	sample.Elem().Set(reflect.Zero(r.types.Outer(i)))
	table := (*[2]unsafe.Pointer)(sample.UnsafePointer())[0]
	return as(func(v any) (e error) {
		boxed := r.types.Box(i, v)
		words := (*[2]unsafe.Pointer)(unsafe.Pointer(&boxed))
		words[0] = table
		return *(*error)(unsafe.Pointer(words))
	}, t)
}

// unboxTyped returns a function from any to the inner type i and whether the value
// was of that type.
func (r *Runtime) unboxTyped(i int) (reflect.Value, error) {
	inner := r.types.Inner(i)
	t := reflect.FuncOf([]reflect.Type{anyType}, []reflect.Type{inner, boolType}, false)
	switch inner.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func:
		// The data word of an interface with such a type is the value itself.
		return as(func(v any) (unsafe.Pointer, bool) {
			if !r.types.Is(i, v) {
				return nil, false
			}
			return (*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1], true
		}, t), nil
	case reflect.Slice:
		return unboxWord[[]byte](r, i, t), nil
	case reflect.String:
		return unboxWord[string](r, i, t), nil
	case reflect.Bool:
		return unboxWord[bool](r, i, t), nil
	case reflect.Int:
		return unboxWord[int](r, i, t), nil
	case reflect.Int8:
		return unboxWord[int8](r, i, t), nil
	case reflect.Int16:
		return unboxWord[int16](r, i, t), nil
	case reflect.Int32:
		return unboxWord[int32](r, i, t), nil
	case reflect.Int64:
		return unboxWord[int64](r, i, t), nil
	case reflect.Uint:
		return unboxWord[uint](r, i, t), nil
	case reflect.Uint8:
		return unboxWord[uint8](r, i, t), nil
	case reflect.Uint16:
		return unboxWord[uint16](r, i, t), nil
	case reflect.Uint32:
		return unboxWord[uint32](r, i, t), nil
	case reflect.Uint64:
		return unboxWord[uint64](r, i, t), nil
	case reflect.Uintptr:
		return unboxWord[uintptr](r, i, t), nil
	case reflect.Float32:
		return unboxWord[float32](r, i, t), nil
	case reflect.Float64:
		return unboxWord[float64](r, i, t), nil
	}
	return reflect.Value{}, fmt.Errorf("values of %v cannot be unboxed to their type", inner)
}

// unboxWord is unboxTyped for types of the shape of T, whose values an interface
// points to.
func unboxWord[T any](r *Runtime, i int, t reflect.Type) reflect.Value {
	return as(func(v any) (x T, ok bool) {
		if !r.types.Is(i, v) {
			return x, false
		}
		return *(*T)((*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1]), true
	}, t)
}

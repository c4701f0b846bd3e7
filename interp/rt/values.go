package rt

import (
	"fmt"
	"math"
	"reflect"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// open returns the index of the type that x holds and the value as the script
// computes with it. Compiled values have index -1.
func (r *Runtime) open(x any) (int, any) {
	if x == nil {
		panic(NilDereference)
	}
	i := r.types.Index(x)
	if i < 0 {
		return -1, nil
	}
	return i, r.types.Unbox(i, x)
}

// switchCache remembers which case of a type switch a type takes.
type switchCache struct{ cases sync.Map } // reflect.Type → int

// typeSwitch returns the first case of type switch k that x takes, or -1.
func (r *Runtime) typeSwitch(k int, x any) int {
	cases := r.prog.Switches[k]
	if x == nil {
		for i, c := range cases {
			if c < 0 {
				return i
			}
		}
		return -1
	}
	t := reflect.TypeOf(x)
	cache := &r.switches[k].cases
	if i, ok := cache.Load(t); ok {
		return i.(int)
	}
	found := -1
	for i, c := range cases {
		if c >= 0 && r.types.Is(c, x) {
			found = i
			break
		}
	}
	cache.Store(t, found)
	return found
}

// assertionFailed panics as x.(T) does: from is the index of x's type.
func (r *Runtime) assertionFailed(x any, from, to int) {
	panic(r.types.AssertionError(from, to, x))
}

// retype returns v with another type of the same memory layout.
func (r *Runtime) retype(i int, v any) any {
	t := r.types.Inner(i)
	src := reflect.ValueOf(v)
	if !src.IsValid() {
		return reflect.Zero(t).Interface()
	}
	if src.Type() == t {
		return v
	}
	if src.Type().ConvertibleTo(t) {
		return src.Convert(t).Interface()
	}
	p := reflect.New(src.Type())
	p.Elem().Set(src)
	return reflect.NewAt(t, p.UnsafePointer()).Elem().Interface()
}

// pointer converts an unsafe.Pointer to the pointer type with index i.
func (r *Runtime) pointer(i int, p unsafe.Pointer) any {
	return reflect.NewAt(r.types.Inner(i).Elem(), p).Interface()
}

// address is what a pointer is as an integer.
func address(p unsafe.Pointer) uintptr { return uintptr(p) }

func unsafePointer(p any) unsafe.Pointer { return reflect.ValueOf(p).UnsafePointer() }

// method returns the method value x.name of compiled code.
func (r *Runtime) method(x any, name string) any {
	if r.replacer != nil && x != nil {
		if own := r.replacer.Method(x, name); own != nil {
			return own
		}
	}
	v := reflect.ValueOf(x)
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() && !hasOwn(v.Type(), name) {
		panic(NilDereference)
	}
	return v.MethodByName(name).Interface()
}

// function says which declared function fn is.
func (r *Runtime) function(fn any, name string) {
	if h, ok := r.host.(Functions); ok {
		h.Function(reflect.ValueOf(fn), name)
	}
}

// functionPointer is v.Pointer(), which is the same for all functions of the script.
func (r *Runtime) functionPointer(v reflect.Value) uintptr {
	if h, ok := r.host.(Functions); ok && v.Kind() == reflect.Func && !v.IsNil() && v.CanInterface() {
		if p := h.FunctionPointer(v); p != 0 {
			return p
		}
	}
	return v.Pointer()
}

// hasOwn reports whether a pointer type declares the method for pointers.
func hasOwn(t reflect.Type, name string) bool {
	_, value := t.Elem().MethodByName(name)
	return !value
}

// noMethod panics: a value of a compiled type has come to a method that only
// types of the program can have.
func (r *Runtime) noMethod(x any, name string) any {
	panic(fmt.Errorf("method %s of %T cannot be called from here", name, x))
}

func nilMethod() { panic(NilDereference) }

// checkSlice panics as make([]T, size, capacity) does where it must.
func (r *Runtime) checkSlice(i int, sizes ...any) {
	t := r.types.Inner(i)
	size, fits := toInt(sizes[0])
	switch t.Kind() {
	case reflect.Slice:
		capacity, capFits := size, fits
		if len(sizes) > 1 {
			capacity, capFits = toInt(sizes[1])
		}
		limit := math.MaxInt
		if e := t.Elem().Size(); e > 0 {
			limit = maxAlloc / int(e)
		}
		if !fits || size < 0 || size > limit {
			panic(runtimeError("makeslice: len out of range"))
		}
		if !capFits || capacity < size || capacity > limit {
			panic(runtimeError("makeslice: cap out of range"))
		}
	case reflect.Chan:
		limit := maxAlloc / max(int(t.Elem().Size()), 1)
		if !fits || size < 0 || size > limit {
			panic(PlainError("makechan: size out of range"))
		}
	}
}

// maxAlloc is the largest piece of memory, in bytes, that a script may ask for
// at once: beyond what the machine has, the process would die.
const maxAlloc = 1 << 34

func toInt(v any) (int, bool) {
	x := reflect.ValueOf(v)
	switch {
	case x.CanInt():
		return int(x.Int()), true
	case x.CanUint():
		return int(x.Uint()), x.Uint() <= math.MaxInt
	}
	return 0, false
}

// appendOne appends to a slice whose elements are of its own type.
func appendOne(s, v any) any {
	return reflect.Append(reflect.ValueOf(s), reflect.ValueOf(v)).Interface()
}

// checkKey panics as storing an element of a map with that key would.
func checkKey(key any) { map[any]struct{}{}[key] = struct{}{} }

func clearAll(x any) {
	reflect.ValueOf(x).Clear()
}

func deleteKey(m, key any) {
	v := reflect.ValueOf(m)
	k := reflect.ValueOf(key)
	if !k.IsValid() {
		k = reflect.Zero(v.Type().Key())
	}
	v.SetMapIndex(k, reflect.Value{})
}

func copySlice(dst, src any) int { return reflect.Copy(reflect.ValueOf(dst), reflect.ValueOf(src)) }

// runes returns what a range over a string yields as values.
func runes(s string) []rune { return []rune(s) }

// runesAt returns the values and the keys.
func runesAt(s string) ([]rune, []int) {
	n := utf8.RuneCountInString(s)
	values, keys := make([]rune, 0, n), make([]int, 0, n)
	for i, c := range s {
		values, keys = append(values, c), append(keys, i)
	}
	return values, keys
}

func runeStarts(s string) []int {
	_, keys := runesAt(s)
	return keys
}

// toFloat32 converts an integer, rounding once.
func toFloat32(v any) float32 {
	x := reflect.ValueOf(v)
	if x.CanUint() {
		return float32(x.Uint())
	}
	return float32(x.Int())
}

func toComplex(re, im float64) complex128 { return complex(re, im) }

func minFloat(a, b float64) float64 { return min(a, b) }
func maxFloat(a, b float64) float64 { return max(a, b) }

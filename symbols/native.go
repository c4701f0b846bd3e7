package symbols

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"hash"
	"hash/maphash"
	"iter"
	"reflect"
	"slices"
	"sort"
	"sync/atomic"
	"unique"
	"unsafe"
)

// natives are the functions that the packed sources declare without a body, by package
// and name. See gen/overlay for what each does.
var natives = map[string]map[string]any{
	"crypto/hkdf": {
		"extract": hkdf.Extract[hash.Hash],
		"expand":  hkdf.Expand[hash.Hash],
		"key":     hkdf.Key[hash.Hash],
	},
	"crypto/pbkdf2": {"key": pbkdf2.Key[hash.Hash]},
	"hash/maphash": {
		"comparable_":      maphash.Comparable[any],
		"writeComparable_": maphash.WriteComparable[any],
	},
	"iter": {"pull": pull},
	"maps": {"clone": cloneMap},
	"slices": {
		"sortOrdered":    sortOrdered,
		"sortLess":       sort.Slice,
		"sortStableLess": sort.SliceStable,
		"overlapsAny":    overlaps,
	},
	"sync/atomic": {
		"loadPointer":           loadPointer,
		"storePointer":          storePointer,
		"swapPointer":           swapPointer,
		"compareAndSwapPointer": compareAndSwapPointer,
	},
	"unique": {"canonical": canonical},
}

func pull(seq func(yield func(any) bool)) (next func() (any, bool), stop func()) {
	return iter.Pull(iter.Seq[any](seq))
}

// cloneMap returns a shallow copy of a map that is not nil.
func cloneMap(m any) any {
	src := reflect.ValueOf(m)
	dst := reflect.MakeMapWithSize(src.Type(), src.Len())
	for it := src.MapRange(); it.Next(); {
		dst.SetMapIndex(it.Key(), it.Value())
	}
	return dst.Interface()
}

// sortOrdered sorts a slice of any ordered element type.
func sortOrdered(x any) {
	v := reflect.ValueOf(x)
	switch v.Type().Elem().Kind() {
	case reflect.Int:
		slices.Sort(elements[int](v))
	case reflect.Int8:
		slices.Sort(elements[int8](v))
	case reflect.Int16:
		slices.Sort(elements[int16](v))
	case reflect.Int32:
		slices.Sort(elements[int32](v))
	case reflect.Int64:
		slices.Sort(elements[int64](v))
	case reflect.Uint:
		slices.Sort(elements[uint](v))
	case reflect.Uint8:
		slices.Sort(elements[uint8](v))
	case reflect.Uint16:
		slices.Sort(elements[uint16](v))
	case reflect.Uint32:
		slices.Sort(elements[uint32](v))
	case reflect.Uint64:
		slices.Sort(elements[uint64](v))
	case reflect.Uintptr:
		slices.Sort(elements[uintptr](v))
	case reflect.Float32:
		slices.Sort(elements[float32](v))
	case reflect.Float64:
		slices.Sort(elements[float64](v))
	case reflect.String:
		slices.Sort(elements[string](v))
	default:
		panic("symbols: " + v.Type().String() + " is not ordered") // the checker has refused it
	}
}

// elements returns the memory of a slice as one of the element kind's basic type.
func elements[E any](v reflect.Value) []E {
	return unsafe.Slice((*E)(v.UnsafePointer()), v.Len())
}

// overlaps tells whether two slices of one type share memory.
func overlaps(a, b any) bool {
	va, vb := reflect.ValueOf(a), reflect.ValueOf(b)
	size := va.Type().Elem().Size()
	if va.Len() == 0 || vb.Len() == 0 || size == 0 {
		return false
	}
	startA, startB := va.Pointer(), vb.Pointer()
	endA, endB := startA+uintptr(va.Len())*size, startB+uintptr(vb.Len())*size
	return startA < endB && startB < endA
}

// pointerAt returns the pointer variable at addr, a pointer to a pointer of any type,
// and the type of what it holds.
func pointerAt(addr any) (*unsafe.Pointer, reflect.Type) {
	v := reflect.ValueOf(addr)
	return (*unsafe.Pointer)(v.UnsafePointer()), v.Type().Elem()
}

// pointerOf returns a pointer of any type; an interface without a value is nil.
func pointerOf(val any) unsafe.Pointer {
	if val == nil {
		return nil
	}
	return reflect.ValueOf(val).UnsafePointer()
}

// retype returns p as a pointer of type t.
func retype(p unsafe.Pointer, t reflect.Type) any {
	v := reflect.NewAt(t.Elem(), p)
	if v.Type() != t { // a named pointer type
		v = v.Convert(t)
	}
	return v.Interface()
}

func loadPointer(addr any) any {
	p, t := pointerAt(addr)
	return retype(atomic.LoadPointer(p), t)
}

func storePointer(addr, val any) {
	p, _ := pointerAt(addr)
	atomic.StorePointer(p, pointerOf(val))
}

func swapPointer(addr, val any) any {
	p, t := pointerAt(addr)
	return retype(atomic.SwapPointer(p, pointerOf(val)), t)
}

func compareAndSwapPointer(addr, old, new any) bool {
	p, _ := pointerAt(addr)
	return atomic.CompareAndSwapPointer(p, pointerOf(old), pointerOf(new))
}

// canonical returns the address that unique.Make gives the value: equal values have
// one address as long as somebody holds it.
func canonical(value any) *any {
	h := unique.Make(value)
	return *(**any)(unsafe.Pointer(&h)) // a Handle is one pointer
}

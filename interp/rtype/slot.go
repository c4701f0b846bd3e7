package rtype

import (
	"reflect"
	"sync/atomic"
	"unsafe"
)

// A slot is a code address that can stand in a method table. The code at the
// address, a few bytes made by the assembler, jumps to a Go closure and leaves
// all arguments alone, so a slot serves methods of every signature:
//
//	entry of slot i:  closure register = closures[i]; jump to its code
//
// Which closure that is can be changed at any time. A slot belongs to one
// method of one type for good: method tables and the run time's interface
// tables keep its address, and a call through a value that outlived its
// program must not reach a stranger.
type slot int32

// noSlot stands for methods that compiled code cannot call.
const noSlot slot = -1

// A closurePtr is a Go func value as the run time holds it: it points to an
// object whose first word is the address of the code.
type closurePtr unsafe.Pointer

// closures has the closure of slot i in groups[i/slotsPerGroup][i%slotsPerGroup].
// The assembler code reads it. Groups are allocated when their first slot is
// taken.
var closures [slotGroups]*[slotsPerGroup]unsafe.Pointer

// allocate makes room for the slot's closure. It must be called before code
// gets to know the slot's address.
func (s slot) allocate() {
	g := s / slotsPerGroup
	if closures[g] == nil {
		closures[g] = new([slotsPerGroup]unsafe.Pointer)
	}
}

// set makes c the closure of s. Calls that are under way are not affected.
func (s slot) set(c closurePtr) {
	atomic.StorePointer(&closures[s/slotsPerGroup][s%slotsPerGroup], unsafe.Pointer(c))
}

// code returns the address of the slot's code.
func (s slot) code() uintptr { return slotAddress(int(s)) }

// closureOf returns the func value in fn, which must not be nil.
func closureOf(fn reflect.Value) closurePtr { return closurePtr(FuncPointer(fn)) }

// FuncPointer returns the pointer that the func value in fn is. What it points to
// begins with the address of the function's code.
func FuncPointer(fn reflect.Value) unsafe.Pointer {
	v := fn.Interface() // its second word is the func value
	return (*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1]
}

// funcAt returns a func value of type t whose code is at the address.
func funcAt(t reflect.Type, code uintptr) reflect.Value {
	f := &struct{ code uintptr }{code}
	return reflect.NewAt(t, unsafe.Pointer(&f)).Elem()
}

// codeOf returns the address of the code of fn, a function without captured
// variables.
func codeOf(fn func()) uintptr {
	return **(**uintptr)(unsafe.Pointer(&fn))
}

//go:build go1.26 && !go1.27

package rtype

import (
	"reflect"
	"runtime"
	"unsafe"
)

// The structures below are copies of internal/abi (type.go, map.go, iface.go)
// of Go 1.26. A new Go version needs them compared again; abi_other.go stops
// the build until that is done, checkLayout and its test find what differs.

// Type flags, abi.TFlag.
const (
	flagUncommon       uint8 = 1 << 0 // uncommonType follows the type
	flagExtraStar      uint8 = 1 << 1 // the string has a * in front that does not belong to it
	flagNamed          uint8 = 1 << 2
	flagRegularMemory  uint8 = 1 << 3 // equality and hash may treat a value as plain bytes
	flagGCMaskOnDemand uint8 = 1 << 4 // gcData is the address of a *byte, filled by the run time
	flagDirectIface    uint8 = 1 << 5 // a value is the data word of an interface itself
)

// maxPtrmaskBytes is the largest pointer mask that is made in advance
// (abi.MaxPtrmaskBytes); larger types get flagGCMaskOnDemand.
const maxPtrmaskBytes = 2048

const ptrSize = unsafe.Sizeof(uintptr(0))

// nameOff, typeOff and textOff are numbers that the run time maps to
// addresses; see addReflectOff.
type (
	nameOff int32
	typeOff int32
	textOff int32
)

// typ is abi.Type, the beginning of every type.
type typ struct {
	size       uintptr
	ptrBytes   uintptr // prefix of a value that can hold pointers
	hash       uint32
	flag       uint8
	align      uint8
	fieldAlign uint8
	kind       uint8
	equal      func(unsafe.Pointer, unsafe.Pointer) bool // nil if not comparable
	gcData     *byte
	str        nameOff
	ptrToThis  typeOff // type of pointers to this type, may be 0
}

// uncommonType follows types that have a name or methods.
type uncommonType struct {
	pkgPath nameOff
	mcount  uint16
	xcount  uint16 // exported methods; they come first
	moff    uint32 // from this structure to [mcount]method
	_       uint32
}

type method struct {
	name nameOff
	mtyp typeOff // func type without receiver
	ifn  textOff // code that takes the data word of an interface
	tfn  textOff // code that takes the receiver as declared
}

type imethod struct {
	name nameOff
	typ  typeOff
}

type arrayType struct {
	typ
	elem  *typ
	slice *typ
	len   uintptr
}

type chanType struct {
	typ
	elem *typ
	dir  int
}

// funcType is followed by uncommonType, if flagged, and the parameter and
// result types.
type funcType struct {
	typ
	inCount  uint16
	outCount uint16 // top bit: variadic
}

type interfaceType struct {
	typ
	pkgPath *byte
	methods []imethod
}

type mapType struct {
	typ
	key       *typ
	elem      *typ
	group     *typ
	hasher    func(unsafe.Pointer, uintptr) uintptr
	groupSize uintptr
	slotSize  uintptr
	elemOff   uintptr
	flags     uint32
}

type ptrType struct {
	typ
	elem *typ
}

type sliceType struct {
	typ
	elem *typ
}

type structType struct {
	typ
	pkgPath *byte
	fields  []structField
}

type structField struct {
	name   *byte
	typ    *typ
	offset uintptr
}

// eface is an interface value without methods, iface one with methods.
type eface struct {
	typ  *typ
	data unsafe.Pointer
}

type iface struct {
	tab  *itab
	data unsafe.Pointer
}

// itab is the method table of an interface type and a concrete type.
type itab struct {
	inter *interfaceType
	typ   *typ
	_     uint32     // hash
	fun   [1]uintptr // really as many as the interface has methods
}

// makeFuncImpl is reflect.makeFuncImpl, the closure behind a function that
// reflect.MakeFunc made, on architectures that pass arguments in registers.
type makeFuncImpl struct {
	code    uintptr
	stack   unsafe.Pointer
	argLen  uintptr
	regPtrs uintptr // really fewer bytes
	ftyp    *funcType
	fn      func([]reflect.Value) []reflect.Value
}

// typeAssertionError is runtime.TypeAssertionError.
type typeAssertionError struct {
	iface         *typ
	concrete      *typ
	asserted      *typ
	missingMethod string
}

// assertionError returns a *runtime.TypeAssertionError.
func assertionError(iface, concrete, asserted *typ, missingMethod string) error {
	e := new(runtime.TypeAssertionError)
	*(*typeAssertionError)(unsafe.Pointer(e)) = typeAssertionError{iface, concrete, asserted, missingMethod}
	return e
}

// addReflectOff registers ptr with the run time and returns a number that
// stands for it in types that were made at run time. ptr stays reachable for
// good. The run time keeps this name open to other packages.
//
//go:linkname addReflectOff reflect.addReflectOff
func addReflectOff(ptr unsafe.Pointer) int32

// toTyp returns the run-time type behind t. It must not be inlined: where t is
// a constant the compiler (Go 1.26) follows the pointers in the type's
// read-only data, and the linker then fails on a reference to a package path.
//
//go:noinline
func toTyp(t reflect.Type) *typ {
	return (*typ)((*iface)(unsafe.Pointer(&t)).data)
}

// toReflect returns the reflect type of t.
func toReflect(t *typ) reflect.Type {
	r := reflect.TypeFor[int]()
	(*iface)(unsafe.Pointer(&r)).data = unsafe.Pointer(t)
	return r
}

// typeWord returns the type of the value in v, nil for a nil interface.
func typeWord(v any) *typ {
	return (*eface)(unsafe.Pointer(&v)).typ
}

// Values of abi.Name's first byte.
const (
	nameExported byte = 1 << 0
	nameTag      byte = 1 << 1
	namePkgPath  byte = 1 << 2
	nameEmbedded byte = 1 << 3
)

// encodeName returns an abi.Name: flags, length and bytes of the name and, if
// there is one, of the tag, then the number of the package path, if it is not
// 0.
func encodeName(name, tag string, exported, embedded bool, pkgPath nameOff) *byte {
	var flags byte
	if exported {
		flags |= nameExported
	}
	if embedded {
		flags |= nameEmbedded
	}
	b := append([]byte{flags}, varint(len(name))...)
	b = append(b, name...)
	if tag != "" {
		b[0] |= nameTag
		b = append(append(b, varint(len(tag))...), tag...)
	}
	if pkgPath != 0 {
		b[0] |= namePkgPath
		b = append(b, (*[4]byte)(unsafe.Pointer(&pkgPath))[:]...)
	}
	return &b[0]
}

func varint(n int) []byte {
	var b []byte
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

// decodeName returns the name in an abi.Name.
func decodeName(p *byte) string {
	if p == nil {
		return ""
	}
	n, shift, off := 0, 0, 1
	for ; ; off++ {
		c := *(*byte)(unsafe.Add(unsafe.Pointer(p), off))
		n |= int(c&0x7f) << shift
		shift += 7
		if c&0x80 == 0 {
			break
		}
	}
	return unsafe.String((*byte)(unsafe.Add(unsafe.Pointer(p), off+1)), n)
}

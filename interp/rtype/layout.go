package rtype

import (
	"fmt"
	"reflect"
	"slices"
	"unsafe"
)

// layoutStruct sets size, alignment, flags, equality and pointer mask of st
// and the offsets of its fields from the types of the fields. These need not
// be the final ones, if they have the same layout and equality.
func layoutStruct(st *structType) {
	var (
		size       uintptr
		align      uint8 = 1
		lastZero         = ^uintptr(0) // where the last field of size 0 lies
		comparable       = true
		regular          = true
	)
	st.ptrBytes = 0
	for i := range st.fields {
		f := &st.fields[i]
		blank := decodeName(f.name) == "_"
		offset := alignUp(size, uintptr(f.typ.fieldAlign))
		if offset != size || blank || !regularMemory(f.typ) {
			regular = false
		}
		if offset < size || offset+f.typ.size < offset {
			panic("struct is larger than the address space")
		}
		f.offset = offset
		size = offset + f.typ.size
		align = max(align, f.typ.fieldAlign)
		if f.typ.size == 0 {
			lastZero = size
		}
		if f.typ.ptrBytes > 0 {
			st.ptrBytes = offset + f.typ.ptrBytes
		}
		comparable = comparable && f.typ.equal != nil
	}
	if size > 0 && lastZero == size {
		// The address of the last field must not be that of the next object.
		size++
		regular = false
	}
	st.size = alignUp(size, uintptr(align))
	if st.size != size {
		regular = false
	}
	st.align, st.fieldAlign = align, align
	st.flag &^= flagRegularMemory | flagDirectIface | flagGCMaskOnDemand
	if regular {
		st.flag |= flagRegularMemory
	}
	if st.size == ptrSize && st.ptrBytes == ptrSize {
		st.flag |= flagDirectIface
	}
	st.equal = nil
	if comparable {
		st.equal = structEqual(st, regular)
	}
	setPointerMask(st)
}

func alignUp(n, align uintptr) uintptr { return (n + align - 1) &^ (align - 1) }

// regularMemory says that values of t are equal exactly if their bytes are.
// It decides as the compiler does, because hashes depend on it.
func regularMemory(t *typ) bool {
	switch k := reflect.Kind(t.kind); k {
	case reflect.Array:
		at := (*arrayType)(unsafe.Pointer(t))
		return regularMemory(at.elem) || at.elem.equal != nil && at.len == 0
	case reflect.Struct:
		return t.flag&flagRegularMemory != 0
	case reflect.Bool, reflect.Chan, reflect.Pointer, reflect.UnsafePointer:
		return true
	default:
		return reflect.Int <= k && k <= reflect.Uintptr
	}
}

// structEqual returns the equality of a struct type whose fields have their
// places. Blank fields do not count.
func structEqual(st *structType, regular bool) func(p, q unsafe.Pointer) bool {
	if regular {
		size := st.size
		return func(p, q unsafe.Pointer) bool {
			return unsafe.String((*byte)(p), size) == unsafe.String((*byte)(q), size)
		}
	}
	type part struct {
		offset uintptr
		equal  func(p, q unsafe.Pointer) bool
	}
	var parts []part
	for _, f := range st.fields {
		if decodeName(f.name) != "_" {
			parts = append(parts, part{f.offset, f.typ.equal})
		}
	}
	return func(p, q unsafe.Pointer) bool {
		for i := range parts {
			if !parts[i].equal(unsafe.Add(p, parts[i].offset), unsafe.Add(q, parts[i].offset)) {
				return false
			}
		}
		return true
	}
}

// setPointerMask tells the garbage collector where st has pointers.
func setPointerMask(st *structType) {
	words := st.ptrBytes / ptrSize
	switch {
	case words == 0:
		st.gcData = nil
	case words > maxPtrmaskBytes*8:
		// The run time makes the mask when it first needs it and puts its
		// address here.
		st.flag |= flagGCMaskOnDemand
		st.gcData = (*byte)(unsafe.Pointer(new(uintptr)))
	default:
		// The run time reads masks word by word.
		mask := make([]byte, alignUp((words+7)/8, ptrSize))
		for _, f := range st.fields {
			for i := range f.typ.ptrBytes / ptrSize {
				if maskBit(f.typ, i) {
					w := f.offset/ptrSize + i
					mask[w/8] |= 1 << (w % 8)
				}
			}
		}
		st.gcData = &mask[0]
	}
}

// maskBit reports whether word i of t's values is a pointer. The mask of t
// must not be made on demand, which is so for all types that are part of one
// that has no such mask.
func maskBit(t *typ, i uintptr) bool {
	return *(*byte)(unsafe.Add(unsafe.Pointer(t.gcData), i/8))>>(i%8)&1 != 0
}

// layout describes what matters of t's header, for messages.
func (t *typ) layout() string {
	return fmt.Sprintf("(kind %d size %d pointers %d align %d flags %#x comparable %v)",
		t.kind, t.size, t.ptrBytes, t.align, t.flag, t.equal != nil)
}

// sameLayout returns an error unless values of both types lie in memory in the
// same way and are stored in interfaces in the same way.
func sameLayout(a, b *typ) error {
	// Not flagRegularMemory: reflect.StructOf never sets it (Go 1.26).
	const flags = flagDirectIface | flagGCMaskOnDemand
	switch {
	case a == b:
		return nil
	case a.size != b.size, a.ptrBytes != b.ptrBytes, a.align != b.align, a.kind != b.kind,
		a.flag&flags != b.flag&flags, (a.equal == nil) != (b.equal == nil):
		return fmt.Errorf("rtype: internal error: layouts of %v %s and %v %s differ", toReflect(a), a.layout(), toReflect(b), b.layout())
	}
	if a.flag&flagGCMaskOnDemand != 0 {
		return nil // the run time makes the mask, from the parts
	}
	for _, t := range []*typ{a, b} {
		if err := checkMask(t); err != nil {
			return err
		}
	}
	if !slices.Equal(pointers(nil, a, 0), pointers(nil, b, 0)) {
		return fmt.Errorf("rtype: internal error: pointers of %v and %v differ", toReflect(a), toReflect(b))
	}
	return nil
}

// pointer is a word of a value that holds a pointer.
type pointer struct {
	word uintptr
	// typeWord marks the first word of an interface. Since types and
	// interface tables are never freed, masks may have it or not: those of
	// the compiler have not, those of reflect have.
	typeWord bool
}

// pointers appends the words of a value of type t at word base that are
// pointers. It follows the parts of t down to those that say so by their kind.
func pointers(ps []pointer, t *typ, base uintptr) []pointer {
	if t.ptrBytes == 0 {
		return ps
	}
	switch reflect.Kind(t.kind) {
	case reflect.Struct:
		for _, f := range (*structType)(unsafe.Pointer(t)).fields {
			ps = pointers(ps, f.typ, base+f.offset/ptrSize)
		}
	case reflect.Array:
		at := (*arrayType)(unsafe.Pointer(t))
		for i := range at.len {
			ps = pointers(ps, at.elem, base+i*at.elem.size/ptrSize)
		}
	case reflect.Interface:
		ps = append(ps, pointer{base, true}, pointer{base + 1, false})
	default: // strings and slices begin with their one pointer
		ps = append(ps, pointer{base, false})
	}
	return ps
}

// checkMask returns an error unless the pointer mask of t says of each word
// what it is.
func checkMask(t *typ) error {
	ps := pointers(nil, t, 0)
	for w := range t.ptrBytes / ptrSize {
		has := maskBit(t, w)
		switch {
		case len(ps) == 0 || ps[0].word != w:
			if !has {
				continue
			}
		case has || ps[0].typeWord:
			ps = ps[1:]
			continue
		}
		return fmt.Errorf("rtype: internal error: pointer mask of %v is wrong at word %d", toReflect(t), w)
	}
	return nil
}

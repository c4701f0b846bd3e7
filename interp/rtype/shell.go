package rtype

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"unsafe"
)

// A shell is a type under construction: the memory of the type itself, of the
// uncommonType behind it, and of the method table behind that. It has its
// final address from the beginning, so that other types can refer to it.
type shell struct {
	*typ
	uncommon *uncommonType // nil if the type has neither name nor methods
	args     []*typ        // parameters and results of a func type
	methods  []method
}

// prototypes are compiled types of each kind. Their headers are what those of
// new types start from, and they stand in for composite types that cannot be
// made yet: all types of these kinds have the same layout.
var prototypes = map[reflect.Kind]reflect.Type{
	reflect.Bool:          reflect.TypeFor[bool](),
	reflect.Int:           reflect.TypeFor[int](),
	reflect.Int8:          reflect.TypeFor[int8](),
	reflect.Int16:         reflect.TypeFor[int16](),
	reflect.Int32:         reflect.TypeFor[int32](),
	reflect.Int64:         reflect.TypeFor[int64](),
	reflect.Uint:          reflect.TypeFor[uint](),
	reflect.Uint8:         reflect.TypeFor[uint8](),
	reflect.Uint16:        reflect.TypeFor[uint16](),
	reflect.Uint32:        reflect.TypeFor[uint32](),
	reflect.Uint64:        reflect.TypeFor[uint64](),
	reflect.Uintptr:       reflect.TypeFor[uintptr](),
	reflect.Float32:       reflect.TypeFor[float32](),
	reflect.Float64:       reflect.TypeFor[float64](),
	reflect.Complex64:     reflect.TypeFor[complex64](),
	reflect.Complex128:    reflect.TypeFor[complex128](),
	reflect.String:        reflect.TypeFor[string](),
	reflect.UnsafePointer: reflect.TypeFor[unsafe.Pointer](),
	reflect.Array:         reflect.TypeFor[[1]int](),
	reflect.Chan:          reflect.TypeFor[chan int](),
	reflect.Func:          reflect.TypeFor[func()](),
	reflect.Map:           reflect.TypeFor[map[int]int](),
	reflect.Pointer:       reflect.TypeFor[*int](),
	reflect.Slice:         reflect.TypeFor[[]int](),
	reflect.Struct:        reflect.TypeFor[struct{}](),
}

// layouts are the structures that types of each kind begin with; for all
// other kinds it is typ.
var layouts = map[reflect.Kind]reflect.Type{
	reflect.Array:     reflect.TypeFor[arrayType](),
	reflect.Chan:      reflect.TypeFor[chanType](),
	reflect.Func:      reflect.TypeFor[funcType](),
	reflect.Interface: reflect.TypeFor[interfaceType](),
	reflect.Map:       reflect.TypeFor[mapType](),
	reflect.Pointer:   reflect.TypeFor[ptrType](),
	reflect.Slice:     reflect.TypeFor[sliceType](),
	reflect.Struct:    reflect.TypeFor[structType](),
}

// newShell allocates a type of the kind. Of its contents only those are set
// that the kind determines, as far as the header goes; structs and arrays have
// no layout yet. The memory is that of a struct type made by reflect, so the
// garbage collector knows its pointers.
func newShell(kind reflect.Kind, nargs, nmethods int) *shell {
	layout := layouts[kind]
	if layout == nil {
		layout = reflect.TypeFor[typ]()
	}
	fields := []reflect.StructField{
		{Name: "T", Type: layout},
		{Name: "U", Type: reflect.TypeFor[uncommonType]()},
	}
	if nargs > 0 {
		fields = append(fields, reflect.StructField{Name: "A", Type: reflect.ArrayOf(nargs, reflect.TypeFor[*typ]())})
	}
	if nmethods > 0 {
		fields = append(fields, reflect.StructField{Name: "M", Type: reflect.ArrayOf(nmethods, reflect.TypeFor[method]())})
	}
	block := reflect.StructOf(fields)
	base := reflect.New(block).UnsafePointer()
	s := &shell{typ: (*typ)(base), uncommon: (*uncommonType)(unsafe.Add(base, block.Field(1).Offset))}
	if nargs > 0 {
		f, _ := block.FieldByName("A")
		s.args = unsafe.Slice((**typ)(unsafe.Add(base, f.Offset)), nargs)
	}
	if nmethods > 0 {
		f, _ := block.FieldByName("M")
		s.methods = unsafe.Slice((*method)(unsafe.Add(base, f.Offset)), nmethods)
		s.uncommon.moff = uint32(f.Offset - block.Field(1).Offset)
	} else {
		s.uncommon.moff = uint32(unsafe.Sizeof(uncommonType{}))
	}
	if kind != reflect.Interface {
		s.copyHeader(toTyp(prototypes[kind]))
	}
	return s
}

// copyHeader makes the layout of values the one of from's.
func (s *shell) copyHeader(from *typ) {
	const keep = flagRegularMemory | flagGCMaskOnDemand | flagDirectIface
	s.size, s.ptrBytes = from.size, from.ptrBytes
	s.align, s.fieldAlign, s.kind = from.align, from.fieldAlign, from.kind
	s.equal, s.gcData = from.equal, from.gcData
	s.flag = s.flag&^keep | from.flag&keep
}

// setPackage makes the memory behind the type count: the run time looks there
// for the package path and the methods.
func (s *shell) setPackage(w *registry, path string) {
	s.flag |= flagUncommon
	if path != "" {
		s.uncommon.pkgPath = w.name(path, "")
	}
}

func (s *shell) structType() *structType       { return (*structType)(unsafe.Pointer(s.typ)) }
func (s *shell) interfaceType() *interfaceType { return (*interfaceType)(unsafe.Pointer(s.typ)) }

// initInterface sets the header of an interface type with n methods.
func initInterface(it *interfaceType, n int) {
	proto := toTyp(reflect.TypeFor[any]())
	if n > 0 {
		proto = toTyp(reflect.TypeFor[error]())
	}
	(&shell{typ: &it.typ}).copyHeader(proto)
}

// fillInterface sets the methods of an interface type; pkgPath is the package
// it is declared in, empty if it has no name.
func fillInterface(w *registry, it *interfaceType, methods []imethodNode, pkgPath string, sig func(int) *typ) {
	if pkgPath != "" {
		it.pkgPath = encodeName(pkgPath, "", false, false, 0)
	}
	it.methods = make([]imethod, len(methods))
	for i, m := range methods {
		it.methods[i] = imethod{
			name: w.name(m.name, otherPackage(m.pkgPath, pkgPath)),
			typ:  typeOffOf(sig(m.sig)),
		}
	}
}

// otherPackage returns path if it differs from that of the type, which names
// without a path are understood to be of.
func otherPackage(path, typePath string) string {
	if path == typePath {
		return ""
	}
	return path
}

func hashString(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

// composite returns the unnamed type that n describes, a type that reflect can
// make, from the types of its parts.
func composite(n *node, part func(int) reflect.Type) (t reflect.Type, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("rtype: cannot make type %s: %v", n.str, r)
		}
	}()
	switch n.kind {
	case reflect.Pointer:
		return reflect.PointerTo(part(n.elem)), nil
	case reflect.Slice:
		return reflect.SliceOf(part(n.elem)), nil
	case reflect.Array:
		return reflect.ArrayOf(int(n.len), part(n.elem)), nil
	case reflect.Map:
		return reflect.MapOf(part(n.key), part(n.elem)), nil
	case reflect.Chan:
		return reflect.ChanOf(n.dir, part(n.elem)), nil
	}
	all := func(nodes []int) []reflect.Type {
		ts := make([]reflect.Type, len(nodes))
		for i, p := range nodes {
			ts[i] = part(p)
		}
		return ts
	}
	return reflect.FuncOf(all(n.params), all(n.results), n.variadic), nil
}

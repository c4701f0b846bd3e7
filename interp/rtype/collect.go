package rtype

import (
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"unsafe"

	"gateway/interp/internal/typesize"
)

// basicTypes are the compiled types of the predeclared ones. The types of
// untyped constants stand for their default types.
var basicTypes = map[types.BasicKind]reflect.Type{
	types.Bool:           reflect.TypeFor[bool](),
	types.Int:            reflect.TypeFor[int](),
	types.Int8:           reflect.TypeFor[int8](),
	types.Int16:          reflect.TypeFor[int16](),
	types.Int32:          reflect.TypeFor[int32](),
	types.Int64:          reflect.TypeFor[int64](),
	types.Uint:           reflect.TypeFor[uint](),
	types.Uint8:          reflect.TypeFor[uint8](),
	types.Uint16:         reflect.TypeFor[uint16](),
	types.Uint32:         reflect.TypeFor[uint32](),
	types.Uint64:         reflect.TypeFor[uint64](),
	types.Uintptr:        reflect.TypeFor[uintptr](),
	types.Float32:        reflect.TypeFor[float32](),
	types.Float64:        reflect.TypeFor[float64](),
	types.Complex64:      reflect.TypeFor[complex64](),
	types.Complex128:     reflect.TypeFor[complex128](),
	types.String:         reflect.TypeFor[string](),
	types.UnsafePointer:  reflect.TypeFor[unsafe.Pointer](),
	types.UntypedBool:    reflect.TypeFor[bool](),
	types.UntypedInt:     reflect.TypeFor[int](),
	types.UntypedRune:    reflect.TypeFor[rune](),
	types.UntypedFloat:   reflect.TypeFor[float64](),
	types.UntypedComplex: reflect.TypeFor[complex128](),
	types.UntypedString:  reflect.TypeFor[string](),
}

// A HugeError is what [Table.Add] panics with for an instance of a generic type that has
// grown without bound, such as the inner one of
//
//	type list[T any] struct { next *other[pair[T, T]] }
type HugeError struct{ Type *types.Named }

func (e HugeError) Error() string {
	return "rtype: type " + e.Type.Obj().Name() + " has too many parts"
}

// add returns the index of typ's node and makes the node first if there is
// none. The nodes of parts are made before the node itself, except that named
// types come before their parts: recursion always goes through a name.
func (t *Table) add(typ types.Type) int {
	typ = types.Unalias(typ)
	if i, ok := t.index.At(typ).(int); ok {
		return i
	}
	switch typ := typ.(type) {
	case *types.Basic:
		if rt := basicTypes[typ.Kind()]; rt != nil {
			return t.leaf(typ, rt)
		}
	case *types.Named:
		if typesize.Huge(typ) {
			panic(HugeError{typ})
		}
		return t.addNamed(typ)
	case *types.Pointer:
		return t.addComposite(typ, node{kind: reflect.Pointer, elem: t.add(typ.Elem())})
	case *types.Slice:
		return t.addComposite(typ, node{kind: reflect.Slice, elem: t.add(typ.Elem())})
	case *types.Array:
		return t.addComposite(typ, node{kind: reflect.Array, elem: t.add(typ.Elem()), len: typ.Len()})
	case *types.Map:
		return t.addComposite(typ, node{kind: reflect.Map, key: t.add(typ.Key()), elem: t.add(typ.Elem())})
	case *types.Chan:
		return t.addComposite(typ, node{kind: reflect.Chan, elem: t.add(typ.Elem()), dir: chanDir(typ.Dir())})
	case *types.Signature:
		if typ.TypeParams().Len() == 0 {
			return t.addComposite(typ, t.signature(typ))
		}
	case *types.Struct:
		return t.addStruct(typ)
	case *types.Interface:
		return t.addInterface(typ)
	}
	return t.invalid(typ)
}

// put appends n as the node of typ.
func (t *Table) put(typ types.Type, n node) int {
	i := len(t.nodes)
	t.nodes = append(t.nodes, &n)
	t.types = append(t.types, typ)
	t.index.Set(typ, i)
	return i
}

// leaf appends a node for a compiled type.
func (t *Table) leaf(typ types.Type, rt reflect.Type) int {
	return t.put(typ, node{native: rt, kind: rt.Kind(), str: rt.String(), under: -1})
}

// invalid appends a node for a type that no value can have.
func (t *Table) invalid(typ types.Type) int {
	t.errs = append(t.errs, fmt.Errorf("rtype: type %s cannot exist at run time", typ))
	return t.leaf(typ, reflect.TypeFor[struct{}]())
}

func chanDir(d types.ChanDir) reflect.ChanDir {
	switch d {
	case types.SendOnly:
		return reflect.SendDir
	case types.RecvOnly:
		return reflect.RecvDir
	}
	return reflect.BothDir
}

func (t *Table) signature(sig *types.Signature) node {
	n := node{kind: reflect.Func, variadic: sig.Variadic()}
	for v := range sig.Params().Variables() {
		n.params = append(n.params, t.add(v.Type()))
	}
	for v := range sig.Results().Variables() {
		n.results = append(n.results, t.add(v.Type()))
	}
	return n
}

// addComposite appends n, the node of an unnamed type that is neither a
// struct nor an interface. If its parts are compiled types, so is it.
func (t *Table) addComposite(typ types.Type, n node) int {
	if i, ok := t.index.At(typ).(int); ok {
		return i // a part reached typ itself
	}
	n.str = typeString(typ)
	n.under = -1
	if t.allNative(n) {
		rt, err := composite(&n, func(i int) reflect.Type { return t.nodes[i].native })
		if err != nil {
			t.errs = append(t.errs, err)
			return t.invalid(typ)
		}
		n.native = rt // a type that is named after this one needs the parts, too
	}
	return t.put(typ, n)
}

func (t *Table) allNative(n node) bool {
	parts := append(slices.Clone(n.params), n.results...)
	if n.kind != reflect.Func {
		parts = append(parts, n.elem)
	}
	if n.kind == reflect.Map {
		parts = append(parts, n.key)
	}
	return !slices.ContainsFunc(parts, func(i int) bool { return t.nodes[i].native == nil })
}

func (t *Table) addNamed(typ *types.Named) int {
	obj := typ.Obj()
	if obj.Pkg() == nil {
		if obj.Name() == "error" {
			return t.leaf(typ, reflect.TypeFor[error]())
		}
		return t.invalid(typ)
	}
	if typ.TypeParams().Len() > 0 && typ.TypeArgs().Len() == 0 {
		return t.invalid(typ)
	}
	if rt := t.nativeOf(typ); rt != nil {
		return t.leaf(typ, rt)
	}
	i := t.put(typ, node{
		name: namedName(typ), pkgName: obj.Pkg().Name(), pkgPath: packagePath(obj.Pkg()),
		str: typeString(typ), under: -1,
	})
	n := t.nodes[i]
	switch under := typ.Underlying().(type) {
	case *types.Struct:
		n.kind = reflect.Struct
		if n.like = t.declaredLike(obj.Pkg(), under); n.like == nil {
			n.fields = t.fields(under)
		}
	case *types.Interface:
		n.kind = reflect.Interface
		if !under.IsMethodSet() {
			t.errs = append(t.errs, fmt.Errorf("rtype: constraint %s cannot exist at run time", typ))
		}
		n.imethods = t.interfaceMethods(under)
	default:
		n.under = t.add(under)
		u := t.nodes[n.under]
		n.kind, n.elem, n.key, n.len, n.dir = u.kind, u.elem, u.key, u.len, u.dir
		n.params, n.results, n.variadic = u.params, u.results, u.variadic
	}
	if n.kind != reflect.Interface && n.kind != reflect.Pointer {
		t.pending = append(t.pending, i)
	}
	return i
}

// nativeOf returns the compiled type that typ is, or nil.
func (t *Table) nativeOf(typ *types.Named) reflect.Type {
	obj := typ.Obj()
	if typ.TypeArgs().Len() > 0 || obj.Parent() != nil && obj.Parent() != obj.Pkg().Scope() {
		return nil
	}
	return t.native(obj.Pkg().Path(), obj.Name())
}

// declaredLike returns the compiled struct type whose declaration s, the
// underlying type of a type of pkg, comes from, or nil. The parts of such a
// type may be types that no script can name.
func (t *Table) declaredLike(pkg *types.Package, s *types.Struct) reflect.Type {
	if s.NumFields() == 0 || s.Field(0).Pkg() == nil || s.Field(0).Pkg() == pkg {
		return nil
	}
	scope := s.Field(0).Pkg().Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		if typ, ok := obj.Type().(*types.Named); ok && typ.Underlying() == s {
			if rt := t.nativeOf(typ); rt != nil {
				return rt
			}
		}
	}
	return nil
}

func (t *Table) fields(s *types.Struct) []field {
	fs := make([]field, s.NumFields())
	for i := range fs {
		v := s.Field(i)
		fs[i] = field{name: v.Name(), tag: s.Tag(i), typ: t.add(v.Type()), embedded: v.Embedded()}
		if !v.Exported() {
			fs[i].pkgPath = packagePath(v.Pkg())
		}
	}
	return fs
}

// addStruct appends the node of an unnamed struct type.
func (t *Table) addStruct(s *types.Struct) int {
	fields := t.fields(s)
	if i, ok := t.index.At(s).(int); ok {
		return i
	}
	if rt := compiledStruct(t.nodes, fields); rt != nil {
		return t.leaf(s, rt)
	}
	i := t.put(s, node{kind: reflect.Struct, str: typeString(s), fields: fields, under: -1})
	t.pending = append(t.pending, i)
	return i
}

// compiledStruct returns the struct type with these fields if compiled code
// can have the same: all are exported and of compiled types, and none promotes
// methods, which reflect cannot do in general.
func compiledStruct(nodes []*node, fields []field) reflect.Type {
	sf := make([]reflect.StructField, len(fields))
	for i, f := range fields {
		rt := nodes[f.typ].native
		if rt == nil || FieldName(f.name) != f.name || f.name == "_" {
			return nil
		}
		if f.embedded && (rt.NumMethod() > 0 || reflect.PointerTo(rt).NumMethod() > 0) {
			return nil
		}
		sf[i] = reflect.StructField{Name: f.name, Type: rt, Tag: reflect.StructTag(f.tag), Anonymous: f.embedded}
	}
	return reflect.StructOf(sf)
}

// addInterface appends the node of an unnamed interface type.
func (t *Table) addInterface(typ *types.Interface) int {
	if !typ.IsMethodSet() {
		return t.invalid(typ)
	}
	if typ.NumMethods() == 0 {
		return t.leaf(typ, reflect.TypeFor[any]())
	}
	methods := t.interfaceMethods(typ)
	if i, ok := t.index.At(typ).(int); ok {
		return i
	}
	str := typeString(typ)
	if !slices.ContainsFunc(methods, func(m imethodNode) bool { return t.nodes[m.sig].native == nil }) {
		return t.leaf(typ, world.interfaceOf(str, methods, func(i int) reflect.Type { return t.nodes[i].native }))
	}
	return t.put(typ, node{kind: reflect.Interface, str: str, imethods: methods, under: -1})
}

func (t *Table) interfaceMethods(typ *types.Interface) []imethodNode {
	var ms []imethodNode
	for _, m := range sortedMethods(typ) {
		im := imethodNode{name: m.Name(), sig: t.add(withoutReceiver(m.Signature()))}
		if !m.Exported() {
			im.pkgPath = packagePath(m.Pkg())
		}
		ms = append(ms, im)
	}
	return ms
}

func withoutReceiver(sig *types.Signature) *types.Signature {
	return types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
}

// addPending gives the types that were added their method sets. These come
// later because they depend on embedded types that may not be complete while
// the type is added.
func (t *Table) addPending() {
	for len(t.pending) > 0 {
		i := t.pending[0]
		t.pending = t.pending[1:]
		t.addMethods(i, t.types[i])
	}
}

// addMethods gives node i the method set of the pointer to typ.
func (t *Table) addMethods(i int, typ types.Type) {
	for _, m := range methodSet(typ) {
		mn := methodNode{name: m.Name, pointer: m.Pointer}
		if !m.Func.Exported() {
			mn.pkgPath = packagePath(m.Func.Pkg())
		}
		var from reflect.Type
		mn.path, from, mn.compiled = t.embeddedPath(i, m.Index[:len(m.Index)-1])
		if from == nil {
			mn.sig = t.add(m.Signature)
		} else if mn.sig = t.compiledSignature(from, mn, m.Signature); mn.sig < 0 {
			continue
		}
		t.nodes[i].methods = append(t.nodes[i].methods, mn)
		t.msets[i] = append(t.msets[i], m)
	}
}

// methodSet returns the method set of the pointer to typ, sorted.
func methodSet(typ types.Type) []Method {
	methods, simple := declaredMethods(typ)
	if !simple {
		values, all := types.NewMethodSet(typ), types.NewMethodSet(types.NewPointer(typ))
		for sel := range all.Methods() {
			fn := sel.Obj().(*types.Func)
			methods = append(methods, Method{
				Name:      fn.Name(),
				Pointer:   values.Lookup(fn.Pkg(), fn.Name()) == nil,
				Promoted:  len(sel.Index()) > 1,
				Func:      fn,
				Index:     sel.Index(),
				Signature: withoutReceiver(sel.Type().(*types.Signature)),
			})
		}
	}
	slices.SortFunc(methods, func(a, b Method) int { return compareMethods(a.Func, b.Func) })
	return methods
}

// declaredMethods returns the methods of a type that has none but those that are
// declared for it, which is the case where it embeds nothing.
func declaredMethods(typ types.Type) (methods []Method, simple bool) {
	if s, ok := typ.Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			if f.Embedded() {
				return nil, false
			}
		}
	}
	named, ok := typ.(*types.Named)
	if !ok {
		return nil, true
	}
	for k := range named.NumMethods() {
		fn := named.Method(k)
		_, pointer := types.Unalias(fn.Signature().Recv().Type()).(*types.Pointer)
		methods = append(methods, Method{
			Name: fn.Name(), Pointer: pointer, Func: fn, Index: []int{k}, Signature: withoutReceiver(fn.Signature()),
		})
	}
	return methods, true
}

// embeddedPath follows embedded fields from node i and returns the path up to
// the first field of a compiled type, and that type. A compiled type's own
// method set has what it promotes.
func (t *Table) embeddedPath(i int, index []int) (path []int, from reflect.Type, compiled bool) {
	for k, f := range index {
		n := t.nodes[i]
		if n.kind == reflect.Pointer && !n.named() {
			n = t.nodes[n.elem]
		}
		if n.like != nil {
			return index[:k+1], n.like.Field(f).Type, true
		}
		i = n.fields[f].typ
		if rt := t.nodes[i].native; rt != nil {
			return index[:k+1], rt, true
		}
	}
	return index, nil, len(index) > 0 && t.nodes[i].kind == reflect.Interface
}

// compiledSignature returns the node of the signature of a method that is
// promoted from the compiled type from, or -1 if it is not to be had. It
// prefers the compiled one, since the type checker's may refer to types that
// no script can name.
func (t *Table) compiledSignature(from reflect.Type, m methodNode, sig *types.Signature) int {
	if from.Kind() == reflect.Interface {
		for k := range from.NumMethod() {
			if im := from.Method(k); im.Name == m.name && im.PkgPath == m.pkgPath {
				return t.anonymousLeaf(im.Type)
			}
		}
	} else {
		if from.Kind() != reflect.Pointer {
			from = reflect.PointerTo(from)
		}
		if cm, ok := from.MethodByName(m.name); ok {
			in := ins(cm.Type)[1:]
			return t.anonymousLeaf(reflect.FuncOf(in, outs(cm.Type), cm.Type.IsVariadic()))
		}
	}
	if t.namesOnlyNative(sig) {
		return t.add(sig)
	}
	return -1
}

// anonymousLeaf appends the node of a compiled type that the type checker
// need not know.
func (t *Table) anonymousLeaf(rt reflect.Type) int {
	t.nodes = append(t.nodes, &node{native: rt, kind: rt.Kind(), str: rt.String(), under: -1})
	t.types = append(t.types, nil)
	return len(t.nodes) - 1
}

// namesOnlyNative reports whether all types in sig are predeclared or named
// types that native knows.
func (t *Table) namesOnlyNative(sig *types.Signature) bool {
	var native func(typ types.Type) bool
	tuple := func(vars *types.Tuple) bool {
		for v := range vars.Variables() {
			if !native(v.Type()) {
				return false
			}
		}
		return true
	}
	native = func(typ types.Type) bool {
		switch typ := types.Unalias(typ).(type) {
		case *types.Basic:
			return true
		case *types.Named:
			return typ.Obj().Pkg() == nil || t.nativeOf(typ) != nil
		case *types.Map:
			return native(typ.Key()) && native(typ.Elem())
		case *types.Signature:
			return tuple(typ.Params()) && tuple(typ.Results())
		case interface{ Elem() types.Type }:
			return native(typ.Elem())
		}
		return false
	}
	return native(sig)
}

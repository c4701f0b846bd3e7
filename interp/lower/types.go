package lower

import (
	"go/types"
	"strconv"
	"strings"

	"gateway/interp/rtype"
	"gateway/symbols"
)

// typ returns the identifier by which lowered source calls the inner type of t.
func (l *lowerer) typ(t types.Type) string {
	name, ok := l.typeNames[t]
	if !ok {
		l.known(types.Unalias(t))
		name = l.typeName(types.Unalias(t))
		l.typeNames[t] = name
	}
	return name
}

// known refuses a named type of a compiled package that cannot be had.
func (l *lowerer) known(t types.Type) {
	n, ok := t.(*types.Named)
	if !ok || n.Obj().Pkg() == nil || l.pkgs[n.Obj().Pkg()] != nil || l.compiled(n) {
		return
	}
	switch n.Underlying().(type) {
	case *types.Struct, *types.Interface:
	default: // values can be assigned to the underlying type
		return
	}
	l.refuse(at(l.pos), "type", "", "type %s of the standard library is not available to scripts", types.TypeString(n, nil))
}

func (l *lowerer) typeName(t types.Type) string {
	switch u := t.(type) {
	case *types.Basic:
		if u.Kind() != types.UnsafePointer {
			return basicName(u)
		}
	case *types.Named:
		if b, ok := u.Underlying().(*types.Basic); ok && b.Kind() != types.UnsafePointer && !l.compiled(u) {
			return basicName(b)
		}
		if obj := u.Obj(); l.compiled(u) && obj.Pkg() != nil && u.TypeArgs().Len() == 0 && obj.Exported() {
			return l.native(obj.Pkg().Path(), obj.Name())
		}
	case *types.Interface:
		if u.Empty() {
			return l.symbol("T_any", Symbol{Kind: Inner, Index: l.table.Add(t)})
		}
	}
	i := l.table.Add(t)
	name := "T_" + strconv.Itoa(i)
	if n, ok := t.(*types.Named); ok {
		base, _, _ := strings.Cut(n.Obj().Name(), "[") // of an instance made by localInstance
		name += "_" + base
		if n.Obj().Pkg() == nil {
			name = "T_" + n.Obj().Name() // error
		}
	}
	return l.symbol(name, Symbol{Kind: Inner, Index: i})
}

func basicName(b *types.Basic) string {
	switch b.Kind() {
	case types.UntypedBool:
		return "bool"
	case types.UntypedInt:
		return "int"
	case types.UntypedRune, types.Int32:
		return "int32"
	case types.UntypedFloat:
		return "float64"
	case types.UntypedComplex:
		return "complex128"
	case types.UntypedString:
		return "string"
	case types.Uint8:
		return "uint8"
	}
	return b.Name()
}

// symbol enters an identifier of the program.
func (l *lowerer) symbol(name string, s Symbol) string {
	if _, ok := l.prog.Symbols[name]; !ok {
		l.prog.Symbols[name] = s
	}
	return name
}

// native returns the identifier of a compiled function or type.
func (l *lowerer) native(path, name string) string {
	l.exported(path, name)
	id := "N_" + identifier(path) + "_" + name
	return l.symbol(id, Symbol{Kind: Native, Path: path, Name: name})
}

// nativeVar returns the identifier of the address of a compiled variable.
func (l *lowerer) nativeVar(path, name string) string {
	l.exported(path, name)
	id := "P_" + identifier(path) + "_" + name
	return l.symbol(id, Symbol{Kind: NativeVar, Path: path, Name: name})
}

// exported refuses a name that has no compiled counterpart: a function without a
// body in a module, or what the symbol tables leave out.
func (l *lowerer) exported(path, name string) {
	exports, ok := symbols.Package(path)
	if _, has := exports[name]; ok && has {
		return
	}
	if ok {
		l.refuse(at(l.pos), "symbol", "", "%s.%s is not available to scripts", path, name)
		return
	}
	l.refuse(at(l.pos), "no-body", "use a version of the package that is written in Go only, or a build without assembly",
		"function %s of package %s has no body in Go", name, path)
}

// identifier makes a package path a part of an identifier.
func identifier(path string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || r == '.' || r == '-' || r == '~' {
			return '_'
		}
		return r
	}, path)
}

func (l *lowerer) typeFunction(kind Kind, letter string, t types.Type) string {
	i := l.table.Add(t)
	return l.symbol(letter+"_"+strconv.Itoa(i), Symbol{Kind: kind, Index: i})
}

// boxTo returns the identifier of the conversion of a type of the program to an
// interface type.
func (l *lowerer) boxTo(from, to types.Type) string {
	i, j := l.table.Add(from), l.table.Add(to)
	name := "C_" + strconv.Itoa(i) + "_" + strconv.Itoa(j)
	return l.symbol(name, Symbol{Kind: BoxTo, Index: i, To: j})
}

// plain reports whether values of t can be unboxed without a detour through any.
func plain(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Map, *types.Chan, *types.Signature, *types.Slice:
		return true
	case *types.Basic:
		return u.Info()&types.IsComplex == 0 && u.Kind() != types.UnsafePointer
	}
	return false
}

// compiled reports whether values of type t need no boxing: t consists of
// compiled types only.
func (l *lowerer) compiled(t types.Type) bool {
	is, ok := l.natives[t]
	if !ok {
		is = l.table.Native(t)
		l.natives[t] = is
	}
	return is
}

// compiledNamed reports whether t is a named type of compiled code.
func (l *lowerer) compiledNamed(t types.Type) (*types.Named, bool) {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !l.compiled(n) {
		return nil, false
	}
	return n, true
}

// fieldName returns the name of a field of a struct type in lowered code.
func (l *lowerer) fieldName(owner types.Type, field *types.Var) string {
	if _, ok := l.compiledNamed(deref(owner)); ok {
		return field.Name()
	}
	return rtype.FieldName(field.Name())
}

func isInterface(t types.Type) bool {
	_, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	_, param := types.Unalias(t).(*types.TypeParam)
	return !param
}

func emptyInterface(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.NumMethods() == 0
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func basicInfo(t types.Type) types.BasicInfo {
	if b, ok := t.Underlying().(*types.Basic); ok {
		return b.Info()
	}
	return 0
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

func isString(t types.Type) bool   { return basicInfo(t)&types.IsString != 0 }
func isInteger(t types.Type) bool  { return basicInfo(t)&types.IsInteger != 0 }
func isUnsigned(t types.Type) bool { return basicInfo(t)&types.IsUnsigned != 0 }
func isFloat(t types.Type) bool    { return basicInfo(t)&types.IsFloat != 0 }
func isComplex(t types.Type) bool  { return basicInfo(t)&types.IsComplex != 0 }

func isUnsafePointer(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.UnsafePointer
}

func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

// hasNil reports whether nil is a value of t.
func hasNil(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	}
	return false
}

// underFunc returns the signature of a function type.
func underFunc(t types.Type) *types.Signature {
	sig, _ := t.Underlying().(*types.Signature)
	return sig
}

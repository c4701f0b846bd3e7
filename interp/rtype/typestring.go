package rtype

import (
	"cmp"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// A typeWriter writes types as the compiler does in reflect's strings. In link
// mode, which it uses for type arguments, packages are named by path instead
// of by name, unexported fields are qualified and local types numbered.
type typeWriter struct {
	strings.Builder
	link bool
}

// typeString returns what reflect's String returns for the compiled type.
func typeString(typ types.Type) string {
	var w typeWriter
	w.write(typ)
	return w.String()
}

// ArgumentString returns how the compiler writes a type as an argument of another:
// as in a symbol of the linker.
func ArgumentString(typ types.Type) string {
	w := typeWriter{link: true}
	w.write(typ)
	return w.String()
}

// namedName returns what reflect's Name returns for the compiled type.
func namedName(typ *types.Named) string {
	w := typeWriter{link: true}
	w.WriteString(typ.Obj().Name())
	w.typeArgs(typ)
	return w.String()
}

func (w *typeWriter) write(typ types.Type) {
	switch typ := types.Unalias(typ).(type) {
	case *types.Basic:
		w.basic(typ)
	case *types.Named:
		w.named(typ)
	case *types.Pointer:
		w.WriteByte('*')
		w.write(typ.Elem())
	case *types.Slice:
		w.WriteString("[]")
		w.write(typ.Elem())
	case *types.Array:
		w.WriteString("[" + strconv.FormatInt(typ.Len(), 10) + "]")
		w.write(typ.Elem())
	case *types.Map:
		w.WriteString("map[")
		w.write(typ.Key())
		w.WriteByte(']')
		w.write(typ.Elem())
	case *types.Chan:
		w.channel(typ)
	case *types.Signature:
		w.WriteString("func")
		w.signature(typ)
	case *types.Struct:
		w.structure(typ)
	case *types.Interface:
		w.iface(typ)
	default:
		w.WriteString(typ.String())
	}
}

func (w *typeWriter) basic(typ *types.Basic) {
	if typ.Kind() == types.UnsafePointer {
		w.WriteString("unsafe.Pointer")
		return
	}
	// types.Typ has byte and rune under their own names.
	w.WriteString(types.Typ[typ.Kind()].Name())
}

func (w *typeWriter) qualify(pkg *types.Package) {
	if pkg == nil {
		return
	}
	if w.link {
		w.WriteString(packagePath(pkg))
	} else {
		w.WriteString(pkg.Name())
	}
	w.WriteByte('.')
}

// packagePath returns what reflect's PkgPath returns for types of pkg.
func packagePath(pkg *types.Package) string {
	if pkg.Name() == "main" {
		return "main"
	}
	return pkg.Path()
}

func (w *typeWriter) named(typ *types.Named) {
	obj := typ.Obj()
	w.qualify(obj.Pkg())
	w.WriteString(obj.Name())
	w.typeArgs(typ)
	if w.link {
		if n := localNumber(obj); n > 0 {
			w.WriteString("·" + strconv.Itoa(n))
		}
	}
}

func (w *typeWriter) typeArgs(typ *types.Named) {
	args := typ.TypeArgs()
	if args.Len() == 0 {
		return
	}
	link := w.link
	w.link = true
	w.WriteByte('[')
	for i := range args.Len() {
		if i > 0 {
			w.WriteByte(',')
		}
		w.write(args.At(i))
	}
	w.WriteByte(']')
	w.link = link
}

// localNumber returns the number of a type that is declared in a function
// among those of its package, from 1, and 0 for other types.
func localNumber(obj *types.TypeName) int {
	if obj.Pkg() == nil || obj.Parent() == obj.Pkg().Scope() || obj.Parent() == types.Universe {
		return 0
	}
	var local []*types.TypeName
	var collect func(*types.Scope)
	collect = func(s *types.Scope) {
		for _, name := range s.Names() {
			if tn, ok := s.Lookup(name).(*types.TypeName); ok && !tn.IsAlias() {
				if _, param := tn.Type().(*types.TypeParam); !param {
					local = append(local, tn)
				}
			}
		}
		for i := range s.NumChildren() {
			collect(s.Child(i))
		}
	}
	for i := range obj.Pkg().Scope().NumChildren() {
		collect(obj.Pkg().Scope().Child(i))
	}
	slices.SortFunc(local, func(a, b *types.TypeName) int { return cmp.Compare(a.Pos(), b.Pos()) })
	// An instance in a generic function is another object at the same place.
	return slices.IndexFunc(local, func(l *types.TypeName) bool { return l.Pos() == obj.Pos() }) + 1
}

func (w *typeWriter) channel(typ *types.Chan) {
	elem := typeWriter{link: w.link}
	elem.write(typ.Elem())
	switch s := elem.String(); {
	case typ.Dir() == types.SendOnly:
		w.WriteString("chan<- " + s)
	case typ.Dir() == types.RecvOnly:
		w.WriteString("<-chan " + s)
	case strings.HasPrefix(s, "<-"):
		w.WriteString("chan (" + s + ")")
	default:
		w.WriteString("chan " + s)
	}
}

func (w *typeWriter) signature(sig *types.Signature) {
	w.WriteByte('(')
	for i := range sig.Params().Len() {
		if i > 0 {
			w.WriteString(", ")
		}
		p := sig.Params().At(i).Type()
		if slice, ok := p.(*types.Slice); ok && sig.Variadic() && i == sig.Params().Len()-1 {
			w.WriteString("...")
			p = slice.Elem()
		}
		w.write(p)
	}
	w.WriteByte(')')
	switch sig.Results().Len() {
	case 0:
	case 1:
		w.WriteByte(' ')
		w.write(sig.Results().At(0).Type())
	default:
		w.WriteString(" (")
		for i := range sig.Results().Len() {
			if i > 0 {
				w.WriteString(", ")
			}
			w.write(sig.Results().At(i).Type())
		}
		w.WriteByte(')')
	}
}

func (w *typeWriter) structure(typ *types.Struct) {
	w.WriteString("struct {")
	for i := range typ.NumFields() {
		if i > 0 {
			w.WriteByte(';')
		}
		w.WriteByte(' ')
		if f := typ.Field(i); f.Embedded() {
			w.write(f.Type())
		} else {
			if w.link && !f.Exported() {
				w.qualify(f.Pkg())
			}
			w.WriteString(f.Name() + " ")
			w.write(f.Type())
		}
		if tag := typ.Tag(i); tag != "" {
			w.WriteString(" " + strconv.Quote(tag))
		}
	}
	if typ.NumFields() > 0 {
		w.WriteByte(' ')
	}
	w.WriteByte('}')
}

func (w *typeWriter) iface(typ *types.Interface) {
	w.WriteString("interface {")
	for i, m := range sortedMethods(typ) {
		if i > 0 {
			w.WriteByte(';')
		}
		w.WriteByte(' ')
		if !m.Exported() {
			w.qualify(m.Pkg())
		}
		w.WriteString(m.Name())
		w.signature(m.Signature())
	}
	if typ.NumMethods() > 0 {
		w.WriteByte(' ')
	}
	w.WriteByte('}')
}

// sortedMethods returns the methods of typ in the order of method tables.
func sortedMethods(typ *types.Interface) []*types.Func {
	ms := make([]*types.Func, typ.NumMethods())
	for i := range ms {
		ms[i] = typ.Method(i)
	}
	slices.SortFunc(ms, compareMethods)
	return ms
}

// compareMethods is the order of method tables: exported names first, then by
// name, then by package path.
func compareMethods(a, b *types.Func) int {
	if a.Exported() != b.Exported() {
		if a.Exported() {
			return -1
		}
		return 1
	}
	if c := cmp.Compare(a.Name(), b.Name()); c != 0 || a.Exported() {
		return c
	}
	return cmp.Compare(packagePath(a.Pkg()), packagePath(b.Pkg()))
}

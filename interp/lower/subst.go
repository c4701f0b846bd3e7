package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"gateway/interp/rtype"
)

// env is what the type parameters of a generic function stand for in one
// instance of it.
type env struct {
	decl   ast.Node // of the function
	params map[*types.TypeParam]types.Type
	args   []types.Type // of the function
	cache  map[types.Type]types.Type
	locals map[*types.TypeName]*types.Named
	// instances of generic types that are declared in the function.
	instances map[string]*types.Named
	ctxt      *types.Context
	keys      *typeKeys
}

func newEnv(decl ast.Node, ctxt *types.Context, keys *typeKeys) *env {
	return &env{
		decl: decl, keys: keys, instances: map[string]*types.Named{},
		params: map[*types.TypeParam]types.Type{},
		cache:  map[types.Type]types.Type{},
		locals: map[*types.TypeName]*types.Named{},
		ctxt:   ctxt,
	}
}

func (e *env) bind(params *types.TypeParamList, args []types.Type) {
	for i := range params.Len() {
		e.params[params.At(i)] = args[i]
	}
}

// subst returns t with all type parameters replaced.
func (e *env) subst(t types.Type) types.Type {
	if e == nil || t == nil {
		return t
	}
	if s, ok := e.cache[t]; ok {
		return s
	}
	s := e.replace(t)
	e.cache[t] = s
	return s
}

func (e *env) replace(t types.Type) types.Type {
	switch t := t.(type) {
	case *types.TypeParam:
		if a, ok := e.params[t]; ok {
			return a
		}
	case *types.Alias:
		return e.subst(types.Unalias(t))
	case *types.Pointer:
		if el := e.subst(t.Elem()); el != t.Elem() {
			return types.NewPointer(el)
		}
	case *types.Slice:
		if el := e.subst(t.Elem()); el != t.Elem() {
			return types.NewSlice(el)
		}
	case *types.Array:
		if el := e.subst(t.Elem()); el != t.Elem() {
			return types.NewArray(el, t.Len())
		}
	case *types.Chan:
		if el := e.subst(t.Elem()); el != t.Elem() {
			return types.NewChan(t.Dir(), el)
		}
	case *types.Map:
		k, el := e.subst(t.Key()), e.subst(t.Elem())
		if k != t.Key() || el != t.Elem() {
			return types.NewMap(k, el)
		}
	case *types.Tuple:
		return e.tuple(t)
	case *types.Signature:
		params, results := e.tuple(t.Params()), e.tuple(t.Results())
		if params != t.Params() || results != t.Results() {
			return types.NewSignatureType(nil, nil, nil, params, results, t.Variadic())
		}
	case *types.Struct:
		return e.structType(t)
	case *types.Interface:
		return e.interfaceType(t)
	case *types.Named:
		return e.namedType(t)
	}
	return t
}

func (e *env) tuple(t *types.Tuple) *types.Tuple {
	if t == nil {
		return nil
	}
	vars := make([]*types.Var, t.Len())
	changed := false
	for i := range vars {
		v := t.At(i)
		vars[i] = v
		if s := e.subst(v.Type()); s != v.Type() {
			vars[i] = types.NewParam(v.Pos(), v.Pkg(), v.Name(), s)
			changed = true
		}
	}
	if !changed {
		return t
	}
	return types.NewTuple(vars...)
}

func (e *env) structType(t *types.Struct) types.Type {
	fields := make([]*types.Var, t.NumFields())
	tags := make([]string, t.NumFields())
	changed := false
	for i := range fields {
		v := t.Field(i)
		fields[i], tags[i] = v, t.Tag(i)
		if s := e.subst(v.Type()); s != v.Type() {
			fields[i] = types.NewField(v.Pos(), v.Pkg(), v.Name(), s, v.Embedded())
			changed = true
		}
	}
	if !changed {
		return t
	}
	return types.NewStruct(fields, tags)
}

func (e *env) interfaceType(t *types.Interface) types.Type {
	changed := false
	var methods []*types.Func
	for i := range t.NumExplicitMethods() {
		m := t.ExplicitMethod(i)
		sig := m.Type().(*types.Signature)
		s := e.subst(sig)
		if s != sig {
			changed = true
			m = types.NewFunc(m.Pos(), m.Pkg(), m.Name(), s.(*types.Signature))
		}
		methods = append(methods, m)
	}
	var embedded []types.Type
	for i := range t.NumEmbeddeds() {
		s := e.subst(t.EmbeddedType(i))
		changed = changed || s != t.EmbeddedType(i)
		embedded = append(embedded, s)
	}
	if !changed {
		return t
	}
	return types.NewInterfaceType(methods, embedded).Complete()
}

func (e *env) namedType(t *types.Named) types.Type {
	if args := t.TypeArgs(); args.Len() > 0 {
		list := make([]types.Type, args.Len())
		changed := false
		for i := range list {
			list[i] = e.subst(args.At(i))
			changed = changed || list[i] != args.At(i)
		}
		if !changed && !e.owns(t.Origin().Obj()) {
			return t
		}
		if e.owns(t.Origin().Obj()) {
			return e.localInstance(t.Origin(), list)
		}
		refuseHuge(token.NoPos, list)
		s, err := types.Instantiate(e.ctxt, t.Origin(), list, false)
		if err != nil {
			return t
		}
		return s
	}
	obj := t.Obj()
	if !e.owns(obj) {
		return t
	}
	// A type declared in a function: each instance of a generic function has
	// its own.
	if s, ok := e.locals[obj]; ok {
		return s
	}
	s := e.named(obj, obj.Name()+"["+typeList(e.args)+"]") // as the compiler calls it
	e.locals[obj] = s
	e.cache[t] = s
	s.SetUnderlying(e.subst(t.Underlying()))
	return s
}

// named makes a type in place of one that is declared in the function.
func (e *env) named(obj *types.TypeName, name string) *types.Named {
	n := types.NewTypeName(obj.Pos(), obj.Pkg(), name, nil)
	s := types.NewNamed(n, nil, nil)
	e.locals[n] = s // it stays as it is
	return s
}

// owns reports whether a type is declared in the function.
func (e *env) owns(obj *types.TypeName) bool {
	return obj.Pkg() != nil && obj.Parent() != obj.Pkg().Scope() && e.decl.Pos() <= obj.Pos() && obj.Pos() < e.decl.End()
}

// localInstance returns an instance of a generic type that is declared in a
// function: it depends on that function's type arguments too.
func (e *env) localInstance(origin *types.Named, args []types.Type) types.Type {
	key := origin.Obj().Name() + "[" + e.keys.keys(args) + "]" + strconv.Itoa(int(origin.Obj().Pos()))
	if s, ok := e.instances[key]; ok {
		return s
	}
	obj := origin.Obj()
	name := obj.Name() + "[" // as the compiler calls it
	if len(e.args) > 0 {
		name += typeList(e.args) + ";"
	}
	name += typeList(args) + "]"
	s := e.named(obj, name)
	e.instances[key] = s
	inner := newEnv(e.decl, e.ctxt, e.keys)
	for p, t := range e.params {
		inner.params[p] = t
	}
	inner.locals, inner.instances, inner.args = e.locals, e.instances, e.args
	inner.bind(origin.TypeParams(), args)
	s.SetUnderlying(inner.subst(origin.Underlying()))
	return s
}

func typeList(list []types.Type) string {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = rtype.ArgumentString(t)
	}
	return strings.Join(names, ",")
}

// typeKeys gives identical types the same string and different types different
// ones, which types.TypeString does not for types declared in functions.
type typeKeys struct {
	objects map[*types.TypeName]int
	cache   map[types.Type]string
}

func (k *typeKeys) key(t types.Type) string {
	if s, ok := k.cache[t]; ok {
		return s
	}
	if k.cache == nil {
		k.cache = map[types.Type]string{}
		k.objects = map[*types.TypeName]int{}
	}
	var b strings.Builder
	k.write(&b, t)
	k.cache[t] = b.String()
	return k.cache[t]
}

func (k *typeKeys) keys(list []types.Type) string {
	var b strings.Builder
	for i, t := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(k.key(t))
	}
	return b.String()
}

func (k *typeKeys) write(b *strings.Builder, t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		switch t.Kind() { // byte and rune are their own objects
		case types.Uint8:
			b.WriteString("uint8")
		case types.Int32:
			b.WriteString("int32")
		default:
			b.WriteString(t.Name())
		}
	case *types.Pointer:
		b.WriteByte('*')
		b.WriteString(k.key(t.Elem()))
	case *types.Slice:
		b.WriteString("[]")
		b.WriteString(k.key(t.Elem()))
	case *types.Array:
		b.WriteByte('[')
		b.WriteString(strconv.FormatInt(t.Len(), 10))
		b.WriteByte(']')
		b.WriteString(k.key(t.Elem()))
	case *types.Chan:
		b.WriteString([...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()])
		b.WriteByte('(')
		b.WriteString(k.key(t.Elem()))
		b.WriteByte(')')
	case *types.Map:
		b.WriteString("map[")
		b.WriteString(k.key(t.Key()))
		b.WriteByte(']')
		b.WriteString(k.key(t.Elem()))
	case *types.Signature:
		b.WriteString("func")
		if t.Variadic() {
			b.WriteString("...")
		}
		k.writeTuple(b, t.Params())
		k.writeTuple(b, t.Results())
	case *types.Tuple:
		k.writeTuple(b, t)
	case *types.Struct:
		b.WriteString("struct{")
		for i := range t.NumFields() {
			f := t.Field(i)
			if f.Embedded() {
				b.WriteByte('!')
			}
			if !f.Exported() && f.Pkg() != nil {
				b.WriteString(f.Pkg().Path())
				b.WriteByte('.')
			}
			b.WriteString(f.Name())
			b.WriteByte(' ')
			b.WriteString(k.key(f.Type()))
			b.WriteString(strconv.Quote(t.Tag(i)))
			b.WriteByte(';')
		}
		b.WriteByte('}')
	case *types.Interface:
		b.WriteString("interface{")
		for i := range t.NumMethods() { // sorted by name
			m := t.Method(i)
			if !m.Exported() && m.Pkg() != nil {
				b.WriteString(m.Pkg().Path())
				b.WriteByte('.')
			}
			b.WriteString(m.Name())
			b.WriteString(k.key(m.Type()))
			b.WriteByte(';')
		}
		for i := range t.NumEmbeddeds() {
			if _, ok := t.EmbeddedType(i).Underlying().(*types.Interface); !ok {
				b.WriteString(k.key(t.EmbeddedType(i)))
				b.WriteByte(';')
			}
		}
		b.WriteByte('}')
	case *types.Union:
		for i := range t.Len() {
			if t.Term(i).Tilde() {
				b.WriteByte('~')
			}
			b.WriteString(k.key(t.Term(i).Type()))
			b.WriteByte('|')
		}
	case *types.Named:
		k.writeObject(b, t.Obj())
		if args := t.TypeArgs(); args.Len() > 0 {
			b.WriteByte('[')
			for i := range args.Len() {
				b.WriteString(k.key(args.At(i)))
				b.WriteByte(',')
			}
			b.WriteByte(']')
		}
	case *types.TypeParam:
		b.WriteByte('$')
		k.writeObject(b, t.Obj())
	}
}

func (k *typeKeys) writeObject(b *strings.Builder, obj *types.TypeName) {
	n, ok := k.objects[obj]
	if !ok {
		n = len(k.objects)
		k.objects[obj] = n
	}
	b.WriteString(obj.Name())
	b.WriteByte('#')
	b.WriteString(strconv.Itoa(n))
}

func (k *typeKeys) writeTuple(b *strings.Builder, t *types.Tuple) {
	b.WriteByte('(')
	for i := range t.Len() {
		b.WriteString(k.key(t.At(i).Type()))
		b.WriteByte(',')
	}
	b.WriteByte(')')
}

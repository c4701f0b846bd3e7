package program

import (
	"fmt"
	"go/types"
	"strings"
)

// expr writes an expression of a type. Depth bounds its size.
func (g *generator) expr(t types.Type, depth int) string {
	if depth <= 0 {
		return g.leaf(t)
	}
	switch g.n(10) {
	case 0:
		return g.leaf(t)
	case 1:
		g.traces++
		return fmt.Sprintf("tr[%s](%d, %s)", g.text(t), g.traces, g.expr(t, depth-1))
	case 2, 3, 4:
		if e := g.found(t, depth); e != "" {
			return e
		}
	case 5:
		return g.wrapped(t, depth)
	}
	return g.operation(t, depth)
}

// leaf is a variable or a literal.
func (g *generator) leaf(t types.Type) string {
	if v := g.variable(t); v != "" && !g.in(3) {
		return v
	}
	return g.literal(t, 0)
}

// variable is the name of a variable of the type, or nothing.
func (g *generator) variable(t types.Type) string {
	if v := g.visible(func(v variable) bool { return types.Identical(v.t, t) }); v != nil {
		return v.name
	}
	return ""
}

// visible is one of the variables that fit and that no later one hides.
func (g *generator) visible(fits func(variable) bool) *variable {
	hidden := map[string]bool{}
	var found []*variable
	for i := len(g.scope) - 1; i >= 0; i-- {
		v := &g.scope[i]
		if !hidden[v.name] && fits(*v) {
			found = append(found, v)
		}
		hidden[v.name] = true
	}
	if len(found) == 0 {
		return nil
	}
	return found[min(g.n(len(found)), g.n(len(found)))]
}

// varying is an expression that is no constant.
func (g *generator) varying(t types.Type, depth int) string {
	if v := g.variable(t); v != "" && g.in(2) {
		return v
	}
	return fmt.Sprintf("id[%s](%s)", g.text(t), g.expr(t, depth-1))
}

// wrapped passes an expression through something that does not change it.
func (g *generator) wrapped(t types.Type, depth int) string {
	e := g.expr(t, depth-1)
	switch g.n(7) {
	case 0:
		return fmt.Sprintf("pickOne[%s](%s, %s, %s)", g.text(t), g.expr(types.Typ[types.Bool], depth-1), e, g.expr(t, depth-1))
	case 1:
		return fmt.Sprintf("func() %s { return %s }()", g.text(t), e)
	case 2:
		return fmt.Sprintf("[]%s{%s, %s}[%d]", g.text(t), e, g.expr(t, depth-1), g.n(2))
	case 3:
		return fmt.Sprintf("map[bool]%s{%s: %s}[true]", g.text(t), g.varying(types.Typ[types.Bool], 1), e)
	case 4:
		if _, ok := t.Underlying().(*types.Interface); !ok {
			return fmt.Sprintf("any(%s).(%s)", g.typed(t, e), g.text(t))
		}
	case 5:
		return fmt.Sprintf("struct{ a int; b %s }{%s, %s}.b", g.text(t), g.expr(types.Typ[types.Int], depth-1), e)
	case 6:
		return fmt.Sprintf("func(a ...%[1]s) %[1]s { return a[len(a)-1] }(%[2]s, %[3]s)", g.text(t), g.expr(t, depth-1), e)
	}
	return "(" + e + ")"
}

// typed gives an expression its type, whatever it is used for.
func (g *generator) typed(t types.Type, e string) string {
	return fmt.Sprintf("%s(%s)", g.paren(t), e)
}

// found is a part or a result of something in scope, or nothing.
func (g *generator) found(t types.Type, depth int) string {
	var all []string
	seen := map[string]bool{}
	for i := len(g.scope) - 1; i >= 0; i-- {
		v := g.scope[i]
		if !seen[v.name] {
			all = append(all, g.paths(v.name, v.t, t, depth)...)
		}
		seen[v.name] = true
	}
	for _, f := range g.funcs {
		if e := g.call(f.Name(), f.Signature(), t, depth); e != "" {
			all = append(all, e)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return pick(g, all)
}

// paths are the expressions of type t that begin with a variable.
func (g *generator) paths(name string, v, t types.Type, depth int) []string {
	var all []string
	base := name
	if ptr, ok := v.Underlying().(*types.Pointer); ok {
		base = "nz(" + name + ")"
		if types.Identical(ptr.Elem(), t) {
			all = append(all, "*"+base)
		}
	}
	for _, f := range fields(v) {
		if types.Identical(f.t, t) && !f.throughPointer {
			all = append(all, base+"."+f.name)
		}
	}
	index := func() string { return g.expr(types.Typ[types.Int], min(1, depth-1)) }
	switch u := v.Underlying().(type) {
	case *types.Slice:
		if types.Identical(u.Elem(), t) {
			all = append(all, fmt.Sprintf("at(%s, %s)", name, index()))
		}
	case *types.Array:
		if types.Identical(u.Elem(), t) {
			all = append(all, fmt.Sprintf("%s[ix(%s, %d)]", name, index(), u.Len()))
		}
	case *types.Map:
		if types.Identical(u.Elem(), t) {
			all = append(all, fmt.Sprintf("%s[%s]", name, g.expr(u.Key(), min(1, depth-1))))
		}
	}
	if g.in(2) {
		all = append(all, g.methodCalls(base, v, t, depth)...)
	}
	return all
}

// methodCalls are the calls of methods of an expression with a result of type t.
func (g *generator) methodCalls(base string, v, t types.Type, depth int) []string {
	var all []string
	if _, ok := v.(*types.TypeParam); ok {
		return nil
	}
	for _, m := range methodsOf(g, v) {
		if e := g.call(base+"."+m.Name(), m.Signature(), t, depth); e != "" && pureMethod(m.Name()) {
			if types.IsInterface(v) {
				e = fmt.Sprintf("func() (got %s) { if %s != nil { got = %s }; return }()", g.text(t), base, e)
			}
			all = append(all, e)
		}
	}
	return all
}

// call is a call of a function whose only result is of type t, or nothing.
func (g *generator) call(name string, sig *types.Signature, t types.Type, depth int) string {
	if sig.Results().Len() != 1 || !types.Identical(sig.Results().At(0).Type(), t) || sig.TypeParams() != nil {
		return ""
	}
	return fmt.Sprintf("%s(%s)", name, g.callArguments(sig, depth-1))
}

func (g *generator) callArguments(sig *types.Signature, depth int) string {
	var args []string
	for i := range sig.Params().Len() {
		p := sig.Params().At(i).Type()
		if sig.Variadic() && i == sig.Params().Len()-1 {
			if g.in(3) {
				args = append(args, g.expr(p, depth)+"...")
				break
			}
			for range g.n(3) {
				args = append(args, g.expr(p.(*types.Slice).Elem(), depth))
			}
			break
		}
		args = append(args, g.expr(p, depth))
	}
	return strings.Join(args, ", ")
}

type field struct {
	name           string
	t              types.Type
	throughPointer bool // an embedded pointer, which may be nil
}

// fields are the fields of a struct or of what a pointer points to, promoted ones
// included.
func fields(t types.Type) []field {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	names := map[string]bool{}
	var collect func(st *types.Struct, depth int)
	collect = func(st *types.Struct, depth int) {
		for f := range st.Fields() {
			names[f.Name()] = true
			inner := f.Type()
			if ptr, ok := inner.(*types.Pointer); ok {
				inner = ptr.Elem()
			}
			if s, ok := inner.Underlying().(*types.Struct); ok && f.Embedded() && depth < 4 {
				collect(s, depth+1)
			}
		}
	}
	collect(st, 0)
	var all []field
	for name := range sortedKeys(names) {
		obj, index, indirect := types.LookupFieldOrMethod(t, true, packageOf(t, st), name)
		if f, ok := obj.(*types.Var); ok {
			all = append(all, field{name, f.Type(), indirect && len(index) > 1})
		}
	}
	return all
}

func packageOf(t types.Type, st *types.Struct) *types.Package {
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
		return n.Obj().Pkg()
	}
	for f := range st.Fields() {
		return f.Pkg()
	}
	return nil
}

// methodsOf are the methods that can be called on a variable of the type without a
// nil pointer on the way.
func methodsOf(g *generator, t types.Type) []*types.Func {
	var all []*types.Func
	base := t
	if _, ok := t.Underlying().(*types.Pointer); !ok && !types.IsInterface(t) {
		base = types.NewPointer(t)
	}
	for sel := range types.NewMethodSet(base).Methods() {
		if len(sel.Index()) == 1 || !sel.Indirect() || promotedSafely(t, sel.Index()) {
			all = append(all, sel.Obj().(*types.Func))
		}
	}
	return all
}

// promotedSafely reports that the path to a promoted method leads through no
// embedded pointer or interface.
func promotedSafely(t types.Type, index []int) bool {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	for _, i := range index[:len(index)-1] {
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return false
		}
		t = st.Field(i).Type()
		if _, ok := t.(*types.Pointer); ok || types.IsInterface(t) {
			return false
		}
	}
	return true
}

func pureMethod(name string) bool {
	for _, s := range signatures {
		if s.name == name {
			return s.pure
		}
	}
	return strings.HasPrefix(name, "Get")
}

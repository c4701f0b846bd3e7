package program

import (
	"fmt"
	"go/types"
	"strings"
)

// statements writes up to n statements.
func (g *generator) statements(n, depth int) {
	for range 1 + g.n(n) {
		g.statement(depth)
	}
}

func (g *generator) statement(depth int) {
	if depth <= 0 {
		pick(g, []func(){g.declare, g.assign, g.print, g.assign})()
		return
	}
	simple := []func(){
		g.declare, g.declare, g.declare, g.assign, g.assign, g.assign, g.print, g.print, g.operate, g.swap,
		g.callMethod, g.bindMethod, g.alias, g.copyValue, g.pointInto, g.commaOK, g.mapChange, g.builtins,
	}
	nested := []func(int){
		g.ifElse, g.ifElse, g.loop, g.loop, g.rangeLoop, g.rangeLoop, g.switchValue, g.switchTrue, g.switchType,
		g.closure, g.deferred, g.inner, g.gotos, g.localType,
	}
	blocks := []func(){
		g.panics, g.channels, g.selects, g.json, g.errors, g.shadow, g.constants, g.iterator, g.collected,
		g.nest, g.leaving, g.evaluation, g.generic, g.stored, g.synced,
	}
	switch k := g.n(20); {
	case k < 9:
		pick(g, simple)()
	case k < 16 || g.pure || g.quiet:
		pick(g, nested)(depth - 1)
	default:
		pick(g, blocks)()
	}
}

// declared makes a variable known; every one is used.
func (g *generator) declared(name string, t types.Type) {
	g.line("_ = %s", name)
	g.scope = append(g.scope, variable{name: name, t: t})
}

func (g *generator) declare() {
	t, name := pick(g, g.pool), g.name("v")
	switch g.n(6) {
	case 0:
		if _, ok := t.Underlying().(*types.Signature); !ok {
			g.line("var %s %s", name, g.text(t))
			break
		}
		fallthrough
	case 1, 2:
		g.line("%s := %s", name, g.typed(t, g.expr(t, 3)))
	case 3:
		t2, name2 := pick(g, g.pool), g.name("v")
		g.line("%s, %s := %s, %s", name, name2, g.typed(t, g.expr(t, 2)), g.typed(t2, g.expr(t2, 2)))
		g.declared(name2, t2)
	default:
		g.line("var %s %s = %s", name, g.text(t), g.expr(t, 3))
	}
	g.declared(name, t)
}

// target is something to assign to, with its type. The path leads through values
// only where the function may not change what others see.
func (g *generator) target() (string, types.Type) {
	v := g.visible(func(v variable) bool { return !v.readOnly && !(g.pure && v.outer) })
	if v == nil {
		return "", nil
	}
	name, t := v.name, v.t
	for range 3 {
		if g.in(3) {
			break
		}
		switch u := t.Underlying().(type) {
		case *types.Struct:
			var direct []field
			for _, f := range fields(t) {
				if !f.throughPointer {
					direct = append(direct, f)
				}
			}
			if len(direct) == 0 {
				return name, t
			}
			f := pick(g, direct)
			name, t = name+"."+f.name, f.t
		case *types.Array:
			name, t = fmt.Sprintf("%s[ix(%s, %d)]", name, g.leaf(types.Typ[types.Int]), u.Len()), u.Elem()
		case *types.Pointer:
			if g.pure {
				return name, t
			}
			name, t = fmt.Sprintf("(*nz(%s))", name), u.Elem()
		case *types.Map:
			if g.pure || v.readOnly {
				return name, t
			}
			// A map may be nil: that panics.
			return fmt.Sprintf("%s[%s]", name, g.leaf(u.Key())), u.Elem()
		default:
			return name, t
		}
	}
	return name, t
}

func (g *generator) assign() {
	if name, t := g.target(); name != "" {
		g.line("%s = %s", name, g.expr(t, 3))
	}
}

// operate writes x op= y, x++ and the like.
func (g *generator) operate() {
	name, t := g.target()
	if name == "" {
		return
	}
	b, ok := t.Underlying().(*types.Basic)
	switch {
	case !ok || b.Info()&types.IsBoolean != 0:
		g.line("%s = %s", name, g.expr(t, 2))
	case b.Info()&types.IsString != 0:
		g.line("%s += %s", name, g.leaf(t))
		g.line("%s = cut(%s)", name, name)
	case b.Info()&types.IsInteger != 0 && g.in(3):
		g.line("%s %s %s", name, pick(g, []string{"<<=", ">>="}), g.leaf(types.Typ[types.Uint8]))
	case b.Info()&types.IsInteger != 0 && g.in(3):
		g.line("%s %s (%s | 1)", name, pick(g, []string{"/=", "%="}), g.leaf(t))
	case b.Info()&types.IsInteger != 0 && g.in(2):
		g.line("%s %s %s", name, pick(g, []string{"&=", "|=", "^=", "&^="}), g.expr(t, 2))
	case g.in(2):
		g.line("%s%s", name, pick(g, []string{"++", "--"}))
	default:
		g.line("%s %s %s", name, pick(g, []string{"+=", "-=", "*="}), g.expr(t, 2))
	}
}

// swap assigns several variables at once.
func (g *generator) swap() {
	name, t := g.target()
	if name == "" {
		return
	}
	fits := func(v variable) bool {
		return types.Identical(v.t, t) && !v.readOnly && !(g.pure && v.outer)
	}
	if v := g.visible(fits); v != nil {
		g.line("%s, %s = %s, %s", name, v.name, v.name, name)
		return
	}
	g.line("%s, _ = %s, %s", name, g.expr(t, 2), g.typed(types.Typ[types.Int], g.expr(types.Typ[types.Int], 1)))
}

func (g *generator) print() {
	if g.quiet {
		return
	}
	label := fmt.Sprintf("%q", g.name("#"))
	if v := g.visible(func(v variable) bool { return true }); v != nil && g.in(2) {
		verbs := []string{"%v", "%+v", "%#v", "%T", "%v|%[1]T", "%d", "%s", "%q", "%x", "%8.2v", "%t"}
		if isParam(v.t) || addressed(v.t, 4) { // the others do not mark addresses as such
			verbs = verbs[:5]
		}
		g.line("pf(%s, %q, %s)", label, pick(g, verbs), v.name)
		return
	}
	var args []string
	for range 1 + g.n(3) {
		if v := g.visible(func(v variable) bool { return true }); v != nil && g.in(2) {
			args = append(args, v.name)
			continue
		}
		t := pick(g, g.pool)
		args = append(args, g.typed(t, g.expr(t, 3)))
	}
	g.line("p(%s, %s)", label, strings.Join(args, ", "))
}

// callMethod calls a method, one with effects where that is allowed.
func (g *generator) callMethod() {
	v := g.visible(func(v variable) bool { return !v.readOnly && len(g.callable(v.t)) > 0 })
	if v == nil {
		return
	}
	m := pick(g, g.callable(v.t))
	base := v.name
	if _, ok := v.t.Underlying().(*types.Pointer); ok && g.in(2) {
		base = "nz(" + base + ")"
	}
	call := fmt.Sprintf("%s.%s(%s)", base, m.Name(), g.callArguments(m.Signature(), 1))
	switch m.Signature().Results().Len() {
	case 0:
		if types.IsInterface(v.t) {
			g.line("if %s != nil {\n%s\n}", v.name, call)
			return
		}
		g.line("%s", call)
	default:
		var names []string
		for r := range m.Signature().Results().Variables() {
			name := g.name("v")
			names = append(names, name)
			defer g.declared(name, r.Type())
		}
		if types.IsInterface(v.t) {
			for i, r := range names {
				g.line("var %s %s", r, g.text(m.Signature().Results().At(i).Type()))
			}
			g.line("if %s != nil {\n%s = %s\n}", v.name, strings.Join(names, ", "), call)
			return
		}
		g.line("%s := %s", strings.Join(names, ", "), call)
	}
}

func (g *generator) callable(t types.Type) []*types.Func {
	if _, ok := t.(*types.TypeParam); ok {
		return nil
	}
	var all []*types.Func
	for _, m := range methodsOf(g, t) {
		if !g.pure || pureMethod(m.Name()) {
			all = append(all, m)
		}
	}
	return all
}

// bindMethod makes a function of a method, changes the receiver and calls it.
func (g *generator) bindMethod() {
	v := g.visible(func(v variable) bool {
		return !v.readOnly && !types.IsInterface(v.t) && len(g.callable(v.t)) > 0 && !(g.pure && v.outer)
	})
	if v == nil {
		return
	}
	m := pick(g, g.callable(v.t))
	if m.Signature().Results().Len() != 1 {
		return
	}
	name, result := g.name("m"), g.name("v")
	args := g.callArguments(m.Signature(), 1)
	if named, ok := v.t.(*types.Named); ok && g.in(3) {
		g.line("%s := (*%s).%s", name, g.text(named), m.Name())
		g.line("%s := %s(&%s, %s)", result, name, v.name, args)
	} else {
		base := v.name
		if _, ok := v.t.Underlying().(*types.Pointer); ok {
			base = "nz(" + base + ")"
		}
		g.line("%s := %s.%s", name, base, m.Name())
		g.line("%s = %s", v.name, g.expr(v.t, 2))
		g.line("%s := %s(%s)", result, name, args)
	}
	g.declared(result, m.Signature().Results().At(0).Type())
}

// alias makes two slices of one array and changes both.
func (g *generator) alias() {
	v := g.visible(func(v variable) bool { _, ok := v.t.Underlying().(*types.Slice); return ok && !(g.pure && v.outer) })
	if v == nil || g.pure {
		return
	}
	elem := v.t.Underlying().(*types.Slice).Elem()
	name := g.name("v")
	g.line("%s := part(%s, %s, %s)", name, v.name, g.leaf(types.Typ[types.Int]), g.leaf(types.Typ[types.Int]))
	g.line("_ = %s", name)
	switch g.n(4) {
	case 0:
		g.line("%s = append(lim(%s), %s)", name, name, g.expr(elem, 2))
	case 1:
		g.line("if len(%[1]s) > 1 {\n%[1]s = append(%[1]s[:1:1], %[2]s)\n}", name, g.expr(elem, 2))
	case 2:
		g.line("copy(%s, %s)", name, v.name)
	case 3:
		g.line("for i := range %s {\n%s[i] = %s\n}", name, name, g.expr(elem, 2))
	}
	if !g.quiet {
		g.line("p(%q, %s, %s, len(%s))", name, name, v.name, name)
	}
	g.scope = append(g.scope, variable{name: name, t: v.t})
}

// copyValue copies a struct or an array and changes the copy.
func (g *generator) copyValue() {
	v := g.visible(func(v variable) bool {
		switch v.t.Underlying().(type) {
		case *types.Struct, *types.Array:
			return true
		}
		return false
	})
	if v == nil {
		return
	}
	name := g.name("v")
	g.line("%s := %s", name, v.name)
	g.declared(name, v.t)
	last := g.scope[len(g.scope)-1]
	for _, f := range fields(v.t) {
		if !f.throughPointer {
			g.line("%s.%s = %s", name, f.name, g.expr(f.t, 1))
			break
		}
	}
	if !g.quiet {
		g.line("p(%q, %s, %s, equal(%s, %s))", name, last.name, v.name, last.name, v.name)
	}
}

// pointInto takes the address of a part and writes through it.
func (g *generator) pointInto() {
	if g.pure {
		return
	}
	path, t := g.target()
	if path == "" || strings.HasSuffix(path, "]") {
		return
	}
	name := g.name("v")
	g.line("%s := &%s", name, path)
	g.line("*%s = %s", name, g.expr(t, 2))
	g.declared(name, types.NewPointer(t))
}

// commaOK writes assertions and map accesses with two results.
func (g *generator) commaOK() {
	ok := g.name("v")
	if v := g.visible(func(v variable) bool { _, ok := v.t.Underlying().(*types.Map); return ok }); v != nil && g.in(2) {
		m := v.t.Underlying().(*types.Map)
		name := g.name("v")
		g.line("%s, %s := %s[%s]", name, ok, v.name, g.expr(m.Key(), 1))
		g.declared(name, m.Elem())
		g.declared(ok, types.Typ[types.Bool])
		return
	}
	v := g.visible(func(v variable) bool { return types.IsInterface(v.t) && !isParam(v.t) })
	if v == nil {
		return
	}
	for range 5 {
		t := pick(g, g.pool)
		if types.IsInterface(t) || types.AssertableTo(v.t.Underlying().(*types.Interface), t) {
			name := g.name("v")
			g.line("%s, %s := %s.(%s)", name, ok, v.name, g.text(t))
			g.declared(ok, types.Typ[types.Bool])
			if _, fn := t.Underlying().(*types.Signature); fn {
				g.line("_ = %s", name) // it may be nil
				return
			}
			g.declared(name, t)
			return
		}
	}
}

func isParam(t types.Type) bool { _, ok := t.(*types.TypeParam); return ok }

func (g *generator) mapChange() {
	v := g.visible(func(v variable) bool { _, ok := v.t.Underlying().(*types.Map); return ok })
	if v == nil || g.pure {
		return
	}
	m := v.t.Underlying().(*types.Map)
	g.line("if %s == nil {\n%s = %s{}\n}", v.name, v.name, g.text(v.t))
	switch g.n(5) {
	case 0:
		g.line("delete(%s, %s)", v.name, g.expr(m.Key(), 2))
	case 1:
		g.line("clear(%s)", v.name)
	case 2:
		if b, ok := m.Elem().Underlying().(*types.Basic); ok && b.Info()&types.IsNumeric != 0 {
			g.line("%s[%s] += %s", v.name, g.expr(m.Key(), 2), g.expr(m.Elem(), 2))
			return
		}
		fallthrough
	default:
		g.line("%s[%s] = %s", v.name, g.expr(m.Key(), 2), g.expr(m.Elem(), 2))
	}
	if !g.quiet && flat(m.Elem(), 4) && !addressed(m.Elem(), 4) {
		g.line("p(%q, len(%s), sorted(%s))", v.name, v.name, v.name)
	}
}

func (g *generator) builtins() {
	v := g.visible(func(v variable) bool { _, ok := v.t.Underlying().(*types.Slice); return ok })
	if v == nil || g.pure {
		return
	}
	elem := v.t.Underlying().(*types.Slice).Elem()
	switch g.n(5) {
	case 0:
		g.line("clear(part(%s, 0, %s))", v.name, g.leaf(types.Typ[types.Int]))
	case 1:
		g.line("slices.Reverse(%s)", v.name)
	case 2:
		if b, ok := elem.Underlying().(*types.Basic); ok && b.Info()&types.IsOrdered != 0 {
			g.line("slices.Sort(%s)", v.name)
		}
	case 3:
		if b, ok := elem.Underlying().(*types.Basic); ok && b.Info()&types.IsOrdered != 0 {
			g.line("sort.SliceStable(%[1]s, func(i, j int) bool { return %[1]s[i] > %[1]s[j] })", v.name)
		}
	case 4:
		if types.Comparable(elem) && !types.IsInterface(elem) {
			name := g.name("v")
			g.line("%s := slices.Index(%s, %s)", name, v.name, g.expr(elem, 1))
			g.declared(name, types.Typ[types.Int])
		}
	}
}

package program

import (
	"fmt"
	"go/types"
	"iter"
	"maps"
	"slices"
	"strings"
)

func sortedKeys[V any](m map[string]V) iter.Seq[string] {
	return slices.Values(slices.Sorted(maps.Keys(m)))
}

// literal writes a value of a type, with its type where it is not basic.
func (g *generator) literal(t types.Type, depth int) string {
	if isParam(t) {
		return g.zero(t)
	}
	sub := func(t types.Type) string {
		if depth <= 0 {
			return g.zero(t)
		}
		return g.expr(t, depth-1)
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return g.typed(t, g.constant(u))
	case *types.Struct:
		return g.structLiteral(t, u, sub)
	case *types.Pointer:
		if g.in(4) {
			return g.typed(t, "nil")
		}
		if _, ok := u.Elem().Underlying().(*types.Struct); ok && g.in(2) {
			if _, named := t.(*types.Pointer); named {
				return "&" + g.literal(u.Elem(), depth)
			}
		}
		return fmt.Sprintf("new(%s)", g.typed(u.Elem(), sub(u.Elem())))
	case *types.Slice:
		if g.in(6) {
			return g.typed(t, "nil")
		}
		var elems []string
		for range g.n(4) {
			elems = append(elems, sub(u.Elem()))
		}
		return fmt.Sprintf("%s{%s}", g.text(t), strings.Join(elems, ", "))
	case *types.Array:
		var elems []string
		for i := range g.n(int(u.Len()) + 1) {
			e := sub(u.Elem())
			if g.in(4) {
				e = fmt.Sprintf("%d: %s", i, e)
			}
			elems = append(elems, e)
		}
		return fmt.Sprintf("%s{%s}", g.text(t), strings.Join(elems, ", "))
	case *types.Map:
		if g.in(8) {
			return g.typed(t, "nil")
		}
		var elems []string
		for range g.n(3) {
			elems = append(elems, fmt.Sprintf("id[%s](%s): %s", g.text(u.Key()), g.literal(u.Key(), 1), sub(u.Elem())))
		}
		return fmt.Sprintf("%s{%s}", g.text(t), strings.Join(elems, ", "))
	case *types.Signature:
		return g.funcLiteral(t, u)
	case *types.Interface:
		return g.interfaceValue(t, depth)
	}
	panic("no literal of " + t.String())
}

func (g *generator) zero(t types.Type) string {
	if isParam(t) {
		return fmt.Sprintf("*new(%s)", g.text(t))
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return g.typed(t, g.constant(u))
	case *types.Struct, *types.Array:
		return g.text(t) + "{}"
	case *types.Signature:
		return g.funcLiteral(t, u)
	}
	return g.typed(t, "nil")
}

func (g *generator) constant(b *types.Basic) string {
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return pick(g, []string{"true", "false"})
	case info&types.IsString != 0:
		return pick(g, []string{`""`, `"a"`, `"go"`, `"héllo"`, `"日本"`, `"x\xffy"`, `"12"`, "`raw\\`", `"a b c"`, `"\t\""`})
	case info&types.IsComplex != 0:
		return fmt.Sprintf("%d%+di", g.n(9)-4, g.n(9)-4)
	case info&types.IsFloat != 0:
		return pick(g, []string{"0", "1", "-1.5", "0.1", "3.25", "1e10", "-2e-3", "1 / 3.0", "7"})
	}
	small := fmt.Sprint(g.n(12))
	if b.Info()&types.IsUnsigned != 0 {
		return pick(g, []string{small, small, small, "100", "1<<7 - 1", "255"})
	}
	return pick(g, []string{small, small, small, "-1", "-7", "100", "'a'", "1<<7 - 1", "-1 << 7"})
}

func (g *generator) structLiteral(t types.Type, u *types.Struct, sub func(types.Type) string) string {
	var elems []string
	keyed := !g.in(3)
	for f := range u.Fields() {
		if keyed && g.in(3) {
			continue
		}
		e := sub(f.Type())
		if keyed {
			e = f.Name() + ": " + e
		}
		elems = append(elems, e)
	}
	return fmt.Sprintf("%s{%s}", g.text(t), strings.Join(elems, ", "))
}

// funcLiteral is a function that computes its result from its parameters and what
// is around it.
func (g *generator) funcLiteral(t types.Type, u *types.Signature) string {
	n := len(g.scope)
	var params []string
	for p := range u.Params().Variables() {
		name := g.name("a")
		params = append(params, name+" "+g.text(p.Type()))
		g.scope = append(g.scope, variable{name: name, t: p.Type()})
	}
	defer func() { g.scope = g.scope[:n] }()
	depth := 1
	if g.closures > 2 {
		return g.typed(t, fmt.Sprintf("func(%s) %s { panic(%q) }", strings.Join(params, ", "), g.text(u.Results().At(0).Type()), "deep"))
	}
	g.closures++
	body := "tick(); return " + g.expr(u.Results().At(0).Type(), depth)
	g.closures--
	return g.typed(t, fmt.Sprintf("func(%s) %s { %s }", strings.Join(params, ", "), g.text(u.Results().At(0).Type()), body))
}

// interfaceValue is a value of a type of the pool that has the interface's methods.
func (g *generator) interfaceValue(t types.Type, depth int) string {
	iface := t.Underlying().(*types.Interface)
	var fitting []types.Type
	for _, c := range g.pool {
		for _, c := range []types.Type{c, types.NewPointer(c)} {
			if types.IsInterface(c) || !flat(c, 4) || !types.Implements(c, iface) {
				continue
			}
			if _, ok := c.Underlying().(*types.Signature); !ok {
				fitting = append(fitting, c)
			}
		}
	}
	if len(fitting) == 0 || g.in(8) {
		if types.Identical(t, types.Universe.Lookup("error").Type()) {
			return pick(g, []string{`error(nil)`, `errors.New("new")`, `fmt.Errorf("wrap: %w", errors.New("inner"))`})
		}
		return g.typed(t, "nil")
	}
	c := pick(g, fitting)
	if depth <= 0 {
		return g.typed(t, g.typed(c, g.zero(c)))
	}
	return g.typed(t, g.typed(c, g.expr(c, min(depth-1, 1))))
}

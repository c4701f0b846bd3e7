package program

import (
	"fmt"
	"go/types"
)

// globals declares package variables.
func (g *generator) globals() {
	for range 1 + g.n(3) {
		t, name := pick(g, g.pool), g.name("g")
		g.line("var %s %s = %s", name, g.text(t), g.expr(t, 2))
		g.scope = append(g.scope, variable{name: name, t: t, outer: true})
	}
}

// methods writes the bodies of the methods.
func (g *generator) methods() {
	for _, h := range g.headers {
		m := g.method(h)
		recv := m.Signature().Recv()
		g.line("func (%s) %s%s {", h.receiver, h.signature.name, h.signature.text)
		g.functionBody(func() {
			g.pure, g.quiet = h.signature.pure, h.signature.name == "String" || h.signature.name == "Error"
			g.scope = append(g.scope, variable{name: "r", t: recv.Type()})
			for p := range m.Signature().Params().Variables() {
				g.scope = append(g.scope, variable{name: p.Name(), t: p.Type()})
			}
			g.results = m.Signature().Results()
			if g.in(2) {
				g.statements(3, 1)
			}
			if len(h.owner.params) > 0 && h.signature.name[0] == 'G' && g.results.Len() == 1 {
				if f := g.fieldOf(recv.Type(), g.results.At(0).Type()); f != "" {
					g.line("if r != nil {\nreturn r.%s\n}", f)
				}
			}
			g.giveBack()
		})
	}
}

// fieldOf is the name of a field of the type.
func (g *generator) fieldOf(recv, t types.Type) string {
	for _, f := range fields(recv) {
		if types.Identical(f.t, t) && !f.throughPointer {
			return f.name
		}
	}
	return ""
}

func (g *generator) method(h header) *types.Func {
	named := g.pkg.Scope().Lookup(h.owner.name).Type().(*types.Named)
	for m := range named.Methods() {
		if m.Name() == h.signature.name {
			return m
		}
	}
	panic("no method " + h.signature.name)
}

// functionBody writes the body of a function of the package.
func (g *generator) functionBody(f func()) {
	scope := len(g.scope)
	g.line("tick()")
	f()
	g.line("}")
	g.scope, g.pure, g.quiet, g.results = g.scope[:scope], false, false, nil
}

// function declares a function without effects for expressions to call.
func (g *generator) function() {
	name := fmt.Sprintf("f%d", len(g.funcs))
	var params []*types.Var
	for range g.n(4) {
		params = append(params, types.NewParam(0, g.pkg, g.name("a"), pick(g, g.pool)))
	}
	result := types.NewParam(0, g.pkg, "", pick(g, g.pool))
	if g.in(2) {
		result = types.NewParam(0, g.pkg, "res", result.Type())
	}
	sig := types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), types.NewTuple(result), false)
	text := types.TypeString(sig, types.RelativeTo(g.pkg))
	g.line("func %s%s {", name, text[len("func"):])
	g.functionBody(func() {
		g.pure = true
		for _, p := range params {
			g.scope = append(g.scope, variable{name: p.Name(), t: p.Type()})
		}
		if result.Name() != "" {
			g.scope = append(g.scope, variable{name: "res", t: result.Type()})
			if _, fn := result.Type().Underlying().(*types.Signature); fn {
				g.line("res = %s", g.expr(result.Type(), 1))
			}
		}
		g.results = sig.Results()
		if result.Name() != "" && g.in(2) {
			g.line("defer func() { res = %s }()", g.expr(result.Type(), 2))
		}
		g.statements(4, 2)
		if result.Name() != "" && g.in(2) {
			g.line("return")
			return
		}
		g.giveBack()
	})
	g.funcs = append(g.funcs, types.NewFunc(0, g.pkg, name, sig))
}

// main runs blocks of statements.
func (g *generator) main() {
	for i := range g.scope {
		g.scope[i].outer = false
	}
	blocks := 2 + g.n(4)
	for i := range blocks {
		g.line("func block%d() {", i)
		g.functionBody(func() { g.statements(9, 3) })
	}
	g.line("func main() {")
	for i := range blocks {
		g.line("try(%q, block%d)", fmt.Sprintf("block %d", i), i)
	}
	if g.in(10) {
		t := pick(g, g.pool)
		g.line("fuel = 300")
		g.line("panic(%s)", g.typed(t, g.expr(t, 2)))
	}
	g.line("}")
}

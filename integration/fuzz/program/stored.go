package program

import (
	"fmt"
	"go/types"
)

// stored keeps methods and functions in fields, maps, arrays and channels, and calls
// them from there, deferred, in goroutines and by other functions.
func (g *generator) stored() {
	v := g.visible(func(v variable) bool {
		return !v.readOnly && !types.IsInterface(v.t) && len(g.simple(v.t)) > 0
	})
	if v == nil {
		return
	}
	label := g.name("stored")
	g.line("try(%q, func() {", label)
	g.function0(func() {
		g.results = nil
		for range 1 + g.n(3) {
			g.line("{")
			g.store(label, v, pick(g, g.simple(v.t)))
			g.line("}")
		}
	})
	g.line("})")
}

// simple are the pure methods of a type with one result.
func (g *generator) simple(t types.Type) []*types.Func {
	var all []*types.Func
	for _, m := range g.callable(t) {
		if r := m.Signature().Results(); r.Len() == 1 && pureMethod(m.Name()) && !addressed(r.At(0).Type(), 4) {
			all = append(all, m)
		}
	}
	return all
}

func (g *generator) store(label string, v *variable, m *types.Func) {
	sig := m.Signature()
	fn := types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
	F, base, x := g.text(fn), v.name, g.name("x")
	if _, ok := v.t.Underlying().(*types.Pointer); ok {
		base = "nz(" + base + ")"
	}
	args := g.callArguments(sig, 1)
	value := base + "." + m.Name()
	switch g.n(9) {
	case 0:
		g.line("%s := struct{ n int; f %s }{1, %s}", x, F, value)
		g.line("%s = %s", v.name, g.expr(v.t, 2))
		g.line("p(%q, %s.f(%s), %s.n)", label, x, args, x)
	case 1:
		g.line("%s := map[string]%s{%q: %s}", x, F, m.Name(), value)
		g.line("%s = %s", v.name, g.expr(v.t, 1))
		g.line("if f, ok := %s[%q]; ok {\np(%q, f(%s), %s[%q](%s), %s[`none`] == nil)\n}", x, m.Name(), label, args, x, m.Name(), args, x)
	case 2:
		g.line("%s := [2]%s{1: %s}", x, F, value)
		g.line("%sCopy := %s\n%s[1] = nil", x, x, x)
		g.line("p(%q, %sCopy[1](%s), %s[1] == nil)\np(%q, %s[0](%s))", label, x, args, x, label, x, args)
	case 3:
		g.line("%s := make(chan %s, 1)\n%s <- %s", x, F, x, value)
		g.line("%s = %s", v.name, g.expr(v.t, 1))
		g.line("p(%q, (<-%s)(%s))", label, x, args)
	case 4:
		g.line("defer func(f %s) { p(%q, f(%s)) }(%s)", F, label, args, value)
		g.line("%s = %s", v.name, g.expr(v.t, 1))
	case 5:
		g.line("%s := make(chan struct{})\ngo func(f %s) {\ndefer close(%s)\ndefer func() { rescued(%q, recover()) }()\np(%q, f(%s))\n}(%s)\n<-%s", x, F, x, label, label, args, value, x)
	case 6:
		g.line("%s := func(f %s) func() any { return func() any { return f(%s) } }(%s)", x, F, args, value)
		g.line("p(%q, %s(), %s())", label, x, x)
	case 7:
		iface := fmt.Sprintf("interface{ %s%s }", m.Name(), F[len("func"):])
		g.line("var %s %s = &%s", x, iface, base0(v))
		g.line("%sf, %sg := %s.%s, %s.%s", x, x, x, m.Name(), iface, m.Name())
		g.line("if false {\n_ = %sg\n}\np(%q, %s.%s(%s), %sf(%s))", x, label, x, m.Name(), args, x, args)
	case 8:
		g.line("var %s any = %s", x, value)
		g.line("%sf, ok := %s.(%s)\np(%q, ok, %sf(%s))", x, x, F, label, x, args)
		g.line("defer %sf(%s)", x, args)
	}
}

// base0 is the variable a pointer can be taken of.
func base0(v *variable) string {
	if _, ok := v.t.Underlying().(*types.Pointer); ok {
		return "*nz(" + v.name + ")"
	}
	return v.name
}

package program

import (
	"go/types"
)

// localType declares a type inside the function.
func (g *generator) localType(depth int) {
	t := pick(g, g.pool)
	name, v := g.name("Local"), g.name("v")
	g.block(func() {
		switch g.n(3) {
		case 0:
			g.line("type %s struct { X %s; y int }", name, g.text(t))
			g.line("%s := []%s{{%s, 1}, {y: 2}}", v, name, g.expr(t, 2))
			g.line("%s[0].y += len(%s)", v, v)
			if !g.quiet {
				g.line("p(%q, %s, fmt.Sprintf(\"%%T %%+v\", %s[0], %s))", name, v, v, v)
			}
		case 1:
			g.line("type %s %s", name, g.text(t))
			g.line("%s := %s(%s)", v, name, g.typed(t, g.expr(t, 2)))
			g.line("var %sany any = %s", v, v)
			g.line("_, %sok := %sany.(%s)", v, v, g.text(t))
			if !g.quiet {
				g.line("p(%q, fmt.Sprintf(\"%%T\", %s), %sok)", name, v, v)
			} else {
				g.line("_ = %sok", v)
			}
		case 2:
			g.line("type %s = %s", name, g.text(t))
			g.line("var %s %s = %s", v, name, g.expr(t, 2))
			g.declared(v, t)
		}
		g.statements(2, depth)
	})
}

// panics writes something that panics, or may, caught where it happens.
func (g *generator) panics() {
	label := g.name("try")
	fuel := g.name("v")
	g.line("%s := fuel", fuel)
	t := pick(g, g.pool)
	integer := types.Typ[types.Int]
	switch g.n(9) {
	case 0:
		g.line("try(%q, func() { panic(%s) })", label, g.typed(t, g.expr(t, 2)))
	case 1:
		g.line("try(%q, func() { var s []%s; p(\"\", s[%s]) })", label, g.text(t), g.varying(integer, 2))
	case 2:
		g.line("try(%q, func() { a := [3]int{1, 2, 3}; p(\"\", a[%s:%s]) })", label, g.varying(integer, 2), g.varying(integer, 2))
	case 3:
		g.line("try(%q, func() { p(\"\", %s / id(0)) })", label, g.varying(integer, 2))
	case 4:
		g.line("try(%q, func() { var x any = %s; p(\"\", x.(%s)) })", label, g.expr(types.Universe.Lookup("any").Type(), 2), g.text(t))
	case 5:
		g.line("try(%q, func() { var m map[string]%s; m[\"x\"] = %s })", label, g.text(t), g.expr(t, 2))
	case 6:
		g.line("try(%q, func() { var v *struct{ a, b %s }; p(\"\", v.b) })", label, g.text(t))
	case 7:
		g.line("try(%q, func() { var x, y any = %s, %s; p(\"\", x == y) })", label, g.expr(t, 2), g.expr(t, 2))
	case 8:
		g.line("try(%q, func() { m := map[any]int{}; m[any(%s)] = 2; p(\"\", len(m), m[any(%s)]) })", label, g.typed(t, g.expr(t, 2)), g.typed(t, g.expr(t, 1)))
	}
	g.line("fuel = %s", fuel)
}

func (g *generator) channels() {
	t, c, name := pick(g, g.pool), g.name("c"), g.name("v")
	g.line("%s := make(chan %s, %d)", c, g.text(t), g.n(3))
	switch g.n(3) {
	case 0:
		g.line("go func() {\ndefer close(%s)\nfor range %d {\n%s <- %s\n}\n}()", c, g.n(4), c, g.literalOnly(t))
		g.line("for %s := range %s {\np(%q, %s)\n}", name, c, c, name)
	case 1:
		g.line("var wg%[1]s sync.WaitGroup\nvar mu%[1]s sync.Mutex\nsum%[1]s := 0", c)
		g.line("for i := range %d {\nwg%[2]s.Add(1)\ngo func() {\ndefer wg%[2]s.Done()\nmu%[2]s.Lock()\ndefer mu%[2]s.Unlock()\nsum%[2]s += i * %[3]s\n}()\n}", 1+g.n(4), c, g.literalOnly(types.Typ[types.Int]))
		g.line("wg%[1]s.Wait()\np(%[1]q, sum%[1]s, cap(%[1]s))", c)
	case 2:
		g.line("go func(x %s) { %s <- x }(%s)", g.text(t), c, g.expr(t, 2))
		g.line("%s, %sok := <-%s", name, name, c)
		g.line("close(%s)\n_, %sok2 := <-%s\np(%q, %sok, %sok2)", c, name, c, c, name, name)
		g.declared(name, t)
	}
}

// literalOnly is a value that touches no variable: safe in another goroutine.
func (g *generator) literalOnly(t types.Type) string {
	scope, funcs := g.scope, g.funcs
	g.scope, g.funcs = nil, nil
	defer func() { g.scope, g.funcs = scope, funcs }()
	traces := g.traces
	defer func() { g.traces = traces }()
	switch t.Underlying().(type) {
	case *types.Basic:
		return g.literal(t, 0)
	}
	return g.zero(t)
}

func (g *generator) selects() {
	t, c, name := pick(g, g.pool), g.name("c"), g.name("v")
	g.line("%s := make(chan %s, 1)", c, g.text(t))
	g.line("for range %d {", 1+g.n(4))
	g.line("tick()")
	g.line("select {\ncase %s <- %s:\np(\"sent\", len(%s))", c, g.expr(t, 2), c)
	switch g.n(3) {
	case 0:
		g.line("default:\np(\"full\")\n}")
	case 1:
		g.line("case %s, ok := <-%s:\n_ = %s\np(\"got\", ok, len(%s))\n}", name, c, name, c)
	case 2:
		g.line("case %s := <-%s:\np(\"got\", %s)\nif len(%s) > 5 {\nbreak\n}\n}", name, c, name, c)
	}
	g.line("}")
}

func (g *generator) json() {
	t := g.printable()
	name := g.name("v")
	g.line("%sb, %serr := json.Marshal(%s)", name, name, g.expr(t, 3))
	g.line("p(%q, string(%sb), %serr)", name, name, name)
	target := pick(g, []types.Type{t, t, g.printable()})
	g.line("var %s %s", name, g.text(target))
	g.line("%serr = json.Unmarshal(%sb, &%s)", name, name, name)
	g.line("p(%q, %s, %serr)", name, name, name)
	g.scope = append(g.scope, variable{name: name, t: target})
}

func (g *generator) errors() {
	name := g.name("v")
	e := types.Universe.Lookup("error").Type()
	g.line("%s := fmt.Errorf(\"%s: %%w\", errors.Join(%s, %s))", name, name, g.expr(e, 2), g.expr(e, 2))
	g.line("p(%q, errors.Is(%s, %s), %s)", name, name, g.expr(e, 2), name)
	for _, t := range g.pool {
		if types.Implements(t, e.Underlying().(*types.Interface)) && !types.IsInterface(t) && g.in(2) {
			g.block(func() {
				g.line("var target %s\np(%q, errors.As(%s, &target), target)", g.text(t), name, name)
			})
		}
	}
	g.scope = append(g.scope, variable{name: name, t: e})
}

// shadow declares a variable under a name that is taken.
func (g *generator) shadow() {
	v := g.visible(func(v variable) bool { return true })
	if v == nil {
		return
	}
	t := pick(g, g.pool)
	name := v.name
	g.block(func() {
		switch g.n(3) {
		case 0:
			g.line("%s := %s", name, g.typed(t, g.expr(t, 2)))
		case 1:
			g.line("%s, other := %s, %s\n_ = other", name, g.typed(t, g.expr(t, 2)), name)
		case 2:
			g.line("%s := %s", name, name)
			t = v.t
		}
		g.declared(name, t)
		g.statements(3, 1)
	})
}

func (g *generator) constants() {
	name := g.name("c")
	t := g.basicType()
	for t.Underlying().(*types.Basic).Info()&types.IsInteger == 0 {
		t = types.Typ[pick(g, numeric)]
	}
	g.block(func() {
		g.line("const (\n%[1]sA %[2]s = %[3]s\n%[1]sB\n_\n%[1]sC, %[1]sD = iota, %[4]q\n%[1]sE, %[1]sF\n)",
			name, g.text(t), pick(g, []string{"iota + 1", "1 << iota", "iota * 10", "7 - iota"}), pick(g, []string{"x", "é"}))
		g.line("p(%[1]q, %[1]sA, %[1]sB, %[1]sC, %[1]sD, %[1]sE, %[1]sF, fmt.Sprintf(\"%%T %%T\", %[1]sB, %[1]sC))", name)
	})
}

// iterator ranges over a function and leaves it early.
func (g *generator) iterator() {
	t, f, name := pick(g, g.pool), g.name("seq"), g.name("v")
	g.line("%s := func(yield func(%s) bool) {", f, g.text(t))
	g.line("defer p(%q)", f)
	for range 1 + g.n(3) {
		g.line("if !yield(%s) {\nreturn\n}", g.expr(t, 2))
	}
	g.line("}")
	switch g.n(3) {
	case 0:
		count := g.name("v")
		g.line("%s := 0", count)
		g.line("for %s := range %s {\np(%q, %s)\n%s++\nif %s > %d {\nbreak\n}\n}", name, f, name, name, count, count, g.n(3))
	case 1:
		g.line("%s := slices.Collect(iter.Seq[%s](%s))", name, g.text(t), f)
		g.declared(name, types.NewSlice(t))
	case 2:
		g.line("%snext, %sstop := iter.Pull(iter.Seq[%s](%s))", name, name, g.text(t), f)
		g.line("%s, %sok := %snext()\n%sstop()\np(%q, %sok)", name, name, name, name, name, name)
		g.declared(name, t)
	}
}

// collected keeps function values of a loop and calls them after it.
func (g *generator) collected() {
	t, name := pick(g, g.pool), g.name("fs")
	over := g.expr(types.NewSlice(t), 3)
	g.line("var %s []func() %s", name, g.text(t))
	switch g.n(3) {
	case 0:
		g.line("for _, x := range (%s) {\n%s = append(%s, func() %s { return x })\n}", over, name, name, g.text(t))
	case 1:
		g.line("for i, xs := 0, (%s); i < len(xs); i++ {\nx := &xs[i]\n%s = append(%s, func() %s { i++; return *x })\n}", over, name, name, g.text(t))
	case 2:
		g.line("for i, x := range each(%s) {\ndefer func() { p(%q, i, x) }()\n%s = append(%s, func() %s { i++; return x })\n}", over, name, name, name, g.text(t))
	}
	g.line("for i, f := range %s {\np(fmt.Sprint(%q, i), f(), f())\n}", name, name)
}

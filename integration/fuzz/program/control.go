package program

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
)

func (g *generator) ifElse(depth int) {
	n := len(g.scope)
	if g.in(3) {
		t, name := pick(g, g.pool), g.name("v")
		g.line("if %s := (%s); bool(%s) {", name, g.typed(t, g.expr(t, 2)), g.condition(2))
		g.declared(name, t)
	} else {
		g.line("if bool(%s) {", g.condition(3))
	}
	m := len(g.scope)
	g.statements(3, depth)
	g.leave()
	g.scope = g.scope[:m]
	if g.in(2) {
		g.line("} else {")
		g.statements(2, depth)
	}
	g.line("}")
	g.scope = g.scope[:n]
}

// leave may end the loop or the function here.
func (g *generator) leave() {
	switch {
	case g.loops > 0 && g.in(4):
		if label := g.labels[len(g.labels)-1]; label != "" && g.in(2) {
			label = pick(g, g.labels)
			g.line("%s %s", pick(g, []string{"break", "continue"}), label)
			return
		}
		g.line("%s", pick(g, []string{"break", "continue"}))
	case g.results != nil && g.in(6):
		g.giveBack()
	}
}

func (g *generator) giveBack() {
	var values []string
	for r := range g.results.Variables() {
		values = append(values, g.expr(r.Type(), 2))
	}
	g.line("return %s", strings.Join(values, ", "))
}

// body writes what is repeated.
func (g *generator) body(label string, depth int) {
	g.loops++
	g.labels = append(g.labels, label)
	g.line("tick()")
	g.statements(3, depth)
	g.leave()
	g.labels = g.labels[:len(g.labels)-1]
	g.loops--
}

// head writes the label of a loop, which is used so that it may stand there.
func (g *generator) head() (label string) {
	label = g.name("L")
	g.line("%s:", label)
	return label
}

// used makes a label used, in a way that never happens.
func (g *generator) used(label string) {
	g.line("if fuel < -1 {\nbreak %s\n}", label)
}

func (g *generator) loop(depth int) {
	n := len(g.scope)
	label := g.head()
	name := g.name("i")
	switch g.n(4) {
	case 0:
		// Variables of an iteration, kept by function values.
		fs := g.name("fs")
		g.line("for %s, %s := 0, []func() int(nil); %s < %d || len(%s) > 50; %s++ {", name, fs, name, 1+g.n(3), fs, name)
		g.line("%s = append(%s, func() int { %s += %d; return %s })", fs, fs, name, g.n(2), name)
		g.scope = append(g.scope, variable{name: name, t: types.Typ[types.Int], readOnly: true})
		g.used(label)
		g.body(label, depth)
		if !g.quiet {
			g.line("for _, f := range %s {\np(%q, f())\n}", fs, fs)
		}
		g.line("}")
	case 1:
		g.line("for %s := range %d {", name, 1+g.n(4))
		g.declared(name, types.Typ[types.Int])
		g.used(label)
		g.body(label, depth)
		g.line("}")
	case 2:
		g.line("for %s := %d; %s > 0; %s -= 2 {", name, g.n(6), name, name)
		g.scope = append(g.scope, variable{name: name, t: types.Typ[types.Int], readOnly: true})
		g.used(label)
		g.body(label, depth)
		g.line("}")
	case 3:
		g.line("for %s := uint8(0); bool(%s) && %s < 4; {", name, g.condition(2), name)
		g.line("%s++", name)
		g.scope = append(g.scope, variable{name: name, t: types.Typ[types.Uint8], readOnly: true})
		g.used(label)
		g.body(label, depth)
		g.line("}")
	}
	g.scope = g.scope[:n]
}

func (g *generator) rangeLoop(depth int) {
	n := len(g.scope)
	k, v := g.name("k"), g.name("v")
	loop := func(over string, key, value types.Type) {
		label := g.head()
		g.line("for %s, %s := range (%s) {", k, v, over)
		g.declared(k, key)
		g.declared(v, value)
		g.used(label)
		g.body(label, depth)
		g.line("}")
	}
	integer := types.Typ[types.Int]
	found := g.visible(func(v variable) bool {
		switch v.t.Underlying().(type) {
		case *types.Slice, *types.Array:
			return true
		}
		return false
	})
	switch g.n(5) {
	case 0:
		loop(g.expr(types.Typ[types.String], 2), integer, types.Typ[types.Rune])
	case 1:
		t := types.NewSlice(pick(g, g.pool))
		loop("each("+g.expr(t, 2)+")", integer, t.Elem())
	case 2:
		t := types.NewArray(pick(g, g.pool), int64(1+g.n(3)))
		over := g.expr(t, 2)
		if g.in(2) {
			over = fmt.Sprintf("id[*%s](new(%s))", g.text(t), over)
		}
		loop(over, integer, t.Elem())
	default:
		if found == nil {
			t := types.NewSlice(pick(g, g.pool))
			loop(g.expr(t, 2), integer, t.Elem())
			break
		}
		switch u := found.t.Underlying().(type) {
		case *types.Slice:
			loop(found.name, integer, u.Elem())
		case *types.Array:
			loop(pick(g, []string{found.name, found.name, "&" + found.name}), integer, u.Elem())
		}
	}
	g.scope = g.scope[:n]
}

func (g *generator) cases(n, depth int, head func(i int) string, fallsThrough bool) {
	g.loops, g.labels = g.loops+1, append(g.labels, "") // break leaves the switch
	loops := g.loops
	g.loops = 0 // neither break nor continue: continue would not always be right
	for i := range n {
		scope := len(g.scope)
		g.line("%s", head(i))
		g.statements(2, depth)
		if fallsThrough && i < n-1 && g.in(4) {
			g.line("fallthrough")
		} else if g.in(5) {
			g.line("if bool(%s) {\nbreak\n}", g.condition(1))
			g.statement(0)
		}
		g.scope = g.scope[:scope]
	}
	g.loops, g.labels = loops-1, g.labels[:len(g.labels)-1]
}

func (g *generator) switchValue(depth int) {
	t := g.basicType()
	if types.Identical(t.Underlying(), types.Typ[types.Bool]) {
		t = types.Typ[types.Int]
	}
	n, fallback := 1+g.n(3), g.n(4)
	tag := g.varying(t, 2)
	if g.in(4) {
		tag = "any(" + g.typed(t, tag) + ")"
	}
	g.line("switch (%s) {", tag)
	g.cases(n, depth, func(i int) string {
		if i == fallback {
			return "default:"
		}
		return fmt.Sprintf("case %s, %s:", g.varying(t, 1), g.varying(t, 1))
	}, true)
	g.line("}")
}

func (g *generator) switchTrue(depth int) {
	n, fallback := 1+g.n(3), g.n(4)
	g.line("switch {")
	g.cases(n, depth, func(i int) string {
		if i == fallback {
			return "default:"
		}
		return fmt.Sprintf("case id(%s):", g.typed(types.Typ[types.Bool], g.condition(2)))
	}, true)
	g.line("}")
}

func (g *generator) switchType(depth int) {
	v := g.visible(func(v variable) bool { return types.IsInterface(v.t) && !isParam(v.t) })
	value, static := "", types.Type(nil)
	if v != nil && g.in(2) {
		value, static = v.name, v.t
	} else {
		static = pick(g, []types.Type{types.Universe.Lookup("any").Type(), types.Universe.Lookup("error").Type()})
		value = g.typed(static, g.expr(static, 3))
	}
	name := g.name("v")
	var fitting []types.Type
	for _, t := range g.pool {
		taken := slices.ContainsFunc(fitting, func(o types.Type) bool { return types.Identical(o, t) })
		if _, fn := t.Underlying().(*types.Signature); fn || taken || !types.AssertableTo(static.Underlying().(*types.Interface), t) {
			continue
		}
		fitting = append(fitting, t)
	}
	if len(fitting) == 0 {
		return
	}
	g.r.Shuffle(len(fitting), func(i, j int) { fitting[i], fitting[j] = fitting[j], fitting[i] })
	g.line("switch %s := (%s).(type) {", name, value)
	n, fallback := min(1+g.n(4), len(fitting)), g.n(5)
	g.cases(n, depth, func(i int) string {
		use := "\n_ = " + name
		switch {
		case i == fallback:
			g.scope = append(g.scope, variable{name: name, t: static})
			return "default:" + use
		case len(fitting) > 1 && g.in(3):
			a, b := fitting[0], fitting[1]
			fitting = fitting[2:]
			g.scope = append(g.scope, variable{name: name, t: static})
			return fmt.Sprintf("case %s, %s:", g.text(a), g.text(b)) + use
		case len(fitting) > 0:
			a := fitting[0]
			fitting = fitting[1:]
			g.scope = append(g.scope, variable{name: name, t: a})
			return fmt.Sprintf("case %s:", g.text(a)) + use
		}
		g.scope = append(g.scope, variable{name: name, t: static})
		return fmt.Sprintf("case interface{ Nobody%[1]d() }, interface{ Nothing%[1]d() }:", i) + use
	}, false)
	g.line("}")
}

// closure declares a function value with statements, which may change what is
// around it, and calls it.
func (g *generator) closure(depth int) {
	in, out := pick(g, g.pool), pick(g, g.pool)
	name, param, result := g.name("f"), g.name("a"), g.name("v")
	g.function0(func() {
		g.line("%s := func(%s %s) %s {", name, param, g.text(in), g.text(out))
		g.scope = append(g.scope, variable{name: param, t: in})
		g.results = types.NewTuple(types.NewVar(0, nil, "", out))
		g.line("tick()")
		g.statements(3, depth)
		g.giveBack()
		g.line("}")
	})
	g.line("%s := %s(%s)", result, name, g.expr(in, 2))
	g.declared(result, out)
	if g.in(3) {
		g.line("%s = %s(%s)", result, name, g.leaf(in))
	}
}

// function0 writes a function literal: its statements are outside of the loops
// around it.
func (g *generator) function0(f func()) {
	scope, results, loops, labels := len(g.scope), g.results, g.loops, g.labels
	g.loops, g.labels = 0, nil
	f()
	g.scope, g.results, g.loops, g.labels = g.scope[:scope], results, loops, labels
}

func (g *generator) deferred(depth int) {
	switch g.n(3) {
	case 0:
		t, name := pick(g, g.pool), g.name("a")
		arg := g.expr(t, 2)
		g.function0(func() {
			g.line("defer func(%s %s) {", name, g.text(t))
			g.scope = append(g.scope, variable{name: name, t: t})
			g.results = nil
			g.statements(2, depth)
			g.line("}(%s)", arg)
		})
	case 1:
		if g.quiet {
			return
		}
		t := pick(g, g.pool)
		g.line("defer p(%q, %s)", g.name("deferred"), g.typed(t, g.expr(t, 2)))
	case 2:
		g.function0(func() {
			g.line("defer func() {")
			g.results = nil
			g.statements(2, depth)
			if !g.quiet && g.in(2) {
				g.line("if r := recover(); r != nil {\np(%q, fmt.Sprintf(\"%%T %%v\", r, r))\n}", g.name("recovered"))
			}
			g.line("}()")
		})
	}
}

// inner is a block of its own, sometimes a function that is called at once.
func (g *generator) inner(depth int) {
	if g.in(2) {
		g.block(func() { g.statements(3, depth) })
		return
	}
	g.function0(func() {
		g.line("func() {")
		g.results = nil
		g.line("tick()")
		g.statements(3, depth)
		g.line("}()")
	})
}

func (g *generator) gotos(depth int) {
	again, end, count := g.name("again"), g.name("end"), g.name("v")
	g.block(func() {
		g.line("%s := 0", count)
		g.line("%s:", again)
		g.line("tick()")
		g.line("%s++", count)
		g.block(func() {
			g.scope = append(g.scope, variable{name: count, t: types.Typ[types.Int], readOnly: true})
			g.statements(2, depth)
			g.line("if %s > %d {\ngoto %s\n}", count, g.n(3), end)
		})
		g.line("goto %s", again)
		g.line("%s:", end)
		if g.quiet {
			g.line("_ = %s", count)
		} else {
			g.line("p(%q, %s)", end, count)
		}
	})
}

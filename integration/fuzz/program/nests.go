package program

import (
	"fmt"
	"go/types"
)

// nestPrelude is what nests use.
const nestPrelude = `
type rescuer struct{ label string }

func (r rescuer) rescue()   { rescued(r.label, recover()) }
func (r *rescuer) pointed() { rescued(r.label, recover()) }

type rescuing struct{ rescuer }

type rescues interface{ rescue() }

// counted counts up to n and tells how it was left.
func counted(label string, n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println(label, "left")
		for i := range n {
			if !yield(i) {
				fmt.Println(label, "stopped at", i)
				return
			}
		}
	}
}

func rescue(label string) { rescued(label, recover()) }

func rescueAs[T any](label string) {
	r := recover()
	_, ok := r.(T)
	rescued(label+fmt.Sprint(ok), r)
}

func rescued(label string, r any) {
	if e, ok := r.(error); ok {
		fmt.Printf("%s rescued %T %v\n", label, e, e)
		return
	}
	fmt.Printf("%s rescued %T %v\n", label, r, r)
}
`

// nest writes functions with deferred calls that panic, recover and panic again.
func (g *generator) nest() {
	t, name := g.printable(), g.name("nest")
	g.line("%s := func() (res %s, err error) {", name, g.text(t))
	g.function0(func() {
		g.results = nil
		g.scope = append(g.scope, variable{name: "res", t: t})
		if _, fn := t.Underlying().(*types.Signature); fn {
			g.line("res = %s", g.expr(t, 1))
		}
		g.nested(3, name)
		switch g.n(3) {
		case 0:
			g.line("return %s, nil", g.expr(t, 2))
		case 1:
			g.line("return %s, errors.New(%q)", g.expr(t, 1), name)
		default:
			g.line("return")
		}
	})
	g.line("}")
	result := g.name("v")
	g.line("try(%q, func() {\nv, err := %s()\np(%q, v, err)\n})", name, name, result)
}

// nested are statements of a function of a nest.
func (g *generator) nested(depth int, label string) {
	for range 1 + g.n(4) {
		step := g.name(label + "-")
		switch g.n(12) {
		case 0, 1, 2, 3:
			g.recoverer(depth, step)
		case 4:
			g.line("defer func() {")
			if depth > 0 {
				g.nested(depth-1, label)
			}
			g.line("}()")
		case 5:
			g.line("func() {")
			if depth > 0 {
				g.nested(depth-1, label)
			}
			g.line("}()")
		case 6:
			g.line("for i := range %d {\ndefer func() { p(%q, i); %s }()\n}", 1+g.n(3), step, g.nestPanic("i == 1"))
		case 7:
			g.line("if %s {\nreturn\n}", g.condition(1))
		case 8:
			g.line("%s", g.nestPanic(fmt.Sprintf("bool(%s)", g.condition(1))))
		default:
			g.line("p(%q)", step)
		}
	}
	if g.in(2) {
		g.line("%s", g.nestPanic("id(true)"))
	}
}

// nestPanic is a panic under a condition.
func (g *generator) nestPanic(condition string) string {
	t := g.printable()
	value := pick(g, []string{
		g.typed(t, g.expr(t, 1)), fmt.Sprintf("%q", g.name("panic")), fmt.Sprintf("errors.New(%q)", g.name("error")),
		fmt.Sprintf("fmt.Errorf(%q, errors.ErrUnsupported)", g.name("wrapped")+" %w"), "any(nil)",
	})
	what := pick(g, []string{
		"panic(" + value + ")", "panic(" + value + ")", "panic(" + value + ")",
		"var m map[string]int; m[`a`]++", "var e error; _ = e.Error()", "_ = []int{1}[id(3)]", "_ = any(`s`).(int)",
	})
	return fmt.Sprintf("if %s { %s }", condition, what)
}

// recoverer writes a deferred call that recovers, or seems to.
func (g *generator) recoverer(depth int, label string) {
	switch g.n(12) {
	case 0:
		g.line("defer rescue(%q)", label)
	case 1:
		g.line("defer rescueAs[%s](%q)", pick(g, []string{"string", "error", "int"}), label)
	case 2:
		g.line("defer %s", pick(g, []string{
			fmt.Sprintf("rescuer{%q}.rescue()", label), fmt.Sprintf("(&rescuer{%q}).pointed()", label),
			fmt.Sprintf("rescuing{rescuer{%q}}.rescue()", label), fmt.Sprintf("rescues(rescuing{rescuer{%q}}).rescue()", label),
			fmt.Sprintf("rescuer.rescue(rescuer{%q})", label), fmt.Sprintf("rescues.rescue(&rescuer{%q})", label),
		}))
	case 3:
		f := g.name("f")
		g.line("%s := %s\ndefer %s()", f, pick(g, []string{
			fmt.Sprintf("rescuer{%q}.rescue", label), fmt.Sprintf("(&rescuing{rescuer{%q}}).pointed", label),
			fmt.Sprintf("rescues(rescuer{%q}).rescue", label), fmt.Sprintf("func() { rescue(%q) }", label),
			fmt.Sprintf("func() { rescued(%q, recover()) }", label),
		}), f)
	case 4:
		g.line("defer recover()")
	case 5:
		g.line("defer func() { func() { rescued(%q, recover()) }() }()", label)
	case 6:
		g.line("defer func() {\ndefer func() { rescued(%q, recover()) }()\n", label)
		if depth > 0 {
			g.nested(depth-1, label)
		}
		g.line("}()")
	case 7:
		g.line("defer func() {\nif r := recover(); r != nil {\nerr = fmt.Errorf(\"%s: %%v (%%w)\", r, errors.ErrUnsupported)\n%s\n}\n}()", label, g.nestPanic("id(false)"))
	case 8:
		g.line("defer func() {\nr := recover()\nrescued(%q, r)\nif r != nil {\npanic(r)\n}\n}()", label)
	case 9:
		g.line("defer func() {\nrescued(%q, recover())\n%s\n}()", label, g.nestPanic("id(true)"))
	case 10:
		g.line("for range %d {\ndefer rescue(%q)\n}", 1+g.n(2), label)
	default:
		g.line("defer func() {\nif r := recover(); r != nil {\nrescued(%q, r)\nvar zero = *new(%s)\n_ = zero\n}\n}()", label, pick(g, basics))
	}
}

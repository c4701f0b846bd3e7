package program

import (
	"fmt"
	"go/types"
	"strings"
)

// leaving writes a function of nested loops, switches, selects and iterators that are
// left by labels, returns and panics, with deferred calls on the way.
func (g *generator) leaving() {
	t, name := g.printable(), g.name("leave")
	named := g.in(2)
	result := "_"
	if named {
		result = "res"
	}
	g.line("%s := func(c chan int) (%s %s, n int) {", name, result, g.text(t))
	g.function0(func() {
		g.results = nil
		l := &leaver{generator: g, t: t, prefix: name}
		if named {
			g.line("defer func() { n *= 2 }()")
		}
		l.construct(3)
		g.line("return %s, n", g.expr(t, 1))
	})
	g.line("}")
	g.line("try(%q, func() {\nc := make(chan int, 3)\nc <- 1\nc <- 2\nv, n := %s(c)\np(%q, v, n, len(c))\n})", name, name, name)
}

// leaver is what is known inside of such a function.
type leaver struct {
	*generator
	t      types.Type
	prefix string   // of the names of its steps
	around []around // innermost last, those of this function literal
	// outermost is the first of the function that has results.
	outermost string
}

// around is a statement that can be left.
type around struct {
	label string
	loop  bool
}

// construct writes a statement that can be left and what is in it.
func (l *leaver) construct(depth int) {
	label := l.name("L")
	l.line("%s:", label)
	i := l.name("i")
	l.line("%s", pick(l.generator, []string{
		fmt.Sprintf("for %s := range %d {", i, 1+l.n(4)),
		fmt.Sprintf("for %s, _ := range each([]string{`a`, `b`, `c`}) {", i),
		fmt.Sprintf("for %s := range counted(%q, %d) {", i, l.prefix+label, 1+l.n(4)),
		fmt.Sprintf("for %s := 0; %s < %d; %s++ {", i, i, 1+l.n(4), i),
	}))
	l.line("tick()\nn += %s", i)
	l.line("if fuel < -1 {\nbreak %s\n}", label)
	if l.outermost == "" {
		l.outermost = label
	}
	l.around = append(l.around, around{label, true})
	l.inside(depth, i)
	l.around = l.around[:len(l.around)-1]
	l.line("}")
}

func (l *leaver) inside(depth int, i string) {
	for range 1 + l.n(3) {
		step := l.name(l.prefix + "-")
		switch k := l.n(8); {
		case k == 0:
			l.line("defer func() { p(%q, %s, n) }()", step, i)
		case k == 1:
			l.line("p(%q, %s, n)", step, i)
		case k == 2 && depth > 0:
			l.construct(depth - 1)
		case k == 3 && depth > 0:
			l.switched(depth, i)
		case k == 4 && depth > 0:
			l.selected(depth, i, step)
		case k == 5 && depth > 0:
			l.line("func() {\ndefer p(%q)", step)
			outer := l.around
			l.around = nil
			l.construct(depth - 1)
			l.around = outer
			l.line("}()")
		default:
			l.line("if %s %s %d {\n%s\n}", pick(l.generator, []string{i, "n", "len(c)"}), pick(l.generator, []string{"==", ">", "<"}), l.n(4), l.leave(step))
		}
	}
}

// switched writes a switch in a loop.
func (l *leaver) switched(depth int, i string) {
	label := l.name("S")
	l.line("%s:\nswitch {", label)
	l.around = append(l.around, around{label, false})
	for range 1 + l.n(3) {
		l.line("case %s%%%d == %d:", i, 2+l.n(2), l.n(2))
		l.line("if fuel < -1 {\nbreak %s\n}", label)
		l.inside(depth-1, i)
		if l.in(4) {
			l.line("fallthrough")
			l.line("case fuel < -2:")
			l.line("p(%q)", label)
		}
	}
	if l.in(2) {
		l.line("default:")
		l.line("if fuel < -1 {\nbreak %s\n}", label)
		l.inside(depth-1, i)
	} else {
		l.line("case fuel < -1:\nbreak %s", label)
	}
	l.around = l.around[:len(l.around)-1]
	l.line("}")
}

// selected writes a select in a loop; exactly one case is ready, or the default.
func (l *leaver) selected(depth int, i, step string) {
	label := l.name("S")
	l.line("%s:\nselect {", label)
	l.around = append(l.around, around{label, false})
	x := l.name("x")
	l.line("%s", pick(l.generator, []string{
		fmt.Sprintf("case %s := <-c:\nn += %s", x, x),
		fmt.Sprintf("case %s, ok := <-c:\np(%q, %s, ok)", x, step, x),
		fmt.Sprintf("case n = <-c:\np(%q, n)", step),
		fmt.Sprintf("case c <- %s:\np(%q)", i, step),
		fmt.Sprintf("case []int{0, 0, 0, 0, 0, 0, 0, 0}[ix(n, 8)] = <-c:\np(%q)", step),
	}))
	l.line("if fuel < -1 {\nbreak %s\n}", label)
	l.inside(depth-1, i)
	l.line("default:")
	l.inside(depth-1, i)
	l.around = l.around[:len(l.around)-1]
	l.line("}")
}

// leave is a statement that leaves something, or everything.
func (l *leaver) leave(step string) string {
	var all []string
	for _, a := range l.around {
		all = append(all, "break "+a.label)
		if a.loop {
			all = append(all, "continue "+a.label)
		}
	}
	if n := len(l.around); n > 0 {
		all = append(all, "break")
		for _, a := range l.around {
			if a.loop {
				all = append(all, "continue")
				break
			}
		}
	}
	if l.returns() {
		all = append(all, fmt.Sprintf("return %s, n + %d", l.expr(l.t, 1), l.n(9)))
	} else {
		all = append(all, "return")
	}
	if l.in(6) {
		return fmt.Sprintf("panic(%q)", step)
	}
	return fmt.Sprintf("p(%q)\n%s", strings.ReplaceAll(step, "-", "+"), pick(l.generator, all))
}

// returns reports whether a return here leaves the function that has results.
func (l *leaver) returns() bool {
	return len(l.around) > 0 && l.around[0].label == l.outermost
}

package program

import (
	"fmt"
	"strings"
)

// evaluation writes assignments and expressions whose operands tell when they are
// evaluated.
func (g *generator) evaluation() {
	e := &evaluator{generator: g, label: g.name("eval")}
	g.line("try(%q, func() {", e.label)
	g.line("type pair struct {\nx, y int\nin [3]int\nnext *pair\n}")
	g.line("a, arr, m, st, i, j := []int{1, 2, 3}, [3]int{4, 5, 6}, map[string]int{`a`: 7}, pair{x: 1, in: [3]int{2, 1, 0}}, 0, 1")
	g.line("ps, s, f := &pair{y: 3}, `text`, func(x ...int) int { return len(x) + i }")
	g.line("ps.next = ps")
	show := fmt.Sprintf("p(%q, a, arr, m, st.x, st.y, st.in, ps.x, ps.y, ps.in, i, j, s, f())", e.label)
	for range 2 + g.n(5) {
		e.statement()
		g.line("%s", show)
	}
	g.line("})")
}

type evaluator struct {
	*generator
	label string
}

// traced is an expression that tells when it is evaluated.
func (e *evaluator) traced(x string) string {
	if e.in(4) {
		return x
	}
	e.traces++
	return fmt.Sprintf("tr(%d, %s)", e.traces, x)
}

// pointer is a pointer to a variable.
func (e *evaluator) pointer(name string) string { return "(" + e.traced("&"+name) + ")" }

func (e *evaluator) index() string {
	return e.traced(pick(e.generator, []string{"0", "1", "2", "ix(i, 3)", "ix(j, 3)", "len(s) - 4", "ix(st.in[0], 3)"}))
}

func (e *evaluator) key() string {
	return e.traced(pick(e.generator, []string{"`a`", "`b`", "s", "s[:1]"}))
}

// place is something of type int to assign to.
func (e *evaluator) place() string {
	return pick(e.generator, []func() string{
		func() string { return "a[" + e.index() + "]" },
		func() string { return e.traced("a") + "[" + e.index() + "]" },
		func() string { return "arr[" + e.index() + "]" },
		func() string { return "(" + e.traced("&arr") + ")[" + e.index() + "]" },
		func() string { return "m[" + e.key() + "]" },
		func() string { return e.traced("m") + "[" + e.key() + "]" },
		func() string { return pick(e.generator, []string{"st.x", "st.y", "ps.x", "ps.next.y", "i", "j"}) },
		func() string { return "(" + e.traced("ps") + ").x" },
		func() string { return e.traced("ps") + ".next.in[" + e.index() + "]" },
		func() string { return "*" + e.pointer("i") },
		func() string { return "(*" + e.pointer("st") + ").in[" + e.index() + "]" },
		func() string { return "st.in[" + e.index() + "]" },
	})()
}

// value is an expression of type int.
func (e *evaluator) value(depth int) string {
	if depth == 0 {
		return e.traced(pick(e.generator, []string{"1", "5", "i", "j", "st.x", "ps.y", "len(s)", "len(a)"}))
	}
	v := func() string { return e.value(depth - 1) }
	return pick(e.generator, []func() string{
		e.place, e.place,
		func() string { return v() + pick(e.generator, []string{" + ", " - ", " * ", " & ", " | "}) + v() },
		func() string { return "f(" + v() + ", " + v() + ")" },
		func() string { return e.traced("f") + "(" + v() + ")" },
		func() string { return e.traced("[]int{"+v()+", "+v()+"}") + "[" + e.traced("1") + "]" },
		func() string { return "[...]int{2: " + v() + ", 0: " + v() + "}[" + e.index() + "]" },
		func() string { return "(pair{y: " + v() + ", x: " + v() + "}).x" },
		func() string { return "(&pair{x: " + v() + ", y: " + v() + "}).y" },
		func() string { return "map[int]int{" + v() + ": " + v() + "}[" + v() + "]" },
		func() string { return "func(x, y int) int { return x*10 + y }(" + v() + ", " + v() + ")" },
		func() string { return "pickOne(" + e.condition(1) + ", " + v() + ", " + v() + ")" },
		func() string { return "len(append(" + e.traced("a") + "[:1:1], " + v() + "))" },
		func() string { return "any(" + v() + ").(int)" },
		func() string { return "int(uint8(" + v() + "))" },
		func() string { return "min(" + v() + ", " + v() + ")" },
		func() string { return "-" + e.traced("i") },
		func() string { return "len(" + e.traced("s") + " + fmt.Sprint(" + v() + ", " + v() + "))" },
		func() string { return "(" + v() + ")" },
	})()
}

// condition is an expression of type bool.
func (e *evaluator) condition(depth int) string {
	switch c := func() string { return e.value(1) + pick(e.generator, []string{" < ", " == ", " != "}) + e.value(depth) }; e.n(3) {
	case 0:
		return "(" + c() + pick(e.generator, []string{" && ", " || "}) + e.traced("true") + ")"
	case 1:
		return "!(" + c() + ")"
	default:
		return c()
	}
}

func (e *evaluator) list(n int, f func() string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = f()
	}
	return strings.Join(all, ", ")
}

func (e *evaluator) statement() {
	value := func() string { return e.value(2) }
	switch e.n(15) {
	case 0, 1, 2:
		n := 1 + e.n(4)
		places, values := e.list(n, e.place), e.list(n, value)
		if e.in(4) {
			places, values = "_, "+places, value()+", "+values
		}
		e.line("%s = %s", places, values)
	case 3:
		e.line("%s, %s = func() (int, int) { return %s, %s }()", e.place(), e.place(), value(), value())
	case 4:
		e.line("%s %s %s", e.place(), pick(e.generator, []string{"+=", "-=", "*=", "|=", "<<="}), "("+value()+") & 7")
	case 5:
		e.line("%s%s", e.place(), pick(e.generator, []string{"++", "--"}))
	case 6:
		e.line("_ = %s", value())
	case 7:
		e.line("if %s {\np(`then`)\n} else if %s {\np(`else`)\n}", e.condition(2), e.condition(1))
	case 8:
		e.line("switch %s {\ncase %s, %s:\np(`first`)\ncase %s:\np(`second`)\n}", value(), value(), value(), value())
	case 9:
		e.line("defer p(`deferred`, %s, %s)", value(), value())
	case 10:
		e.line("for %s = range %s {\ntick()\n}", e.place(), pick(e.generator, []string{"3", e.traced("a") + "[:2]", e.traced("arr"), "(" + e.traced("&arr") + ")", "[]int{" + value() + "}"}))
	case 11:
		e.line("for i, %s = range %s {\ntick()\n}", e.place(), pick(e.generator, []string{e.traced("a"), "arr", "(" + e.traced("&arr") + ")", "[2]int{" + value() + "}"}))
	case 12:
		e.line("{\nv, ok := m[%s]\np(`ok`, v, ok)\n}", e.key())
	case 13:
		e.line("{\nvar v, ok = any(%s).(int)\np(`ok`, v, ok)\n}", value())
	case 14:
		e.line("{\nc := make(chan int, 2)\nc <- %s\n%s = <-c\nm[%s], _ = <-func() chan int { close(c); return c }()\n}", value(), e.place(), e.key())
	}
}

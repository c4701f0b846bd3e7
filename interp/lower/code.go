package lower

import (
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
)

// Strengths of binding, as in the Go specification; operand binds strongest.
const (
	unary   = 6
	operand = 7
)

// ex is a lowered expression.
type ex struct {
	s     string
	prec  int  // strength of binding of its outermost operator
	calls bool // it contains a call or a receive: it has its place in the order
	// simple is set for variables and constants: evaluating them again costs
	// nothing and has no effect.
	simple bool
	konst  bool
	// asserted is set for type assertions, which the interpreter takes only as
	// the value of a variable or an argument.
	asserted bool
	// boxed is set for conversions to an interface that copy the operand.
	boxed bool
	// op is set for operators and builtins, whose result the interpreter may
	// give the type of the destination.
	op bool
	// literal is set for composite literals, receives and calls whose result is
	// a function: the interpreter stores them by replacing the variable, which
	// pointers and functions that hold the old one do not see.
	literal bool
}

func opEx(s string, prec int, operands ...ex) ex {
	r := ex{s: s, prec: prec, op: true}
	for _, o := range operands {
		r.calls = r.calls || o.calls
	}
	return r
}

// at returns the expression for a place that binds with the given strength.
func (e ex) at(prec int) string {
	if e.prec < prec {
		return "(" + e.s + ")"
	}
	return e.s
}

// dereference reports whether the expression is *p: of nil, the interpreter makes
// a value of its own that some steps take without a panic.
func (e ex) dereference() bool { return e.prec == unary && strings.HasPrefix(e.s, "*") }

// stmt is a piece of lowered code and the author's place for it.
type stmt struct {
	pos     token.Pos
	text    string
	forward bool // a function that only calls another
}

// ForwardPlace is the file of functions that only call another, a method value for
// example, as far as the interpreter knows: the author wrote none.
const ForwardPlace = "forward"

// writer joins lowered code to a source in which //line directives name the
// author's lines.
type writer struct {
	b     strings.Builder
	fset  *token.FileSet
	file  string
	line  int // the author's line that the current line stands for
	open  bool
	begun bool
}

func (w *writer) statements(list []stmt) {
	for i, s := range list {
		if s.text == "} else {" && i+1 < len(list) && list[i+1].text == "}" {
			continue // nothing is in it
		}
		w.statement(s)
	}
}

// place begins code that is not the author's.
func (w *writer) place(name string) {
	w.b.WriteString("\n\n//line " + name + ":1\n")
	w.begun, w.file, w.line = false, name, 1
}

func (w *writer) statement(s stmt) {
	file, line := w.file, w.line
	if s.pos.IsValid() {
		p := w.fset.Position(s.pos)
		file, line = p.Filename, p.Line
		// A relative name in a //line directive is not relative to the file's folder.
		if own := w.fset.PositionFor(s.pos, false).Filename; own != file {
			file = strings.TrimPrefix(file, filepath.Dir(own)+"/")
		}
	}
	if s.forward {
		w.place(ForwardPlace)
		w.b.WriteString(s.text)
		w.begun, w.file, w.line = false, file, line
		return
	}
	switch {
	case w.begun && file == w.file && line == w.line:
		if w.open || strings.HasPrefix(s.text, "}") {
			w.b.WriteByte(' ')
		} else {
			w.b.WriteString("; ")
		}
	case w.begun && file == w.file && line == w.line+1:
		w.b.WriteByte('\n')
	default:
		w.b.WriteString("\n//line ")
		w.b.WriteString(file)
		w.b.WriteByte(':')
		w.b.WriteString(strconv.Itoa(line))
		w.b.WriteByte('\n')
	}
	w.begun = true
	w.file, w.line = file, line
	w.b.WriteString(s.text)
	w.open = strings.HasSuffix(s.text, "{") || strings.HasSuffix(s.text, ":")
}

// names gives the variables of one function, with its literals, names of their
// own: the interpreter's scopes are not to be relied on.
type names struct {
	used  map[string]bool
	temps int
}

func newNames() *names { return &names{used: map[string]bool{}} }

// pick returns a free name like base.
func (n *names) pick(base string) string {
	if base == "" || base == "_" {
		base = "p"
	}
	if reserved(base) {
		base = "l_" + base
	}
	name := base
	for i := 2; n.used[name]; i++ {
		name = base + strconv.Itoa(i)
	}
	n.used[name] = true
	return name
}

// temp returns the name of a new temporary variable.
func (n *names) temp() string {
	n.temps++
	return "t_" + strconv.Itoa(n.temps)
}

// label returns a new label.
func (n *names) label() string {
	n.temps++
	return "L_" + strconv.Itoa(n.temps)
}

// reserved reports whether an author's name may not be used as it is: it looks
// like one of ours or means something to the interpreter.
func reserved(name string) bool {
	if len(name) > 1 && name[1] == '_' || strings.HasPrefix(name, "rt_") {
		return true
	}
	return predeclared[name]
}

var predeclared = map[string]bool{
	"any": true, "bool": true, "byte": true, "comparable": true, "complex64": true, "complex128": true,
	"error": true, "float32": true, "float64": true, "int": true, "int8": true, "int16": true, "int32": true,
	"int64": true, "rune": true, "string": true, "uint": true, "uint8": true, "uint16": true, "uint32": true,
	"uint64": true, "uintptr": true, "true": true, "false": true, "iota": true, "nil": true, "append": true,
	"cap": true, "clear": true, "close": true, "complex": true, "copy": true, "delete": true, "imag": true,
	"len": true, "make": true, "max": true, "min": true, "new": true, "panic": true, "print": true,
	"println": true, "real": true, "recover": true, "init": true, "main": true,
}

// Package program makes random small Go programs for comparing two ways of running
// them. Each is well typed, the same for the same seed, ends by construction (every
// function and loop uses up fuel), and prints what it computes.
//
// A program declares types with methods, generic ones among them, and functions; its
// main runs some blocks of statements, each with a recover of its own. What the
// language leaves open is avoided: expressions call only functions without side
// effects on variables, maps are never printed in their order, and addresses only as
// part of values, where a reader has to mask them.
package program

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"strings"
)

// New returns the source of the program of a seed: one file of package main.
func New(seed uint64) (string, error) {
	g := &generator{r: rand.New(rand.NewPCG(seed, 0x676f))}
	declarations := g.declareTypes()
	if err := g.check(declarations); err != nil {
		return "", fmt.Errorf("seed %d: %w\n%s", seed, err, declarations)
	}
	g.fillPool()
	g.line("package main")
	g.line("import (%s)", imports)
	g.out.WriteString(declarations)
	g.globals()
	g.methods()
	for range 2 + g.n(3) {
		g.function()
	}
	g.main()
	g.out.WriteString(prelude + nestPrelude + genericPrelude)
	source, err := format.Source([]byte(g.out.String()))
	if err != nil {
		return "", fmt.Errorf("seed %d: %w\n%s", seed, err, g.out.String())
	}
	return string(source), nil
}

// generator holds what is known at one place of the program.
type generator struct {
	r   *rand.Rand
	out strings.Builder

	pkg     *types.Package
	named   []*declared   // in the order of their declaration
	pool    []types.Type  // what variables may be
	funcs   []*types.Func // declared so far, all without side effects
	headers []header      // of the methods
	scope   []variable
	names   int // used so far
	traces  int
	labels  []string // of the loops around this place

	results  *types.Tuple // of the function around this place
	loops    int          // around this place, in the same function
	pure     bool         // no assignment to what others can see
	quiet    bool         // no printing and no fmt: String and Error methods
	closures int          // function literals around this place
}

type variable struct {
	name     string
	t        types.Type
	readOnly bool
	outer    bool // declared outside the pure function around this place
}

// n is a random number below n.
func (g *generator) n(n int) int { return g.r.IntN(n) }

// in reports true once in n times.
func (g *generator) in(n int) bool { return g.r.IntN(n) == 0 }

func pick[T any](g *generator, from []T) T { return from[g.r.IntN(len(from))] }

func (g *generator) name(prefix string) string {
	g.names++
	return fmt.Sprintf("%s%d", prefix, g.names)
}

func (g *generator) line(text string, args ...any) {
	fmt.Fprintf(&g.out, text, args...)
	g.out.WriteByte('\n')
}

// captured is what f writes.
func (g *generator) captured(f func()) string {
	before := g.out
	g.out = strings.Builder{}
	f()
	text := g.out.String()
	g.out = before
	return text
}

// block writes statements in a scope of their own.
func (g *generator) block(f func()) {
	n := len(g.scope)
	g.line("{")
	f()
	g.line("}")
	g.scope = g.scope[:n]
}

// check makes the types of the declarations known.
func (g *generator) check(declarations string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "types.go", "package main\n"+declarations+g.headerText(), parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	config := types.Config{}
	g.pkg, err = config.Check("main", fset, []*ast.File{file}, nil)
	return err
}

// text is a type as the program writes it.
func (g *generator) text(t types.Type) string {
	return types.TypeString(t, types.RelativeTo(g.pkg))
}

// paren is a type as it is written before an operand.
func (g *generator) paren(t types.Type) string {
	switch t.(type) {
	case *types.Pointer, *types.Signature, *types.Chan:
		return "(" + g.text(t) + ")"
	}
	return g.text(t)
}

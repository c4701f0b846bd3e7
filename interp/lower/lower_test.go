package lower_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gateway/interp/check"
	"gateway/interp/lower"
	"gateway/symbols"
)

// lowered checks and lowers a package and fails the test if either refuses it.
func lowered(t testing.TB, src check.Source) (*lower.Program, []check.Diagnostic) {
	t.Helper()
	rules, err := symbols.NewRules("all")
	if err != nil {
		t.Fatal(err)
	}
	pkg, diags := check.New(check.Options{Rules: rules}).Check(src)
	if pkg == nil {
		t.Fatal(diags)
	}
	p, diags := lower.Lower(pkg, lower.Options{})
	if p == nil {
		t.Fatal(diags)
	}
	return p, diags
}

func source(kind check.Kind, code string) check.Source {
	return check.Source{Name: "test", Kind: kind, Files: []check.File{{Name: "test.go", Code: code}}}
}

// TestSourceIsInTheSubset holds the lowered form of all test programs against the
// subset of Go that it promises to stay in.
func TestSourceIsInTheSubset(t *testing.T) {
	files, _ := filepath.Glob("testdata/programs/*.go")
	if len(files) == 0 {
		t.Fatal("no programs")
	}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := lowered(t, source(check.Program, string(code)))
		f, err := parser.ParseFile(token.NewFileSet(), "", p.Source, 0)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.GoStmt, *ast.IndexListExpr, *ast.SendStmt:
				t.Errorf("%s: lowered source has a %T", file, n)
			case *ast.FuncDecl:
				if n.Recv != nil || n.Type.TypeParams != nil {
					t.Errorf("%s: lowered source has the method or generic function %s", file, n.Name)
				}
			case *ast.ImportSpec:
				if n.Path.Value != `"n"` {
					t.Errorf("%s: lowered source imports %s", file, n.Path.Value)
				}
			case *ast.ReturnStmt:
				for _, r := range n.Results {
					if _, ok := r.(*ast.TypeAssertExpr); ok {
						t.Errorf("%s: lowered source returns a type assertion", file)
					}
				}
			}
			return true
		})
	}
}

func TestLoweringIsDeterministic(t *testing.T) {
	code, err := os.ReadFile("testdata/programs/generics.go")
	if err != nil {
		t.Fatal(err)
	}
	first, _ := lowered(t, source(check.Program, string(code)))
	for range 5 {
		again, _ := lowered(t, source(check.Program, string(code)))
		if again.Source != first.Source || again.Table.Key() != first.Table.Key() {
			t.Fatal("two lowerings of one source differ")
		}
	}
}

// TestPanicsHaveTheAuthorsLine runs programs that panic on the line that says so.
func TestPanicsHaveTheAuthorsLine(t *testing.T) {
	tests := map[string]string{
		"index": `
func main() {
	xs := []int{1}
	for i := range 3 {
		xs[i]++ // panics
	}
}`,
		"call over several lines": `
func f(a, b, c int) int { return a / b / c }
func g(n int) int {
	return 1 / n // panics
}
func main() {
	_ = f(
		1,
		2,
		g(0),
	)
}`,
		"method of an embedded pointer": `
type A struct{ n int }
func (a *A) get() int { return a.n } // panics
type B struct{ *A }
func main() {
	var b B
	println(b.get())
}`,
		"generic function": `
func at[T any](s []T, i int) T {
	return s[i] // panics
}
func main() { at([]string{}, 2) }`,
		"body of a range over a function": `
func seq(yield func(int) bool) { yield(1) }
func main() {
	var m map[int]int
	for i := range seq {
		m[i] = 1 // panics
	}
}`,
		"function with deferred calls": `
func main() {
	defer println("deferred")
	var p *struct{ n int }
	x := 1
	x += p.n // panics
}`,
		"interface": `
type I interface{ M() }
type T struct{}
func (T) M() { panic("in M") } // panics
func main() {
	var i I = T{}
	i.M()
}`,
		"assertion": `
func main() {
	var x any = "s"
	y := 1
	y += x.(int) // panics
}`,
		"callback of compiled code": `
import "sort"
func main() {
	xs := []int{3, 1, 2}
	sort.Slice(xs, func(i, j int) bool {
		return xs[i+5] < xs[j] // panics
	})
}`,
		"package variable": `
var zero int
var bad = 1 / zero // panics
func main() {}`,
	}
	engine := newEngine(t)
	for name, code := range tests {
		t.Run(name, func(t *testing.T) {
			code = "package main\n" + code
			want := 1 + strings.Count(code[:strings.Index(code, "// panics")], "\n")
			var stdout, stderr bytes.Buffer
			exit, err := run(engine, "test.go", code, &stdout, &stderr)
			if exit != 2 || err != nil {
				t.Fatalf("exit code %d, error %v", exit, err)
			}
			place := regexp.MustCompile(`test\.go:(\d+)`).FindStringSubmatch(stderr.String())
			if place == nil || place[1] != fmt.Sprint(want) {
				t.Errorf("want line %d in:\n%s", want, stderr.String())
			}
		})
	}
}

func TestSerial(t *testing.T) {
	const head = `package handler
import ("gateway"; "sort"; "sync"; "sync/atomic")
var (
	mu      sync.Mutex
	once    sync.Once
	counter int
	hits    atomic.Int64
	cache   = map[string]int{}
	list    []string
	conf    = &config{}
	_       = sort.Strings
)
type config struct { n int; sub struct{ m map[int]int } }
func (c *config) set(n int) { c.n = n }
func (c *config) get() int  { return c.n }
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	handle(req)
	return gateway.NoContent(), nil
}
`
	tests := []struct {
		name, code string
		variable   string // that is written; "" if the program is not serial
	}{
		{"nothing", `func handle(req *gateway.Request) { _ = counter + len(cache) + conf.get() }`, ""},
		{"assignment", `func handle(req *gateway.Request) { counter = 1 }`, "counter"},
		{"increment", `func handle(req *gateway.Request) { counter++ }`, "counter"},
		{"in a literal", `func handle(req *gateway.Request) { f := func() { counter += 2 }; f() }`, "counter"},
		{"map element", `func handle(req *gateway.Request) { cache["a"] = 1 }`, "cache"},
		{"delete", `func handle(req *gateway.Request) { delete(cache, "a") }`, "cache"},
		{"append", `func handle(req *gateway.Request) { list = append(list, "a") }`, "list"},
		{"field of a pointer", `func handle(req *gateway.Request) { conf.sub.m[1]++ }`, "conf"},
		{"method", `func handle(req *gateway.Request) { conf.set(1) }`, "conf"},
		{"parameter", `func handle(req *gateway.Request) { fill(cache) }; func fill(m map[string]int) { m["x"]++ }`, "cache"},
		{"parameter of a parameter", `func handle(req *gateway.Request) { a(cache) }; func a(m map[string]int) { b(m) }; func b(m map[string]int) { clear(m) }`, "cache"},
		{"alias", `func handle(req *gateway.Request) { c := conf; c.n = 1 }`, "conf"},
		{"address", `func handle(req *gateway.Request) { p := &counter; *p = 1 }`, "counter"},
		{"compiled function", `func handle(req *gateway.Request) { sort.Strings(list) }`, "list"},
		{"interface", `type setter interface{ set(int) }; func handle(req *gateway.Request) { var s setter = conf; s.set(1) }`, "conf"},
		{"locked", `func handle(req *gateway.Request) { mu.Lock(); defer mu.Unlock(); counter++ }`, ""},
		{"locked by the caller", `func handle(req *gateway.Request) { mu.Lock(); defer mu.Unlock(); inc() }; func inc() { counter++ }`, ""},
		{"not locked by one caller", `func handle(req *gateway.Request) { locked(); inc() }; func locked() { mu.Lock(); inc(); mu.Unlock() }; func inc() { counter++ }`, "counter"},
		{"once", `func handle(req *gateway.Request) { once.Do(func() { counter = 1 }) }`, ""},
		{"atomic", `func handle(req *gateway.Request) { hits.Add(1) }`, ""},
		{"local copy", `func handle(req *gateway.Request) { c := *conf; c.n = 1; l := list; l = nil; _ = l }`, ""},
		{"only init", `func init() { counter = 1; cache["a"] = 1 }; func handle(req *gateway.Request) {}`, ""},
		{"not reached", `func unused() { counter = 1 }; func handle(req *gateway.Request) {}`, ""},
		{"request", `func handle(req *gateway.Request) { req.Params["a"] = "b" }`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, diags := lowered(t, source(check.Handler, head+test.code))
			if p.Serial != (test.variable != "") {
				t.Fatalf("Serial is %v", p.Serial)
			}
			if !p.Serial {
				if len(diags) > 0 {
					t.Error(diags)
				}
				return
			}
			if len(diags) != 1 || diags[0].Severity != check.Warning || diags[0].Line == 0 ||
				!strings.Contains(diags[0].Message, "Handle writes package variable "+test.variable) {
				t.Errorf("warnings: %+v", diags)
			}
		})
	}
}

// TestRefused lowers what cannot be lowered. The checker refuses it first, so the
// package is made by hand.
func TestRefused(t *testing.T) {
	const code = `package main

func add(a, b int) int

func main() {
	println(1)
	println(
		add(1, 2),
	)
}
`
	pkg := &check.Package{Path: "main", Name: "main", Fset: token.NewFileSet(), Info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	f, err := parser.ParseFile(pkg.Fset, "test.go", code, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg.Files = []*ast.File{f}
	conf := types.Config{Error: func(error) {}} // the missing body
	pkg.Types, _ = conf.Check("main", pkg.Fset, pkg.Files, pkg.Info)
	p, diags := lower.Lower(pkg, lower.Options{})
	if p != nil || len(diags) != 1 {
		t.Fatalf("program %v, diagnostics %v", p, diags)
	}
	if d := diags[0]; d.Code != "unsupported-no-body" || d.Severity != check.Error || d.File != "test.go" || d.Line != 7 || d.Hint == "" {
		t.Errorf("got %+v", d)
	}
}

func TestEntries(t *testing.T) {
	const code = `package handler
import "gateway"
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) { return nil, nil }
`
	p, _ := lowered(t, source(check.Handler, code))
	if len(p.Entries) != 1 || p.Entries[0] != "Handle" || !strings.Contains(p.Source, `rt_ready("Handle", `) {
		t.Errorf("entries %v", p.Entries)
	}
}

func BenchmarkLower(b *testing.B) {
	for _, name := range []string{"generics", "native-code", "closures-and-functions"} {
		code, err := os.ReadFile("testdata/programs/" + name + ".go")
		if err != nil {
			b.Fatal(err)
		}
		rules, err := symbols.NewRules("all")
		if err != nil {
			b.Fatal(err)
		}
		pkg, diags := check.New(check.Options{Rules: rules}).Check(source(check.Program, string(code)))
		if pkg == nil {
			b.Fatal(diags)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if p, _ := lower.Lower(pkg, lower.Options{}); p == nil {
					b.Fatal("refused")
				}
			}
		})
	}
}

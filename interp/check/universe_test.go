package check_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gateway/interp/check"
	"gateway/symbols"
)

// mustCheck checks one file and fails the test on any diagnostic.
func mustCheck(t testing.TB, c *check.Checker, kind check.Kind, code string) *check.Package {
	t.Helper()
	pkg, diags := c.Check(check.Source{Kind: kind, Path: libraryPath(kind), Files: []check.File{{Name: "x.go", Code: code}}})
	for _, d := range diags {
		t.Errorf("%v", d)
	}
	if pkg == nil {
		t.FailNow()
	}
	return pkg
}

func libraryPath(kind check.Kind) string {
	if kind == check.Library {
		return "lib/x"
	}
	return ""
}

func checkerFor(t testing.TB, words ...string) *check.Checker {
	t.Helper()
	rules, err := symbols.NewRules(words...)
	if err != nil {
		t.Fatal(err)
	}
	return check.New(check.Options{Rules: rules})
}

// TestObjectsOfSource follows uses of generic standard library code to the
// declarations that Imports holds.
func TestObjectsOfSource(t *testing.T) {
	pkg := mustCheck(t, check.New(check.Options{}), check.Library, `package x

import (
	"errors"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

var (
	sorted   = slices.Sorted(maps.Keys(map[string]int{}))
	once     = sync.OnceValue(func() int { return 1 })
	ptr      atomic.Pointer[string]
	loaded   = ptr.Load()
	seq      iter.Seq[string] = strings.SplitSeq("a,b", ",")
	found, _ = errors.AsType[*fs.PathError](nil)
)
`)
	decls := map[types.Object]*ast.FuncDecl{}
	var order []string
	for _, imp := range pkg.Imports {
		order = append(order, imp.Path)
		if !imp.Standard {
			t.Errorf("%s is not marked as standard", imp.Path)
		}
		for _, dep := range imp.Imports {
			if !strings.Contains(strings.Join(order, " ")+" ", dep.Path+" ") {
				t.Errorf("%s comes before %s, which it imports", imp.Path, dep.Path)
			}
		}
		for _, f := range imp.Files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok {
					decls[imp.Info.Defs[fn.Name]] = fn
				}
			}
		}
	}
	for _, name := range []string{"Sorted", "Keys", "OnceValue", "Load", "AsType"} {
		found := false
		for id, obj := range pkg.Info.Uses {
			fn, ok := obj.(*types.Func)
			if !ok || id.Name != name {
				continue
			}
			found = true
			decl := decls[fn.Origin()]
			if decl == nil || decl.Body == nil {
				t.Errorf("no body for %s", fn.FullName())
			} else if at := pkg.Fset.Position(decl.Pos()); !strings.HasPrefix(at.Filename, fn.Pkg().Path()+"/") {
				t.Errorf("%s is at %s", fn.FullName(), at)
			}
		}
		if !found {
			t.Errorf("no use of %s", name)
		}
	}
	// strings has export data, iter is checked from source: the types are one.
	seq := pkg.Types.Scope().Lookup("seq").Type().(*types.Named).Origin().Obj()
	for _, imp := range pkg.Imports {
		if imp.Path == "iter" && imp.Types.Scope().Lookup("Seq") != seq {
			t.Error("iter.Seq of strings is another than that of iter")
		}
	}
}

// TestEveryPackage imports every package of the list, alone and all together, with a
// use of each exported name.
func TestEveryPackage(t *testing.T) {
	rules, err := symbols.NewRules(symbols.All)
	if err != nil {
		t.Fatal(err)
	}
	shared := check.New(check.Options{Rules: rules})
	var imports strings.Builder
	for _, path := range rules.Packages() {
		name, _ := symbols.PackageName(path)
		exports, ok := symbols.Package(path)
		if !ok {
			t.Errorf("no table of %s", path)
			continue
		}
		var uses strings.Builder
		for name := range exports {
			if !ast.IsExported(name) {
				continue
			}
			if symbols.Type(path, name) != nil {
				fmt.Fprintf(&uses, "var _ *p.%s\n", name)
			} else {
				fmt.Fprintf(&uses, "func _() { use(p.%s) }\n", name)
			}
		}
		alias := "p"
		if uses.Len() == 0 { // everything in it is generic
			alias = "_"
		}
		code := fmt.Sprintf("package x\n\nimport %s %q\n\nfunc use[T any](T) {}\n%s", alias, path, fixOverflow(uses.String()))
		mustCheck(t, check.New(check.Options{Rules: rules}), check.Library, code)
		mustCheck(t, shared, check.Library, code)
		fmt.Fprintf(&imports, "import _ %q // %s\n", path, name)
	}
	mustCheck(t, check.New(check.Options{Rules: rules}), check.Library, "package x\n"+imports.String())
}

// fixOverflow converts the untyped constants that no int can hold.
func fixOverflow(uses string) string {
	for _, name := range []string{"p.MaxUint64", "p.MaxUint", "p.MaxUintptr", "p.ECMA", "p.ISO"} {
		uses = strings.ReplaceAll(uses, "use("+name+")", "use(uint64("+name+"))")
	}
	return uses
}

// TestPlatformConstants sees the constants of this platform, not of that which the type
// data was made on.
func TestPlatformConstants(t *testing.T) {
	pkg := mustCheck(t, checkerFor(t, symbols.All), check.Library, `package x

import (
	"math"
	"os"
	"runtime"
	"strconv"
)

const (
	goos  = runtime.GOOS
	arch  = runtime.GOARCH
	size  = strconv.IntSize
	sep   = os.PathSeparator
	large = math.MaxInt
)

var _ rune = sep
`)
	for name, want := range map[string]any{
		"goos": strconv.Quote(runtime.GOOS), "arch": strconv.Quote(runtime.GOARCH), "size": strconv.IntSize,
		"sep": os.PathSeparator, "large": math.MaxInt,
	} {
		got := pkg.Types.Scope().Lookup(name).(*types.Const).Val().ExactString()
		if got != fmt.Sprint(want) {
			t.Errorf("%s is %s, want %v", name, got, want)
		}
	}
}

// TestConcurrentChecks loads packages from many goroutines at once.
func TestConcurrentChecks(t *testing.T) {
	c := checkerFor(t, symbols.All)
	var wg sync.WaitGroup
	for i, path := range symbols.Paths() {
		wg.Go(func() {
			code := fmt.Sprintf(`package x

import (
	p %q
	_ "net/http"
	"slices"
	"strings"
)

type T[E any] struct{ items []E }

func (t *T[E]) add(e E) { t.items = append(t.items, e) }

func f%d() []string {
	t := T[string]{}
	t.add(strings.ToUpper("x"))
	return slices.Sorted(slices.Values(t.items))
}
`, path, i)
			_, diags := c.Check(check.Source{Kind: check.Library, Path: "lib/x", Files: []check.File{{Name: "x.go", Code: code}}})
			for _, d := range diags {
				if d.Code != "unused-import" {
					t.Errorf("%s: %v", path, d)
				}
			}
		})
	}
	wg.Wait()
}

// TestWithoutToolchain checks in a process that can find no toolchain.
func TestWithoutToolchain(t *testing.T) {
	if os.Getenv("CHECK_WITHOUT_TOOLCHAIN") == "" {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestWithoutToolchain$", "-test.v")
		cmd.Env = []string{"CHECK_WITHOUT_TOOLCHAIN=1", "GOROOT=/nonexistent", "GOCACHE=/nonexistent", "PATH=", "HOME=/nonexistent"}
		cmd.Dir = t.TempDir()
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "handlers: 1") {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	pkg := mustCheck(t, check.New(check.Options{}), check.Handler, handlerCode)
	fmt.Println("handlers:", len(pkg.Handlers))
}

// handlerCode is an ordinary handler of 50 lines.
const handlerCode = `package handler

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"gateway"
)

type Item struct {
	ID    int     ` + "`json:\"id\"`" + `
	Price float64 ` + "`json:\"price\"`" + `
}

var ErrEmpty = errors.New("empty")

func total[T any](xs []T, f func(T) float64) (s float64) {
	for _, x := range xs {
		s += f(x)
	}
	return
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var items []Item
	if err := json.Unmarshal(req.Body, &items); err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	if len(items) == 0 {
		return nil, ErrEmpty
	}
	c, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	slices.SortFunc(items, func(a, b Item) int { return a.ID - b.ID })
	h := sha256.Sum256(req.Body)
	r, err := http.NewRequestWithContext(c, http.MethodGet, "http://x/"+strings.ToLower(req.Path), nil)
	if err != nil {
		return nil, err
	}
	return gateway.OK(map[string]any{
		"total": total(items, func(i Item) float64 { return i.Price }),
		"hash":  fmt.Sprintf("%x", h),
		"url":   r.URL.String(),
	}), nil
}
`

func BenchmarkFirstCheck(b *testing.B) {
	for b.Loop() {
		mustCheck(b, check.New(check.Options{}), check.Handler, handlerCode)
	}
}

func BenchmarkWarmCheck(b *testing.B) {
	c := check.New(check.Options{})
	for b.Loop() {
		mustCheck(b, c, check.Handler, handlerCode)
	}
}

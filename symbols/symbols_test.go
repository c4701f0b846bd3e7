package symbols_test

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"math"
	"os"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/gcexportdata"

	"gateway/symbols"
)

func TestPackage(t *testing.T) {
	if _, ok := symbols.Package("no/such"); ok {
		t.Error("a table of a package that does not exist")
	}
	exports, ok := symbols.Package("strings")
	if !ok {
		t.Fatal("no table of strings")
	}
	if upper, ok := exports["ToUpper"].Interface().(func(string) string); !ok || upper("a") != "A" {
		t.Error("strings.ToUpper is not the function")
	}
	if b := exports["Builder"]; b.Type() != reflect.TypeFor[*strings.Builder]() || !b.IsNil() {
		t.Errorf("strings.Builder is %v", b)
	}
	exports, _ = symbols.Package("io")
	if eof := exports["EOF"]; !eof.CanAddr() || eof.Interface() != io.EOF || eof.Addr().Interface() != &io.EOF {
		t.Errorf("io.EOF is %v", eof)
	}
	exports, _ = symbols.Package("os")
	if stdout := exports["Stdout"]; stdout.Addr().Interface() != &os.Stdout {
		t.Errorf("os.Stdout is %v", stdout)
	}
	if name, _ := symbols.PackageName("math/rand/v2"); name != "rand" {
		t.Errorf("package name of math/rand/v2 is %q", name)
	}
}

func TestType(t *testing.T) {
	tests := []struct {
		path, name string
		want       reflect.Type
	}{
		{"strings", "Builder", reflect.TypeFor[strings.Builder]()},
		{"io", "Reader", reflect.TypeFor[io.Reader]()},
		{"io", "EOF", nil},
		{"strings", "ToUpper", nil},
		{"strings", "Nothing", nil},
		{"no/such", "T", nil},
		{"cmp", "Ordered", nil}, // a constraint
		{"iter", "Seq", nil},    // generic
	}
	for _, test := range tests {
		if got := symbols.Type(test.path, test.name); got != test.want {
			t.Errorf("%s.%s: got %v, want %v", test.path, test.name, got, test.want)
		}
	}
}

func TestUntypedConstants(t *testing.T) {
	exports, _ := symbols.Package("math")
	tests := []struct {
		name string
		want float64
	}{
		{"Pi", math.Pi}, {"MaxFloat64", math.MaxFloat64}, {"SmallestNonzeroFloat64", math.SmallestNonzeroFloat64},
		{"MaxInt64", math.MaxInt64}, {"MinInt64", math.MinInt64}, {"MaxUint64", math.MaxUint64}, {"Sqrt2", math.Sqrt2},
	}
	for _, test := range tests {
		v, ok := exports[test.name].Interface().(constant.Value)
		if !ok {
			t.Errorf("math.%s is %v", test.name, exports[test.name])
			continue
		}
		if got, _ := constant.Float64Val(v); got != test.want {
			t.Errorf("math.%s = %v, want %v", test.name, got, test.want)
		}
	}
	// Exactly, not only as a float64: 62 digits.
	pi := constant.MakeFromLiteral("3.14159265358979323846264338327950288419716939937510582097494459", token.FLOAT, 0)
	if got := exports["Pi"].Interface().(constant.Value); !constant.Compare(got, token.EQL, pi) {
		t.Errorf("math.Pi = %v", got.ExactString())
	}
	exports, _ = symbols.Package("time")
	if got := constant.StringVal(exports["RFC3339"].Interface().(constant.Value)); got != "2006-01-02T15:04:05Z07:00" {
		t.Errorf("time.RFC3339 = %q", got)
	}
	if got := exports["Second"].Interface(); reflect.TypeOf(got).String() != "time.Duration" {
		t.Errorf("time.Second is a %T", got)
	}
	exports, _ = symbols.Package("strconv")
	if got := exports["IntSize"].Interface().(constant.Value); got.ExactString() != "64" {
		t.Errorf("strconv.IntSize = %v", got)
	}
}

// A loader reads packages as the embedded data demands: what has a source is checked
// from it, and before data that refers to it is read.
type loader struct {
	t    *testing.T
	fset *token.FileSet
	pkgs map[string]*types.Package
	// names are the objects of each package when it was complete.
	names map[string][]string
}

func newLoader(t *testing.T) *loader {
	return &loader{t, token.NewFileSet(), map[string]*types.Package{"unsafe": types.Unsafe}, map[string][]string{}}
}

func (l *loader) Import(path string) (*types.Package, error) {
	if p := l.pkgs[path]; p != nil && p.Complete() {
		return p, nil
	}
	pkg, err := l.load(path)
	if err != nil {
		l.t.Fatalf("%s: %v", path, err)
	}
	l.pkgs[path] = pkg
	l.names[path] = pkg.Scope().Names()
	return pkg, nil
}

func (l *loader) load(path string) (*types.Package, error) {
	if files, ok := symbols.Source(path); ok {
		var parsed []*ast.File
		for _, src := range files {
			f, err := parser.ParseFile(l.fset, src.Name, src.Code, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			for _, spec := range f.Imports {
				l.Import(strings.Trim(spec.Path.Value, `"`))
			}
			parsed = append(parsed, f)
		}
		return (&types.Config{Importer: l}).Check(path, l.fset, parsed, nil)
	}
	data := symbols.TypeData()
	for _, need := range data.Needs(path) {
		l.Import(need)
	}
	export, err := data.Export(path)
	if err != nil {
		return nil, err
	}
	return gcexportdata.Read(bytes.NewReader(export), l.fset, l.pkgs, path)
}

// TestTablesMatchTypes compares tables with type data: what the checker accepts has a
// value of the same kind, or a source.
func TestTablesMatchTypes(t *testing.T) {
	l := newLoader(t)
	rules, err := symbols.NewRules(symbols.All)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range symbols.Paths() {
		pkg, _ := l.Import(path)
		exports, ok := symbols.Package(path)
		if !ok {
			t.Errorf("no table of %s", path)
			continue
		}
		if name, _ := symbols.PackageName(path); name != pkg.Name() {
			t.Errorf("%s is package %s, not %s", path, pkg.Name(), name)
		}
		for _, name := range pkg.Scope().Names() {
			obj := pkg.Scope().Lookup(name)
			if !obj.Exported() || rules.Symbol(path, name) != nil {
				continue
			}
			if problem := compare(obj, exports[name], path); problem != "" {
				t.Errorf("%s.%s %s", path, name, problem)
			}
		}
		for name := range exports {
			if ast.IsExported(name) && pkg.Scope().Lookup(name) == nil {
				t.Errorf("%s.%s is in the table only", path, name)
			}
		}
	}
}

// compare returns what is wrong with the value of an object, or nothing.
func compare(obj types.Object, v reflect.Value, path string) string {
	generic := false
	switch t := obj.Type().(type) {
	case *types.Signature:
		generic = t.TypeParams().Len() > 0
	case *types.Named:
		_, isType := obj.(*types.TypeName)
		generic = isType && t.TypeParams().Len() > 0
	}
	if iface, ok := obj.Type().Underlying().(*types.Interface); ok && !iface.IsMethodSet() {
		generic = true // a constraint
	}
	switch {
	case generic && v.IsValid():
		return "is generic and has a value"
	case generic && !symbols.HasSource(path):
		return "is generic and has no source"
	case generic:
		return ""
	case !v.IsValid():
		return "has no value"
	}
	switch obj := obj.(type) {
	case *types.Func:
		if v.Kind() != reflect.Func || v.Type().NumIn() != obj.Signature().Params().Len() || v.Type().NumOut() != obj.Signature().Results().Len() {
			return "is " + v.Type().String()
		}
	case *types.Var:
		if !v.CanAddr() {
			return "is not addressable"
		}
	case *types.TypeName:
		if v.Kind() != reflect.Pointer || !v.IsNil() {
			return "is not a nil pointer to a type"
		}
	case *types.Const:
		basic, ok := obj.Type().(*types.Basic)
		_, untyped := v.Interface().(constant.Value)
		if untyped != (ok && basic.Info()&types.IsUntyped != 0) {
			return "has the wrong kind of constant"
		}
		if c, ok := v.Interface().(constant.Value); ok && !constant.Compare(c, token.EQL, obj.Val()) {
			return "is " + c.ExactString() + ", not " + obj.Val().ExactString()
		}
	}
	return ""
}

// TestCompletePackagesStay holds what package check relies on when it uses packages
// without a lock: reading data never adds to a package that is complete.
func TestCompletePackagesStay(t *testing.T) {
	l := newLoader(t)
	for _, path := range symbols.Paths() {
		l.Import(path)
	}
	for path, names := range l.names {
		if now := l.pkgs[path].Scope().Names(); !reflect.DeepEqual(names, now) {
			t.Errorf("%s had %v, has %v", path, names, now)
		}
	}
}

// TestSourcesHaveNatives finds the value of everything that a source declares without
// a body.
func TestSourcesHaveNatives(t *testing.T) {
	found := 0
	for _, path := range symbols.Paths() {
		files, ok := symbols.Source(path)
		if ok != symbols.HasSource(path) {
			t.Errorf("%s: Source and HasSource differ", path)
		}
		exports, _ := symbols.Package(path)
		for _, src := range files {
			f, err := parser.ParseFile(token.NewFileSet(), src.Name, src.Code, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Body != nil || fn.Recv != nil {
					continue
				}
				found++
				v := exports[fn.Name.Name]
				if !v.IsValid() || v.Kind() != reflect.Func {
					t.Errorf("%s.%s has no value", path, fn.Name.Name)
				} else if v.Type().NumIn() != fn.Type.Params.NumFields() || v.Type().NumOut() != fn.Type.Results.NumFields() {
					t.Errorf("%s.%s is %v", path, fn.Name.Name, v.Type())
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d functions without a body", found)
	}
}

func TestSourceKeepsLines(t *testing.T) {
	// A panic in generic code is shown at its line in the toolchain's file.
	files, _ := symbols.Source("slices")
	for _, f := range files {
		if f.Name == "slices/slices.go" {
			line := 1 + strings.Count(f.Code[:strings.Index(f.Code, "func Repeat[")], "\n")
			if line < 400 {
				t.Errorf("slices.Repeat is at line %d", line)
			}
			return
		}
	}
	t.Error("no slices/slices.go")
}

// TestPlatformConstants holds the kinds against the type data, which has the values of
// linux/amd64.
func TestPlatformConstants(t *testing.T) {
	l := newLoader(t)
	found := 0
	for _, path := range symbols.Paths() {
		for name, c := range symbols.PlatformConstants(path) {
			found++
			pkg, _ := l.Import(path)
			obj, ok := pkg.Scope().Lookup(name).(*types.Const)
			if !ok || obj.Type() != c.Type {
				t.Errorf("%s.%s is %v, not a constant of type %v", path, name, obj, c.Type)
				continue
			}
			if runtime.GOOS == "linux" && runtime.GOARCH == "amd64" && !constant.Compare(obj.Val(), token.EQL, c.Value) {
				t.Errorf("%s.%s is %v in the type data and %v here", path, name, obj.Val(), c.Value)
			}
			exports, _ := symbols.Package(path)
			if v, ok := exports[name].Interface().(constant.Value); ok && !constant.Compare(v, token.EQL, c.Value) {
				t.Errorf("%s.%s is %v in the table", path, name, exports[name])
			}
		}
	}
	if found == 0 {
		t.Error("there are none")
	}
}

func TestConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, path := range symbols.Paths() {
				if exports, ok := symbols.Package(path); !ok || exports == nil {
					t.Errorf("no table of %s", path)
				}
				symbols.Source(path)
			}
		})
	}
	wg.Wait()
}

package check_test

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gateway/interp/check"
)

func TestHandlers(t *testing.T) {
	c := check.New(check.Options{})
	pkg := mustCheck(t, c, check.Handler, `package anything
import "gateway"
func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response { return nil }
`)
	if len(pkg.Handlers) != 1 || pkg.Handlers[0].Name != "Handle" || pkg.Handlers[0].ReturnsError || pkg.Handlers[0].Routes != nil {
		t.Errorf("handlers are %+v", pkg.Handlers)
	}
	if pkg.Path != "anything" || pkg.Name != "anything" {
		t.Errorf("package %s at %s", pkg.Name, pkg.Path)
	}
	pkg = mustCheck(t, c, check.Script, `package scripts

import "gateway"

// list says what there is.
//
//gateway:route GET,HEAD /pets timeout=2s
//gateway:route	ANY /pets/{id}/{rest...}  domain=api.example.com   max_concurrency=3
func list(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) { return helper(), nil }

func helper() *gateway.Response { return nil }

//gateway:route DELETE /
func Remove(ctx *gateway.Context, req *gateway.Request) *gateway.Response { return nil }
`)
	if len(pkg.Handlers) != 2 {
		t.Fatalf("handlers are %+v", pkg.Handlers)
	}
	list, remove := pkg.Handlers[0], pkg.Handlers[1]
	want := []check.Route{
		{Method: "GET", Path: "/pets", Settings: map[string]string{"timeout": "2s"}, File: "x.go", Line: 7},
		{Method: "HEAD", Path: "/pets", Settings: map[string]string{"timeout": "2s"}, File: "x.go", Line: 7},
		{Method: "ANY", Path: "/pets/{id}/{rest...}", Settings: map[string]string{"domain": "api.example.com", "max_concurrency": "3"}, File: "x.go", Line: 8},
	}
	if list.Name != "list" || !list.ReturnsError || !reflect.DeepEqual(list.Routes, want) {
		t.Errorf("list is %+v", list)
	}
	if remove.Name != "Remove" || remove.ReturnsError || len(remove.Routes) != 1 || remove.Routes[0].Method != "DELETE" {
		t.Errorf("Remove is %+v", remove)
	}
	if list.Decl.Name.Name != "list" || pkg.Info.Defs[list.Decl.Name] != list.Func {
		t.Error("declaration and object differ")
	}
}

// TestPackages checks a script with further source packages.
func TestPackages(t *testing.T) {
	other := "windows"
	if runtime.GOOS == other {
		other = "linux"
	}
	src := check.Source{
		Files: []check.File{{Name: "handler.go", Code: `package handler

import (
	"gateway"
	"lib/a"
	m "example.com/module/v2"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.OK(a.Double(m.Value)), nil
}
`}},
		Packages: map[string][]check.File{
			"lib/a": {{Name: "lib/a/a.go", Code: "package a\nimport \"lib/b\"\nfunc Double(n b.Number) b.Number { return b.Add(n, n) }\n"}},
			"lib/b": {{Name: "lib/b/b.go", Code: "package b\ntype Number int\nfunc Add[N ~int](x, y N) N { return x + y }\n"}},
			"example.com/module/v2": {
				{Name: "module/value.go", Code: "package module\n"},
				{Name: "module/value_" + other + ".go", Code: "package module\nconst Value = wrong\n"},
				{Name: "module/unsafe.go", Code: "//go:build !purego\n\npackage module\nimport \"unsafe\"\nconst Value = wrong\n"},
				{Name: "module/safe.go", Code: "// Comment.\n\n//go:build purego && " + runtime.GOOS + " && go1.21\n\npackage module\nconst Value = 21\n"},
				{Name: "module/value_test.go", Code: "package module\nconst Value = wrong\n"},
				{Name: "module/future.go", Code: "//go:build go1.99\n\npackage module\nconst Value = wrong\n"},
				{Name: "module/old.go", Code: "//go:build ignore\n\npackage main\n"},
				{Name: "module/loop.go", Code: "package module\nfunc loop() { for i := 0; i < 3; i++ { defer func() { _ = i }() } }\n"},
			},
			"lib/unused": {{Name: "lib/unused/x.go", Code: "not Go at all"}},
		},
		Versions: map[string]string{"example.com/module/v2": "go1.20"},
	}
	pkg, diags := check.New(check.Options{}).Check(src)
	if pkg == nil || len(diags) > 0 {
		t.Fatalf("diagnostics: %v", diags)
	}
	var paths []string
	for _, p := range pkg.Imports {
		paths = append(paths, p.Path)
	}
	if slices.Index(paths, "lib/b") > slices.Index(paths, "lib/a") || !slices.Contains(paths, "example.com/module/v2") || slices.Contains(paths, "lib/unused") {
		t.Errorf("imports are %v", paths)
	}
	if !slices.Equal(pkg.Native, []string{"gateway"}) {
		t.Errorf("native packages are %v", pkg.Native)
	}
	for _, p := range pkg.Imports {
		if p.Path != "example.com/module/v2" {
			continue
		}
		for _, f := range p.Files {
			if v := p.Info.FileVersions[f]; v != "go1.20" && v != "go1.21" {
				t.Errorf("%s has version %q", p.Fset.Position(f.Package).Filename, v)
			}
		}
		if len(p.Files) != 3 {
			t.Errorf("%d files", len(p.Files))
		}
	}
}

// TestLibrary checks a library that others import: what is saved under its name does
// not count.
func TestLibrary(t *testing.T) {
	src := check.Source{
		Kind: check.Library, Path: "lib/a",
		Files: []check.File{{Name: "a.go", Code: "package a\nimport \"lib/b\"\nvar X = b.Y\n"}},
		Packages: map[string][]check.File{
			"lib/a": {{Name: "old.go", Code: "package a\nvar X = 1\n"}},
			"lib/b": {{Name: "b.go", Code: "package b\nvar Y = 1\n"}},
		},
	}
	c := check.New(check.Options{})
	if pkg, diags := c.Check(src); pkg == nil || pkg.Path != "lib/a" {
		t.Fatalf("package %+v, %v", pkg, diags)
	}
	src.Packages["lib/b"][0].Code = "package b\nimport \"lib/a\"\nvar Y = a.X\n"
	pkg, diags := c.Check(src)
	if pkg != nil || len(diags) != 1 || diags[0].Code != "import-cycle" || !strings.Contains(diags[0].Message, "lib/a imports lib/b imports lib/a") {
		t.Errorf("got %v", diags)
	}
}

func TestInfoIsComplete(t *testing.T) {
	pkg := mustCheck(t, check.New(check.Options{}), check.Handler, handlerCode)
	info := reflect.ValueOf(*pkg.Info)
	for i := range info.NumField() {
		name := info.Type().Field(i).Name
		if f := info.Field(i); f.Kind() == reflect.Map && f.Len() == 0 && name != "Scopes" {
			t.Errorf("Info.%s is empty", name)
		}
	}
	if len(pkg.Info.InitOrder) != 1 {
		t.Errorf("init order %v", pkg.Info.InitOrder)
	}
	for _, p := range pkg.Imports {
		if p.Standard && len(p.Info.Types) == 0 {
			t.Errorf("%s has no types", p.Path)
		}
	}
}

func TestParseRouteErrors(t *testing.T) {
	for _, text := range []string{
		"", "// gateway:route GET /", "//gateway:routes GET /", "//gateway:route", "//gateway:route GET",
		"//gateway:route GET /a/../b", "//gateway:route GET /{a", "//gateway:route GET /{}", "//gateway:route GET /{1a}",
		"//gateway:route GET /a?b", "//gateway:route GET /a min_workers=-1", "//gateway:route GET /a max_workers=0",
		"//gateway:route GET /a timeout=0s", "//gateway:route GET /a domain=", "//gateway:route GET, /a",
		"//gateway:route GET /" + strings.Repeat("a", 1024), "//gateway:route GET " + strings.Repeat("/a", 65),
	} {
		if routes, err := check.ParseRoute(text); err == nil {
			t.Errorf("%q is accepted: %v", text, routes)
		}
	}
}

func ExampleChecker_Check() {
	checker := check.New(check.Options{})
	_, diagnostics := checker.Check(check.Source{Files: []check.File{{Name: "hello.go", Code: `package handler

import (
	"os"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	var greeting int = "Hello"
	return gateway.OK(greeting + os.Getenv("NAME"))
}
`}}})
	for _, d := range diagnostics {
		fmt.Println(d)
	}
	// Output:
	// hello.go:4:2: package "os" is outside the sandbox; the setting sandbox.allow = ["os"] would allow it
	// hello.go:10:21: cannot use "Hello" (untyped string constant) as int value in variable declaration
	// hello.go:11:20: invalid operation: greeting + os.Getenv("NAME") (mismatched types int and string)
}

// TestMissingPackages reports why a package cannot be had, and not that its name is
// undefined.
func TestMissingPackages(t *testing.T) {
	const code = `package handler

import (
	"gateway"

	"example.com/go-money"
	"example.com/yaml.v3"
	"example.com/semver/v3"
	other "example.com/other"
)

func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	return gateway.OK([]any{money.A, yaml.A, semver.A, other.A, unknown})
}
`
	src := check.Source{Files: []check.File{{Name: "handler.go", Code: code}}, Missing: map[string]check.Missing{}}
	for _, path := range []string{"example.com/go-money", "example.com/yaml.v3", "example.com/semver/v3", "example.com/other"} {
		src.Missing[path] = check.Missing{Message: "no " + path, Hint: "get it"}
	}
	_, diags := check.New(check.Options{}).Check(src)
	var got []string
	for _, d := range diags {
		got = append(got, fmt.Sprintf("%d %s %s (%s)", d.Line, d.Code, d.Message, d.Hint))
	}
	want := []string{
		"6 import-missing no example.com/go-money (get it)", "7 import-missing no example.com/yaml.v3 (get it)",
		"8 import-missing no example.com/semver/v3 (get it)", "9 import-missing no example.com/other (get it)",
		"13 undeclared-name undefined: unknown ()",
	}
	if !slices.Equal(got, want) {
		t.Errorf("diagnostics are\n%s", strings.Join(got, "\n"))
	}
}

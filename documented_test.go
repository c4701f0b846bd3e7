package gateway_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestEverythingIsDocumented holds that every exported function, type and method of the
// SDK has a doc comment and an example.
func TestEverythingIsDocumented(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files, tests []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			tests = append(tests, f)
		} else {
			files = append(files, f)
		}
	}
	examples := map[string]bool{}
	for _, e := range doc.Examples(tests...) {
		examples[e.Name] = true
		for name := e.Name; strings.Contains(name, "_"); { // Type_Method_variant, of Type_Method
			name = name[:strings.LastIndexByte(name, '_')]
			examples[name] = true
		}
	}
	pkg, err := doc.NewFromFiles(fset, files, "gateway")
	if err != nil {
		t.Fatal(err)
	}
	check := func(name, text string) {
		if text == "" {
			t.Errorf("%s has no doc comment", name)
		}
		if !examples[name] {
			t.Errorf("%s has no example: write func Example%s", name, name)
		}
	}
	funcs := pkg.Funcs
	for _, typ := range pkg.Types {
		check(typ.Name, typ.Doc)
		for _, m := range typ.Methods {
			check(typ.Name+"_"+m.Name, m.Doc)
		}
		funcs = append(funcs, typ.Funcs...)
	}
	for _, f := range funcs {
		check(f.Name, f.Doc)
	}
}

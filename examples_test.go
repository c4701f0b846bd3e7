package gateway_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryNameHasAnExample holds that whatever a handler's author can type is shown in use: the examples are what
// the documentation shows. Codes are shown by ExampleCode, handles of services by the examples of their methods.
func TestEveryNameHasAnExample(t *testing.T) {
	examples := map[string]bool{}
	tests, err := filepath.Glob("example_*_test.go")
	if err != nil || len(tests) == 0 {
		t.Fatal(tests, err)
	}
	for _, name := range tests {
		for _, decl := range parse(t, name).Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && strings.HasPrefix(fn.Name.Name, "Example") {
				examples[strings.TrimPrefix(fn.Name.Name, "Example")] = true
			}
		}
	}
	for _, name := range []string{"request.go", "response.go", "error.go", "context.go", "stream.go", "multipart.go", "http.go"} {
		for _, exported := range exportedNames(parse(t, name)) {
			if !examples[exported] {
				t.Errorf("%s: there is no Example%s", name, exported)
			}
		}
	}
}

func parse(t *testing.T, name string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// exportedNames gives the functions, types and methods of a file, methods as Type_Method.
func exportedNames(f *ast.File) (names []string) {
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				receiver := d.Recv.List[0].Type
				if star, ok := receiver.(*ast.StarExpr); ok {
					receiver = star.X
				}
				name = receiver.(*ast.Ident).Name + "_" + name
			}
			if ast.IsExported(name) && d.Name.IsExported() {
				names = append(names, name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if s, ok := spec.(*ast.TypeSpec); ok && s.Name.IsExported() {
					names = append(names, s.Name.Name)
				}
			}
		}
	}
	return names
}

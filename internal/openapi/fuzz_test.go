package openapi_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
	"testing"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
)

// FuzzRead reads anything: it is refused with a reason, or gives operations with routes that the catalog takes, names
// that are there once, and handlers that are Go.
func FuzzRead(f *testing.F) {
	everything, err := os.ReadFile("testdata/everything.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(everything)
	f.Add([]byte(minimal("  /pets/{a-b}: {get: {operationId: x, parameters: [{in: query, name: y, schema: {type: integer}}]}}")))
	f.Add([]byte(`{"openapi":"3.1.0","servers":[{"url":"/v1"}],"paths":{"/a":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":["object","null"],"properties":{"a":{"type":"string"}}}}}}}}}}`))
	f.Add([]byte("a: &a {<<: *a, b: [*a]}"))
	f.Fuzz(func(t *testing.T, spec []byte) {
		doc, err := openapi.Read(spec)
		if err != nil {
			var refused *openapi.Error
			if !errors.As(err, &refused) || len(refused.Problems) == 0 || err.Error() == "" {
				t.Fatalf("refused with %#v", err)
			}
			return
		}
		names := make(map[string]bool)
		for _, o := range doc.Operations {
			endpoint := catalog.Endpoint{Name: o.Name, Method: o.Method, Path: o.Path, Description: o.Description}
			endpoint.Normalize()
			if err := endpoint.Validate(); err != nil || names[o.Name] || endpoint.Name != o.Name {
				t.Fatalf("%s %s %q: %v", o.Method, o.Path, o.Name, err)
			}
			names[o.Name] = true
			code, err := o.Stub()
			if err != nil {
				t.Fatal(err)
			}
			typeCheck(t, code)
		}
	})
}

// typeCheck looks for what is wrong with code whatever the SDK is: the whole check, which TestStubs has, is too slow
// here.
func typeCheck(t *testing.T, code string) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "handler.go", code, 0)
	if err != nil {
		t.Fatalf("%v in\n%s", err, code)
	}
	config := types.Config{Error: func(err error) {
		if !strings.Contains(err.Error(), "gateway") {
			t.Fatalf("%v in\n%s", err, code)
		}
	}}
	_, _ = config.Check("handler", set, []*ast.File{file}, nil) // the errors went to Error
}

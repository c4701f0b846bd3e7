package openapi_test

import (
	"errors"
	"os"
	"testing"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
	"gateway/interp/check"
)

// FuzzRead reads anything: it is refused with a reason, or gives operations with routes that the catalog takes, names
// that are there once, and handlers that the gateway's own check lets pass without a warning.
func FuzzRead(f *testing.F) {
	everything, err := os.ReadFile("testdata/everything.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(everything)
	f.Add([]byte(minimal("  /pets/{a-b}: {get: {operationId: x, parameters: [{in: query, name: y, schema: {type: integer}}]}}")))
	f.Add([]byte(`{"openapi":"3.1.0","servers":[{"url":"/v1"}],"paths":{"/a":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":["object","null"],"properties":{"a":{"type":"string"}}}}}}}}}}`))
	f.Add([]byte("a: &a {<<: *a, b: [*a]}"))
	e := engine(f)
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
		for i, o := range doc.Operations {
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
			if i > 3 {
				continue // the check takes its time
			}
			p, err := e.Compile(t.Context(), check.Source{Name: o.Name, Kind: check.Handler, Files: []check.File{{Name: "handler.go", Code: code}}})
			if err != nil {
				t.Fatalf("%v in\n%s", err, code)
			}
			if found := p.Warnings(); len(found) > 0 {
				t.Fatalf("%v in\n%s", found, code)
			}
		}
	})
}

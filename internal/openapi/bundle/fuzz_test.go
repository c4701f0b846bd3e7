package bundle_test

import (
	"errors"
	"strings"
	"testing"

	"gateway/internal/openapi"
	"gateway/internal/openapi/bundle"
)

// FuzzRead reads any bytes, and bundles of any specification, manifest and name of a handler: they are refused with a
// reason, or no handler belongs to two operations.
func FuzzRead(f *testing.F) {
	f.Add(pack(f, map[string]string{"openapi.yaml": spec, "handlers/list_pets.go": "package handler"}), "", "", "")
	f.Add([]byte(nil), spec, "dependencies: {a.b/c: v1.0.0}\nroutes: [{method: GET, path: /v1/pets, handler: a}]", "handlers/a.go")
	f.Add([]byte(nil), spec, "bundle: &a {name: x, version: *a}", "x/handlers/list_pets/handler.go")
	f.Fuzz(func(t *testing.T, zipped []byte, spec, manifest, handler string) {
		if strings.HasSuffix(handler, "/") {
			return // a folder cannot be written to
		}
		if len(zipped) == 0 {
			zipped = pack(t, map[string]string{"openapi.yaml": spec, "bundle.yaml": manifest, handler: "package handler"})
		}
		b, err := bundle.Read(zipped)
		if err != nil {
			var refused *openapi.Error
			if !errors.As(err, &refused) || len(refused.Problems) == 0 || err.Error() == "" {
				t.Fatalf("refused with %#v", err)
			}
			return
		}
		if len(b.Handlers) != len(b.Document.Operations) {
			t.Fatalf("%d handlers of %d operations", len(b.Handlers), len(b.Document.Operations))
		}
		used := make(map[*bundle.Handler]bool)
		for _, h := range b.Handlers {
			if h != nil && used[h] {
				t.Fatalf("%s belongs to two operations", h.File)
			}
			used[h] = true
		}
	})
}

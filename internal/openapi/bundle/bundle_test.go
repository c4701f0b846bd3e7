package bundle_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"gateway/internal/openapi"
	"gateway/internal/openapi/bundle"
)

// pack makes a ZIP file.
func pack(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const spec = `openapi: 3.0.3
info: {title: Pet Store}
servers: [{url: /v1}]
paths:
  /pets:
    get: {operationId: listPets}
    post: {operationId: create_pet}
  /pets/{petId}:
    get: {operationId: getPetById}
`

func TestRead(t *testing.T) {
	tests := []struct {
		name     string
		files    map[string]string
		handlers string // of the operations
		notes    string
	}{
		{"in handlers", map[string]string{"openapi.yaml": spec, "handlers/list_pets.go": "", "handlers/createPet.go": "", "handlers/get-pet-by-id.go": ""},
			"listPets=handlers/list_pets.go create_pet=handlers/createPet.go getPetById=handlers/get-pet-by-id.go", ""},
		{"at the top, in src and in a folder", map[string]string{"api.yaml": spec, "LISTPETS.go": "", "src/create_pet.go": "", "handlers/get_pet_by_id/handler.go": ""},
			"listPets=LISTPETS.go create_pet=src/create_pet.go getPetById=handlers/get_pet_by_id/handler.go", ""},
		{"all in one folder", map[string]string{"my-api/spec.yaml": spec, "my-api/handlers/list_pets.go": "", "__MACOSX/my-api/x": ""},
			"listPets=my-api/handlers/list_pets.go", "my-api/spec.yaml:7 operation create_pet has no handler (a file create_pet.go would be its handler)"},
		{"JSON", map[string]string{"openapi.json": `{"openapi":"3.1.0","paths":{"/a":{"get":{}}}}`, "get_a.go": ""}, "getA=get_a.go", ""},
		{"what is not used", map[string]string{"openapi.yaml": spec, "README.md": "", "lists_pets.go": "", "handlers/list_pets_test.go": "", "src/get_pet_by_id/a.go": "", "src/get_pet_by_id/b.go": "", "a/b/c.go": "", "api.yaml": "x", ".git/x": "", "handlers/": ""}, "",
			"README.md:0 the file is not used;lists_pets.go:0 the handler belongs to no operation;handlers/list_pets_test.go:0 tests are not used;src/get_pet_by_id/a.go:0 the file is not used: its folder has several;a/b/c.go:0 the file is not used;api.yaml:0 the file is not used"},
		{"routes", map[string]string{"openapi.yaml": spec, "bundle.yaml": "routes:\n- {method: get, path: /v1/pets, handler: a}\n- {method: GET, path: '/pets/{id}', handler: b.go}\n- {method: PUT, path: /more, handler: c}", "a.go": "", "b.go": "", "c.go": "", "list_pets.go": ""},
			"listPets=a.go getPetById=b.go putMore=c.go", "list_pets.go:0 operation listPets has the handler a.go by a route"},
		{"routes only", map[string]string{"bundle.yaml": "bundle:\n  name: mine\n  version: 1.0.0\nroutes:\n- method: GET\n  path: /pets\n  handler: get_pets\n", "handlers/get_pets.go": ""}, "getPets=handlers/get_pets.go", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := bundle.Read(pack(t, tt.files))
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for i, h := range b.Handlers {
				if h != nil {
					found = append(found, b.Document.Operations[i].Name+"="+h.File)
				}
			}
			if got := strings.Join(found, " "); got != tt.handlers {
				t.Errorf("handlers %s", got)
			}
			var notes []string
			for _, n := range b.Notes {
				notes = append(notes, fmt.Sprintf("%s:%d %s (%s)", n.File, n.Line, n.Message, n.Hint))
			}
			said := strings.Join(notes, "\n")
			for part := range strings.SplitSeq(tt.notes, ";") {
				if !strings.Contains(said, part) {
					t.Errorf("%q is not in %s", part, said)
				}
			}
			if tt.notes == "" && said != "" {
				t.Errorf("notes %s", said)
			}
		})
	}
}

func TestReadDependencies(t *testing.T) {
	b, err := bundle.Read(pack(t, map[string]string{"openapi.yaml": spec, "bundle.yaml": `
bundle: {name: x}
dependencies:
  github.com/google/uuid: v1.6.0
  example.com/m:
    version: v0.1.0
    sum: h1:abc
`}))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"github.com/google/uuid": "v1.6.0", "example.com/m": "v0.1.0 h1:abc"}
	if !maps.Equal(b.Dependencies, want) {
		t.Errorf("dependencies %v", b.Dependencies)
	}
}

func TestReadRefuses(t *testing.T) {
	many := map[string]string{"openapi.yaml": spec}
	for i := range bundle.MaxFiles {
		many[fmt.Sprintf("f%d", i)] = ""
	}
	large := map[string]string{"openapi.yaml": spec}
	for i := range 40 {
		large[fmt.Sprintf("h%d.go", i)] = strings.Repeat(" ", 1<<20)
	}
	withManifest := func(m string) map[string]string {
		return map[string]string{"openapi.yaml": spec, "bundle.yaml": m, "a.go": ""}
	}
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"empty", map[string]string{}, "has no specification"},
		{"no specification", map[string]string{"handlers/a.go": ""}, "has no specification"},
		{"broken specification", map[string]string{"openapi.yaml": "openapi: 3.0.0\npaths: {a: {}}"}, `openapi.yaml: line 2, column 9: path "a"`},
		{"out of the bundle", map[string]string{"openapi.yaml": spec, "../../etc/x.go": ""}, `a file of the name "../../etc/x.go"`},
		{"absolute", map[string]string{"openapi.yaml": spec, "/etc/x.go": ""}, `a file of the name "/etc/x.go"`},
		{"backslash", map[string]string{"openapi.yaml": spec, `..\x.go`: ""}, `a file of the name`},
		{"drive", map[string]string{"openapi.yaml": spec, `C:x.go`: ""}, `a file of the name`},
		{"too many files", many, "more than 2000 files"},
		{"file too long", map[string]string{"openapi.yaml": spec, "a.go": strings.Repeat(" ", 1<<20+1)}, "a.go: the file is longer than 1048576 bytes"},
		{"all too long", large, "the files have more than 33554432 bytes"},
		{"two handlers of a name", map[string]string{"openapi.yaml": spec, "list_pets.go": "", "handlers/listPets.go": ""}, "are handlers of the same operation"},
		{"two operations of a name", map[string]string{"openapi.yaml": "openapi: 3.0.0\npaths: {/a: {get: {operationId: ab}, put: {operationId: a_b}}}", "A-B.go": ""}, "A-B.go: operations ab and a_b are both of this name"},
		{"broken manifest", withManifest("routes: ["), "bundle.yaml: line 2, column 1: the file is not YAML"},
		{"manifest of text", withManifest("x"), "bundle.yaml: line 1, column 1: the manifest must be an object"},
		{"unknown field", withManifest("bundle: {}\nroute: []"), `bundle.yaml: line 2, column 1: the manifest has no field "route"`},
		{"field twice", withManifest("routes: []\nroutes: []"), "routes is there twice"},
		{"features", withManifest("dependencies:\n  a.b/c:\n    version: v1.0.0\n    features: [x]"), `line 4, column 5: a Go module has no field "features"`},
		{"no module", withManifest("dependencies:\n  ../x: v1.0.0"), `line 2, column 3: "../x" is not a module path`},
		{"no version", withManifest("dependencies:\n  a.b/c:"), "line 2, column 3: module a.b/c needs a version"},
		{"route without a path", withManifest("routes: [{method: GET, handler: a}]"), "the route lacks something"},
		{"route of no method", withManifest("routes: [{method: GRAB, path: /a, handler: a}]"), `method "GRAB" is not known`},
		{"route of no handler", withManifest("routes:\n- {method: GET, path: /a, handler: b}"), `bundle.yaml: line 2, column 3: route GET /a: there is no handler "b"`},
		{"route twice", withManifest("routes:\n- {method: GET, path: /a, handler: a}\n- {method: GET, path: /a, handler: a}"), "is there twice, first in line 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantRefused(t, pack(t, tt.files), tt.want)
		})
	}
}

func wantRefused(t *testing.T, zipped []byte, want string) {
	t.Helper()
	_, err := bundle.Read(zipped)
	var refused *openapi.Error
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
		t.Errorf("the error is %v, want %s", err, want)
	}
}

// TestReadRefusesWhatNoZIPHas makes files that a packer does not make.
func TestReadRefusesWhatNoZIPHas(t *testing.T) {
	made := func(change func(*zip.FileHeader)) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		h := &zip.FileHeader{Name: "openapi.yaml", Method: zip.Deflate}
		change(h)
		f, err := w.CreateHeader(h)
		if err == nil {
			_, err = f.Write([]byte(spec))
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	wantRefused(t, made(func(h *zip.FileHeader) { h.SetMode(0o777 | 1<<27) }), "neither file nor folder") // a link
	wantRefused(t, made(func(h *zip.FileHeader) { h.Flags |= 1 }), "the file is encrypted")
	wantRefused(t, []byte("no ZIP"), "no ZIP file")
	wantRefused(t, nil, "no ZIP file")
	whole := pack(t, map[string]string{"openapi.yaml": spec})
	wantRefused(t, whole[:len(whole)-10], "no ZIP file")
	broken := bytes.Replace(whole, []byte("openapi.yaml"), []byte("openapi.yaml"), 1)
	broken[50] ^= 0xff
	wantRefused(t, broken, "cannot be unpacked")

	var twice bytes.Buffer
	w := zip.NewWriter(&twice)
	for range 2 {
		if _, err := w.Create("openapi.yaml"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, twice.Bytes(), "twice")

	// A bomb: what unpacks to much more than it says.
	bomb := pack(t, map[string]string{"openapi.yaml": strings.Repeat("\n", 64<<20)})
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	wantRefused(t, bomb, "openapi.yaml: the file is longer than")
}

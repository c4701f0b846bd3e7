package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gateway/internal/config"
)

// imports is a whole gateway, whose admin API is called directly and whose endpoints are called over a connection.
type imports struct {
	t    *testing.T
	node *node
	base string
}

const testKey = "gw_test-key-0123456789abcdef"

func newImports(t *testing.T) *imports {
	t.Helper()
	cfg := config.Default()
	cfg.Server.Data, cfg.Server.Scripts, cfg.Admin.Key = t.TempDir(), "", testKey
	n, err := newNode(t.Context(), cfg, 0, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- n.trigger.Serve(ln) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := n.stop(ctx); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return &imports{t: t, node: n, base: "http://" + ln.Addr().String()}
}

// diagnostic is one of the admin API.
type diagnostic struct {
	File, Severity, Code, Message, Hint string
	Line, Column                        int
}

func (d diagnostic) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)
}

// imported is what an import answers.
type imported struct {
	status int
	Data   struct {
		Collection *struct {
			ID, Name string
			DomainID string `json:"domain_id"`
			BasePath string `json:"base_path"`
			Created  bool
		}
		Created   int `json:"endpoints_created"`
		Updated   int `json:"endpoints_updated"`
		Matched   int `json:"handlers_matched"`
		Compiled  int
		Started   int
		Endpoints []struct {
			ID, Name, Path, Method, Domain, Status, Handler string
			FullPath                                        string `json:"full_path"`
			Version                                         int
			Created, Stub                                   bool
		}
		Errors []struct {
			Endpoint, File, Error, Code string
			Diagnostics                 []diagnostic
		}
		Warnings []diagnostic
	}
	Error, Code, Field, Hint string
	Diagnostics              []diagnostic
	body                     string
}

// sums are the numbers of an import, in the order of the answer.
func (i imported) sums() string {
	d := i.Data
	return fmt.Sprintf("%d created=%d updated=%d matched=%d compiled=%d started=%d endpoints=%d errors=%d", i.status, d.Created, d.Updated, d.Matched, d.Compiled, d.Started, len(d.Endpoints), len(d.Errors))
}

func (w *imports) send(method, path, contentType string, body io.Reader) (int, string) {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, body)
	r.Header.Set("Api-Key", testKey)
	r.Header.Set("Content-Type", contentType)
	rec := httptest.NewRecorder()
	w.node.admin.ServeHTTP(rec, r)
	return rec.Code, rec.Body.String()
}

// api calls the admin API, which must answer with a status.
func (w *imports) api(want int, method, path, body string) string {
	w.t.Helper()
	status, answer := w.send(method, path, "application/json", strings.NewReader(body))
	if status != want {
		w.t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	return answer
}

func (w *imports) answer(status int, body string) imported {
	w.t.Helper()
	got := imported{status: status, body: body}
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		w.t.Fatalf("%v in %s", err, body)
	}
	return got
}

// spec imports a specification. more are fields of the request, and their values.
func (w *imports) spec(spec string, more map[string]any) imported {
	w.t.Helper()
	in := map[string]any{"spec": spec}
	maps.Copy(in, more)
	body, err := json.Marshal(in)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.answer(w.send("POST", "/api/import/openapi", "application/json", bytes.NewReader(body)))
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bundle imports a bundle, in the field of a form.
func (w *imports) bundle(field string, content []byte, query string) imported {
	w.t.Helper()
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	f, err := m.CreateFormFile(field, "my-api.zip")
	if err == nil {
		_, err = f.Write(content)
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return w.answer(w.send("POST", "/api/import/bundle?"+query, m.FormDataContentType(), &form))
}

// call asks an endpoint.
func (w *imports) call(method, path, host, body string) (int, string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.base+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if host != "" {
		r.Host = host
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func (w *imports) wantCall(method, path, host, body string, status int, contains string) {
	w.t.Helper()
	got, text := w.call(method, path, host, body)
	if got != status || !strings.Contains(text, contains) {
		w.t.Errorf("%s %s%s answers %d %s, want %d with %s", method, host, path, got, text, status, contains)
	}
}

func (w *imports) wantSums(got imported, want string) {
	w.t.Helper()
	if got.sums() != want {
		w.t.Errorf("%s, want %s\n%s", got.sums(), want, got.body)
	}
}

const petSpec = `openapi: 3.0.3
info: {title: Pet Store, version: "1", description: All about pets}
servers: [{url: "https://api.example.com/v1"}]
paths:
  /pets:
    get:
      operationId: listPets
      summary: Lists pets
      parameters: [{in: query, name: limit, required: true, schema: {type: integer}}]
      responses: {"200": {description: ok, content: {application/json: {example: [{id: 1, name: Rex}]}}}}
    post:
      operationId: createPet
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
      responses: {"201": {description: made}}
  /pets/{petId}:
    get:
      operationId: getPet
      parameters: [{in: path, name: petId, required: true, schema: {type: integer}}]
      responses: {"200": {description: ok}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {id: {type: integer}, name: {type: string}}}
`

// text is a handler that answers with a text.
func text(s string) string {
	return fmt.Sprintf("package handler\n\nimport \"gateway\"\n\nfunc Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {\n\treturn gateway.Text(200, %q+req.PathParam(\"petId\"))\n}\n", s)
}

func TestImportOpenAPI(t *testing.T) {
	w := newImports(t)
	got := w.spec(petSpec, map[string]any{"domain": "api.example.com", "create_collection": true})
	w.wantSums(got, "200 created=3 updated=0 matched=0 compiled=0 started=0 endpoints=3 errors=0")
	c := got.Data.Collection
	if c == nil || c.Name != "Pet Store" || c.BasePath != "/v1" || !c.Created {
		t.Fatalf("collection %+v", c)
	}
	if e := got.Data.Endpoints[0]; e.Name != "listPets" || e.Path != "/pets" || e.Method != "GET" || e.FullPath != "/v1/pets" || e.Status != "compiled" || !e.Stub || !e.Created || e.Domain != "api.example.com" {
		t.Errorf("endpoint %+v", e)
	}
	w.wantCall("GET", "/v1/pets", "api.example.com", "", 404, "") // it is not started

	again := w.spec(petSpec, map[string]any{"domain_id": c.DomainID, "create_collection": true, "compile": true, "start": true})
	w.wantSums(again, "200 created=0 updated=3 matched=0 compiled=3 started=3 endpoints=3 errors=0")
	if again.Data.Collection.ID != c.ID || again.Data.Collection.Created || again.Data.Endpoints[0].ID != got.Data.Endpoints[0].ID || again.Data.Endpoints[0].Version != 1 {
		t.Errorf("the second time: %s", again.body)
	}
	w.wantCall("GET", "/v1/pets?limit=3", "api.example.com", "", 200, `"name": "Rex"`)
	w.wantCall("GET", "/v1/pets", "api.example.com", "", 400, `missing query parameter`)
	w.wantCall("GET", "/v1/pets?limit=x", "api.example.com", "", 400, `must be a whole number`)
	w.wantCall("GET", "/v1/pets/7", "api.example.com", "", 501, `getPet is not implemented yet`)
	w.wantCall("GET", "/v1/pets/x", "api.example.com", "", 400, `must be a whole number`)
	w.wantCall("POST", "/v1/pets", "api.example.com", `{"name": 1}`, 400, `name`)
	w.wantCall("POST", "/v1/pets", "api.example.com", `{"name": "Rex"}`, 501, `not_implemented`)
	w.wantCall("GET", "/v1/pets?limit=3", "other.example.com", "", 404, "")

	// What somebody wrote stays, what was a stub follows the specification, and what is not in it any more stays.
	code, _ := json.Marshal(text("mine "))
	w.api(200, "PUT", "/api/endpoints/getPet", `{"code":`+string(code)+`}`)
	changed := strings.Replace(petSpec, "name: Rex", "name: Tom", 1)
	changed = strings.Replace(changed, "    post:\n      operationId: createPet", "    put:\n      operationId: replacePets", 1)
	third := w.spec(changed, map[string]any{"collection_id": c.ID})
	w.wantSums(third, "200 created=1 updated=2 matched=0 compiled=0 started=0 endpoints=3 errors=0")
	if !strings.Contains(fmt.Sprint(third.Data.Warnings), `endpoint "createPet" of the collection is not in the specification`) {
		t.Errorf("warnings %v", third.Data.Warnings)
	}
	w.wantCall("GET", "/v1/pets?limit=3", "api.example.com", "", 200, `"name": "Tom"`)
	w.wantCall("GET", "/v1/pets/7", "api.example.com", "", 200, `mine 7`)
	w.wantCall("PUT", "/v1/pets", "api.example.com", `{}`, 405, ``)

	// An operation that got another name keeps its endpoint.
	renamed := w.spec(strings.Replace(changed, "listPets", "findPets", 1), map[string]any{"collection_id": c.ID})
	if e := renamed.Data.Endpoints[0]; e.ID != got.Data.Endpoints[0].ID || e.Name != "findPets" || e.Created {
		t.Errorf("renamed: %s", renamed.body)
	}
}

func TestImportWithoutCollection(t *testing.T) {
	w := newImports(t)
	w.wantSums(w.spec(petSpec, map[string]any{"domain": "*", "compile": true, "start": true}), "200 created=3 updated=0 matched=0 compiled=3 started=3 endpoints=3 errors=0")
	w.wantCall("GET", "/v1/pets?limit=1", "any.example.com", "", 200, "Rex")
	w.wantSums(w.spec(petSpec, map[string]any{"domain": "*"}), "200 created=0 updated=3 matched=0 compiled=0 started=0 endpoints=3 errors=0")

	// The same names in another place get numbers, and keep them.
	other := w.spec(petSpec, map[string]any{"domain": "b.example.com"})
	w.wantSums(other, "200 created=3 updated=0 matched=0 compiled=0 started=0 endpoints=3 errors=0")
	if e := other.Data.Endpoints[0]; e.Name != "listPets-2" || !strings.Contains(fmt.Sprint(other.Data.Warnings), "another endpoint is called listPets") {
		t.Errorf("%s", other.body)
	}
	again := w.spec(petSpec, map[string]any{"domain": "b.example.com"})
	w.wantSums(again, "200 created=0 updated=3 matched=0 compiled=0 started=0 endpoints=3 errors=0")
	if len(again.Data.Warnings) > 0 {
		t.Errorf("warnings %v", again.Data.Warnings)
	}
	moved := w.spec(strings.Replace(petSpec, "/pets:", "/animals:", 1), map[string]any{"domain": "b.example.com"})
	w.wantSums(moved, "200 created=2 updated=1 matched=0 compiled=0 started=0 endpoints=3 errors=0")
}

// TestImportLeavesOthersAlone: an endpoint that has the name of an operation by chance keeps its route and its code, and
// one of a collection moves with the specification.
func TestImportLeavesOthersAlone(t *testing.T) {
	w := newImports(t)
	code, _ := json.Marshal(text("mine"))
	w.api(200, "POST", "/api/deploy", `{"name":"listPets","method":"GET","path":"/mine","code":`+string(code)+`}`)
	got := w.spec(petSpec, map[string]any{"domain": "*"})
	w.wantSums(got, "200 created=3 updated=0 matched=0 compiled=0 started=0 endpoints=3 errors=0")
	if e := got.Data.Endpoints[0]; e.Name != "listPets-2" {
		t.Errorf("endpoint %+v", e)
	}
	w.wantCall("GET", "/mine", "", "", 200, "mine")

	options := map[string]any{"domain": "c.example.com", "create_collection": true, "compile": true, "start": true}
	first := w.spec(strings.ReplaceAll(petSpec, "Pet", "Cat"), options)
	moved := w.spec(strings.ReplaceAll(strings.Replace(petSpec, "/pets/{petId}:", "/cats/{petId}:", 1), "Pet", "Cat"), options)
	w.wantSums(moved, "200 created=0 updated=3 matched=0 compiled=3 started=3 endpoints=3 errors=0")
	if moved.Data.Endpoints[2].ID != first.Data.Endpoints[2].ID {
		t.Errorf("it is another endpoint: %s", moved.body)
	}
	w.wantCall("GET", "/v1/cats/7", "c.example.com", "", 501, "getCat")
	w.wantCall("GET", "/v1/pets/7", "c.example.com", "", 404, "")
}

func TestImportBasePaths(t *testing.T) {
	w := newImports(t)
	domain := w.id(w.api(201, "POST", "/api/domains", `{"name":"x","host":"x.example.com"}`))
	collection := func(name, base string) string {
		return w.id(w.api(201, "POST", "/api/collections", fmt.Sprintf(`{"domain_id":%q,"name":%q,"base_path":%q}`, domain, name, base)))
	}
	spec := func(name, server, path string) string {
		return fmt.Sprintf("openapi: 3.1.0\ninfo: {title: T}\nservers: [{url: %q}]\npaths: {%q: {get: {operationId: %q}}}", server, path, name)
	}
	tests := []struct{ name, base, server, path, full, warning string }{
		{"the server's", "", "/a1", "/x", "/a1/x", ""},
		{"the same", "/a2", "/a2", "/x", "/a2/x", ""},
		{"the collection's", "/a3", "/v9", "/x", "/a3/x", "is not used"},
		{"no server", "/a4", "/", "/x", "/a4/x", ""},
		{"the same again in the path", "/a5", "/a5", "/a5/x", "/a5/a5/x", ""},
		{"complete already", "/a6", "/", "/a6/x", "/a6/x", ""},
		{"the root", "/a7", "/a7", "/", "/a7", ""},
		{"the root of a server", "", "/a8", "/", "/a8", ""},
	}
	for _, tt := range tests {
		got := w.spec(spec(tt.name, tt.server, tt.path), map[string]any{"collection_id": collection(tt.name, tt.base)})
		if got.status != 200 || got.Data.Endpoints[0].FullPath != tt.full || tt.warning != "" && !strings.Contains(fmt.Sprint(got.Data.Warnings), tt.warning) || tt.warning == "" && len(got.Data.Warnings) > 0 {
			t.Errorf("%s: %s", tt.name, got.body)
		}
	}
}

// id is the ID in an answer.
func (w *imports) id(body string) string {
	w.t.Helper()
	var a struct{ Data struct{ ID string } }
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		w.t.Fatal(err)
	}
	return a.Data.ID
}

// TestImportRefuses: what is refused changes nothing.
func TestImportRefuses(t *testing.T) {
	w := newImports(t)
	code, _ := json.Marshal(text("there"))
	w.api(200, "POST", "/api/deploy", `{"name":"taken","method":"GET","path":"/v1/pets","domain":"api.example.com","code":`+string(code)+`}`)
	domain := w.id(w.api(201, "POST", "/api/domains", `{"name":"x","host":"x.example.com"}`))
	other := w.id(w.api(201, "POST", "/api/domains", `{"name":"y","host":"y.example.com"}`))
	collection := w.id(w.api(201, "POST", "/api/collections", `{"domain_id":"`+domain+`","name":"Pet Store","base_path":"/old"}`))
	before := w.api(200, "GET", "/api/endpoints", "")
	tests := []struct {
		name   string
		spec   string
		more   map[string]any
		status int
		code   string
		field  string
		want   string // in the answer
	}{
		{"no spec", "", map[string]any{"domain": "*"}, 400, "invalid", "spec", "spec is missing"},
		{"no domain", petSpec, nil, 400, "invalid", "domain", "domain is missing"},
		{"no host", petSpec, map[string]any{"domain": "http://x"}, 400, "invalid", "domain", "is not a host"},
		{"domain_id of nothing", petSpec, map[string]any{"domain_id": collection}, 400, "invalid", "domain_id", "no such domain"},
		{"collection_id of nothing", petSpec, map[string]any{"collection_id": "x"}, 400, "invalid", "collection_id", "no such collection"},
		{"domain and domain_id", petSpec, map[string]any{"domain": "z.example.com", "domain_id": domain}, 400, "invalid", "domain", "x.example.com"},
		{"domain_id and collection_id", petSpec, map[string]any{"domain_id": other, "collection_id": collection}, 400, "invalid", "collection_id", "another domain"},
		{"domain and collection_id", petSpec, map[string]any{"domain": "y.example.com", "collection_id": collection}, 400, "invalid", "domain", "x.example.com"},
		{"collection twice", petSpec, map[string]any{"domain": "x.example.com", "collection_id": collection, "create_collection": true}, 400, "invalid", "create_collection", "not both"},
		{"collection of no domain", petSpec, map[string]any{"domain": "*", "create_collection": true}, 400, "invalid", "domain_id", "belongs to a domain"},
		{"collection of another base path", petSpec, map[string]any{"domain_id": domain, "create_collection": true}, 409, "conflict", "create_collection", `base path \"/old\"`},
		{"start without compile", petSpec, map[string]any{"domain": "*", "start": true}, 400, "invalid", "start", "start requires compile"},
		{"unknown field", petSpec, map[string]any{"domian": "*"}, 400, "invalid", "domian", "there is no field"},
		{"route of another", petSpec, map[string]any{"domain": "api.example.com"}, 409, "already_exists", "path", `conflicts with endpoint \"taken\"`},
		{"route twice", "openapi: 3.0.0\npaths:\n  /a/{x}: {get: {}}\n  /a/{y}: {get: {}}", map[string]any{"domain": "*"}, 422, "unprocessable", "path", `"line":4,"column":12`},
		{"broken YAML", "openapi: 3.0.0\npaths: {", map[string]any{"domain": "*"}, 422, "unprocessable", "spec", `"line":3,"column":1`},
		{"broken reference", "openapi: 3.0.0\npaths:\n  /a: {$ref: 'file:///etc/passwd'}", map[string]any{"domain": "*"}, 422, "unprocessable", "spec", `"line":3,"column":14`},
		{"path too long with its base", "openapi: 3.0.0\nservers: [{url: '/" + strings.Repeat("b", 600) + "'}]\npaths: {/" + strings.Repeat("a", 600) + ": {get: {}}}", map[string]any{"domain": "*"}, 422, "unprocessable", "path", "longer than 1024"},
	}
	for _, tt := range tests {
		got := w.spec(tt.spec, tt.more)
		if got.status != tt.status || got.Code != tt.code || got.Field != tt.field || !strings.Contains(got.body, tt.want) {
			t.Errorf("%s: %d %s", tt.name, got.status, got.body)
		}
	}
	if status, body := w.send("POST", "/api/import/openapi", "text/yaml", strings.NewReader(petSpec)); status != 415 {
		t.Errorf("YAML as it is: %d %s", status, body)
	}
	if after := w.api(200, "GET", "/api/endpoints", ""); after != before {
		t.Errorf("endpoints were changed: %s", after)
	}
	if all := w.api(200, "GET", "/api/collections", "") + w.api(200, "GET", "/api/domains", ""); strings.Count(all, `"id"`) != 3 {
		t.Errorf("something was made: %s", all)
	}
}

func TestImportBundle(t *testing.T) {
	w := newImports(t)
	files := map[string]string{
		"openapi.yaml":           petSpec,
		"handlers/list_pets.go":  text("list "),
		"handlers/create_pet.go": "package handler\n\nimport \"gateway\"\n\nfunc Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {\n\treturn gateway.Text(200, undefined)\n}\n",
		"handlers/get_pett.go":   text("get "),
		"README.md":              "# Mine",
	}
	const query = "domain=api.example.com&create_collection=true&compile=true&start=true"
	first := w.bundle("bundle", zipped(t, files), query)
	w.wantSums(first, "200 created=2 updated=0 matched=2 compiled=2 started=1 endpoints=2 errors=1")
	e := first.Data.Errors[0]
	if e.Endpoint != "createPet" || e.File != "handlers/create_pet.go" || e.Code != "unprocessable" || len(e.Diagnostics) != 1 || !strings.HasPrefix(e.Diagnostics[0].String(), "handlers/create_pet.go:6:27: undefined: undefined") {
		t.Errorf("error %+v", e)
	}
	said := fmt.Sprint(first.Data.Warnings)
	for _, want := range []string{"README.md:0:0: the file is not used", "handlers/get_pett.go:0:0: the handler belongs to no operation", "openapi.yaml:18:5: operation getPet has no handler"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in the warnings %s", want, said)
		}
	}
	w.wantCall("GET", "/v1/pets", "api.example.com", "", 200, "list ")
	w.wantCall("POST", "/v1/pets", "api.example.com", "", 405, "")
	w.wantCall("GET", "/v1/pets/7", "api.example.com", "", 404, "") // a handler that is missing is not started

	// Everything in order, and one changed: the others keep their versions.
	files["handlers/create_pet.go"] = text("create ")
	files["handlers/get_pet.go"], files["handlers/list_pets.go"] = text("get "), text("list again ")
	delete(files, "handlers/get_pett.go")
	second := w.bundle("file", zipped(t, files), query)
	w.wantSums(second, "200 created=1 updated=2 matched=3 compiled=3 started=3 endpoints=3 errors=0")
	if l := second.Data.Endpoints[0]; l.Version != 2 || l.Handler != "handlers/list_pets.go" || l.Stub || l.Status != "running" && l.Status != "draining" {
		t.Errorf("%+v", l)
	}
	w.wantCall("GET", "/v1/pets", "api.example.com", "", 200, "list again ")
	w.wantCall("POST", "/v1/pets", "api.example.com", "", 200, "create ")
	w.wantCall("GET", "/v1/pets/7", "api.example.com", "", 200, "get 7")

	third := w.bundle("zip", zipped(t, files), query)
	w.wantSums(third, "200 created=0 updated=3 matched=3 compiled=3 started=3 endpoints=3 errors=0")
	for i, e := range third.Data.Endpoints {
		if e.Version != second.Data.Endpoints[i].Version || e.ID != second.Data.Endpoints[i].ID {
			t.Errorf("the third time: %+v", e)
		}
	}

	// A broken new version leaves the one before, and a handler that is gone leaves its code.
	files["handlers/create_pet.go"] = "package handler\n"
	delete(files, "handlers/get_pet.go")
	fourth := w.bundle("bundle", zipped(t, files), query)
	w.wantSums(fourth, "200 created=0 updated=2 matched=2 compiled=2 started=2 endpoints=2 errors=1")
	if !strings.Contains(fmt.Sprint(fourth.Data.Warnings), `endpoint "getPet" keeps the code that it has`) {
		t.Errorf("warnings %v", fourth.Data.Warnings)
	}
	w.wantCall("POST", "/v1/pets", "api.example.com", "", 200, "create ")
	w.wantCall("GET", "/v1/pets/7", "api.example.com", "", 200, "get 7")
}

// TestImportBundleWithManifest has a library, a handler whose initialisation fails, and routes without a specification.
func TestImportBundleWithManifest(t *testing.T) {
	w := newImports(t)
	w.api(201, "POST", "/api/libraries", `{"name":"greet","code":"package greet\n\nfunc Hello() string { return \"hello \" }\n"}`)
	got := w.bundle("bundle", zipped(t, map[string]string{
		"my-api/bundle.yaml": "bundle: {name: My API, version: 1.0.0}\nroutes:\n- {method: GET, path: /hello, handler: hello}\n- {method: POST, path: /fails, handler: fails.go}\n",
		"my-api/hello.go":    "package handler\n\nimport (\n\t\"gateway\"\n\t\"lib/greet\"\n)\n\nfunc Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {\n\treturn gateway.Text(200, greet.Hello())\n}\n",
		"my-api/fails.go":    text("") + "\nvar x = must()\n\nfunc must() int {\n\tpanic(\"no\")\n}\n",
	}), "domain=m.example.com&create_collection=true&compile=1&start=true")
	w.wantSums(got, "200 created=1 updated=0 matched=2 compiled=1 started=1 endpoints=1 errors=1")
	if c := got.Data.Collection; c == nil || c.Name != "My API" {
		t.Errorf("collection %+v", c)
	}
	if e := got.Data.Errors[0]; e.Endpoint != "postFails" || e.File != "my-api/fails.go" || !strings.HasPrefix(fmt.Sprint(e.Diagnostics), "[my-api/fails.go:12") {
		t.Errorf("error %+v", e)
	}
	w.wantCall("GET", "/hello", "m.example.com", "", 200, "hello ")
}

// TestImportBundleWithDependencies has a handler that imports a module, which the gateway was given.
func TestImportBundleWithDependencies(t *testing.T) {
	w := newImports(t)
	module := zipped(t, map[string]string{
		"example.com/greet@v1.2.0/go.mod":   "module example.com/greet\n\ngo 1.24\n",
		"example.com/greet@v1.2.0/greet.go": "package greet\n\nfunc Hello() string { return \"hello from a module\" }\n",
	})
	if status, body := w.send("PUT", "/api/modules/example.com/greet@v1.2.0", "application/zip", bytes.NewReader(module)); status != 201 {
		t.Fatalf("%d %s", status, body)
	}
	files := map[string]string{
		"openapi.yaml": "openapi: 3.1.0\npaths: {/hello: {get: {operationId: hello}}}",
		"bundle.yaml":  "dependencies:\n  example.com/greet: v1.2.0\n",
		"hello.go":     strings.Replace(strings.Replace(text(""), `import "gateway"`, "import (\n\t\"gateway\"\n\n\t\"example.com/greet\"\n)", 1), `""`, "greet.Hello()", 1),
	}
	got := w.bundle("bundle", zipped(t, files), "domain=*&compile=true&start=true")
	w.wantSums(got, "200 created=1 updated=0 matched=1 compiled=1 started=1 endpoints=1 errors=0")
	w.wantCall("GET", "/hello", "", "", 200, "hello from a module")

	files["bundle.yaml"] = "dependencies:\n  example.com/greet: v1.3.0\n"
	missing := w.bundle("bundle", zipped(t, files), "domain=*")
	if missing.status != 422 || len(missing.Diagnostics) != 1 || missing.Diagnostics[0].File != "hello.go" || missing.Diagnostics[0].Line != 6 {
		t.Errorf("a version that is not there: %d %s", missing.status, missing.body)
	}
	w.wantCall("GET", "/hello", "", "", 200, "hello from a module")
}

// TestImportsAtOnce: of several imports of one specification at the same time one makes everything.
func TestImportsAtOnce(t *testing.T) {
	w := newImports(t)
	body, err := json.Marshal(map[string]any{"spec": petSpec, "domain": "p.example.com", "create_collection": true})
	if err != nil {
		t.Fatal(err)
	}
	type result struct {
		status int
		body   string
	}
	results := make(chan result)
	for range 4 {
		go func() {
			status, answer := w.send("POST", "/api/import/openapi", "application/json", bytes.NewReader(body))
			results <- result{status, answer}
		}()
	}
	created, updated := 0, 0
	for range 4 {
		r := <-results
		got := w.answer(r.status, r.body)
		if got.status != 200 || len(got.Data.Errors) > 0 {
			t.Errorf("%d %s", got.status, got.body)
		}
		created, updated = created+got.Data.Created, updated+got.Data.Updated
	}
	if created != 3 || updated != 9 {
		t.Errorf("%d created and %d updated", created, updated)
	}
}

// TestImportPetstore imports the example as it lies there.
func TestImportPetstore(t *testing.T) {
	w := newImports(t)
	root := os.DirFS(filepath.Join("..", "..", "examples", "petstore"))
	files := make(map[string]string)
	for _, pattern := range []string{"openapi.yaml", "handlers/*/*"} {
		names, err := fs.Glob(root, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			content, err := fs.ReadFile(root, name)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = string(content)
		}
	}
	w.wantSums(w.bundle("bundle", zipped(t, files), "domain=*&compile=true&start=true"), "200 created=5 updated=0 matched=5 compiled=5 started=5 endpoints=5 errors=0")
}

func TestImportBundleRefuses(t *testing.T) {
	w := newImports(t)
	one := map[string]string{"openapi.yaml": petSpec, "handlers/list_pets.go": "package handler", "handlers/create_pet.go": "x", "handlers/get_pet.go": "\xff"}
	const query = "domain=*"
	tests := []struct {
		name, field string
		content     []byte
		query       string
		status      int
		code, want  string
	}{
		{"no ZIP", "bundle", []byte("hello"), query, 422, "unprocessable", "no ZIP file"},
		{"nothing", "bundle", nil, query, 400, "invalid", "bundle is missing"},
		{"another field", "upload", []byte("x"), query, 400, "invalid", `there is no field \"upload\"`},
		{"no specification", "bundle", zipped(t, map[string]string{"a.go": ""}), query, 422, "unprocessable", "has no specification"},
		{"broken specification", "bundle", zipped(t, map[string]string{"openapi.yaml": "openapi: 3.0.0\npaths: []"}), query, 422, "unprocessable", `"file":"openapi.yaml","line":2,"column":8`},
		{"path out of it", "bundle", zipped(t, map[string]string{"openapi.yaml": petSpec, "../x.go": ""}), query, 422, "unprocessable", `../x.go`},
		{"bomb", "bundle", zipped(t, map[string]string{"openapi.yaml": strings.Repeat("\n", 64<<20)}), query, 422, "unprocessable", "is longer than"},
		{"too large", "bundle", bytes.Repeat([]byte("x"), 9<<20), query, 413, "payload_too_large", "larger than"},
		{"unknown parameter", "bundle", zipped(t, one), "domain=*&colection_id=x", 400, "invalid", "colection_id"},
		{"parameter that is no boolean", "bundle", zipped(t, one), "domain=*&compile=maybe", 400, "invalid", "compile must be true or false"},
		{"start without compile", "bundle", zipped(t, one), "domain=*&start=true", 400, "invalid", "start requires compile"},
		{"no handler passes", "bundle", zipped(t, one), query, 422, "unprocessable", "none of the handlers can be used"},
	}
	for _, tt := range tests {
		got := w.bundle(tt.field, tt.content, tt.query)
		if got.status != tt.status || got.Code != tt.code || !strings.Contains(got.body, tt.want) {
			t.Errorf("%s: %d %s", tt.name, got.status, got.body)
		}
	}
	for _, kind := range []string{"application/json", "application/zip", "multipart/form-data"} {
		if status, body := w.send("POST", "/api/import/bundle?"+query, kind, bytes.NewReader(zipped(t, one))); status != 415 {
			t.Errorf("%s: %d %s", kind, status, body)
		}
	}
	if status, body := w.send("POST", "/api/import/bundle?"+query, "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"bundle\"\r\n\r\nhalf")); status != 400 || !strings.Contains(body, "breaks off") {
		t.Errorf("half a form: %d %s", status, body)
	}
	if all := w.api(200, "GET", "/api/endpoints?"+url.Values{"limit": {"10"}}.Encode(), ""); !strings.Contains(all, `"total":0`) && !strings.Contains(all, `"data":[]`) {
		t.Errorf("something was made: %s", all)
	}
}

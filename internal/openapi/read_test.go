package openapi_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"gateway/internal/openapi"
	"gateway/interp"
	"gateway/interp/check"
	"gateway/symbols"
)

func read(t *testing.T, spec string) *openapi.Document {
	t.Helper()
	doc, err := openapi.Read([]byte(spec))
	if err != nil {
		t.Fatalf("%v in\n%s", err, spec)
	}
	return doc
}

// minimal is a specification of version 3.0 with these paths.
func minimal(paths string) string {
	return "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n" + paths
}

// routes lists the operations of a document.
func routes(doc *openapi.Document) string {
	var list []string
	for _, o := range doc.Operations {
		list = append(list, o.Name+" "+o.Method+" "+o.Path)
	}
	return strings.Join(list, ", ")
}

func TestReadGivesOperations(t *testing.T) {
	tests := []struct{ name, spec, base, routes, notes string }{
		{"3.0", minimal("  /pets: {get: {operationId: getPets}, post: {operationId: createPet}}"), "", "getPets GET /pets, createPet POST /pets", ""},
		{"3.1 without paths of its own", "openapi: 3.1.0\ninfo: {title: T}\npaths:\n  /a: {$ref: '#/components/pathItems/a'}\ncomponents: {pathItems: {a: {get: {}}}}", "", "getA GET /a", ""},
		{"JSON", `{"openapi":"3.1.0","info":{"title":"\ud83d\ude00"},"paths":{"/a\/b":{"get":{}}}}`, "", "getAB GET /a/b", ""},
		{"version that is a number", "openapi: 3.1\npaths: {/a: {get: {}}}", "", "getA GET /a", ""},
		{"version to come", "openapi: 3.2.0\npaths: {/a: {get: {}}}", "", "getA GET /a", "OpenAPI 3.2.0 is read as 3.1"},
		{"no operationIds", minimal("  /: {get: {}}\n  /pets/{petId}/toys/{toy-id}: {delete: {}}"), "", "getRoot GET /, deletePetsByPetIDToysByToyID DELETE /pets/{petId}/toys/{toy_id}", ""},
		{"operationId twice", minimal("  /a: {get: {operationId: x}}\n  /b: {get: {operationId: x}}"), "", "x GET /a, getB GET /b", `5:27 operationId "x" is there twice`},
		{"operationId that cannot be a name", minimal("  /a: {get: {operationId: \"a\\tb\"}}"), "", "getA GET /a", "cannot be a name"},
		{"generated names that are equal", minimal("  /a-b: {get: {}}\n  /a_b: {get: {}}"), "", "getAB GET /a-b, getAB-2 GET /a_b", ""},
		{"server", "openapi: 3.0.0\nservers: [{url: 'https://api.example.com/v1/'}]\npaths: {/a: {get: {}}}", "/v1", "getA GET /a", ""},
		{"relative server", "openapi: 3.0.0\nservers: [{url: v1}]\npaths: {/a: {get: {}}}", "/v1", "getA GET /a", ""},
		{"server of variables", "openapi: 3.0.0\nservers: [{url: 'https://{host}:{port}/{base}', variables: {base: {default: v2}}}, {url: /v3}, {url: '/{x}'}]\npaths: {/a: {get: {}}}", "/v2", "getA GET /a", `server /v3 is not used;server /{x} is not used`},
		{"slash at the end", minimal("  /a/: {get: {}}"), "", "getA GET /a", ""},
		{"extensions", minimal("  x-a: 1\n  /a: {x-b: 1, summary: s, get: {}}"), "", "getA GET /a", ""},
		{"what has no counterpart", "openapi: 3.1.0\nsecurity: [{key: []}]\nwebhooks: {new: {post: {}}}\npaths: {/a: {servers: [], trace: {}, get: {callbacks: {}, parameters: [{in: query, name: f, style: deepObject, schema: {type: object}}, {in: path, name: no}]}}}", "", "getA GET /a",
			"security requirements are not enforced;webhooks are not imported;servers of single paths;trace of path;callbacks are not imported;is an object;path parameter \"no\" is not in the path"},
		{"merge keys and anchors", minimal("  /a: &a {get: {}}\n  /b: {<<: *a, post: {}}\n  /c: *a"), "", "getA GET /a, postB POST /b, getB GET /b, getC GET /c", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := read(t, tt.spec)
			if doc.BasePath != tt.base || routes(doc) != tt.routes {
				t.Errorf("base path %q, operations %s", doc.BasePath, routes(doc))
			}
			var notes []string
			for _, n := range doc.Notes {
				notes = append(notes, fmt.Sprintf("%d:%d %s", n.Line, n.Column, n.Message))
			}
			said := strings.Join(notes, "\n")
			for part := range strings.SplitSeq(tt.notes, ";") {
				if !strings.Contains(said, part) {
					t.Errorf("%q is not in the notes %s", part, said)
				}
			}
			if tt.notes == "" && said != "" {
				t.Errorf("notes %s", said)
			}
		})
	}
}

func TestReadRefusesWithThePlace(t *testing.T) {
	deep := strings.Repeat("[", 200) + strings.Repeat("]", 200)
	laughs := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'i'; c++ {
		laughs += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", c-1), 10), ","))
	}
	tests := []struct{ name, spec, want string }{
		{"nothing", "", "it is empty"},
		{"comment", "# nothing\n", "it is empty"},
		{"text", "hello", "line 1, column 1: this is no OpenAPI specification: it is text"},
		{"other YAML", "a: 1", "openapi is missing"},
		{"Swagger", "swagger: '2.0'", "line 1, column 10: Swagger 2.0 is not supported"},
		{"version 4", "openapi: 4.0.0", "OpenAPI 4.0.0 is not supported"},
		{"no paths", "openapi: 3.0.0\ninfo: {}", "it has no operations"},
		{"broken YAML", "openapi: 3.0.0\npaths:\n  /a: {get: {}\n  /b: x\n", "line 4, column 3: it is not YAML"},
		{"tab", "openapi: 3.0.0\n\tpaths: {}\n", "line 2, column 1: it is not YAML"},
		{"broken JSON", "{\n\"openapi\": \"3.0.0\",\n\"paths\": {,}\n}", "line 3, column 11: it is not YAML"},
		{"key twice", minimal("  /a: {get: {}}\n  /a: {get: {}}"), "line 5, column 3: key \"/a\" is there twice"},
		{"key twice in JSON", "{\"openapi\": \"3.0.0\",\n  \"openapi\": \"3.0.0\"}", "line 2, column 3: key \"openapi\" is there twice"},
		{"merge of text", "a: {<<: [[x]]}", "line 1, column 10: << wants an object, not a list"},
		{"two documents", "openapi: 3.0.0\n---\nb: 1\n", "line 2"},
		{"not UTF-8", "openapi: \xff", "UTF-8"},
		{"too deep", "openapi: 3.0.0\nx: " + deep, "nested more than 100 deep"},
		{"too deep in JSON", `{"x":` + deep + `}`, "nested more than 100 deep"},
		{"billion laughs", laughs, "more than 500000 values"},
		{"alias in itself", "a: &a [*a]", "line 1"},
		{"too long", strings.Repeat(" ", openapi.MaxBytes+1), "longer than"},
		{"path without slash", minimal("  pets: {get: {}}"), `line 4, column 3: path "pets": it must begin with /`},
		{"text and parameter mixed", minimal("  /a/{id}.json: {get: {}}"), `line 4, column 3: path "/a/{id}.json"`},
		{"parameter twice", minimal("  /a/{x}/{x}: {get: {}}"), `appears twice`},
		{"operation of text", minimal("  /a: {get: x}"), "line 4, column 13: the operation must be an object, not text"},
		{"path of a list", minimal("  /a: []"), "must be an object, not a list"},
		{"paths of a list", "openapi: 3.0.0\npaths: []", "paths must be an object"},
		{"parameter without name", minimal("  /a: {get: {parameters: [{in: query}]}}"), "line 4, column 27: the parameter has no name"},
		{"parameter nowhere", minimal("  /a: {get: {parameters: [{in: body, name: x}]}}"), `must be in path, query, header or cookie, not "body"`},
		{"reference to a file", minimal("  /a: {get: {parameters: [{$ref: 'other.yaml#/x'}]}}"), "line 4, column 34: $ref \"other.yaml#/x\" leads out of the document"},
		{"operation of a file", minimal("  /a: {get: {$ref: 'get.yaml'}}"), "line 4, column 20: $ref \"get.yaml\" leads out of the document"},
		{"reference to the web", minimal("  /a: {$ref: 'http://example.com/x'}"), "leads out of the document"},
		{"reference to nothing", minimal("  /a: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}"), "leads nowhere"},
		{"reference to itself", minimal("  /a: {$ref: '#/paths/~1a'}"), "without end"},
		{"server without url", "openapi: 3.0.0\nservers: [{}]\npaths: {/a: {get: {}}}", "line 2, column 11: the first server has no url"},
		{"server with a variable", "openapi: 3.0.0\nservers: [{url: '/{x}'}]\npaths: {/a: {get: {}}}", "cannot be a base path"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := openapi.Read([]byte(tt.spec))
			var refused *openapi.Error
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want %s", err, tt.want)
			}
		})
	}
}

func TestReadBoundsOperations(t *testing.T) {
	var paths strings.Builder
	for i := range openapi.MaxOperations + 5 {
		fmt.Fprintf(&paths, "  /p%d: {get: {}}\n", i)
	}
	_, err := openapi.Read([]byte(minimal(paths.String())))
	if err == nil || !strings.HasSuffix(err.Error(), "there are more than 1000 operations (and 4 more)") && !strings.HasSuffix(err.Error(), "there are more than 1000 operations") {
		t.Errorf("the error is %v", err)
	}
}

// engine compiles handlers as the gateway does.
func engine(t testing.TB) *interp.Engine {
	t.Helper()
	rules, err := symbols.NewRules()
	if err != nil {
		t.Fatal(err)
	}
	e, err := interp.New(interp.Options{Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close(t.Context()) })
	return e
}

func compile(t *testing.T, e *interp.Engine, name, code string) *interp.Program {
	t.Helper()
	p, err := e.Compile(t.Context(), check.Source{Name: name, Kind: check.Handler, Files: []check.File{{Name: "handler.go", Code: code}}})
	if err != nil {
		t.Fatalf("%s: %v in\n%s", name, err, code)
	}
	return p
}

// TestStubs holds the handlers of a specification with everything in it against those that are expected, and has the
// gateway's own check look at them. With UPDATE=1 the expected ones are written.
func TestStubs(t *testing.T) {
	spec, err := os.ReadFile("testdata/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	e := engine(t)
	var all strings.Builder
	doc := read(t, string(spec))
	for _, note := range doc.Notes {
		fmt.Fprintf(&all, "note: %s\n", note)
	}
	for _, o := range doc.Operations {
		code, err := o.Stub()
		if err != nil {
			t.Error(err)
			continue
		}
		if found := compile(t, e, o.Name, code).Warnings(); len(found) > 0 {
			t.Errorf("%s: %v", o.Name, found)
		}
		fmt.Fprintf(&all, "\n-- %s %s %s --\n%s", o.Name, o.Method, o.Path, code)
	}
	const golden = "testdata/everything.golden"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if all.String() != string(want) {
		t.Errorf("the handlers are not those of %s but\n%s", golden, all.String())
	}
}

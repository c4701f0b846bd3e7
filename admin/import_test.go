package admin_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"mime/multipart"
	"strings"
	"testing"

	"gateway/admin"
	"gateway/internal/catalog"
)

// The tests of imports with the real engine are those of cmd/gateway.

const importBody = `{"spec":"openapi: 3.0.0\ninfo: {title: T}\npaths:\n  /a: {get: {operationId: getA}}\n  /b: {get: {operationId: getB}}","domain":"t.example.com","create_collection":true}`

func TestImport(t *testing.T) {
	run(t, []scenario{
		{
			name: "openapi", method: "POST", path: "/api/import/openapi", body: importBody, status: 200,
			contains: []string{`"collection":{"id":"`, `"name":"T","base_path":"","created":true}`, `"endpoints_created":2,"endpoints_updated":0,"handlers_matched":0,"compiled":0,"started":0`, `"errors":[],"warnings":[]`},
			after: func(t *testing.T, w *world, _ response) {
				if e := w.endpoint("getA"); e.Started || !e.Enabled || e.Domain != "t.example.com" || e.CollectionID == "" {
					t.Errorf("it is %+v", e)
				}
				domains, _, err := w.store.Domains(t.Context(), catalog.DomainFilter{Host: "t.example.com"})
				if err != nil || len(domains) != 1 {
					t.Errorf("domains %v, %v", domains, err)
				}
			},
		},
		{name: "into a collection", method: "POST", path: "/api/import/openapi", body: `{"spec":"openapi: 3.0.0\npaths: {/a: {get: {}}}","collection_id":"{collection}"}`, status: 200, contains: []string{`"id":"{collection}"`, `"full_path":"/v1/a"`, `"domain":"api.example.com"`, `endpoint \"list-pets\" of the collection is not in the specification`}},
		{name: "on the route of another", method: "POST", path: "/api/import/openapi", body: `{"spec":"openapi: 3.0.0\npaths:\n  /hello: {get: {operationId: other}}","domain":"*"}`, status: 409, contains: []string{`"code":"already_exists"`, `endpoint \"hello\"`, `"line":3`}},
		{name: "without the key", method: "POST", path: "/api/import/openapi", body: importBody, headers: []string{"Authorization", ""}, status: 401},
		{name: "bundle without the key", method: "POST", path: "/api/import/bundle", body: "x", headers: []string{"Authorization", ""}, status: 401},
		{name: "get", method: "GET", path: "/api/import/bundle", status: 405},
		{
			name: "the same request again", method: "POST", path: "/api/import/openapi", body: importBody, headers: []string{"Idempotency-Key", "one"}, status: 200,
			after: func(t *testing.T, w *world, first response) {
				again := w.call("POST", "/api/import/openapi", importBody, "Idempotency-Key", "one")
				if again.body != first.body || again.header.Get("Idempotency-Replayed") != "true" {
					t.Errorf("again: %s", again.body)
				}
			},
		},
	})
}

// TestImportFailsHalfway: what could not be saved is in the errors, and made by the same import again.
func TestImportFailsHalfway(t *testing.T) {
	w := newWorld(t)
	w.deployer.fail = &catalog.Error{Code: catalog.CodeConflict, Message: "somebody was faster"}
	r := w.call("POST", "/api/import/openapi", importBody)
	if r.status != 200 || !strings.Contains(r.body, `"endpoints_created":1`) || !strings.Contains(r.body, `"errors":[{"endpoint":"getA","error":"somebody was faster","code":"conflict"}]`) {
		t.Errorf("%d %s", r.status, r.body)
	}
	r = w.call("POST", "/api/import/openapi", importBody)
	if r.status != 200 || !strings.Contains(r.body, `"endpoints_created":1,"endpoints_updated":1`) {
		t.Errorf("again: %d %s", r.status, r.body)
	}
	w.deployer.fail = errors.New("the disk at /secret/path is full")
	if r := w.call("POST", "/api/import/openapi", strings.ReplaceAll(importBody, "t.example", "u.example")); r.status != 500 || strings.Contains(r.body, "disk") {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestImportConflictsWithAScript(t *testing.T) {
	w := newWorld(t)
	w.deployer.scripts = []admin.Script{{Name: "s.go", Endpoints: []catalog.Endpoint{{
		ID: catalog.NewID(), Name: "s.go:A", Domain: "t.example.com", Method: "GET", Path: "/a", Source: catalog.Source{Kind: catalog.SourceFile, File: "s.go"},
	}}}}
	if r := w.call("POST", "/api/import/openapi", importBody); r.status != 409 || !strings.Contains(r.body, `endpoint \"s.go:A\"`) {
		t.Errorf("%d %s", r.status, r.body)
	}
}

// TestImportShowsWarningsOfTheCheck: with the handler's file in the bundle.
func TestImportShowsWarningsOfTheCheck(t *testing.T) {
	w := newWorld(t)
	var form, zipped bytes.Buffer
	z := zip.NewWriter(&zipped)
	for name, content := range map[string]string{"openapi.yaml": "openapi: 3.0.0\npaths: {/a: {get: {}}}", "handlers/get_a.go": "package handler // WARNING"} {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	m := multipart.NewWriter(&form)
	f, err := m.CreateFormFile("bundle", "b.zip")
	if err = errors.Join(err, z.Close()); err == nil {
		_, err = f.Write(zipped.Bytes())
	}
	if err = errors.Join(err, m.Close()); err != nil {
		t.Fatal(err)
	}
	r := w.call("POST", "/api/import/bundle?domain=*", form.String(), "Content-Type", m.FormDataContentType())
	var got struct {
		Data struct {
			Endpoints []struct{ Warnings []admin.Diagnostic }
		}
	}
	if err := json.Unmarshal([]byte(r.body), &got); err != nil || r.status != 200 || len(got.Data.Endpoints) != 1 {
		t.Fatalf("%v, %d %s", err, r.status, r.body)
	}
	if found := got.Data.Endpoints[0].Warnings; len(found) != 1 || found[0].File != "handlers/get_a.go" {
		t.Errorf("warnings %+v", found)
	}
}

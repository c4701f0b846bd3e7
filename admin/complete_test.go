package admin_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gateway/admin"
	"gateway/internal/catalog"
)

// fakeAssistant repeats what it is asked, and has nothing to say about the begin of code.
type fakeAssistant struct{}

func (fakeAssistant) Complete(_ context.Context, name, code string, offset int) (any, error) {
	switch {
	case strings.Contains(code, "SLOW"):
		return nil, &catalog.Error{Code: catalog.CodeUnavailable, Message: "type checking this source takes too long"}
	case strings.Contains(code, "DEFECT"):
		return nil, errors.New("secret details")
	}
	return map[string]any{"name": name, "before": code[:offset]}, nil
}

func (f fakeAssistant) Hover(ctx context.Context, name, code string, offset int) (any, error) {
	if offset == 0 {
		return nil, nil
	}
	return f.Complete(ctx, name, code, offset)
}

func TestAssist(t *testing.T) {
	var scenarios []scenario
	for _, path := range []string{"/api/complete", "/api/hover"} {
		for _, sc := range []scenario{
			{name: "offset", body: `{"code":"package ä\n","offset":10}`, status: 200, contains: []string{`"before":"package ä"`, `"name":"handler"`}},
			{name: "line and column", body: `{"name":"x","code":"package ä\nvar x","line":2,"column":4}`, status: 200, contains: []string{`"before":"package ä\nvar"`, `"name":"x"`}},
			{name: "end of a line", body: `{"code":"ä\nb","line":1,"column":3}`, status: 200, contains: []string{`"before":"ä"`}},
			{name: "end of the code", body: `{"code":"ab","offset":2}`, status: 200, contains: []string{`"before":"ab"`}},
			{name: "no code", body: `{"offset":1}`, status: 400, contains: []string{"code is missing", `"field":"code"`}},
			{name: "no place", body: `{"code":"x"}`, status: 400, contains: []string{"the place is missing", "in bytes"}},
			{name: "half a place", body: `{"code":"x","line":1}`, status: 400, contains: []string{"the place is missing"}},
			{name: "outside", body: `{"code":"x","offset":2}`, status: 400, contains: []string{`"field":"offset"`}},
			{name: "before", body: `{"code":"x","offset":-1}`, status: 400, contains: []string{`"field":"offset"`}},
			{name: "no such line", body: `{"code":"x","line":2,"column":1}`, status: 400, contains: []string{`"field":"line"`}},
			{name: "no such column", body: `{"code":"x\nabc","line":1,"column":3}`, status: 400, contains: []string{`"field":"column"`}},
			{name: "unknown field", body: `{"code":"x","ofset":2}`, status: 400, contains: []string{`there is no field \"ofset\"`}},
			{name: "too long", body: `{"offset":1,"code":"` + strings.Repeat("x", catalog.MaxCodeBytes+1) + `"}`, status: 413},
			{name: "takes too long", body: `{"code":"SLOW","offset":1}`, status: 503, contains: []string{"takes too long"}},
			{name: "a defect", body: `{"code":"DEFECT","offset":1}`, status: 500, lacks: []string{"secret details"}},
			{name: "no key", body: `{"code":"x","offset":1}`, status: 401, headers: []string{"Authorization", ""}},
		} {
			sc.name, sc.method, sc.path = path+" "+sc.name, "POST", path
			scenarios = append(scenarios, sc)
		}
	}
	scenarios = append(scenarios,
		scenario{name: "nothing to say", method: "POST", path: "/api/hover", body: `{"code":"x","offset":0}`, status: 200, contains: []string{`"data":null`}},
		scenario{name: "another method", method: "GET", path: "/api/complete", status: 405})
	run(t, scenarios)
}

func TestWithoutAssistant(t *testing.T) {
	w := newWorld(t)
	server, err := admin.New(admin.Options{Key: adminKey, Store: w.store, Deployer: w.deployer, Observer: w.observer})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/complete", strings.NewReader(`{"code":"x","offset":0}`))
	r.Header.Set("Authorization", "Bearer "+adminKey)
	r.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, r)
	if rec.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d: %s", rec.Code, rec.Body)
	}
}

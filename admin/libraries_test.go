package admin_test

import (
	"strings"
	"testing"
)

func TestLibraries(t *testing.T) {
	w := newWorld(t)
	w.make("money", "POST", "/api/libraries", `{"name":"money","description":"amounts","code":"package money // one"}`)
	for _, step := range []struct {
		name, method, path, body string
		status                   int
		contains                 []string
	}{
		{"list", "GET", "/api/libraries", "", 200, []string{`"id":"{money}"`, `"import":"lib/money"`, `"total":1`}},
		{"get", "GET", "/api/libraries/{money}", "", 200, []string{`"files":{"money.go":"package money // one"}`, `"version":1`, `"revision":1`}},
		{"get by name", "GET", "/api/libraries/money", "", 200, []string{`"id":"{money}"`}},
		{"get what is not there", "GET", "/api/libraries/nothing", "", 404, []string{`nothing`}},
		{"create twice", "POST", "/api/libraries", `{"name":"money","code":"package money"}`, 409, []string{`"field":"name"`}},
		{"create without files", "POST", "/api/libraries", `{"name":"empty"}`, 400, []string{`"field":"files"`}},
		{"create with a wrong name", "POST", "/api/libraries", `{"name":"A b","code":"package a"}`, 400, []string{`"field":"name"`}},
		{"create with code and files", "POST", "/api/libraries", `{"name":"x","code":"package x","files":{"x.go":"package x"}}`, 400, []string{`"field":"code"`}},
		{"create with a field there is not", "POST", "/api/libraries", `{"name":"x","code":"package x","path":"/x"}`, 400, []string{`"field":"path"`}},
		{"create what is broken", "POST", "/api/libraries", `{"name":"x","code":"BROKEN"}`, 422, []string{`"diagnostics":[{"file":"lib/x/x.go"`}},
		{"create with several files", "POST", "/api/libraries", `{"name":"used","files":{"a.go":"package used","b.go":"package used"},"dependencies":{"example.com/m":{"version":"v1.0.0","sum":"h1:x"}}}`, 201,
			[]string{`"used_by":["user"]`, `"reloaded":["user"]`, `"dependencies":{"example.com/m":"v1.0.0 h1:x"}`}},
		{"update the description", "PUT", "/api/libraries/money", `{"description":"more"}`, 200, []string{`"description":"more"`, `"version":1`, `"revision":2`}},
		{"update nothing", "PUT", "/api/libraries/money", `{"description":"more"}`, 200, []string{`"revision":2`}},
		{"update what is broken", "PUT", "/api/libraries/money", `{"code":"BROKEN"}`, 422, []string{`"diagnostics":[{"file":"lib/money/money.go"`}},
		{"update an old version", "PUT", "/api/libraries/money", `{"code":"package money // two","version":7}`, 409, []string{`version_mismatch`}},
		{"update the source", "PUT", "/api/libraries/money", `{"code":"package money // two","note":"second"}`, 200, []string{`"version":2`, `"revision":3`, `"reloaded":["user"]`}},
		{"update with the same source", "PUT", "/api/libraries/money", `{"code":"package money // two"}`, 200, []string{`"version":2`, `"revision":3`}},
		{"list versions", "GET", "/api/libraries/money/versions", "", 200, []string{`"version":2,"current":true,"file_names":["money.go"]`, `"note":"second"`, `"total":2`}},
		{"get a version", "GET", "/api/libraries/money/versions/1", "", 200, []string{`"files":{"money.go":"package money // one"}`, `"current":false`}},
		{"get no version", "GET", "/api/libraries/money/versions/9", "", 404, nil},
		{"roll back", "POST", "/api/libraries/money/rollback", "", 200, []string{`package money // one`, `"version":3`}},
		{"roll back to a version", "POST", "/api/libraries/money/versions/2/rollback", "", 200, []string{`package money // two`, `"version":4`}},
		{"roll back to no version", "POST", "/api/libraries/money/rollback", `{"version":-1}`, 400, []string{`"field":"version"`}},
		{"delete one that is used", "DELETE", "/api/libraries/used", "", 409, []string{"imported by user"}},
		{"delete", "DELETE", "/api/libraries/money", "", 200, []string{`"data":null`}},
		{"delete what is not there", "DELETE", "/api/libraries/money", "", 404, nil},
	} {
		res := w.call(step.method, step.path, step.body)
		if res.status != step.status {
			t.Errorf("%s: status %d, want %d: %s", step.name, res.status, step.status, res.body)
		}
		checkEnvelope(t, res)
		for _, text := range step.contains {
			if !strings.Contains(res.body, w.expand(text)) {
				t.Errorf("%s: %s is not in %s", step.name, w.expand(text), res.body)
			}
		}
	}
}

func TestModules(t *testing.T) {
	w := newWorld(t)
	for _, step := range []struct {
		name, method, path, body string
		status                   int
		contains                 string
	}{
		{"none", "GET", "/api/modules", "", 200, `"data":[]`},
		{"upload", "PUT", "/api/modules/github.com/google/uuid@v1.6.0", "a zip", 201, `"path":"github.com/google/uuid","version":"v1.6.0","size":5`},
		{"upload without a version", "PUT", "/api/modules/github.com/google/uuid", "a zip", 400, "PATH@VERSION"},
		{"upload with a wrong version", "PUT", "/api/modules/github.com/google/uuid@1", "a zip", 400, "no version"},
		{"one", "GET", "/api/modules", "", 200, `"total":1`},
	} {
		res := w.call(step.method, step.path, step.body)
		if res.status != step.status || !strings.Contains(res.body, step.contains) {
			t.Errorf("%s: %d %s, want %d with %s", step.name, res.status, res.body, step.status, step.contains)
		}
	}
}

package admin_test

import (
	"strings"
	"testing"
)

func TestSecrets(t *testing.T) {
	w := newWorld(t)
	w.make("token", "POST", "/api/secrets", `{"name":"token","value":"`+secret+`","description":"of the crm"}`)
	stored := func() string {
		t.Helper()
		v, err := w.store.Secret(t.Context(), w.ids["token"])
		if err != nil {
			t.Fatal(err)
		}
		return plain(v)
	}
	for _, step := range []struct {
		name, method, path, body string
		status                   int
		contains                 []string
		value                    string // that is stored afterwards; empty for none
	}{
		{"list", "GET", "/api/secrets", "", 200, []string{`"id":"{token}"`, `"name":"token"`, `"description":"of the crm"`, `"total":1`}, secret},
		{"get", "GET", "/api/secrets/{token}", "", 200, []string{`"name":"token"`, `"revision":1`}, secret},
		{"get by name", "GET", "/api/secrets/token", "", 200, []string{`"id":"{token}"`}, secret},
		{"get what is not there", "GET", "/api/secrets/nothing", "", 404, []string{`nothing`}, secret},
		{"create twice", "POST", "/api/secrets", `{"name":"token","value":"x"}`, 409, []string{`"field":"name"`}, secret},
		{"create without value", "POST", "/api/secrets", `{"name":"other"}`, 400, []string{`"field":"value"`}, secret},
		{"create with an empty value", "POST", "/api/secrets", `{"name":"other","value":""}`, 400, []string{`"field":"value"`}, secret},
		{"create with a wrong value", "POST", "/api/secrets", `{"name":"other","value":["` + secret + `"]}`, 400, []string{`"field":"value"`}, secret},
		{"create with a large value", "POST", "/api/secrets", `{"name":"other","value":"` + strings.Repeat("x", 65<<10) + `"}`, 400, []string{`"field":"value"`}, secret},
		{"create with a wrong name", "POST", "/api/secrets", `{"name":"a}b","value":"x"}`, 400, []string{`"field":"name"`}, secret},
		{"create with a field there is not", "POST", "/api/secrets", `{"name":"other","value":"x","ciphertext":"x"}`, 400, []string{`"field":"ciphertext"`}, secret},
		{"update the description", "PUT", "/api/secrets/token", `{"description":"changed"}`, 200, []string{`"description":"changed"`, `"revision":2`}, secret},
		{"update an old revision", "PUT", "/api/secrets/token", `{"value":"x","revision":1}`, 409, []string{`version_mismatch`}, secret},
		{"update the value", "PUT", "/api/secrets/{token}", `{"value":"another"}`, 200, []string{`"revision":3`}, "another"},
		{"update with an empty value", "PUT", "/api/secrets/{token}", `{"value":""}`, 400, []string{`"field":"value"`}, "another"},
		{"rename", "PUT", "/api/secrets/token", `{"name":"renamed"}`, 200, []string{`"name":"renamed"`}, "another"},
		{"update what is not there", "PUT", "/api/secrets/token", `{"value":"x"}`, 404, nil, "another"},
		{"delete what is not there", "DELETE", "/api/secrets/token", "", 404, nil, "another"},
		{"delete", "DELETE", "/api/secrets/renamed", "", 200, []string{`"data":null`}, ""},
		{"list none", "GET", "/api/secrets", "", 200, []string{`"data":[]`, `"total":0`}, ""},
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
		if strings.Contains(res.body, "another") || strings.Contains(res.body, "ciphertext\":") {
			t.Errorf("%s: the value comes back: %s", step.name, res.body)
		}
		if step.value != "" && stored() != step.value {
			t.Errorf("%s: stored is %q", step.name, stored())
		}
	}
	if w.secrets.refreshes != 4 { // the creation and three updates
		t.Errorf("services looked %d times", w.secrets.refreshes)
	}
}

func TestSecretThatNoServiceWorksWith(t *testing.T) {
	w := newWorld(t)
	w.secrets.broken = errBackend
	res := w.call("POST", "/api/secrets", `{"name":"token","value":"`+secret+`"}`)
	if res.status != 201 || !strings.Contains(res.body, `"message":"saved, but not every service works with it: connection refused"`) {
		t.Errorf("%d %s", res.status, res.body)
	}
}

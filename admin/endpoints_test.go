package admin_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"gateway/admin"
	"gateway/internal/catalog"
)

func TestEndpoints(t *testing.T) {
	run(t, []scenario{
		{
			name: "list", method: "GET", path: "/api/endpoints", status: 200,
			contains: []string{`"name":"hello"`, `"name":"draft"`, `"code":"package handler // two"`, `"total":3`, `"status":"running"`, `"status":"created"`},
		},
		{name: "list without code", method: "GET", path: "/api/endpoints?code=false", status: 200, contains: []string{`"name":"hello"`}, lacks: []string{"package handler"}},
		{name: "list of a domain", method: "GET", path: "/api/endpoints?domain=api.example.com", status: 200, contains: []string{`list-pets`, `"total":1`}, lacks: []string{`"hello"`}},
		{name: "list of a collection", method: "GET", path: "/api/endpoints?collection_id={collection}", status: 200, contains: []string{`list-pets`, `"total":1`}},
		{name: "list by name", method: "GET", path: "/api/endpoints?name=draft", status: 200, contains: []string{`"name":"draft"`, `"total":1`}},
		{name: "list of a service", method: "GET", path: "/api/endpoints?service_id={service}", status: 200, contains: []string{`"name":"hello"`, `"total":1`}},
		{name: "list of disabled ones", method: "GET", path: "/api/endpoints?enabled=false", status: 200, contains: []string{`"data":[]`, `"total":0`}},
		{name: "page", method: "GET", path: "/api/endpoints?page=2&limit=2", status: 200, contains: []string{`"total":3`, `list-pets`}, lacks: []string{`"name":"hello"`}},
		{name: "page far away", method: "GET", path: "/api/endpoints?page=1000000&limit=1000", status: 200, contains: []string{`"data":[]`, `"total":3`}},
		{name: "page 0", method: "GET", path: "/api/endpoints?page=0", status: 400, contains: []string{`"field":"page"`}},
		{name: "limit too large", method: "GET", path: "/api/endpoints?limit=100000", status: 400, contains: []string{`"field":"limit"`}},
		{name: "filter that is not one", method: "GET", path: "/api/endpoints?domian=x", status: 400, contains: []string{`domian`, `"code":"invalid"`}},
		{name: "enabled that is not a boolean", method: "GET", path: "/api/endpoints?enabled=maybe", status: 400, contains: []string{`"field":"enabled"`}},

		{
			name: "get", method: "GET", path: "/api/endpoints/{hello}", status: 200,
			contains: []string{
				`"id":"{hello}"`, `"method":"GET"`, `"path":"/hello"`, `"domain":"*"`, `"code":"package handler // two"`, `"enabled":true`,
				`"status":"running"`, `"version":2`, `"revision":3`, `"url":"http://localhost:9080/hello"`, `"created_at":"20`, `"updated_at":"20`,
				`"services":[{"service_id":"{service}","pool_id":"db"`, `"source":{"kind":"api"}`,
			},
			after: func(t *testing.T, _ *world, r response) {
				if got := r.header.Get("ETag"); got != `"3"` {
					t.Errorf("ETag %s", got)
				}
			},
		},
		{name: "get by name", method: "GET", path: "/api/endpoints/list-pets", status: 200, contains: []string{`"id":"{pets}"`, `"url":"http://api.example.com:9080/v1/pets"`, `"full_path":"/v1/pets"`, `"domain":"api.example.com"`}},
		{name: "get what is not there", method: "GET", path: "/api/endpoints/nothing", status: 404, contains: []string{`"code":"not_found"`, `nothing`}},
		{name: "get an id that is not there", method: "GET", path: "/api/endpoints/01234567-89ab-7def-8123-456789abcdef", status: 404},

		{
			name: "create", method: "POST", path: "/api/endpoints",
			body: `{"name":"getPets","path":"/all","method":"get","domain":"api.example.com","description":"all","code":"package handler",
				"dependencies":{"github.com/google/uuid":"v1.6.0","example.com/m":{"version":"v0.1.0"}},
				"enabled":true,"timeout":"2s","drain_timeout":"1m","max_concurrency":5,"min_workers":1,"max_workers":2,"max_body_bytes":1000}`,
			status: 201,
			contains: []string{
				`"name":"getPets"`, `"method":"GET"`, `"status":"compiled"`, `"version":1`, `"revision":1`, `"timeout":"2s"`, `"drain_timeout":"1m0s"`,
				`"github.com/google/uuid":"v1.6.0"`, `"example.com/m":"v0.1.0"`, `"max_workers":2`, `"max_body_bytes":1000`,
			},
		},
		{name: "create without code", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","domain":"*","code":""}`, status: 201, contains: []string{`"status":"created"`, `"version":0`}},
		{name: "create in a collection", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","collection_id":"{collection}"}`, status: 201, contains: []string{`"domain":"api.example.com"`, `"full_path":"/v1/x"`}},
		{name: "create in no collection", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","collection_id":"{hello}"}`, status: 400, contains: []string{`"field":"collection_id"`}},
		{name: "create without name", method: "POST", path: "/api/endpoints", body: `{"path":"/x","method":"GET"}`, status: 400, contains: []string{`"field":"name"`}},
		{name: "create with a taken name", method: "POST", path: "/api/endpoints", body: `{"name":"hello","path":"/x","method":"GET"}`, status: 409, contains: []string{`"code":"already_exists"`, `"field":"name"`}},
		{name: "create with a taken route", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/hello","method":"GET"}`, status: 409, contains: []string{`"field":"path"`, `hello`}},
		{
			name: "create with broken code", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","code":"BROKEN"}`, status: 422,
			contains: []string{`"code":"unprocessable"`, `"diagnostics":[{`, `"line":3,"column":5`, `"message":"undefined: BROKEN"`, `"hint":"declare it"`, `"line":9`},
			after: func(t *testing.T, w *world, _ response) {
				if r := w.call("GET", "/api/endpoints/x", ""); r.status != 404 {
					t.Errorf("it was saved: %s", r.body)
				}
			},
		},
		{name: "create with code that warns", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","code":"WARNING"}`, status: 201, contains: []string{`"warnings":[{`, `"severity":"warning"`}},
		{name: "create with a field there is not", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","patth":"/y"}`, status: 400, contains: []string{`"field":"patth"`, `there is no field \"patth\"`}},
		{name: "create with a wrong type", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","max_workers":"two"}`, status: 400, contains: []string{`"field":"max_workers"`, `must be a number`}},
		{name: "create with a wrong duration", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","timeout":5}`, status: 400, contains: []string{`is not a duration`, `2s`}},
		{name: "create with a limit too large", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","timeout":"48h"}`, status: 400, contains: []string{`"field":"timeout"`}},
		{name: "create with a feature of a module", method: "POST", path: "/api/endpoints", body: `{"name":"x","path":"/x","method":"GET","code":"x","dependencies":{"a.b/c":{"version":"v1.0.0","features":[]}}}`, status: 400, contains: []string{`"field":"dependencies"`, `features`}},

		{
			name: "update code", method: "PUT", path: "/api/endpoints/{hello}", body: `{"code":"package handler // three","note":"better"}`, status: 200,
			contains: []string{`"version":3`, `"revision":4`, `"status":"running"`, `// three`, `"swapped":true,"pending":2`},
			after: func(t *testing.T, w *world, _ response) {
				r := w.call("GET", "/api/endpoints/{hello}/versions/3", "")
				if !strings.Contains(r.body, `"note":"better"`) {
					t.Error(r.body)
				}
			},
		},
		{name: "update with the same code", method: "PUT", path: "/api/endpoints/{hello}", body: `{"code":"package handler // two"}`, status: 200, contains: []string{`"version":2`, `"revision":3`}},
		{name: "update settings", method: "PUT", path: "/api/endpoints/{hello}", body: `{"name":"Updated Name","description":"d","timeout":"5s"}`, status: 200, contains: []string{`"name":"Updated Name"`, `"version":2`, `"revision":4`, `"timeout":"5s"`, `// two`}},
		{name: "update dependencies only", method: "PUT", path: "/api/endpoints/{hello}", body: `{"dependencies":{"a.b/c":"v1.0.0"}}`, status: 200, contains: []string{`"version":3`, `"a.b/c":"v1.0.0"`, `// two`}},
		{name: "update dependencies without code", method: "PUT", path: "/api/endpoints/{draft}", body: `{"dependencies":{"a.b/c":"v1.0.0"}}`, status: 400, contains: []string{`"field":"dependencies"`}},
		{name: "disable", method: "PUT", path: "/api/endpoints/{hello}", body: `{"enabled":false}`, status: 200, contains: []string{`"enabled":false`, `"status":"stopped"`}},
		{name: "out of the collection", method: "PUT", path: "/api/endpoints/{pets}", body: `{"collection_id":""}`, status: 200, contains: []string{`"full_path":"/pets"`}, lacks: []string{`collection_id`}},
		{
			name: "update with broken code", method: "PUT", path: "/api/endpoints/{hello}", body: `{"code":"BROKEN","name":"other"}`, status: 422, contains: []string{`"diagnostics":[`},
			after: func(t *testing.T, w *world, _ response) {
				if e := w.endpoint("hello"); e.Version != 2 || e.Revision != 3 {
					t.Errorf("it was changed: %+v", e)
				}
			},
		},
		{name: "update with empty code", method: "PUT", path: "/api/endpoints/{hello}", body: `{"code":""}`, status: 400, contains: []string{`"field":"code"`}},
		{name: "update what is not there", method: "PUT", path: "/api/endpoints/nothing", body: `{}`, status: 404},
		{name: "update to a taken name", method: "PUT", path: "/api/endpoints/{hello}", body: `{"name":"draft"}`, status: 409, contains: []string{`"code":"already_exists"`}},
		{
			name: "send back what was read", method: "PUT", path: "/api/endpoints/{pets}", status: 200, contains: []string{`"revision":2`},
			body: `{"id":"{pets}","name":"list-pets","path":"/pets","method":"GET","domain":"api.example.com","collection_id":"{collection}","description":"new",
				"code":"package handler","enabled":true,"status":"compiled","version":1,"revision":1,"full_path":"/v1/pets","url":"http://x","source":{"kind":"api"},
				"services":[],"started":false,"created_at":"2024-01-15T10:30:00Z","updated_at":"2024-01-15T10:30:00Z","warnings":null,"reason":"","diagnostics":[]}`,
		},

		{name: "If-Match", method: "PUT", path: "/api/endpoints/{hello}", body: `{"description":"x"}`, headers: []string{"If-Match", `"3"`}, status: 200, contains: []string{`"revision":4`}},
		{name: "If-Match of several", method: "PUT", path: "/api/endpoints/{hello}", body: `{"description":"x"}`, headers: []string{"If-Match", `"1", W/"3"`}, status: 200},
		{name: "If-Match of any", method: "PUT", path: "/api/endpoints/{hello}", body: `{"description":"x"}`, headers: []string{"If-Match", `*`}, status: 200},
		{name: "If-Match of an old one", method: "PUT", path: "/api/endpoints/{hello}", body: `{"description":"x"}`, headers: []string{"If-Match", `"2"`}, status: 409, contains: []string{`"code":"version_mismatch"`, `revision 3`, `"hint":`}},
		{name: "revision", method: "PUT", path: "/api/endpoints/{hello}", body: `{"description":"x","revision":3}`, status: 200},
		{name: "old revision", method: "PUT", path: "/api/endpoints/{hello}", body: `{"description":"x","revision":2}`, status: 409, contains: []string{`"code":"version_mismatch"`}},
		{name: "version", method: "PUT", path: "/api/endpoints/{hello}", body: `{"code":"three","version":2}`, status: 200, contains: []string{`"version":3`}},
		{name: "old version", method: "PUT", path: "/api/endpoints/{hello}", body: `{"code":"three","version":1}`, status: 409, contains: []string{`version 2`}},
		{name: "delete an old revision", method: "DELETE", path: "/api/endpoints/{hello}", headers: []string{"If-Match", `"1"`}, status: 409},
		{name: "stop an old revision", method: "POST", path: "/api/endpoints/{hello}/stop", headers: []string{"If-Match", `"1"`}, status: 409},

		{
			name: "delete", method: "DELETE", path: "/api/endpoints/{hello}", status: 200, contains: []string{`"data":null`},
			after: func(t *testing.T, w *world, _ response) {
				if r := w.call("GET", "/api/endpoints/{hello}", ""); r.status != 404 {
					t.Error(r.body)
				}
			},
		},
		{name: "delete what is not there", method: "DELETE", path: "/api/endpoints/nothing", status: 404},
		{name: "compile", method: "POST", path: "/api/endpoints/{pets}/compile", status: 200, contains: []string{`"status":"compiled"`, `"message":"compilation successful"`}},
		{name: "start", method: "POST", path: "/api/endpoints/{pets}/start", status: 200, contains: []string{`"status":"running"`}},
		{name: "start without code", method: "POST", path: "/api/endpoints/{draft}/start", status: 409, contains: []string{`no code`}},
		{name: "stop", method: "POST", path: "/api/endpoints/{hello}/stop", status: 200, contains: []string{`"status":"stopped"`}},
		{name: "status", method: "GET", path: "/api/endpoints/{hello}/status", status: 200, contains: []string{`"status":"running"`, `"version":2`, `"instances":{"loaded":1`}},
	})
}

func TestDeploy(t *testing.T) {
	run(t, []scenario{
		{
			name: "new", method: "POST", path: "/api/deploy", body: `{"name":"new","method":"GET","path":"/new/{id}","domain":"*","code":"package handler","timeout":"2s"}`, status: 200,
			contains: []string{`"name":"new"`, `"status":"running"`, `"version":1`, `"url":"http://localhost:9080/new/{id}"`, `"created":true`, `"id":"`},
			after: func(t *testing.T, w *world, _ response) {
				if e := w.endpoint("new"); e.Timeout.String() != "2s" || !e.Serves() {
					t.Errorf("%+v", e)
				}
			},
		},
		{name: "again", method: "POST", path: "/api/deploy", body: `{"name":"hello","code":"package handler // three"}`, status: 200, contains: []string{`"id":"{hello}"`, `"version":3`, `"created":false`, `"swapped":true,"pending":2`}},
		{name: "the same", method: "POST", path: "/api/deploy", body: `{"name":" hello ","method":"get","path":"/hello/","code":"package handler // two"}`, status: 200, contains: []string{`"version":2`, `"revision":3`}},
		{name: "code for a draft", method: "POST", path: "/api/deploy", body: `{"name":"draft","code":"package handler"}`, status: 200, contains: []string{`"version":1`, `"status":"running"`}},
		{name: "to another path", method: "POST", path: "/api/deploy", body: `{"name":"hello","path":"/moved","code":"package handler // two"}`, status: 200, contains: []string{`:9080/moved`, `"version":2`}},
		{name: "broken", method: "POST", path: "/api/deploy", body: `{"name":"hello","code":"BROKEN"}`, status: 422, contains: []string{`"diagnostics":[`}},
		{name: "without name", method: "POST", path: "/api/deploy", body: `{"method":"GET","path":"/x","code":"x"}`, status: 400, contains: []string{`"field":"name"`}},
		{name: "without code", method: "POST", path: "/api/deploy", body: `{"name":"x","method":"GET","path":"/x"}`, status: 400, contains: []string{`"field":"code"`}},
		{name: "without path", method: "POST", path: "/api/deploy", body: `{"name":"x","method":"GET","code":"x"}`, status: 400, contains: []string{`"field":"path"`}},
		{name: "route of another", method: "POST", path: "/api/deploy", body: `{"name":"x","method":"GET","path":"/hello","code":"x"}`, status: 409, contains: []string{`"already_exists"`}},
		{name: "old version", method: "POST", path: "/api/deploy", body: `{"name":"hello","code":"x","version":1}`, status: 409, contains: []string{`"version_mismatch"`}},
		{name: "expected and not there", method: "POST", path: "/api/deploy", body: `{"name":"x","method":"GET","path":"/x","code":"x"}`, headers: []string{"If-Match", `"1"`}, status: 409},
		{name: "too large", method: "POST", path: "/api/deploy", body: `{"name":"x","method":"GET","path":"/x","code":"` + strings.Repeat("x", 9<<20) + `"}`, status: 413, contains: []string{`"payload_too_large"`}},
		{name: "code too large", method: "POST", path: "/api/deploy", body: `{"name":"x","method":"GET","path":"/x","code":"` + strings.Repeat("x", catalog.MaxCodeBytes+1) + `"}`, status: 413},
	})
}

func TestDeployOfDisabled(t *testing.T) {
	w := populated(t)
	w.make("", "PUT", "/api/endpoints/{hello}", `{"enabled":false}`)
	if r := w.call("POST", "/api/deploy", `{"name":"hello","code":"x"}`); r.status != 409 || !strings.Contains(r.body, "disabled") {
		t.Errorf("%d %s", r.status, r.body)
	}
	if r := w.call("POST", "/api/deploy", `{"name":"hello","code":"x","enabled":true}`); r.status != 200 || !strings.Contains(r.body, "running") {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestDeployStartsWhatWasStopped(t *testing.T) {
	w := populated(t)
	w.make("", "POST", "/api/endpoints/{hello}/stop", "")
	r := w.call("POST", "/api/deploy", `{"name":"hello","code":"package handler // two"}`)
	if r.status != 200 || !strings.Contains(r.body, `"status":"running"`) || !strings.Contains(r.body, `"version":2`) {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestCheck(t *testing.T) {
	run(t, []scenario{
		{name: "fine", method: "POST", path: "/api/check", body: `{"code":"package handler"}`, status: 200, contains: []string{`"data":{"diagnostics":[]}`}},
		{name: "broken", method: "POST", path: "/api/check", body: `{"code":"BROKEN"}`, status: 200, contains: []string{`"line":3,"column":5`, `"severity":"error"`, `"code":"type"`, `"message":"undefined: BROKEN"`, `"hint":"declare it"`}},
		{name: "warning", method: "POST", path: "/api/check", body: `{"code":"WARNING","name":"mine"}`, status: 200, contains: []string{`careful with mine`}},
		{name: "no code", method: "POST", path: "/api/check", body: `{}`, status: 400, contains: []string{`"field":"code"`}},
	})
}

func TestVersions(t *testing.T) {
	run(t, []scenario{
		{name: "list", method: "GET", path: "/api/endpoints/{hello}/versions", status: 200, contains: []string{`"version":2,"current":true`, `"version":1,"current":false`, `"total":2`, `"hash":"`}, lacks: []string{"package handler"}},
		{name: "page", method: "GET", path: "/api/endpoints/{hello}/versions?limit=1&page=2", status: 200, contains: []string{`"version":1`, `"total":2`}, lacks: []string{`"version":2`}},
		{name: "none", method: "GET", path: "/api/endpoints/{draft}/versions", status: 200, contains: []string{`"data":[]`}},
		{name: "get", method: "GET", path: "/api/endpoints/hello/versions/1", status: 200, contains: []string{`"code":"package handler // one"`, `"current":false`}},
		{name: "get none", method: "GET", path: "/api/endpoints/{hello}/versions/9", status: 404},
		{name: "get no number", method: "GET", path: "/api/endpoints/{hello}/versions/latest", status: 404},
		{
			name: "rollback", method: "POST", path: "/api/endpoints/{hello}/versions/1/rollback", status: 200, contains: []string{`"version":3`, `"code":"package handler // one"`},
			after: func(t *testing.T, w *world, _ response) {
				if r := w.call("GET", "/api/endpoints/{hello}/versions/3", ""); !strings.Contains(r.body, `"rollback_of":1`) {
					t.Error(r.body)
				}
			},
		},
		{name: "rollback in the body", method: "POST", path: "/api/endpoints/{hello}/rollback", body: `{"version":1}`, status: 200, contains: []string{`"version":3`, `// one`}},
		{name: "rollback to the one before", method: "POST", path: "/api/endpoints/{hello}/rollback", status: 200, contains: []string{`"version":3`, `// one`}},
		{name: "rollback to the current one", method: "POST", path: "/api/endpoints/{hello}/versions/2/rollback", status: 200, contains: []string{`"version":2`, `"revision":3`}},
		{name: "rollback to none", method: "POST", path: "/api/endpoints/{hello}/versions/7/rollback", status: 404},
		{name: "rollback of what has no code", method: "POST", path: "/api/endpoints/{draft}/rollback", status: 409},
		{name: "rollback of an old revision", method: "POST", path: "/api/endpoints/{hello}/rollback", body: `{"version":1,"revision":1}`, status: 409},
	})
}

func TestBindings(t *testing.T) {
	run(t, []scenario{
		{name: "list", method: "GET", path: "/api/endpoints/{hello}/services", status: 200, contains: []string{`"service_id":"{service}","pool_id":"db"`, `"total":1`}},
		{name: "list none", method: "GET", path: "/api/endpoints/{draft}/services", status: 200, contains: []string{`"data":[]`}},
		{name: "bind", method: "POST", path: "/api/endpoints/{draft}/services", body: `{"service_id":"{service}","pool_id":"main-db"}`, status: 200, contains: []string{`"pool_id":"main-db"`, `"revision":2`}},
		{name: "bind again", method: "POST", path: "/api/endpoints/{hello}/services", body: `{"service_id":"{service}","pool_id":"db"}`, status: 200, contains: []string{`"revision":3`}},
		{name: "bind under a second name", method: "POST", path: "/api/endpoints/{hello}/services", body: `{"service_id":"{service}","pool_id":"other"}`, status: 200, contains: []string{`"pool_id":"db"`, `"pool_id":"other"`}},
		{name: "bind what is not there", method: "POST", path: "/api/endpoints/{hello}/services", body: `{"service_id":"{hello}","pool_id":"x"}`, status: 400, contains: []string{`"field":"service_id"`}},
		{name: "bind without name", method: "POST", path: "/api/endpoints/{hello}/services", body: `{"service_id":"{service}"}`, status: 400, contains: []string{`"field":"pool_id"`}},
		{
			name: "unbind", method: "DELETE", path: "/api/endpoints/{hello}/services/{service}", status: 200, contains: []string{`"data":null`},
			after: func(t *testing.T, w *world, _ response) {
				if e := w.endpoint("hello"); len(e.Bindings) != 0 {
					t.Errorf("%+v", e.Bindings)
				}
			},
		},
		{name: "unbind what is not bound", method: "DELETE", path: "/api/endpoints/{draft}/services/{service}", status: 404},
	})
}

// TestTwoAtOnce has many people change one endpoint from the same state: one of them wins, however they say it.
func TestTwoAtOnce(t *testing.T) {
	for name, request := range map[string]struct{ body, ifMatch string }{
		"If-Match": {`{"code":"saver %d"}`, `"3"`},
		"revision": {`{"code":"saver %d","revision":3}`, ""},
		"version":  {`{"code":"saver %d","version":2}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := populated(t)
			const savers = 20
			results := make([]response, savers)
			var wg sync.WaitGroup
			for i := range savers {
				wg.Go(func() {
					results[i] = w.call("PUT", "/api/endpoints/{hello}", fmt.Sprintf(request.body, i), "If-Match", request.ifMatch)
				})
			}
			wg.Wait()
			won := 0
			for _, r := range results {
				switch r.status {
				case 200:
					won++
				case 409:
					if !strings.Contains(r.body, "version_mismatch") {
						t.Error(r.body)
					}
				default:
					t.Errorf("%d %s", r.status, r.body)
				}
			}
			if won != 1 {
				t.Errorf("%d of %d won", won, savers)
			}
			if e := w.endpoint("hello"); e.Version != 3 {
				t.Errorf("version %d", e.Version)
			}
		})
	}
}

// TestManyWithoutExpectations has many people change one endpoint without saying what from: everybody's change is made.
func TestManyWithoutExpectations(t *testing.T) {
	w := populated(t)
	const savers = 20
	var wg sync.WaitGroup
	for i := range savers {
		wg.Go(func() {
			if r := w.call("PUT", "/api/endpoints/{hello}", fmt.Sprintf(`{"code":"saver %d"}`, i)); r.status != 200 {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
	wg.Wait()
	if e := w.endpoint("hello"); e.Version != 2+savers {
		t.Errorf("version %d", e.Version)
	}
}

// TestRaceIsTriedAgain has another gateway win a race that the client did not ask to be told about.
func TestRaceIsTriedAgain(t *testing.T) {
	w := populated(t)
	w.deployer.mu.Lock()
	w.deployer.fail = &catalog.Error{Code: catalog.CodeVersionMismatch, Message: "too late"}
	w.deployer.mu.Unlock()
	if r := w.call("PUT", "/api/endpoints/{hello}", `{"code":"x"}`); r.status != 200 {
		t.Errorf("%d %s", r.status, r.body)
	}
	w.deployer.mu.Lock()
	w.deployer.fail = &catalog.Error{Code: catalog.CodeVersionMismatch, Message: "too late"}
	w.deployer.mu.Unlock()
	if r := w.call("PUT", "/api/endpoints/{hello}", `{"code":"y","version":3}`); r.status != 409 {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestScriptsFolder(t *testing.T) {
	w := populated(t)
	w.ids["script"] = "11111111-2222-8333-8444-555555555555"
	w.deployer.mu.Lock()
	w.deployer.scripts = []admin.Script{{
		Name: "users.go", Reason: "users.go:3:1: broken", Diagnostics: []admin.Diagnostic{{File: "users.go", Line: 3, Column: 1, Severity: "error", Code: "syntax", Message: "broken"}},
		Endpoints: []catalog.Endpoint{{
			ID: w.ids["script"], Name: "users.go:Get", Method: "GET", Path: "/users/{id}", Domain: "*", Enabled: true, Started: true, Version: 1,
			Source: catalog.Source{Kind: catalog.SourceFile, File: "users.go", Function: "Get"},
		}},
	}}
	w.deployer.status[w.ids["script"]] = catalog.StatusRunning
	w.deployer.mu.Unlock()
	for _, test := range []struct {
		method, path, body string
		status             int
		contains           string
	}{
		{"GET", "/api/scripts", "", 200, `"name":"users.go","status":"error","reason":"users.go:3:1: broken","diagnostics":[{`},
		{"GET", "/api/scripts", "", 200, `"source":{"kind":"file","file":"users.go","function":"Get"}`},
		{"GET", "/api/endpoints", "", 200, `"total":4`},
		{"GET", "/api/endpoints?source=file", "", 200, `"total":1`},
		{"GET", "/api/endpoints?source=api", "", 200, `"total":3`},
		{"GET", "/api/endpoints?page=2&limit=3", "", 200, `users.go:Get`},
		{"GET", "/api/endpoints?page=3&limit=3", "", 200, `"data":[]`},
		{"GET", "/api/endpoints/{script}", "", 200, `"status":"running"`},
		{"GET", "/api/endpoints/users.go:Get", "", 200, `"id":"{script}"`},
		{"PUT", "/api/endpoints/{script}", `{"name":"x"}`, 409, `scripts folder`},
		{"DELETE", "/api/endpoints/{script}", "", 409, `users.go`},
		{"POST", "/api/endpoints/{script}/stop", "", 409, `scripts folder`},
		{"POST", "/api/endpoints/{script}/start", "", 200, `"status":"running"`},
		{"GET", "/api/endpoints/{script}/logs", "", 200, `"data":[]`},
	} {
		r := w.call(test.method, test.path, test.body)
		if r.status != test.status || !strings.Contains(r.body, w.expand(test.contains)) {
			t.Errorf("%s %s: %d %s", test.method, test.path, r.status, r.body)
		}
	}
}

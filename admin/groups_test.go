package admin_test

import (
	"strings"
	"testing"
)

func TestDomains(t *testing.T) {
	run(t, []scenario{
		{name: "list", method: "GET", path: "/api/domains", status: 200, contains: []string{`"id":"{domain}"`, `"name":"Production"`, `"host":"api.example.com"`, `"enabled":true`, `"total":1`}},
		{name: "list disabled", method: "GET", path: "/api/domains?enabled=false", status: 200, contains: []string{`"data":[]`}},
		{name: "list with a wrong parameter", method: "GET", path: "/api/domains?hots=x", status: 400},
		{name: "create", method: "POST", path: "/api/domains", body: `{"name":"Other","host":"Other.Example.com","description":"d","enabled":true}`, status: 201, contains: []string{`"host":"other.example.com"`, `"description":"d"`, `"revision":1`, `"created_at":"20`}},
		{name: "create with a taken host", method: "POST", path: "/api/domains", body: `{"name":"Other","host":"api.example.com"}`, status: 409, contains: []string{`"field":"host"`}},
		{name: "create without host", method: "POST", path: "/api/domains", body: `{"name":"Other"}`, status: 400, contains: []string{`"field":"host"`}},
		{name: "create with a field there is not", method: "POST", path: "/api/domains", body: `{"name":"Other","host":"x.y","tls":true}`, status: 400, contains: []string{`"field":"tls"`}},
		{name: "get", method: "GET", path: "/api/domains/{domain}", status: 200, contains: []string{`"id":"{domain}"`}},
		{name: "get what is not there", method: "GET", path: "/api/domains/{hello}", status: 404},
		{
			name: "update", method: "PUT", path: "/api/domains/{domain}", body: `{"name":"Updated API Name","description":"Updated description","enabled":false}`, status: 200,
			contains: []string{`"name":"Updated API Name"`, `"host":"api.example.com"`, `"enabled":false`, `"revision":2`},
			after: func(t *testing.T, w *world, _ response) {
				if w.deployer.syncs == 0 {
					t.Error("what is served does not follow")
				}
			},
		},
		{
			name: "update the host", method: "PUT", path: "/api/domains/{domain}", body: `{"host":"new.example.com"}`, status: 200,
			after: func(t *testing.T, w *world, _ response) {
				if e := w.endpoint("list-pets"); e.Domain != "new.example.com" {
					t.Errorf("%+v", e)
				}
			},
		},
		{name: "update an old revision", method: "PUT", path: "/api/domains/{domain}", body: `{"name":"x","revision":7}`, status: 409, contains: []string{"version_mismatch"}},
		{name: "update with If-Match", method: "PUT", path: "/api/domains/{domain}", body: `{"name":"x"}`, headers: []string{"If-Match", `"7"`}, status: 409},
		{name: "update what is not there", method: "PUT", path: "/api/domains/{hello}", body: `{}`, status: 404},
		{
			name: "delete", method: "DELETE", path: "/api/domains/{domain}", status: 200, contains: []string{`"data":null`},
			after: func(t *testing.T, w *world, _ response) {
				for _, path := range []string{"/api/endpoints/{pets}", "/api/collections/{collection}", "/api/domains/{domain}"} {
					if r := w.call("GET", path, ""); r.status != 404 {
						t.Errorf("%s is still there: %s", path, r.body)
					}
				}
				if r := w.call("GET", "/api/endpoints/{hello}", ""); r.status != 200 {
					t.Errorf("another endpoint is gone: %s", r.body)
				}
				if w.deployer.syncs == 0 {
					t.Error("what is served does not follow")
				}
			},
		},
		{name: "delete an old revision", method: "DELETE", path: "/api/domains/{domain}", headers: []string{"If-Match", `"7"`}, status: 409},
		{name: "delete what is not there", method: "DELETE", path: "/api/domains/{hello}", status: 404},
		{name: "collections", method: "GET", path: "/api/domains/{domain}/collections", status: 200, contains: []string{`"domain_id":"{domain}"`, `"name":"Pets"`, `"base_path":"/v1"`}},
		{name: "collections of what is not there", method: "GET", path: "/api/domains/{hello}/collections", status: 404},
	})
}

func TestCollections(t *testing.T) {
	run(t, []scenario{
		{name: "list", method: "GET", path: "/api/collections", status: 200, contains: []string{`"id":"{collection}"`, `"domain_id":"{domain}"`, `"total":1`}},
		{name: "list of a domain", method: "GET", path: "/api/collections?domain_id={domain}", status: 200, contains: []string{`"total":1`}},
		{name: "list of another domain", method: "GET", path: "/api/collections?domain_id={hello}", status: 200, contains: []string{`"data":[]`}},
		{name: "create", method: "POST", path: "/api/collections", body: `{"domain_id":"{domain}","name":"Users","description":"d","base_path":"/users","enabled":true}`, status: 201, contains: []string{`"name":"Users"`, `"base_path":"/users"`, `"revision":1`}},
		{name: "create twice", method: "POST", path: "/api/collections", body: `{"domain_id":"{domain}","name":"Pets"}`, status: 409, contains: []string{`"field":"name"`}},
		{name: "create in no domain", method: "POST", path: "/api/collections", body: `{"domain_id":"{hello}","name":"Users"}`, status: 400, contains: []string{`"field":"domain_id"`}},
		{name: "create with a wrong base path", method: "POST", path: "/api/collections", body: `{"domain_id":"{domain}","name":"Users","base_path":"users"}`, status: 400, contains: []string{`"field":"base_path"`}},
		{name: "get", method: "GET", path: "/api/collections/{collection}", status: 200, contains: []string{`"id":"{collection}"`}},
		{name: "get what is not there", method: "GET", path: "/api/collections/{hello}", status: 404},
		{
			name: "update", method: "PUT", path: "/api/collections/{collection}", body: `{"name":"Updated Name","base_path":"/v2/pets"}`, status: 200, contains: []string{`"base_path":"/v2/pets"`, `"revision":2`},
			after: func(t *testing.T, w *world, _ response) {
				if e := w.endpoint("list-pets"); e.FullPath() != "/v2/pets/pets" {
					t.Errorf("%+v", e)
				}
				if w.deployer.syncs == 0 {
					t.Error("what is served does not follow")
				}
			},
		},
		{name: "update the domain", method: "PUT", path: "/api/collections/{collection}", body: `{"domain_id":"{hello}"}`, status: 400, contains: []string{`"field":"domain_id"`}},
		{name: "update an old revision", method: "PUT", path: "/api/collections/{collection}", body: `{"revision":9}`, status: 409},
		{name: "delete", method: "DELETE", path: "/api/collections/{collection}", status: 200, contains: []string{`"data":null`}, after: func(t *testing.T, w *world, _ response) {
			if r := w.call("GET", "/api/endpoints/{pets}", ""); r.status != 404 {
				t.Error(r.body)
			}
		}},
		{name: "delete an old revision", method: "DELETE", path: "/api/collections/{collection}", headers: []string{"If-Match", `"9"`}, status: 409},
		{name: "endpoints", method: "GET", path: "/api/collections/{collection}/endpoints", status: 200, contains: []string{`"name":"list-pets"`, `"total":1`}},
		{name: "endpoints of what is not there", method: "GET", path: "/api/collections/{hello}/endpoints", status: 404},
	})
}

func TestServices(t *testing.T) {
	run(t, []scenario{
		{name: "types", method: "GET", path: "/api/services/types", status: 200, contains: []string{`["postgres","sqlite"]`}},
		{name: "list", method: "GET", path: "/api/services", status: 200, contains: []string{`"id":"{service}"`, `"service_type":"postgres"`, `"password":"********"`, `"host":"db"`, `"active":true`, `"total":1`}, lacks: []string{"sealed"}},
		{name: "list of a type", method: "GET", path: "/api/services?service_type=redis", status: 200, contains: []string{`"data":[]`}},
		{
			name: "create", method: "POST", path: "/api/services", body: `{"name":"files","service_type":"sqlite","config":{"path":"x.db","password":"` + secret + `"},"enabled":false}`, status: 201,
			contains: []string{`"name":"files"`, `"password":"********"`, `"active":false`},
			after: func(t *testing.T, w *world, _ response) {
				v, err := w.store.ServiceByName(t.Context(), "files")
				if err != nil || v.Config["password"] != "sealed:"+secret {
					t.Errorf("stored is %v, %v", v.Config, err)
				}
				if got := w.services.applied[v.ID].Config["password"]; got != secret {
					t.Errorf("the service got the password %v", got)
				}
			},
		},
		{name: "create twice", method: "POST", path: "/api/services", body: `{"name":"main","service_type":"sqlite"}`, status: 409, contains: []string{`"field":"name"`}},
		{name: "create without type", method: "POST", path: "/api/services", body: `{"name":"x"}`, status: 400, contains: []string{`"field":"service_type"`}},
		{name: "create with an unknown type", method: "POST", path: "/api/services", body: `{"name":"x","service_type":"oracle"}`, status: 400, contains: []string{`oracle`}},
		{name: "create with a wrong field", method: "POST", path: "/api/services", body: `{"name":"x","service_type":"sqlite","config":{"pool":1}}`, status: 400, contains: []string{`"field":"config.pool"`}},
		{name: "create with config that is no object", method: "POST", path: "/api/services", body: `{"name":"x","service_type":"sqlite","config":[]}`, status: 400, contains: []string{`"field":"config"`, `an object`}},
		{name: "get", method: "GET", path: "/api/services/{service}", status: 200, contains: []string{`"name":"main"`, `"password":"********"`, `"source":"api"`}},
		{name: "get by name", method: "GET", path: "/api/services/main", status: 200, contains: []string{`"id":"{service}"`}},
		{name: "get what is not there", method: "GET", path: "/api/services/nothing", status: 404},
		{
			name: "update without the password", method: "PUT", path: "/api/services/{service}", body: `{"name":"Updated Name","config":{"host":"new-db"}}`, status: 200, contains: []string{`"host":"new-db"`, `"password":"********"`, `"revision":2`},
			after: passwordIs(secret),
		},
		{name: "update with the mask", method: "PUT", path: "/api/services/{service}", body: `{"config":{"host":"new-db","password":"********"}}`, status: 200, after: passwordIs(secret)},
		{name: "update with another password", method: "PUT", path: "/api/services/{service}", body: `{"config":{"host":"new-db","password":"other"}}`, status: 200, after: passwordIs("other")},
		{name: "update without config", method: "PUT", path: "/api/services/{service}", body: `{"enabled":false}`, status: 200, contains: []string{`"enabled":false`, `"host":"db"`}, after: passwordIs(secret)},
		{name: "send back what was read", method: "PUT", path: "/api/services/{service}", body: `{"id":"{service}","name":"main","service_type":"postgres","config":{"host":"db","password":"********"},"enabled":true,"active":true,"state":"active","source":"api","revision":1,"created_at":"x","updated_at":"x"}`, status: 200, after: passwordIs(secret)},
		{name: "update an old revision", method: "PUT", path: "/api/services/{service}", body: `{"revision":9}`, status: 409},
		{name: "update with a wrong field", method: "PUT", path: "/api/services/{service}", body: `{"config":{"pool":1}}`, status: 400, contains: []string{`config.pool`}, after: passwordIs(secret)},
		{name: "delete while bound", method: "DELETE", path: "/api/services/{service}", status: 409, contains: []string{`\"hello\"`, `"code":"conflict"`}},
		{
			name: "delete by force", method: "DELETE", path: "/api/services/{service}?force=true", status: 200,
			after: func(t *testing.T, w *world, _ response) {
				if e := w.endpoint("hello"); len(e.Bindings) != 0 {
					t.Errorf("%+v", e.Bindings)
				}
				if len(w.services.applied) != 0 || w.deployer.syncs == 0 {
					t.Errorf("services %v, syncs %d", w.services.applied, w.deployer.syncs)
				}
			},
		},
		{name: "delete what is not there", method: "DELETE", path: "/api/services/nothing", status: 404},
		{name: "activate", method: "POST", path: "/api/services/{service}/activate", status: 200, contains: []string{`"active":true`, `"message":"service is active"`, `"service_type":"postgres"`}},
		{name: "deactivate", method: "POST", path: "/api/services/{service}/deactivate", status: 200, contains: []string{`"active":false`, `"message":"service deactivated"`}},
		{name: "test", method: "POST", path: "/api/services/{service}/test", status: 200, contains: []string{`"connected":true`, `"latency_ms":1.5`, `"message":"connection successful"`}},
		{name: "stats", method: "GET", path: "/api/services/{service}/stats", status: 200, contains: []string{`"state":"active"`, `"stats":{"operations":7}`}},
	})
}

// passwordIs holds what is stored and what runs against a password.
func passwordIs(want string) func(*testing.T, *world, response) {
	return func(t *testing.T, w *world, _ response) {
		v, err := w.store.Service(t.Context(), w.ids["service"])
		if err != nil || v.Config["password"] != "sealed:"+want {
			t.Errorf("stored is %v, %v", v.Config, err)
		}
		if got := w.services.applied[v.ID].Config["password"]; got != want {
			t.Errorf("the service runs with %v", got)
		}
	}
}

func TestServiceWhoseBackendIsAway(t *testing.T) {
	w := populated(t)
	w.services.broken = errBackend
	for _, test := range []struct {
		method, path, body, contains string
	}{
		{"POST", "/api/services/{service}/test", "", `{"connected":false,"error":"connection refused"}`},
		{"POST", "/api/services/{service}/activate", "", `keeps trying to reach its backend: connection refused`},
		{"PUT", "/api/services/{service}", `{"config":{"host":"other"}}`, `"message":"saved, but it does not run as configured: connection refused"`},
	} {
		if r := w.call(test.method, test.path, test.body); r.status != 200 || !strings.Contains(r.body, test.contains) {
			t.Errorf("%s: %d %s", test.path, r.status, r.body)
		}
	}
}

package catalog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gateway/internal/catalog"
)

// valid gives an endpoint that is fine.
func valid() catalog.Endpoint {
	return catalog.Endpoint{Name: "hello-world", Method: "GET", Path: "/hello", Domain: "*", Source: catalog.Source{Kind: catalog.SourceAPI}}
}

func TestEndpointValidate(t *testing.T) {
	id := catalog.NewID()
	tests := []struct {
		name   string
		change func(*catalog.Endpoint)
		field  string // of the error; empty: none
	}{
		{"as it is", func(*catalog.Endpoint) {}, ""},
		{"name with spaces", func(e *catalog.Endpoint) { e.Name = "Updated Name" }, ""},
		{"name in another script", func(e *catalog.Endpoint) { e.Name = "Grüße 世界" }, ""},
		{"longest name", func(e *catalog.Endpoint) { e.Name = strings.Repeat("ä", catalog.MaxNameRunes) }, ""},
		{"no name", func(e *catalog.Endpoint) { e.Name = "" }, "name"},
		{"name too long", func(e *catalog.Endpoint) { e.Name = strings.Repeat("a", catalog.MaxNameRunes+1) }, "name"},
		{"name with a line break", func(e *catalog.Endpoint) { e.Name = "a\nb" }, "name"},
		{"name that is not UTF-8", func(e *catalog.Endpoint) { e.Name = "a\xff" }, "name"},
		{"any method", func(e *catalog.Endpoint) { e.Method = "ANY" }, ""},
		{"no method", func(e *catalog.Endpoint) { e.Method = "" }, "method"},
		{"unknown method", func(e *catalog.Endpoint) { e.Method = "TRACE" }, "method"},
		{"no path", func(e *catalog.Endpoint) { e.Path = "" }, "path"},
		{"host", func(e *catalog.Endpoint) { e.Domain = "api.example.com" }, ""},
		{"host of one label", func(e *catalog.Endpoint) { e.Domain = "localhost" }, ""},
		{"IPv4", func(e *catalog.Endpoint) { e.Domain = "127.0.0.1" }, ""},
		{"IPv6", func(e *catalog.Endpoint) { e.Domain = "::1" }, ""},
		{"host with port", func(e *catalog.Endpoint) { e.Domain = "example.com:8080" }, "domain"},
		{"host with scheme", func(e *catalog.Endpoint) { e.Domain = "http://example.com" }, "domain"},
		{"host with wildcard", func(e *catalog.Endpoint) { e.Domain = "*.example.com" }, "domain"},
		{"host with empty label", func(e *catalog.Endpoint) { e.Domain = "a..b" }, "domain"},
		{"host too long", func(e *catalog.Endpoint) { e.Domain = strings.Repeat("a.", 127) + "b" }, "domain"},
		{"collection", func(e *catalog.Endpoint) { e.CollectionID = id }, ""},
		{"collection that is no id", func(e *catalog.Endpoint) { e.CollectionID = "pets" }, "collection_id"},
		{"unknown source", func(e *catalog.Endpoint) { e.Source.Kind = "git" }, "source"},
		{"description too long", func(e *catalog.Endpoint) {
			e.Description = strings.Repeat("a", catalog.MaxDescriptionRunes+1)
		}, "description"},
		{"limits", func(e *catalog.Endpoint) {
			e.Limits = catalog.Limits{Timeout: time.Second, DrainTimeout: time.Minute, MaxConcurrency: 5, MinWorkers: 1, MaxWorkers: 2, MaxBodyBytes: 10}
		}, ""},
		{"only min workers", func(e *catalog.Endpoint) { e.MinWorkers = 3 }, ""},
		{"negative timeout", func(e *catalog.Endpoint) { e.Timeout = -1 }, "timeout"},
		{"long timeout", func(e *catalog.Endpoint) { e.Timeout = 2 * time.Hour }, "timeout"},
		{"long drain", func(e *catalog.Endpoint) { e.DrainTimeout = 2 * time.Hour }, "drain_timeout"},
		{"negative concurrency", func(e *catalog.Endpoint) { e.MaxConcurrency = -1 }, "max_concurrency"},
		{"too many workers", func(e *catalog.Endpoint) { e.MaxWorkers = 1000 }, "max_workers"},
		{"more min than max", func(e *catalog.Endpoint) { e.MinWorkers, e.MaxWorkers = 3, 2 }, "min_workers"},
		{"large body", func(e *catalog.Endpoint) { e.MaxBodyBytes = 1 << 40 }, "max_body_bytes"},
		{"binding", func(e *catalog.Endpoint) { e.Bindings = []catalog.Binding{{Name: "db", ServiceID: id}} }, ""},
		{"binding without name", func(e *catalog.Endpoint) { e.Bindings = []catalog.Binding{{ServiceID: id}} }, "pool_id"},
		{"binding to no id", func(e *catalog.Endpoint) { e.Bindings = []catalog.Binding{{Name: "db", ServiceID: "x"}} }, "service_id"},
		{"too many bindings", func(e *catalog.Endpoint) { e.Bindings = make([]catalog.Binding, catalog.MaxBindings+1) }, "bindings"},
	}
	for _, test := range tests {
		e := valid()
		test.change(&e)
		wantField(t, test.name, e.Validate(), test.field)
	}
}

func TestEndpointNormalize(t *testing.T) {
	tests := []struct{ given, want catalog.Route }{
		{catalog.Route{Method: "get", Path: "/hello"}, catalog.Route{Domain: "*", Method: "GET", Path: "/hello"}},
		{catalog.Route{Domain: " API.Example.COM. ", Method: " post ", Path: " /a/ "}, catalog.Route{Domain: "api.example.com", Method: "POST", Path: "/a"}},
		{catalog.Route{Method: "*", Path: "/"}, catalog.Route{Domain: "*", Method: "ANY", Path: "/"}},
		{catalog.Route{Method: "any", Path: "///"}, catalog.Route{Domain: "*", Method: "ANY", Path: "/"}},
	}
	for _, test := range tests {
		e := catalog.Endpoint{Domain: test.given.Domain, Method: test.given.Method, Path: test.given.Path}
		e.Normalize()
		if e.Route() != test.want {
			t.Errorf("%+v became %+v, want %+v", test.given, e.Route(), test.want)
		}
		again := e
		again.Normalize()
		if again.Route() != e.Route() {
			t.Errorf("%+v is not stable: %+v", e.Route(), again.Route())
		}
	}
}

func TestServes(t *testing.T) {
	serving := catalog.Endpoint{Enabled: true, Started: true, Version: 1}
	if !serving.Serves() {
		t.Error("does not serve")
	}
	for name, change := range map[string]func(*catalog.Endpoint){
		"disabled":       func(e *catalog.Endpoint) { e.Enabled = false },
		"stopped":        func(e *catalog.Endpoint) { e.Started = false },
		"suspended":      func(e *catalog.Endpoint) { e.Suspended = true },
		"without source": func(e *catalog.Endpoint) { e.Version = 0 },
	} {
		e := serving
		change(&e)
		if e.Serves() {
			t.Errorf("%s, and serves", name)
		}
	}
}

func TestVersionValidate(t *testing.T) {
	tests := []struct {
		name  string
		v     catalog.Version
		field string
	}{
		{"code", catalog.Version{Code: "package handler"}, ""},
		{"no code", catalog.Version{}, "code"},
		{"blank code", catalog.Version{Code: " \n"}, "code"},
		{"not UTF-8", catalog.Version{Code: "package a\xff"}, "code"},
		{"dependency", catalog.Version{Code: "x", Dependencies: map[string]string{"github.com/a/b": "v1.0.0"}}, ""},
		{"dependency without version", catalog.Version{Code: "x", Dependencies: map[string]string{"github.com/a/b": ""}}, "dependencies"},
		{"dependency that climbs", catalog.Version{Code: "x", Dependencies: map[string]string{"../b": "v1.0.0"}}, "dependencies"},
		{"dependency with an absolute path", catalog.Version{Code: "x", Dependencies: map[string]string{"/b": "v1.0.0"}}, "dependencies"},
		{"long note", catalog.Version{Code: "x", Note: strings.Repeat("n", catalog.MaxDescriptionRunes+1)}, "note"},
	}
	for _, test := range tests {
		wantField(t, test.name, test.v.Validate(), test.field)
	}
	large := catalog.Version{Code: strings.Repeat("x", catalog.MaxCodeBytes+1)}
	if err := large.Validate(); catalog.CodeOf(err) != catalog.CodePayloadTooLarge {
		t.Errorf("large code: %v", err)
	}
}

func TestContentHash(t *testing.T) {
	hash := func(code string, deps map[string]string) string {
		v := catalog.Version{Code: code, Dependencies: deps}
		return v.ContentHash()
	}
	base := hash("code", map[string]string{"a": "1", "b": "2"})
	if base != hash("code", map[string]string{"b": "2", "a": "1"}) {
		t.Error("the same content has two hashes")
	}
	for _, other := range []string{
		hash("code", nil),
		hash("cod", map[string]string{"ea": "1", "b": "2"}),
		hash("code", map[string]string{"a": "12", "b": ""}),
		hash("code", map[string]string{"a": "1", "b": "3"}),
	} {
		if other == base {
			t.Error("different content has one hash")
		}
	}
}

func TestNewID(t *testing.T) {
	seen := make(map[string]bool)
	last := ""
	for range 1000 {
		id := catalog.NewID()
		if !catalog.ValidID(id) || id[14] != '7' || !strings.ContainsRune("89ab", rune(id[19])) {
			t.Fatalf("%s is not a UUID of version 7", id)
		}
		if seen[id] {
			t.Fatalf("%s came twice", id)
		}
		if id[:13] < last {
			t.Fatalf("%s sorts before an older %s", id, last)
		}
		seen[id], last = true, id[:13]
	}
	for _, bad := range []string{"", "x", strings.ToUpper(catalog.NewID()) + "A", "00000000-0000-0000-0000-00000000000", "0000000000000-0000-0000-000000000000", "00000000-0000-0000-0000-00000000000G"} {
		if catalog.ValidID(bad) {
			t.Errorf("%q is taken for an ID", bad)
		}
	}
}

// wantField expects a CodeInvalid error about a field, or none where that is empty.
func wantField(t *testing.T, name string, err error, field string) {
	t.Helper()
	if field == "" {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return
	}
	e, ok := errors.AsType[*catalog.Error](err)
	if !ok || e.Code != catalog.CodeInvalid || e.Field != field {
		t.Errorf("%s: got %v, want an error about %s", name, err, field)
	}
}

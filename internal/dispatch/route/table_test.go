package route_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"gateway/internal/catalog"
	"gateway/internal/dispatch/route"
)

// parse reads "GET /pets" or "GET host/pets".
func parse(s string) catalog.Route {
	method, rest, _ := strings.Cut(s, " ")
	i := strings.IndexByte(rest, '/')
	host := rest[:i]
	if host == "" {
		host = catalog.AnyDomain
	}
	return catalog.Route{Domain: host, Method: method, Path: rest[i:]}
}

func table(t testing.TB, routes ...string) *route.Table[string] {
	t.Helper()
	var none *route.Table[string]
	edit := none.Edit()
	for _, r := range routes {
		if err := edit.Add(parse(r), r); err != nil {
			t.Fatal(err)
		}
	}
	return edit.Table()
}

func TestMatch(t *testing.T) {
	pets := []string{
		"GET /", "GET /pets", "POST /pets", "GET /pets/{id}", "PUT /pets/{petID}", "GET /pets/mine", "GET /pets/{id}/toys/{toy}",
		"GET /files/*", "PUT /files/{path...}", "GET /files/index", "ANY /any", "GET /any", "HEAD /pets/mine",
		"GET /a/{x}/c", "GET /a/b/d", "GET /a/*", "POST /only/post/*", "OPTIONS /opts", "GET api.example.com/pets", "DELETE api.example.com/pets/{n}",
		"GET /ünï/{x}",
	}
	long := strings.Repeat("/x", 70)
	for _, c := range []struct {
		method, host, path string
		want               string // the route, or the result
		params             string
		allow              string
	}{
		{"GET", "h", "/", "GET /", "map[]", ""},
		{"GET", "h", "/pets", "GET /pets", "map[]", ""},
		{"HEAD", "h", "/pets", "GET /pets", "map[]", ""},
		{"POST", "h", "/pets", "POST /pets", "map[]", ""},
		{"GET", "h", "/pets/", "not found", "", ""},
		{"GET", "h", "/Pets", "not found", "", ""},
		{"GET", "h", "//pets", "not found", "", ""},
		{"GET", "h", "/pets//toys/1", "not found", "", ""},
		{"GET", "h", "/pets/7", "GET /pets/{id}", "map[id:7]", ""},
		{"PUT", "h", "/pets/7", "PUT /pets/{petID}", "map[petID:7]", ""},
		{"GET", "h", "/pets/mine", "GET /pets/mine", "map[]", ""},
		{"HEAD", "h", "/pets/mine", "HEAD /pets/mine", "map[]", ""},
		{"PUT", "h", "/pets/mine", "PUT /pets/{petID}", "map[petID:mine]", ""}, // the literal does not answer PUT
		{"GET", "h", "/pets/a%2Fb", "GET /pets/{id}", "map[id:a/b]", ""},
		{"GET", "h", "/pets/a+b%20c%c3%a4", "GET /pets/{id}", "map[id:a+b cä]", ""},
		{"GET", "h", "/pets/%6dine", "GET /pets/mine", "map[]", ""},
		{"GET", "h", "/pets/1/toys/2", "GET /pets/{id}/toys/{toy}", "map[id:1 toy:2]", ""},
		{"GET", "h", "/pets/1/toys", "not found", "", ""},
		{"GET", "h", "/%C3%BCn%C3%AF/1", "GET /ünï/{x}", "map[x:1]", ""},

		{"GET", "h", "/files", "GET /files/*", "map[*:]", ""},
		{"GET", "h", "/files/", "GET /files/*", "map[*:]", ""},
		{"GET", "h", "/files/a", "GET /files/*", "map[*:a]", ""},
		{"PUT", "h", "/files/a/b%2Fc//d/", "PUT /files/{path...}", "map[path:a/b/c//d/]", ""},
		{"GET", "h", "/files/index", "GET /files/index", "map[]", ""},
		{"GET", "h", "/files/index/x", "GET /files/*", "map[*:index/x]", ""},
		{"GET", "h", "/files" + long, "GET /files/*", "map[*:" + long[1:] + "]", ""},
		{"GET", "h", "/pets" + long, "not found", "", ""},

		{"GET", "h", "/a/b/c", "GET /a/{x}/c", "map[x:b]", ""}, // back from the literal b
		{"GET", "h", "/a/b/d", "GET /a/b/d", "map[]", ""},
		{"GET", "h", "/a/b/e", "GET /a/*", "map[*:b/e]", ""}, // back from both

		{"GET", "h", "/any", "GET /any", "map[]", ""},
		{"PATCH", "h", "/any", "ANY /any", "map[]", ""},
		{"HEAD", "h", "/any", "GET /any", "map[]", ""},
		{"OPTIONS", "h", "/any", "ANY /any", "map[]", ""},
		{"OPTIONS", "h", "/opts", "OPTIONS /opts", "map[]", ""},
		{"OPTIONS", "h", "/pets", "options", "", "GET, HEAD, POST, OPTIONS"},
		{"OPTIONS", "h", "/none", "not found", "", ""},
		{"DELETE", "h", "/pets/7", "not allowed", "", "GET, HEAD, PUT, OPTIONS"},
		{"DELETE", "h", "/pets/mine", "not allowed", "", "GET, HEAD, PUT, OPTIONS"},
		{"BREW", "h", "/pets", "not allowed", "", "GET, HEAD, POST, OPTIONS"},
		{"BREW", "h", "/any", "ANY /any", "map[]", ""},
		{"GET", "h", "/only/post", "not allowed", "", "POST, OPTIONS"},

		{"GET", "api.example.com", "/pets", "GET api.example.com/pets", "map[]", ""},
		{"POST", "api.example.com", "/pets", "POST /pets", "map[]", ""},
		{"DELETE", "api.example.com", "/pets/1", "DELETE api.example.com/pets/{n}", "map[n:1]", ""},
		{"GET", "api.example.com", "/pets/1", "GET /pets/{id}", "map[id:1]", ""},
		{"PATCH", "api.example.com", "/pets/1", "not allowed", "", "GET, HEAD, PUT, DELETE, OPTIONS"},

		{"GET", "h", "", "bad path", "", ""},
		{"GET", "h", "pets", "bad path", "", ""},
		{"GET", "h", "*", "bad path", "", ""},
		{"GET", "h", "/pets/..", "bad path", "", ""},
		{"GET", "h", "/files/../pets", "bad path", "", ""},
		{"GET", "h", "/files/./x", "bad path", "", ""},
		{"GET", "h", "/files/%2e%2E/pets", "bad path", "", ""},
		{"GET", "h", "/files/..%2f..%2fetc", "bad path", "", ""},
		{"GET", "h", `/files/..\..\etc`, "bad path", "", ""},
		{"GET", "h", "/files/a%5c..%5cetc", "bad path", "", ""},
		{"GET", "h", "/files" + long + "/../x", "bad path", "", ""},
		{"GET", "h", "/files/...", "GET /files/*", "map[*:...]", ""},
		{"GET", "h", "/pets/%", "bad path", "", ""},
		{"GET", "h", "/pets/%4", "bad path", "", ""},
		{"GET", "h", "/pets/%zz", "bad path", "", ""},
		{"GET", "h", "/pets/a%00b", "bad path", "", ""},
		{"GET", "h", "/pets/\x00", "bad path", "", ""},
	} {
		var m route.Match[string]
		m.Result = route.Found // as left by another request
		table(t, pets...).Match(c.host, c.method, c.path, &m)
		got := map[route.Result]string{
			route.NotFound: "not found", route.MethodNotAllowed: "not allowed", route.Options: "options", route.BadPath: "bad path",
		}[m.Result]
		if m.Result == route.Found {
			got = m.Route.Value
		}
		if got != c.want {
			t.Errorf("%s %s%s: got %s, want %s", c.method, c.host, c.path, got, c.want)
			continue
		}
		if c.params != "" && fmt.Sprint(m.Params()) != c.params {
			t.Errorf("%s %s: params %v, want %s", c.method, c.path, m.Params(), c.params)
		}
		if c.allow != "" && m.Allow() != c.allow {
			t.Errorf("%s %s: allows %q, want %q", c.method, c.path, m.Allow(), c.allow)
		}
	}
}

func TestANilTableMatchesNothing(t *testing.T) {
	var none *route.Table[string]
	var m route.Match[string]
	none.Match("h", "GET", "/x", &m)
	if m.Result != route.NotFound || none.Len() != 0 || none.Find(parse("GET /x")) != nil {
		t.Errorf("result %v", m.Result)
	}
}

func TestConflictsAreRefused(t *testing.T) {
	for _, c := range []struct{ have, add, conflict string }{
		{"GET /pets/{id}", "GET /pets/{name}", "GET /pets/{id}"},
		{"GET /files/*", "GET /files/{path...}", "GET /files/*"},
		{"GET h/x", "GET h/x", "GET h/x"},
		{"GET h/x", "GET /x", ""},
		{"GET /x", "POST /x", ""},
		{"ANY /x", "GET /x", ""},
		{"ANY /x/{a}", "ANY /x/{b}", "ANY /x/{a}"},
		{"GET /x/{a}", "GET /x/*", ""},
		{"GET /", "GET /", "GET /"},
	} {
		edit := table(t, c.have).Edit()
		err := edit.Add(parse(c.add), "new")
		var conflict *route.ConflictError[string]
		switch {
		case c.conflict == "" && err != nil:
			t.Errorf("%s beside %s: %v", c.add, c.have, err)
		case c.conflict != "" && (!errors.As(err, &conflict) || conflict.Existing.Value != c.conflict):
			t.Errorf("%s beside %s: %v, want a conflict", c.add, c.have, err)
		case c.conflict != "" && edit.Table().Len() != 1:
			t.Errorf("%s beside %s: the refused route was added", c.add, c.have)
		}
	}
	var refused *catalog.Error
	if err := table(t).Edit().Add(parse("GET /a/{b"), ""); !errors.As(err, &refused) || refused.Field != "path" {
		t.Errorf("a broken pattern: %v", err)
	}
}

func TestEditsLeaveOtherTablesAlone(t *testing.T) {
	routes := []string{"GET /", "GET /a", "GET /a/{x}", "POST /a/{x}", "GET /a/{x}/*", "GET h/a", "GET h/a/b", "GET g/a"}
	var none *route.Table[string]
	tables := []*route.Table[string]{none}
	for _, r := range routes {
		edit := tables[len(tables)-1].Edit()
		if err := edit.Add(parse(r), r); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, edit.Table())
	}
	for _, r := range routes { // and away again, in the same order
		edit := tables[len(tables)-1].Edit()
		if gone := edit.Remove(parse(r)); gone == nil || gone.Value != r {
			t.Fatalf("removing %s gave %v", r, gone)
		}
		if edit.Remove(parse(r)) != nil {
			t.Fatalf("%s was there twice", r)
		}
		tables = append(tables, edit.Table())
	}
	for i, table := range tables {
		have := map[string]bool{}
		for j, r := range routes {
			if j < i && i-len(routes) <= j {
				have[r] = true
			}
		}
		found := map[string]bool{}
		for _, r := range routes {
			if f := table.Find(parse(r)); f != nil {
				found[f.Value] = true
			}
		}
		if !maps.Equal(have, found) || table.Len() != len(have) {
			t.Errorf("table %d has %v (%d), want %v", i, found, table.Len(), have)
		}
	}
}

func TestHost(t *testing.T) {
	for header, want := range map[string]string{
		"":                      "",
		"example.com":           "example.com",
		"Example.COM:8080":      "example.com",
		"example.com.":          "example.com",
		"example.com.:80":       "example.com",
		"127.0.0.1:9080":        "127.0.0.1",
		"[::1]:9080":            "::1",
		"[2001:DB8::1]":         "2001:db8::1",
		"::1":                   "::1",
		"localhost:":            "localhost",
		"[broken":               "[broken",
		"xn--bcher-kva.example": "xn--bcher-kva.example",
	} {
		if got := route.Host(header); got != want {
			t.Errorf("Host(%q) = %q, want %q", header, got, want)
		}
	}
}

func TestMatchingAllocatesNothing(t *testing.T) {
	table := table(t, "GET /pets/{id}", "GET h/x", "GET /files/*")
	var m route.Match[string]
	if n := testing.AllocsPerRun(100, func() {
		table.Match(route.Host("example.com:80"), "GET", "/pets/7", &m)
		table.Match("h", "GET", "/files/a/b/c", &m)
		table.Match("h", "GET", "/none", &m)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

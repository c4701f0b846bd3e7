package storetest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway/internal/catalog"
)

func endpointCreate(t *testing.T, s catalog.Store) {
	e := &catalog.Endpoint{
		Name: "get-pet", Description: "one pet", Domain: "API.example.com", Method: "get", Path: "/pets/{id}/",
		Enabled: true, Started: true,
		Limits: catalog.Limits{Timeout: 2 * time.Second, DrainTimeout: time.Minute, MaxConcurrency: 10, MinWorkers: 1, MaxWorkers: 4, MaxBodyBytes: 1 << 20},
	}
	v := &catalog.Version{Code: "package handler", Dependencies: map[string]string{"example.com/m": "v1.2.3"}, Note: "first"}
	must(t, s.CreateEndpoint(t.Context(), e, v))
	if !catalog.ValidID(e.ID) {
		t.Errorf("id %q is not an id", e.ID)
	}
	wantEqual(t, "revision", e.Revision, 1)
	wantEqual(t, "version", e.Version, 1)
	wantEqual(t, "number", v.Number, 1)
	wantEqual(t, "owner", v.EndpointID, e.ID)
	wantEqual(t, "hash", v.Hash, v.ContentHash())
	if e.CreatedAt.IsZero() || !e.UpdatedAt.Equal(e.CreatedAt) {
		t.Errorf("created %v, updated %v", e.CreatedAt, e.UpdatedAt)
	}

	for _, read := range []func() (catalog.Endpoint, error){
		func() (catalog.Endpoint, error) { return s.Endpoint(t.Context(), e.ID) },
		func() (catalog.Endpoint, error) { return s.EndpointByName(t.Context(), "get-pet") },
	} {
		got, err := read()
		must(t, err)
		wantEqual(t, "route", got.Route(), catalog.Route{Domain: "api.example.com", Method: "GET", Path: "/pets/{id}"})
		wantEqual(t, "limits", got.Limits, e.Limits)
		wantEqual(t, "description", got.Description, "one pet")
		wantEqual(t, "source", got.Source, catalog.Source{Kind: catalog.SourceAPI})
		wantEqual(t, "serves", got.Serves(), true)
		wantEqual(t, "revision", got.Revision, 1)
		if !got.CreatedAt.Equal(e.CreatedAt) {
			t.Errorf("created %v, want %v", got.CreatedAt, e.CreatedAt)
		}
	}
	got, err := s.Version(t.Context(), e.ID, 1)
	must(t, err)
	wantEqual(t, "code", got.Code, "package handler")
	wantEqual(t, "note", got.Note, "first")
	wantEqual(t, "dependency", got.Dependencies["example.com/m"], "v1.2.3")
}

func endpointCreateRefuses(t *testing.T, s catalog.Store) {
	createEndpoint(t, s, &catalog.Endpoint{Name: "taken", Method: "GET", Path: "/pets/{id}"})
	before, err := s.Sequence(t.Context())
	must(t, err)
	tests := []struct {
		name  string
		e     catalog.Endpoint
		v     *catalog.Version
		code  catalog.Code
		field string
	}{
		{"name taken", catalog.Endpoint{Name: "taken", Method: "GET", Path: "/x"}, nil, catalog.CodeAlreadyExists, "name"},
		{"route taken", catalog.Endpoint{Name: "x", Method: "GET", Path: "/pets/{pet}"}, nil, catalog.CodeAlreadyExists, "path"},
		{"no name", catalog.Endpoint{Method: "GET", Path: "/x"}, nil, catalog.CodeInvalid, "name"},
		{"no such collection", catalog.Endpoint{Name: "x", Method: "GET", Path: "/x", CollectionID: catalog.NewID()}, nil, catalog.CodeInvalid, "collection_id"},
		{"no such service", catalog.Endpoint{Name: "x", Method: "GET", Path: "/x", Bindings: []catalog.Binding{{Name: "db", ServiceID: catalog.NewID()}}}, nil, catalog.CodeInvalid, "service_id"},
		{"empty code", catalog.Endpoint{Name: "x", Method: "GET", Path: "/x"}, newVersion(" "), catalog.CodeInvalid, "code"},
		{"of a file", catalog.Endpoint{Name: "x", Method: "GET", Path: "/x", Source: catalog.Source{Kind: catalog.SourceFile, File: "x.go"}}, nil, catalog.CodeInvalid, "source"},
		{"wrong id", catalog.Endpoint{ID: "1", Name: "x", Method: "GET", Path: "/x"}, nil, catalog.CodeInvalid, "id"},
	}
	for _, test := range tests {
		given := test.e
		wantCode(t, s.CreateEndpoint(t.Context(), &given, test.v), test.code, test.field)
		if given.ID != test.e.ID || given.Revision != 0 || given.Domain != test.e.Domain {
			t.Errorf("%s: the argument was changed to %+v", test.name, given)
		}
	}
	_, total, err := s.Endpoints(t.Context(), catalog.EndpointFilter{})
	must(t, err)
	wantEqual(t, "number of endpoints", total, 1)
	after, err := s.Sequence(t.Context())
	must(t, err)
	wantEqual(t, "sequence", after, before)
	// Nothing of a refused endpoint is left in the way.
	createEndpoint(t, s, &catalog.Endpoint{Name: "x", Method: "GET", Path: "/x"})
}

func endpointUpdate(t *testing.T, s catalog.Store) {
	e := newEndpoint("hello")
	must(t, s.CreateEndpoint(t.Context(), e, newVersion("one")))
	made := e.CreatedAt

	e.Description = "says hello"
	must(t, s.UpdateEndpoint(t.Context(), e, nil))
	wantEqual(t, "revision", e.Revision, 2)
	wantEqual(t, "version", e.Version, 1)

	v := newVersion("two")
	e.CreatedAt = time.Time{}
	must(t, s.UpdateEndpoint(t.Context(), e, v))
	wantEqual(t, "revision", e.Revision, 3)
	wantEqual(t, "version", e.Version, 2)
	wantEqual(t, "number", v.Number, 2)

	got, err := s.Endpoint(t.Context(), e.ID)
	must(t, err)
	wantEqual(t, "description", got.Description, "says hello")
	wantEqual(t, "version", got.Version, 2)
	if !got.CreatedAt.Equal(made) {
		t.Errorf("created %v, want %v", got.CreatedAt, made)
	}
	old, err := s.Version(t.Context(), e.ID, 1)
	must(t, err)
	wantEqual(t, "old code", old.Code, "one")
}

func endpointUpdateRefuses(t *testing.T, s catalog.Store) {
	createEndpoint(t, s, newEndpoint("other"))
	e := newEndpoint("hello")
	must(t, s.CreateEndpoint(t.Context(), e, newVersion("one")))
	stale := *e
	must(t, s.UpdateEndpoint(t.Context(), e, nil))

	stale.Description = "stale"
	wantCode(t, s.UpdateEndpoint(t.Context(), &stale, newVersion("stale")), catalog.CodeVersionMismatch, "")
	wantEqual(t, "revision of the refused", stale.Revision, 1)

	try := func(field string, code catalog.Code, change func(*catalog.Endpoint)) {
		t.Helper()
		next := *e
		change(&next)
		wantCode(t, s.UpdateEndpoint(t.Context(), &next, nil), code, field)
	}
	try("name", catalog.CodeAlreadyExists, func(e *catalog.Endpoint) { e.Name = "other" })
	try("path", catalog.CodeAlreadyExists, func(e *catalog.Endpoint) { e.Path = "/other" })
	try("method", catalog.CodeInvalid, func(e *catalog.Endpoint) { e.Method = "FETCH" })
	try("version", catalog.CodeInvalid, func(e *catalog.Endpoint) { e.Version = 7 })
	try("", catalog.CodeNotFound, func(e *catalog.Endpoint) { e.ID = catalog.NewID() })
	try("revision", catalog.CodeVersionMismatch, func(e *catalog.Endpoint) { e.Revision = 0 })

	got, err := s.Endpoint(t.Context(), e.ID)
	must(t, err)
	wantEqual(t, "revision", got.Revision, 2)
	wantEqual(t, "name", got.Name, "hello")
	wantEqual(t, "version", got.Version, 1)
	_, total, err := s.Versions(t.Context(), e.ID, catalog.Page{})
	must(t, err)
	wantEqual(t, "number of versions", total, 1)
}

// endpointOneOfManyWins has many savers change one endpoint from the same revision.
func endpointOneOfManyWins(t *testing.T, s catalog.Store) {
	e := newEndpoint("hello")
	must(t, s.CreateEndpoint(t.Context(), e, newVersion("zero")))
	const savers = 50
	errs := make([]error, savers)
	var wg sync.WaitGroup
	for i := range savers {
		wg.Go(func() {
			mine := *e
			errs[i] = s.UpdateEndpoint(t.Context(), &mine, newVersion(fmt.Sprint("saver ", i)))
		})
	}
	wg.Wait()
	winner := -1
	for i, err := range errs {
		if err != nil {
			wantCode(t, err, catalog.CodeVersionMismatch, "")
			continue
		}
		if winner >= 0 {
			t.Fatalf("savers %d and %d both won", winner, i)
		}
		winner = i
	}
	if winner < 0 {
		t.Fatal("nobody won")
	}
	v, err := s.Version(t.Context(), e.ID, 2)
	must(t, err)
	wantEqual(t, "code", v.Code, fmt.Sprint("saver ", winner))
	_, err = s.Version(t.Context(), e.ID, 3)
	wantCode(t, err, catalog.CodeNotFound, "")
}

func endpointRename(t *testing.T, s catalog.Store) {
	e := createEndpoint(t, s, newEndpoint("before"))
	e.Name, e.Path = "after", "/after"
	must(t, s.UpdateEndpoint(t.Context(), e, nil))
	_, err := s.EndpointByName(t.Context(), "before")
	wantCode(t, err, catalog.CodeNotFound, "")
	got, err := s.EndpointByName(t.Context(), "after")
	must(t, err)
	wantEqual(t, "id", got.ID, e.ID)
	// Its former name and route are free, its new ones are not.
	createEndpoint(t, s, newEndpoint("before"))
	wantCode(t, s.CreateEndpoint(t.Context(), newEndpoint("after"), nil), catalog.CodeAlreadyExists, "name")
	// Renaming a parameter keeps the route.
	p := createEndpoint(t, s, &catalog.Endpoint{Name: "p", Method: "GET", Path: "/p/{a}"})
	p.Path = "/p/{b}"
	must(t, s.UpdateEndpoint(t.Context(), p, nil))
	wantCode(t, s.CreateEndpoint(t.Context(), &catalog.Endpoint{Name: "q", Method: "GET", Path: "/p/{c}"}, nil), catalog.CodeAlreadyExists, "path")
}

func endpointDelete(t *testing.T, s catalog.Store) {
	e := newEndpoint("hello")
	must(t, s.CreateEndpoint(t.Context(), e, newVersion("one")))
	for n := 2; n <= 40; n++ {
		must(t, s.UpdateEndpoint(t.Context(), e, newVersion(fmt.Sprint("number ", n))))
	}
	other := newEndpoint("other")
	must(t, s.CreateEndpoint(t.Context(), other, newVersion("other")))

	wantCode(t, s.DeleteEndpoint(t.Context(), e.ID, 1), catalog.CodeVersionMismatch, "")
	must(t, s.DeleteEndpoint(t.Context(), e.ID, e.Revision))
	wantCode(t, s.DeleteEndpoint(t.Context(), e.ID, 0), catalog.CodeNotFound, "")
	_, err := s.Endpoint(t.Context(), e.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
	_, _, err = s.Versions(t.Context(), e.ID, catalog.Page{})
	wantCode(t, err, catalog.CodeNotFound, "")
	for n := 1; n <= 40; n++ {
		_, err = s.Version(t.Context(), e.ID, n)
		wantCode(t, err, catalog.CodeNotFound, "")
	}
	_, err = s.Version(t.Context(), other.ID, 1)
	must(t, err)
	createEndpoint(t, s, newEndpoint("hello"))
}

func endpointList(t *testing.T, s catalog.Store) {
	d := createDomain(t, s, "api.example.com")
	c := createCollection(t, s, d, "Pets", "/pets")
	v := createService(t, s, "main")
	var names []string
	for i := range 10 {
		e := newEndpoint(fmt.Sprint("e", i))
		e.Enabled = i%2 == 0
		if i >= 5 {
			e.Domain = "api.example.com"
		}
		if i == 7 {
			e.CollectionID = c.ID
		}
		if i == 8 {
			e.Bindings = []catalog.Binding{{Name: "db", ServiceID: v.ID}}
		}
		createEndpoint(t, s, e)
		names = append(names, e.Name)
	}
	yes, no := true, false
	tests := []struct {
		name   string
		filter catalog.EndpointFilter
		want   []string
		total  int
	}{
		{"all", catalog.EndpointFilter{}, names, 10},
		{"page", catalog.EndpointFilter{Page: catalog.Page{Offset: 3, Limit: 2}}, names[3:5], 10},
		{"last page", catalog.EndpointFilter{Page: catalog.Page{Offset: 8, Limit: 5}}, names[8:], 10},
		{"behind the end", catalog.EndpointFilter{Page: catalog.Page{Offset: 20, Limit: 5}}, nil, 10},
		{"domain", catalog.EndpointFilter{Domain: "api.example.com"}, names[5:], 5},
		{"page of a domain", catalog.EndpointFilter{Domain: "api.example.com", Page: catalog.Page{Offset: 1, Limit: 1}}, names[6:7], 5},
		{"collection", catalog.EndpointFilter{CollectionID: c.ID}, []string{"e7"}, 1},
		{"service", catalog.EndpointFilter{ServiceID: v.ID}, []string{"e8"}, 1},
		{"name", catalog.EndpointFilter{Name: "e3"}, []string{"e3"}, 1},
		{"enabled", catalog.EndpointFilter{Enabled: &yes}, []string{"e0", "e2", "e4", "e6", "e8"}, 5},
		{"disabled in a domain", catalog.EndpointFilter{Enabled: &no, Domain: "api.example.com"}, []string{"e5", "e7", "e9"}, 3},
		{"none", catalog.EndpointFilter{Domain: "nowhere"}, nil, 0},
	}
	for _, test := range tests {
		found, total, err := s.Endpoints(t.Context(), test.filter)
		must(t, err)
		var got []string
		for _, e := range found {
			got = append(got, e.Name)
		}
		// Endpoints made within one millisecond may come in any order, so whole lists are compared as sets.
		if test.filter.Page == (catalog.Page{}) {
			wantEqual(t, test.name, sorted(got), sorted(test.want))
		} else {
			wantEqual(t, test.name+": length", len(got), len(test.want))
		}
		wantEqual(t, test.name+": total", total, test.total)
	}
}

func endpointVersions(t *testing.T, s catalog.Store) {
	e := newEndpoint("hello")
	must(t, s.CreateEndpoint(t.Context(), e, nil))
	found, total, err := s.Versions(t.Context(), e.ID, catalog.Page{})
	must(t, err)
	if len(found) != 0 || total != 0 {
		t.Errorf("an endpoint without source has versions %v, %d", found, total)
	}
	for n := 1; n <= 300; n++ { // more than a byte of numbers, so that their order is seen
		must(t, s.UpdateEndpoint(t.Context(), e, newVersion(fmt.Sprint("number ", n))))
	}
	for _, test := range []struct {
		page        catalog.Page
		first, last int
	}{
		{catalog.Page{}, 300, 1},
		{catalog.Page{Limit: 10}, 300, 291},
		{catalog.Page{Offset: 295, Limit: 10}, 5, 1},
	} {
		found, total, err := s.Versions(t.Context(), e.ID, test.page)
		must(t, err)
		wantEqual(t, "total", total, 300)
		for i, v := range found {
			wantEqual(t, "number", v.Number, test.first-i)
			wantEqual(t, "code", v.Code, fmt.Sprint("number ", v.Number))
		}
		wantEqual(t, "last", found[len(found)-1].Number, test.last)
	}
	_, err = s.Version(t.Context(), e.ID, 0)
	wantCode(t, err, catalog.CodeNotFound, "")
	_, err = s.Version(t.Context(), e.ID, 301)
	wantCode(t, err, catalog.CodeNotFound, "")
}

// endpointManyAtOnce has many savers make endpoints, some of which must be refused, and reads meanwhile.
func endpointManyAtOnce(t *testing.T, s catalog.Store) {
	const savers = 200
	errs := make([]error, savers)
	var wg sync.WaitGroup
	for i := range savers {
		wg.Go(func() {
			// Every fourth wants the route of its neighbour, with a name of its own: it writes before it is refused.
			path := i - i%4/3
			e := &catalog.Endpoint{Name: fmt.Sprint("saver ", i), Method: "GET", Path: fmt.Sprint("/", path)}
			errs[i] = s.CreateEndpoint(t.Context(), e, newVersion(fmt.Sprint("code ", i)))
			if _, _, err := s.Endpoints(t.Context(), catalog.EndpointFilter{Page: catalog.Page{Limit: 3}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	saved := 0
	for i, err := range errs {
		_, readErr := s.EndpointByName(t.Context(), fmt.Sprint("saver ", i))
		if err == nil {
			saved++
			must(t, readErr)
			continue
		}
		wantCode(t, err, catalog.CodeAlreadyExists, "path")
		wantCode(t, readErr, catalog.CodeNotFound, "")
	}
	wantEqual(t, "saved", saved, savers*3/4)
	_, total, err := s.Endpoints(t.Context(), catalog.EndpointFilter{})
	must(t, err)
	wantEqual(t, "listed", total, saved)
}

func sorted(names []string) string { return strings.Join(slices.Sorted(slices.Values(names)), " ") }

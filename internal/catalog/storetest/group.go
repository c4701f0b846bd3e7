package storetest

import (
	"fmt"
	"testing"

	"gateway/internal/catalog"
)

func domainCRUD(t *testing.T, s catalog.Store) {
	d := &catalog.Domain{Name: "Production", Host: "API.Example.com.", Description: "main"}
	must(t, s.CreateDomain(t.Context(), d))
	wantEqual(t, "host", d.Host, "api.example.com")
	wantEqual(t, "revision", d.Revision, 1)
	wantCode(t, s.CreateDomain(t.Context(), &catalog.Domain{Name: "Other", Host: "api.example.com"}), catalog.CodeAlreadyExists, "host")
	wantCode(t, s.CreateDomain(t.Context(), &catalog.Domain{Name: "Other", Host: "http://x"}), catalog.CodeInvalid, "host")

	stale := *d
	d.Name, d.Enabled = "Renamed", true
	must(t, s.UpdateDomain(t.Context(), d))
	wantCode(t, s.UpdateDomain(t.Context(), &stale), catalog.CodeVersionMismatch, "")
	got, err := s.Domain(t.Context(), d.ID)
	must(t, err)
	if got.Name != "Renamed" || !got.Enabled || got.Revision != 2 || got.Description != "main" {
		t.Errorf("read %+v", got)
	}

	createDomain(t, s, "second.example.com")
	yes := true
	for _, test := range []struct {
		filter      catalog.DomainFilter
		here, total int
	}{
		{catalog.DomainFilter{}, 2, 2},
		{catalog.DomainFilter{Enabled: &yes}, 2, 2},
		{catalog.DomainFilter{Host: "second.example.com"}, 1, 1},
		{catalog.DomainFilter{Page: catalog.Page{Limit: 1}}, 1, 2},
	} {
		list, total, err := s.Domains(t.Context(), test.filter)
		must(t, err)
		wantEqual(t, "listed", len(list), test.here)
		wantEqual(t, "total", total, test.total)
	}

	_, err = s.DeleteDomain(t.Context(), d.ID, 1)
	wantCode(t, err, catalog.CodeVersionMismatch, "")
	_, err = s.DeleteDomain(t.Context(), d.ID, 2)
	must(t, err)
	_, err = s.Domain(t.Context(), d.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
	wantCode(t, s.UpdateDomain(t.Context(), d), catalog.CodeNotFound, "")
	createDomain(t, s, "api.example.com")
}

func domainHostMovesEndpoints(t *testing.T, s catalog.Store) {
	d := createDomain(t, s, "old.example.com")
	c := createCollection(t, s, d, "Pets", "/pets")
	inside := createEndpoint(t, s, &catalog.Endpoint{Name: "inside", Method: "GET", Path: "/{id}", CollectionID: c.ID})
	wantEqual(t, "domain taken from the collection", inside.Domain, "old.example.com")
	beside := createEndpoint(t, s, &catalog.Endpoint{Name: "beside", Domain: "old.example.com", Method: "GET", Path: "/beside"})
	elsewhere := createEndpoint(t, s, &catalog.Endpoint{Name: "elsewhere", Domain: "new.example.com", Method: "GET", Path: "/beside"})

	d.Host = "new.example.com"
	err := s.UpdateDomain(t.Context(), d)
	wantCode(t, err, catalog.CodeAlreadyExists, "path")
	got, err := s.Endpoint(t.Context(), inside.ID)
	must(t, err)
	wantEqual(t, "domain after the refusal", got.Domain, "old.example.com")

	must(t, s.DeleteEndpoint(t.Context(), elsewhere.ID, 0))
	must(t, s.UpdateDomain(t.Context(), d))
	for _, e := range []*catalog.Endpoint{inside, beside} {
		got, err := s.Endpoint(t.Context(), e.ID)
		must(t, err)
		wantEqual(t, "domain", got.Domain, "new.example.com")
		wantEqual(t, "revision", got.Revision, 2)
	}
	// The routes moved with them.
	createEndpoint(t, s, &catalog.Endpoint{Name: "next", Domain: "old.example.com", Method: "GET", Path: "/beside"})
	wantCode(t, s.CreateEndpoint(t.Context(), &catalog.Endpoint{Name: "again", Domain: "new.example.com", Method: "GET", Path: "/pets/{x}"}, nil), catalog.CodeAlreadyExists, "path")
}

func domainDeleteCascades(t *testing.T, s catalog.Store) {
	d := createDomain(t, s, "api.example.com")
	other := createDomain(t, s, "other.example.com")
	c := createCollection(t, s, d, "Pets", "/pets")
	kept := createCollection(t, s, other, "Pets", "/pets")
	gone := []*catalog.Endpoint{
		createEndpoint(t, s, &catalog.Endpoint{Name: "a", Method: "GET", Path: "/a", CollectionID: c.ID}),
		createEndpoint(t, s, &catalog.Endpoint{Name: "b", Method: "GET", Path: "/b", CollectionID: c.ID, Domain: catalog.AnyDomain}),
		createEndpoint(t, s, &catalog.Endpoint{Name: "c", Method: "GET", Path: "/c", Domain: "api.example.com"}),
	}
	createEndpoint(t, s, &catalog.Endpoint{Name: "d", Method: "GET", Path: "/d", CollectionID: kept.ID})
	createEndpoint(t, s, &catalog.Endpoint{Name: "e", Method: "GET", Path: "/e"})

	deleted, err := s.DeleteDomain(t.Context(), d.ID, 0)
	must(t, err)
	wantEqual(t, "deleted", len(deleted), len(gone))
	for _, e := range gone {
		_, err := s.Endpoint(t.Context(), e.ID)
		wantCode(t, err, catalog.CodeNotFound, "")
	}
	_, err = s.Collection(t.Context(), c.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
	_, total, err := s.Endpoints(t.Context(), catalog.EndpointFilter{})
	must(t, err)
	wantEqual(t, "endpoints left", total, 2)
	_, err = s.Collection(t.Context(), kept.ID)
	must(t, err)
	// Names and routes of what was deleted are free.
	createEndpoint(t, s, &catalog.Endpoint{Name: "a", Method: "GET", Path: "/pets/b"})
}

func domainSuspends(t *testing.T, s catalog.Store) {
	d := createDomain(t, s, "api.example.com")
	c := createCollection(t, s, d, "Pets", "")
	e := &catalog.Endpoint{Name: "a", Method: "GET", Path: "/a", CollectionID: c.ID, Enabled: true, Started: true}
	must(t, s.CreateEndpoint(t.Context(), e, newVersion("x")))
	anywhere := &catalog.Endpoint{Name: "b", Method: "GET", Path: "/b", Enabled: true, Started: true}
	must(t, s.CreateEndpoint(t.Context(), anywhere, newVersion("x")))
	wantServes := func(want bool) {
		t.Helper()
		got, err := s.Endpoint(t.Context(), e.ID)
		must(t, err)
		wantEqual(t, "serves", got.Serves(), want)
		got, err = s.Endpoint(t.Context(), anywhere.ID)
		must(t, err)
		wantEqual(t, "the other serves", got.Serves(), true)
	}
	wantServes(true)
	d.Enabled = false
	must(t, s.UpdateDomain(t.Context(), d))
	wantServes(false)
	d.Enabled = true
	must(t, s.UpdateDomain(t.Context(), d))
	wantServes(true)
	c.Enabled = false
	must(t, s.UpdateCollection(t.Context(), c))
	wantServes(false)
}

func collectionCRUD(t *testing.T, s catalog.Store) {
	d := createDomain(t, s, "api.example.com")
	other := createDomain(t, s, "other.example.com")
	c := &catalog.Collection{DomainID: d.ID, Name: " Pets ", BasePath: "/v1/pets/", Description: "all of them"}
	must(t, s.CreateCollection(t.Context(), c))
	wantEqual(t, "base path", c.BasePath, "/v1/pets")
	wantEqual(t, "name", c.Name, "Pets")
	refuse := func(c catalog.Collection, code catalog.Code, field string) {
		t.Helper()
		wantCode(t, s.CreateCollection(t.Context(), &c), code, field)
	}
	refuse(catalog.Collection{DomainID: d.ID, Name: "Pets"}, catalog.CodeAlreadyExists, "name")
	refuse(catalog.Collection{DomainID: catalog.NewID(), Name: "Pets"}, catalog.CodeInvalid, "domain_id")
	refuse(catalog.Collection{DomainID: d.ID, Name: "x", BasePath: "v1"}, catalog.CodeInvalid, "base_path")
	refuse(catalog.Collection{DomainID: d.ID, Name: "x", BasePath: "/v1/*"}, catalog.CodeInvalid, "base_path")
	createCollection(t, s, other, "Pets", "/pets")

	stale := *c
	c.Name = "Animals"
	must(t, s.UpdateCollection(t.Context(), c))
	wantCode(t, s.UpdateCollection(t.Context(), &stale), catalog.CodeVersionMismatch, "")
	moved := *c
	moved.DomainID = other.ID
	wantCode(t, s.UpdateCollection(t.Context(), &moved), catalog.CodeInvalid, "domain_id")
	got, err := s.Collection(t.Context(), c.ID)
	must(t, err)
	if got.Name != "Animals" || got.Revision != 2 || got.Description != "all of them" {
		t.Errorf("read %+v", got)
	}
	createCollection(t, s, d, "Pets", "")

	list, total, err := s.Collections(t.Context(), catalog.CollectionFilter{DomainID: d.ID})
	must(t, err)
	wantEqual(t, "collections of the domain", fmt.Sprint(len(list), total), "2 2")
	_, total, err = s.Collections(t.Context(), catalog.CollectionFilter{})
	must(t, err)
	wantEqual(t, "all collections", total, 3)

	_, err = s.DeleteCollection(t.Context(), c.ID, 1)
	wantCode(t, err, catalog.CodeVersionMismatch, "")
	_, err = s.DeleteCollection(t.Context(), c.ID, 0)
	must(t, err)
	_, err = s.Collection(t.Context(), c.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
}

func collectionBasePath(t *testing.T, s catalog.Store) {
	d := createDomain(t, s, "api.example.com")
	c := createCollection(t, s, d, "Pets", "/v1")
	e := createEndpoint(t, s, &catalog.Endpoint{Name: "list", Method: "GET", Path: "/pets", CollectionID: c.ID})
	root := createEndpoint(t, s, &catalog.Endpoint{Name: "root", Method: "GET", Path: "/", CollectionID: c.ID})
	wantEqual(t, "full path", e.FullPath(), "/v1/pets")
	wantEqual(t, "full path of the root", root.FullPath(), "/v1")
	taken := &catalog.Endpoint{Name: "taken", Method: "GET", Path: "/v1/pets", Domain: "api.example.com"}
	wantCode(t, s.CreateEndpoint(t.Context(), taken, nil), catalog.CodeAlreadyExists, "path")

	c.BasePath = "/v2"
	must(t, s.UpdateCollection(t.Context(), c))
	got, err := s.Endpoint(t.Context(), e.ID)
	must(t, err)
	wantEqual(t, "full path", got.FullPath(), "/v2/pets")
	wantEqual(t, "path", got.Path, "/pets")
	createEndpoint(t, s, taken)
	taken2 := &catalog.Endpoint{Name: "taken2", Method: "GET", Path: "/v2/pets", Domain: "api.example.com"}
	wantCode(t, s.CreateEndpoint(t.Context(), taken2, nil), catalog.CodeAlreadyExists, "path")

	// Out of the collection it lies elsewhere again.
	got.CollectionID = ""
	must(t, s.UpdateEndpoint(t.Context(), &got, nil))
	wantEqual(t, "full path", got.FullPath(), "/pets")
	createEndpoint(t, s, taken2)

	outside := &catalog.Endpoint{Name: "outside", Method: "GET", Path: "/x", CollectionID: c.ID, Domain: "other.example.com"}
	wantCode(t, s.CreateEndpoint(t.Context(), outside, nil), catalog.CodeInvalid, "domain")
}

func collectionBasePathConflict(t *testing.T, s catalog.Store) {
	d := createDomain(t, s, "api.example.com")
	c := createCollection(t, s, d, "Pets", "/v1")
	for i := range 5 {
		createEndpoint(t, s, &catalog.Endpoint{Name: fmt.Sprint("in ", i), Method: "GET", Path: fmt.Sprint("/", i), CollectionID: c.ID})
	}
	createEndpoint(t, s, &catalog.Endpoint{Name: "in the way", Method: "GET", Path: "/v2/3", Domain: "api.example.com"})
	next := *c
	next.BasePath = "/v2"
	wantCode(t, s.UpdateCollection(t.Context(), &next), catalog.CodeAlreadyExists, "path")
	got, err := s.Collection(t.Context(), c.ID)
	must(t, err)
	wantEqual(t, "base path", got.BasePath, "/v1")
	for i := range 5 {
		e := &catalog.Endpoint{Name: "x", Method: "GET", Path: fmt.Sprint("/v1/", i), Domain: "api.example.com"}
		wantCode(t, s.CreateEndpoint(t.Context(), e, nil), catalog.CodeAlreadyExists, "path")
	}
	createEndpoint(t, s, &catalog.Endpoint{Name: "x", Method: "GET", Path: "/v2/0", Domain: "api.example.com"})
}

func collectionDeleteCascades(t *testing.T, s catalog.Store) {
	d := createDomain(t, s, "api.example.com")
	c := createCollection(t, s, d, "Pets", "/pets")
	e := createEndpoint(t, s, &catalog.Endpoint{Name: "a", Method: "GET", Path: "/a", CollectionID: c.ID})
	createEndpoint(t, s, &catalog.Endpoint{Name: "b", Method: "GET", Path: "/b", Domain: "api.example.com"})
	deleted, err := s.DeleteCollection(t.Context(), c.ID, c.Revision)
	must(t, err)
	if len(deleted) != 1 || deleted[0].ID != e.ID {
		t.Errorf("deleted %v", deleted)
	}
	_, err = s.Endpoint(t.Context(), e.ID)
	wantCode(t, err, catalog.CodeNotFound, "")
	_, err = s.EndpointByName(t.Context(), "b")
	must(t, err)
	createEndpoint(t, s, &catalog.Endpoint{Name: "a", Method: "GET", Path: "/pets/a", Domain: "api.example.com"})
}

// Package storetest is the suite that every catalog.Store passes. A store's own test calls Run:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) catalog.Store { … })
//	}
//
// What depends on the kind of store, such as what survives a crash, is tested beside it.
package storetest

import (
	"context"
	"errors"
	"testing"

	"gateway/internal/catalog"
)

// Run runs the suite. open gives an empty store and closes it in the test's cleanup; it is called once for every test.
func Run(t *testing.T, open func(t *testing.T) catalog.Store) {
	tests := []struct {
		name string
		run  func(*testing.T, catalog.Store)
	}{
		{"Endpoint/Create", endpointCreate},
		{"Endpoint/CreateRefuses", endpointCreateRefuses},
		{"Endpoint/Update", endpointUpdate},
		{"Endpoint/UpdateRefuses", endpointUpdateRefuses},
		{"Endpoint/OneOfManyWins", endpointOneOfManyWins},
		{"Endpoint/Rename", endpointRename},
		{"Endpoint/Delete", endpointDelete},
		{"Endpoint/List", endpointList},
		{"Endpoint/Versions", endpointVersions},
		{"Endpoint/ManyAtOnce", endpointManyAtOnce},
		{"Domain/CRUD", domainCRUD},
		{"Domain/HostMovesEndpoints", domainHostMovesEndpoints},
		{"Domain/DeleteCascades", domainDeleteCascades},
		{"Domain/Suspends", domainSuspends},
		{"Collection/CRUD", collectionCRUD},
		{"Collection/BasePath", collectionBasePath},
		{"Collection/BasePathConflict", collectionBasePathConflict},
		{"Collection/DeleteCascades", collectionDeleteCascades},
		{"Service/CRUD", serviceCRUD},
		{"Service/DeleteBound", serviceDeleteBound},
		{"Key/CRUD", keyCRUD},
		{"Secret/CRUD", secretCRUD},
		{"Library/CRUD", libraryCRUD},
		{"Reply", reply},
		{"Feed/Order", feedOrder},
		{"Feed/Waits", feedWaits},
		{"Feed/Compacted", feedCompacted},
		{"Context", endedContext},
		{"Closed", closed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, open(t))
		})
	}
}

// must ends the test when there is an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantCode fails the test unless err is a catalog error with the code, about the field where one is given.
func wantCode(t *testing.T, err error, code catalog.Code, field string) {
	t.Helper()
	e, ok := errors.AsType[*catalog.Error](err)
	switch {
	case err == nil:
		t.Errorf("no error, want %s", code)
	case !ok:
		t.Errorf("error %v is no *catalog.Error, want %s", err, code)
	case e.Code != code:
		t.Errorf("error %v has code %s, want %s", err, e.Code, code)
	case field != "" && e.Field != field:
		t.Errorf("error %v is about field %q, want %q", err, e.Field, field)
	}
}

// wantEqual compares two values.
func wantEqual[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// newEndpoint gives a valid endpoint that was never saved.
func newEndpoint(name string) *catalog.Endpoint {
	return &catalog.Endpoint{Name: name, Method: "GET", Path: "/" + name, Enabled: true}
}

// newVersion gives a valid version that was never saved.
func newVersion(code string) *catalog.Version { return &catalog.Version{Code: code} }

func createEndpoint(t *testing.T, s catalog.Store, e *catalog.Endpoint) *catalog.Endpoint {
	t.Helper()
	must(t, s.CreateEndpoint(t.Context(), e, nil))
	return e
}

func createDomain(t *testing.T, s catalog.Store, host string) *catalog.Domain {
	t.Helper()
	d := &catalog.Domain{Name: "Domain " + host, Host: host, Enabled: true}
	must(t, s.CreateDomain(t.Context(), d))
	return d
}

func createCollection(t *testing.T, s catalog.Store, d *catalog.Domain, name, base string) *catalog.Collection {
	t.Helper()
	c := &catalog.Collection{DomainID: d.ID, Name: name, BasePath: base, Enabled: true}
	must(t, s.CreateCollection(t.Context(), c))
	return c
}

func createService(t *testing.T, s catalog.Store, name string) *catalog.Service {
	t.Helper()
	v := &catalog.Service{Name: name, Type: "sqlite", Config: map[string]any{"path": "app.db"}, Enabled: true}
	must(t, s.CreateService(t.Context(), v))
	return v
}

func endedContext(t *testing.T, s catalog.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.CreateEndpoint(ctx, newEndpoint("late"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("create: %v, want %v", err, context.Canceled)
	}
	if _, err := s.Sequence(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("sequence: %v, want %v", err, context.Canceled)
	}
	_, err := s.EndpointByName(t.Context(), "late")
	wantCode(t, err, catalog.CodeNotFound, "")
}

func closed(t *testing.T, s catalog.Store) {
	waited := make(chan error, 1)
	go func() {
		_, err := s.Changes(t.Context(), 0)
		waited <- err
	}()
	must(t, s.Close())
	must(t, s.Close())
	wantCode(t, <-waited, catalog.CodeUnavailable, "")
	wantCode(t, s.CreateEndpoint(t.Context(), newEndpoint("late"), nil), catalog.CodeUnavailable, "")
	_, _, err := s.Endpoints(t.Context(), catalog.EndpointFilter{})
	wantCode(t, err, catalog.CodeUnavailable, "")
}

package admin

import (
	"context"
	"fmt"
	"strings"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
)

// importTarget is where the endpoints of an import go.
type importTarget struct {
	host       string              // or catalog.AnyDomain
	domain     *catalog.Domain     // of the collection; without an ID it is to be made
	collection *catalog.Collection // nil for none; without an ID it is to be made
}

// target finds out where the endpoints of a specification go, and refuses options that contradict each other or the
// catalog.
func (s *Server) target(ctx context.Context, o importOptions, doc *openapi.Document) (importTarget, error) {
	var t importTarget
	switch {
	case o.CollectionID != "" && o.CreateCollection:
		return t, badOption("create_collection", "say collection_id or create_collection, not both", "")
	case o.Start && !o.Compile:
		return t, badOption("start", "start requires compile", "add compile=true")
	}
	if o.Domain != "" {
		e := catalog.Endpoint{Name: "x", Method: "GET", Path: "/", Domain: o.Domain}
		e.Normalize()
		if err := e.Validate(); err != nil {
			return t, err
		}
		t.host = e.Domain
	}
	if err := s.targetDomain(ctx, o, &t); err != nil {
		return t, err
	}
	if t.host == "" {
		return t, badOption("domain", "domain is missing", "the host that the endpoints answer for, or * for every host")
	}
	if o.CreateCollection {
		return t, s.targetCollection(ctx, doc, &t)
	}
	if t.collection == nil {
		t.domain = nil // a host needs none
	}
	return t, nil
}

// targetDomain finds the domain and the collection that the options name.
func (s *Server) targetDomain(ctx context.Context, o importOptions, t *importTarget) error {
	domainID := o.DomainID
	if o.CollectionID != "" {
		c, err := s.store.Collection(ctx, o.CollectionID)
		if catalog.CodeOf(err) == catalog.CodeNotFound {
			return badOption("collection_id", "collection_id: there is no such collection", "")
		}
		if err != nil {
			return err
		}
		if domainID != "" && domainID != c.DomainID {
			return badOption("collection_id", fmt.Sprintf("collection %q belongs to another domain than domain_id", c.Name), "")
		}
		t.collection, domainID = &c, c.DomainID
	}
	if domainID == "" {
		return nil
	}
	d, err := s.store.Domain(ctx, domainID)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		return badOption("domain_id", "domain_id: there is no such domain", "")
	}
	if err != nil {
		return err
	}
	t.domain = &d
	switch t.host {
	case "":
		t.host = d.Host
	case d.Host, catalog.AnyDomain:
	default:
		return badOption("domain", fmt.Sprintf("domain is %s, but the domain of domain_id or collection_id is %s", t.host, d.Host), "")
	}
	return nil
}

// targetCollection finds the collection of a specification in its domain, or one to be made. Where no domain is named
// it is the one of the host, which is made too where there is none.
func (s *Server) targetCollection(ctx context.Context, doc *openapi.Document, t *importTarget) error {
	if t.domain == nil {
		if t.host == catalog.AnyDomain {
			return badOption("domain_id", "a collection belongs to a domain", "name one with domain_id, or say a host as domain")
		}
		found, _, err := s.store.Domains(ctx, catalog.DomainFilter{Host: t.host})
		if err != nil {
			return err
		}
		t.domain = &catalog.Domain{Name: t.host[:min(len(t.host), catalog.MaxNameRunes)], Host: t.host, Enabled: true}
		if len(found) > 0 {
			t.domain = &found[0]
		}
	}
	name := doc.Title
	if name == "" {
		name = t.domain.Host[:min(len(t.domain.Host), catalog.MaxNameRunes)]
	}
	t.collection = &catalog.Collection{DomainID: t.domain.ID, Name: name, Description: doc.Description, BasePath: doc.BasePath, Enabled: true}
	if t.domain.ID == "" {
		return nil
	}
	found, _, err := s.store.Collections(ctx, catalog.CollectionFilter{DomainID: t.domain.ID})
	if err != nil {
		return err
	}
	for _, c := range found {
		if c.Name != name {
			continue
		}
		if c.BasePath != doc.BasePath {
			return &catalog.Error{
				Code: catalog.CodeConflict, Field: "create_collection",
				Message: fmt.Sprintf("there is a collection %q with the base path %q, and the specification has %q", name, c.BasePath, doc.BasePath),
				Hint:    "change the base path of one of them, or import into the collection with collection_id",
			}
		}
		t.collection = &c
		break
	}
	return nil
}

// place says where an operation's endpoint is.
func (t *importTarget) place(doc *openapi.Document, o *openapi.Operation) (e catalog.Endpoint) {
	e = catalog.Endpoint{Name: o.Name, Description: o.Description, Domain: t.host, Method: o.Method, Path: o.Path}
	if t.collection != nil {
		e.CollectionID, e.BasePath = t.collection.ID, t.collection.BasePath
	}
	// Of a collection with the base path /v1, /v1/pets stands for /v1/v1/pets in a specification.
	if e.BasePath == "" || e.BasePath == doc.BasePath && catalog.JoinPath(e.BasePath, o.Path) == o.Path {
		e.Path = below(doc.BasePath, o.Path)
	}
	return e
}

// below puts a base path before a path, always.
func below(base, path string) string {
	if path == "/" && base != "" {
		return base
	}
	return strings.TrimSuffix(base, "/") + path
}

func badOption(field, message, hint string) error {
	return &catalog.Error{Code: catalog.CodeInvalid, Field: field, Message: message, Hint: hint}
}

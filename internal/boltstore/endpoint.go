package boltstore

import (
	"context"
	"fmt"
	"slices"

	"gateway/internal/catalog"
)

// Endpoint returns an endpoint by its ID.
func (s *Store) Endpoint(ctx context.Context, id string) (e catalog.Endpoint, err error) {
	err = s.view(ctx, func(t *tx) error {
		if e, err = object[catalog.Endpoint](t, bucketEndpoint, id); err != nil {
			return err
		}
		return t.surroundings().fill(&e)
	})
	return e, err
}

// EndpointByName returns an endpoint by its name.
func (s *Store) EndpointByName(ctx context.Context, name string) (e catalog.Endpoint, err error) {
	err = s.view(ctx, func(t *tx) error {
		if e, err = objectBy[catalog.Endpoint](t, bucketEndpoint, bucketEndpointName, "name", name); err != nil {
			return err
		}
		return t.surroundings().fill(&e)
	})
	return e, err
}

// Endpoints lists endpoints.
func (s *Store) Endpoints(ctx context.Context, filter catalog.EndpointFilter) (found []catalog.Endpoint, total int, err error) {
	match := filter.Match
	if all := (catalog.EndpointFilter{Page: filter.Page}); filter == all {
		match = nil
	}
	err = s.view(ctx, func(t *tx) error {
		if found, total, err = list(t, bucketEndpoint, filter.Page, match); err != nil {
			return err
		}
		around := t.surroundings()
		for i := range found {
			if err := around.fill(&found[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return found, total, err
}

// CreateEndpoint saves a new endpoint and its first version.
func (s *Store) CreateEndpoint(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) error {
	return s.saveEndpoint(ctx, e, v, (*tx).createEndpoint)
}

// UpdateEndpoint saves an endpoint and a new current version.
func (s *Store) UpdateEndpoint(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) error {
	return s.saveEndpoint(ctx, e, v, (*tx).updateEndpoint)
}

// saveEndpoint validates, runs save on copies, and hands those out once they are on the disk.
func (s *Store) saveEndpoint(ctx context.Context, e *catalog.Endpoint, v *catalog.Version, save func(*tx, *catalog.Endpoint, *catalog.Version) error) error {
	given := *e
	given.Bindings = slices.Clone(e.Bindings)
	inherit := given.Domain == "" && given.CollectionID != ""
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	if given.Source.Kind != catalog.SourceAPI {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "source", Message: "an endpoint of the scripts folder is not stored"}
	}
	if v != nil {
		if err := v.Validate(); err != nil {
			return err
		}
	}
	if inherit {
		given.Domain = ""
	}
	var saved catalog.Endpoint
	var savedVersion catalog.Version
	err := s.update(ctx, func(t *tx) error {
		saved = given
		saved.Bindings = slices.Clone(given.Bindings)
		if v == nil {
			return save(t, &saved, nil)
		}
		savedVersion = *v
		return save(t, &saved, &savedVersion)
	})
	if err != nil {
		return err
	}
	*e = saved
	if v != nil {
		*v = savedVersion
	}
	return nil
}

func (t *tx) createEndpoint(e *catalog.Endpoint, v *catalog.Version) error {
	if err := t.create(endpointMeta(e)); err != nil {
		return err
	}
	if t.Bucket(bucketEndpoint).Get([]byte(e.ID)) != nil {
		return &catalog.Error{Code: catalog.CodeAlreadyExists, Field: "id", Message: "the id is taken"}
	}
	if err := t.settleEndpoint(e); err != nil {
		return err
	}
	if err := t.claim(bucketEndpointName, e.Name, e.ID, "name", fmt.Sprintf("an endpoint is already called %q", e.Name)); err != nil {
		return err
	}
	if err := t.claimRoute(e); err != nil {
		return err
	}
	e.Version = 0
	return t.storeEndpoint(e, v)
}

func (t *tx) updateEndpoint(e *catalog.Endpoint, v *catalog.Version) error {
	old, err := object[catalog.Endpoint](t, bucketEndpoint, e.ID)
	if err != nil {
		return err
	}
	if err := t.change(bucketEndpoint, endpointMeta(e), endpointMeta(&old)); err != nil {
		return err
	}
	if e.Version != old.Version {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "version", Message: fmt.Sprintf("the endpoint's version is %d, not %d", old.Version, e.Version)}
	}
	if err := t.surroundings().fill(&old); err != nil {
		return err
	}
	if err := t.settleEndpoint(e); err != nil {
		return err
	}
	if err := t.reclaim(bucketEndpointName, old.Name, e.Name, e.ID, "name", fmt.Sprintf("an endpoint is already called %q", e.Name)); err != nil {
		return err
	}
	if old.Route().Shape() != e.Route().Shape() {
		if err := t.claimRoute(e); err != nil {
			return err
		}
		if err := t.delete(bucketEndpointRoute, []byte(old.Route().Shape())); err != nil {
			return err
		}
	}
	return t.storeEndpoint(e, v)
}

// settleEndpoint checks and fills in what depends on other objects: the collection, the domain, the services.
func (t *tx) settleEndpoint(e *catalog.Endpoint) error {
	around := t.surroundings()
	if e.CollectionID != "" {
		c, d, err := around.collection(e.CollectionID)
		if err != nil {
			return err
		}
		if c == nil {
			return invalidRef("collection_id", e.CollectionID)
		}
		if e.Domain == "" {
			e.Domain = d.Host
		}
		if e.Domain != d.Host && e.Domain != catalog.AnyDomain {
			return &catalog.Error{Code: catalog.CodeInvalid, Field: "domain", Message: fmt.Sprintf("the collection belongs to %s, not to %s", d.Host, e.Domain)}
		}
	}
	for i := range e.Bindings {
		b := &e.Bindings[i]
		if t.Bucket(bucketService).Get([]byte(b.ServiceID)) == nil {
			return invalidRef("service_id", b.ServiceID)
		}
		if b.CreatedAt.IsZero() {
			b.CreatedAt = t.time()
		}
	}
	if err := around.fill(e); err != nil {
		return err
	}
	_, err := catalog.ParsePath(e.FullPath()) // with the base path it may be too long, or name a parameter twice
	return err
}

// claimRoute takes the endpoint's route, or tells whose it is.
func (t *tx) claimRoute(e *catalog.Endpoint) error {
	shape := e.Route().Shape()
	what := fmt.Sprintf("another endpoint answers %s", e.Route())
	if owner := t.Bucket(bucketEndpointRoute).Get([]byte(shape)); owner != nil {
		other, err := object[catalog.Endpoint](t, bucketEndpoint, string(owner))
		if err != nil {
			return err
		}
		what = fmt.Sprintf("endpoint %q already answers %s", other.Name, e.Route())
	}
	return t.claim(bucketEndpointRoute, shape, e.ID, "path", what)
}

// storeEndpoint writes the records of an endpoint and its new version.
func (t *tx) storeEndpoint(e *catalog.Endpoint, v *catalog.Version) error {
	if v != nil {
		e.Version++
		v.EndpointID = e.ID
		v.Number = e.Version
		v.Hash = v.ContentHash()
		v.CreatedAt = t.time()
		if err := t.save(bucketVersion, versionKey(e.ID, v.Number), v); err != nil {
			return err
		}
	}
	if err := t.save(bucketEndpoint, []byte(e.ID), e); err != nil {
		return err
	}
	return t.record(catalog.KindEndpoint, e.ID, false)
}

// DeleteEndpoint deletes an endpoint and its versions.
func (s *Store) DeleteEndpoint(ctx context.Context, id string, revision int64) error {
	return s.update(ctx, func(t *tx) error {
		e, err := object[catalog.Endpoint](t, bucketEndpoint, id)
		if err != nil {
			return err
		}
		if err := matchesOrAny(bucketEndpoint, revision, e.Revision); err != nil {
			return err
		}
		if err := t.surroundings().fill(&e); err != nil {
			return err
		}
		return t.deleteEndpoint(&e)
	})
}

// deleteEndpoint deletes an endpoint whose surroundings are filled in.
func (t *tx) deleteEndpoint(e *catalog.Endpoint) error {
	if err := t.delete(bucketEndpointName, []byte(e.Name)); err != nil {
		return err
	}
	if err := t.delete(bucketEndpointRoute, []byte(e.Route().Shape())); err != nil {
		return err
	}
	if err := t.delete(bucketEndpoint, []byte(e.ID)); err != nil {
		return err
	}
	if err := t.deleteVersions(bucketVersion, e.ID); err != nil {
		return err
	}
	return t.record(catalog.KindEndpoint, e.ID, true)
}

// endpoints reads all endpoints that match, with their surroundings.
func (t *tx) endpoints(match func(*catalog.Endpoint) bool) ([]catalog.Endpoint, error) {
	found, _, err := list(t, bucketEndpoint, catalog.Page{}, match)
	if err != nil {
		return nil, err
	}
	around := t.surroundings()
	for i := range found {
		if err := around.fill(&found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// moveRoutes gives endpoints, whose surroundings are filled in, their routes anew after change was made to the
// catalog. move is applied to each endpoint, and tells whether its record is to be written too.
func (t *tx) moveRoutes(moved []catalog.Endpoint, change func() error, move func(*catalog.Endpoint) bool) error {
	for i := range moved {
		if err := t.delete(bucketEndpointRoute, []byte(moved[i].Route().Shape())); err != nil {
			return err
		}
	}
	if err := change(); err != nil {
		return err
	}
	around := t.surroundings()
	for i := range moved {
		e := &moved[i]
		write := move(e)
		if err := around.fill(e); err != nil {
			return err
		}
		if _, err := catalog.ParsePath(e.FullPath()); err != nil {
			return fmt.Errorf("endpoint %q: %w", e.Name, err)
		}
		if err := t.claimRoute(e); err != nil {
			return err
		}
		if !write {
			continue
		}
		e.Revision++
		e.UpdatedAt = t.time()
		if err := t.storeEndpoint(e, nil); err != nil {
			return err
		}
	}
	return nil
}

// surroundings reads what endpoints take from their domains and collections, each only once.
type surroundings struct {
	t           *tx
	collections map[string]*catalog.Collection
	domains     map[string]*catalog.Domain // by ID
	hosts       map[string]*catalog.Domain // nil: no domain has this host
}

func (t *tx) surroundings() *surroundings {
	return &surroundings{t, map[string]*catalog.Collection{}, map[string]*catalog.Domain{}, map[string]*catalog.Domain{}}
}

// fill sets the fields of an endpoint that are not stored with it.
func (s *surroundings) fill(e *catalog.Endpoint) error {
	e.BasePath, e.Suspended = "", false
	if e.CollectionID != "" {
		c, d, err := s.collection(e.CollectionID)
		if err != nil {
			return err
		}
		if c != nil {
			e.BasePath = c.BasePath
			e.Suspended = !c.Enabled || !d.Enabled
		}
	}
	if e.Domain == catalog.AnyDomain {
		return nil
	}
	d, ok := s.hosts[e.Domain]
	if !ok {
		if id := s.t.Bucket(bucketDomainHost).Get([]byte(e.Domain)); id != nil {
			var err error
			if d, err = s.domain(string(id)); err != nil {
				return err
			}
		}
		s.hosts[e.Domain] = d
	}
	if d != nil && !d.Enabled {
		e.Suspended = true
	}
	return nil
}

// collection returns a collection and its domain, or nil when there is no such collection.
func (s *surroundings) collection(id string) (*catalog.Collection, *catalog.Domain, error) {
	c, ok := s.collections[id]
	if !ok {
		found, exists, err := load[catalog.Collection](s.t, bucketCollection, []byte(id))
		if err != nil {
			return nil, nil, err
		}
		if exists {
			c = &found
		}
		s.collections[id] = c
	}
	if c == nil {
		return nil, nil, nil
	}
	d, err := s.domain(c.DomainID)
	return c, d, err
}

func (s *surroundings) domain(id string) (*catalog.Domain, error) {
	if d, ok := s.domains[id]; ok {
		return d, nil
	}
	d, err := object[catalog.Domain](s.t, bucketDomain, id)
	if err != nil {
		return nil, err
	}
	s.domains[id] = &d
	return &d, nil
}

func endpointMeta(e *catalog.Endpoint) meta {
	return meta{&e.ID, &e.Revision, &e.CreatedAt, &e.UpdatedAt}
}

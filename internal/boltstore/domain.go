package boltstore

import (
	"context"
	"fmt"

	"gateway/internal/catalog"
)

// Domain returns a domain by its ID.
func (s *Store) Domain(ctx context.Context, id string) (d catalog.Domain, err error) {
	err = s.view(ctx, func(t *tx) error {
		d, err = object[catalog.Domain](t, bucketDomain, id)
		return err
	})
	return d, err
}

// Domains lists domains.
func (s *Store) Domains(ctx context.Context, filter catalog.DomainFilter) (found []catalog.Domain, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		found, total, err = list(t, bucketDomain, filter.Page, filter.Match)
		return err
	})
	return found, total, err
}

// CreateDomain saves a new domain.
func (s *Store) CreateDomain(ctx context.Context, d *catalog.Domain) error {
	given := *d
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	var saved catalog.Domain
	err := s.update(ctx, func(t *tx) error {
		saved = given
		return t.createDomain(&saved)
	})
	if err == nil {
		*d = saved
	}
	return err
}

func (t *tx) createDomain(d *catalog.Domain) error {
	if err := t.create(domainMeta(d)); err != nil {
		return err
	}
	if err := t.claim(bucketDomainHost, d.Host, d.ID, "host", hostTaken(d)); err != nil {
		return err
	}
	return t.storeDomain(d)
}

// UpdateDomain saves a domain, and moves the endpoints of its old host to the new one.
func (s *Store) UpdateDomain(ctx context.Context, d *catalog.Domain) error {
	given := *d
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	var saved catalog.Domain
	err := s.update(ctx, func(t *tx) error {
		saved = given
		return t.updateDomain(&saved)
	})
	if err == nil {
		*d = saved
	}
	return err
}

func (t *tx) updateDomain(d *catalog.Domain) error {
	old, err := object[catalog.Domain](t, bucketDomain, d.ID)
	if err != nil {
		return err
	}
	if err := t.change(bucketDomain, domainMeta(d), domainMeta(&old)); err != nil {
		return err
	}
	if d.Host == old.Host {
		return t.storeDomain(d)
	}
	moved, err := t.endpoints(func(e *catalog.Endpoint) bool { return e.Domain == old.Host })
	if err != nil {
		return err
	}
	return t.moveRoutes(moved, func() error {
		if err := t.reclaim(bucketDomainHost, old.Host, d.Host, d.ID, "host", hostTaken(d)); err != nil {
			return err
		}
		return t.storeDomain(d)
	}, func(e *catalog.Endpoint) bool {
		e.Domain = d.Host
		return true
	})
}

func (t *tx) storeDomain(d *catalog.Domain) error {
	if err := t.save(bucketDomain, []byte(d.ID), d); err != nil {
		return err
	}
	return t.record(catalog.KindDomain, d.ID, false)
}

// DeleteDomain deletes a domain, its collections and all their endpoints.
func (s *Store) DeleteDomain(ctx context.Context, id string, revision int64) (gone []catalog.Endpoint, err error) {
	err = s.update(ctx, func(t *tx) error {
		gone, err = t.deleteDomain(id, revision)
		return err
	})
	if err != nil {
		return nil, err
	}
	return gone, nil
}

func (t *tx) deleteDomain(id string, revision int64) ([]catalog.Endpoint, error) {
	d, err := object[catalog.Domain](t, bucketDomain, id)
	if err != nil {
		return nil, err
	}
	if err := matchesOrAny(bucketDomain, revision, d.Revision); err != nil {
		return nil, err
	}
	collections, _, err := list(t, bucketCollection, catalog.Page{}, catalog.CollectionFilter{DomainID: id}.Match)
	if err != nil {
		return nil, err
	}
	within := make(map[string]bool, len(collections))
	for _, c := range collections {
		within[c.ID] = true
	}
	gone, err := t.endpoints(func(e *catalog.Endpoint) bool { return e.Domain == d.Host || within[e.CollectionID] })
	if err != nil {
		return nil, err
	}
	for i := range gone {
		if err := t.deleteEndpoint(&gone[i]); err != nil {
			return nil, err
		}
	}
	for i := range collections {
		if err := t.deleteCollectionRecord(&collections[i]); err != nil {
			return nil, err
		}
	}
	if err := t.delete(bucketDomainHost, []byte(d.Host)); err != nil {
		return nil, err
	}
	if err := t.delete(bucketDomain, []byte(id)); err != nil {
		return nil, err
	}
	return gone, t.record(catalog.KindDomain, id, true)
}

func hostTaken(d *catalog.Domain) string {
	return fmt.Sprintf("there is already a domain for %s", d.Host)
}

func domainMeta(d *catalog.Domain) meta {
	return meta{&d.ID, &d.Revision, &d.CreatedAt, &d.UpdatedAt}
}

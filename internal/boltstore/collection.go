package boltstore

import (
	"context"
	"fmt"

	"gateway/internal/catalog"
)

// Collection returns a collection by its ID.
func (s *Store) Collection(ctx context.Context, id string) (c catalog.Collection, err error) {
	err = s.view(ctx, func(t *tx) error {
		c, err = object[catalog.Collection](t, bucketCollection, id)
		return err
	})
	return c, err
}

// Collections lists collections.
func (s *Store) Collections(ctx context.Context, filter catalog.CollectionFilter) (found []catalog.Collection, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		found, total, err = list(t, bucketCollection, filter.Page, filter.Match)
		return err
	})
	return found, total, err
}

// CreateCollection saves a new collection.
func (s *Store) CreateCollection(ctx context.Context, c *catalog.Collection) error {
	return s.saveCollection(ctx, c, (*tx).createCollection)
}

// UpdateCollection saves a collection, and gives its endpoints their routes anew.
func (s *Store) UpdateCollection(ctx context.Context, c *catalog.Collection) error {
	return s.saveCollection(ctx, c, (*tx).updateCollection)
}

func (s *Store) saveCollection(ctx context.Context, c *catalog.Collection, save func(*tx, *catalog.Collection) error) error {
	given := *c
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	var saved catalog.Collection
	err := s.update(ctx, func(t *tx) error {
		saved = given
		return save(t, &saved)
	})
	if err == nil {
		*c = saved
	}
	return err
}

func (t *tx) createCollection(c *catalog.Collection) error {
	if err := t.create(collectionMeta(c)); err != nil {
		return err
	}
	if t.Bucket(bucketDomain).Get([]byte(c.DomainID)) == nil {
		return invalidRef("domain_id", c.DomainID)
	}
	if err := t.claim(bucketCollectionName, collectionEntry(c), c.ID, "name", collectionTaken(c)); err != nil {
		return err
	}
	return t.storeCollection(c)
}

func (t *tx) updateCollection(c *catalog.Collection) error {
	old, err := object[catalog.Collection](t, bucketCollection, c.ID)
	if err != nil {
		return err
	}
	if err := t.change(bucketCollection, collectionMeta(c), collectionMeta(&old)); err != nil {
		return err
	}
	if c.DomainID != old.DomainID {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "domain_id", Message: "a collection stays in its domain"}
	}
	if err := t.reclaim(bucketCollectionName, collectionEntry(&old), collectionEntry(c), c.ID, "name", collectionTaken(c)); err != nil {
		return err
	}
	if c.BasePath == old.BasePath {
		return t.storeCollection(c)
	}
	moved, err := t.endpoints(func(e *catalog.Endpoint) bool { return e.CollectionID == c.ID })
	if err != nil {
		return err
	}
	return t.moveRoutes(moved, func() error { return t.storeCollection(c) }, func(*catalog.Endpoint) bool { return false })
}

func (t *tx) storeCollection(c *catalog.Collection) error {
	if err := t.save(bucketCollection, []byte(c.ID), c); err != nil {
		return err
	}
	return t.record(catalog.KindCollection, c.ID, false)
}

// DeleteCollection deletes a collection and its endpoints.
func (s *Store) DeleteCollection(ctx context.Context, id string, revision int64) (gone []catalog.Endpoint, err error) {
	err = s.update(ctx, func(t *tx) error {
		gone, err = t.deleteCollection(id, revision)
		return err
	})
	if err != nil {
		return nil, err
	}
	return gone, nil
}

func (t *tx) deleteCollection(id string, revision int64) ([]catalog.Endpoint, error) {
	c, err := object[catalog.Collection](t, bucketCollection, id)
	if err != nil {
		return nil, err
	}
	if err := matchesOrAny(bucketCollection, revision, c.Revision); err != nil {
		return nil, err
	}
	gone, err := t.endpoints(func(e *catalog.Endpoint) bool { return e.CollectionID == id })
	if err != nil {
		return nil, err
	}
	for i := range gone {
		if err := t.deleteEndpoint(&gone[i]); err != nil {
			return nil, err
		}
	}
	return gone, t.deleteCollectionRecord(&c)
}

// deleteCollectionRecord deletes a collection that has no endpoints any more.
func (t *tx) deleteCollectionRecord(c *catalog.Collection) error {
	if err := t.delete(bucketCollectionName, []byte(collectionEntry(c))); err != nil {
		return err
	}
	if err := t.delete(bucketCollection, []byte(c.ID)); err != nil {
		return err
	}
	return t.record(catalog.KindCollection, c.ID, true)
}

func collectionEntry(c *catalog.Collection) string { return c.DomainID + "/" + c.Name }

func collectionTaken(c *catalog.Collection) string {
	return fmt.Sprintf("the domain already has a collection called %q", c.Name)
}

func collectionMeta(c *catalog.Collection) meta {
	return meta{&c.ID, &c.Revision, &c.CreatedAt, &c.UpdatedAt}
}

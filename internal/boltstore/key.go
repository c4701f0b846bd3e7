package boltstore

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"gateway/internal/catalog"
)

// Key returns a key by its ID.
func (s *Store) Key(ctx context.Context, id string) (k catalog.Key, err error) {
	err = s.view(ctx, func(t *tx) error {
		k, err = object[catalog.Key](t, bucketKey, id)
		return err
	})
	return k, err
}

// KeyByHash returns a key by the hash of its credential.
func (s *Store) KeyByHash(ctx context.Context, hash []byte) (k catalog.Key, err error) {
	err = s.view(ctx, func(t *tx) error {
		id := t.Bucket(bucketKeyHash).Get(hash)
		if id == nil {
			return &catalog.Error{Code: catalog.CodeNotFound, Message: "there is no such key"}
		}
		k, err = object[catalog.Key](t, bucketKey, string(id))
		return err
	})
	return k, err
}

// Keys lists keys.
func (s *Store) Keys(ctx context.Context, page catalog.Page) (found []catalog.Key, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		found, total, err = list[catalog.Key](t, bucketKey, page, nil)
		return err
	})
	return found, total, err
}

// CreateKey saves a new key.
func (s *Store) CreateKey(ctx context.Context, k *catalog.Key) error {
	return s.saveKey(ctx, k, func(t *tx, k *catalog.Key) error {
		if err := t.create(keyMeta(k)); err != nil {
			return err
		}
		if err := t.claim(bucketKeyName, k.Name, k.ID, "name", keyTaken(k)); err != nil {
			return err
		}
		if err := t.claim(bucketKeyHash, string(k.Hash), k.ID, "hash", "the credential is taken"); err != nil {
			return err
		}
		return t.storeKey(k)
	})
}

// UpdateKey saves a key.
func (s *Store) UpdateKey(ctx context.Context, k *catalog.Key) error {
	return s.saveKey(ctx, k, func(t *tx, k *catalog.Key) error {
		old, err := object[catalog.Key](t, bucketKey, k.ID)
		if err != nil {
			return err
		}
		if err := t.change(bucketKey, keyMeta(k), keyMeta(&old)); err != nil {
			return err
		}
		if err := t.reclaim(bucketKeyName, old.Name, k.Name, k.ID, "name", keyTaken(k)); err != nil {
			return err
		}
		if err := t.reclaim(bucketKeyHash, string(old.Hash), string(k.Hash), k.ID, "hash", "the credential is taken"); err != nil {
			return err
		}
		return t.storeKey(k)
	})
}

func (s *Store) saveKey(ctx context.Context, k *catalog.Key, save func(*tx, *catalog.Key) error) error {
	given := *k
	given.Hash, given.Scopes = bytes.Clone(k.Hash), slices.Clone(k.Scopes)
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	var saved catalog.Key
	err := s.update(ctx, func(t *tx) error {
		saved = given
		return save(t, &saved)
	})
	if err == nil {
		*k = saved
	}
	return err
}

func (t *tx) storeKey(k *catalog.Key) error {
	if err := t.save(bucketKey, []byte(k.ID), k); err != nil {
		return err
	}
	return t.record(catalog.KindKey, k.ID, false)
}

// DeleteKey deletes a key.
func (s *Store) DeleteKey(ctx context.Context, id string, revision int64) error {
	return s.update(ctx, func(t *tx) error {
		k, err := object[catalog.Key](t, bucketKey, id)
		if err != nil {
			return err
		}
		if err := matchesOrAny(bucketKey, revision, k.Revision); err != nil {
			return err
		}
		if err := t.delete(bucketKeyName, []byte(k.Name)); err != nil {
			return err
		}
		if err := t.delete(bucketKeyHash, k.Hash); err != nil {
			return err
		}
		if err := t.delete(bucketKey, []byte(id)); err != nil {
			return err
		}
		return t.record(catalog.KindKey, id, true)
	})
}

func keyTaken(k *catalog.Key) string { return fmt.Sprintf("a key is already called %q", k.Name) }

func keyMeta(k *catalog.Key) meta {
	return meta{&k.ID, &k.Revision, &k.CreatedAt, &k.UpdatedAt}
}

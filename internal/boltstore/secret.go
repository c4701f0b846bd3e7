package boltstore

import (
	"context"
	"fmt"

	"gateway/internal/catalog"
)

// Secret returns a secret by its ID.
func (s *Store) Secret(ctx context.Context, id string) (v catalog.Secret, err error) {
	err = s.view(ctx, func(t *tx) error {
		v, err = object[catalog.Secret](t, bucketSecret, id)
		return err
	})
	return v, err
}

// SecretByName returns a secret by its name.
func (s *Store) SecretByName(ctx context.Context, name string) (v catalog.Secret, err error) {
	err = s.view(ctx, func(t *tx) error {
		v, err = objectBy[catalog.Secret](t, bucketSecret, bucketSecretName, "name", name)
		return err
	})
	return v, err
}

// Secrets lists secrets.
func (s *Store) Secrets(ctx context.Context, page catalog.Page) (found []catalog.Secret, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		found, total, err = list[catalog.Secret](t, bucketSecret, page, nil)
		return err
	})
	return found, total, err
}

// CreateSecret saves a new secret.
func (s *Store) CreateSecret(ctx context.Context, v *catalog.Secret) error {
	return s.saveSecret(ctx, v, func(t *tx, v *catalog.Secret) error {
		if err := t.create(secretMeta(v)); err != nil {
			return err
		}
		if err := t.claim(bucketSecretName, v.Name, v.ID, "name", secretTaken(v)); err != nil {
			return err
		}
		return t.storeSecret(v)
	})
}

// UpdateSecret saves a secret.
func (s *Store) UpdateSecret(ctx context.Context, v *catalog.Secret) error {
	return s.saveSecret(ctx, v, func(t *tx, v *catalog.Secret) error {
		old, err := object[catalog.Secret](t, bucketSecret, v.ID)
		if err != nil {
			return err
		}
		if err := t.change(bucketSecret, secretMeta(v), secretMeta(&old)); err != nil {
			return err
		}
		if err := t.reclaim(bucketSecretName, old.Name, v.Name, v.ID, "name", secretTaken(v)); err != nil {
			return err
		}
		return t.storeSecret(v)
	})
}

func (s *Store) saveSecret(ctx context.Context, v *catalog.Secret, save func(*tx, *catalog.Secret) error) error {
	given := *v
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	var saved catalog.Secret
	err := s.update(ctx, func(t *tx) error {
		saved = given
		return save(t, &saved)
	})
	if err == nil {
		*v = saved
	}
	return err
}

func (t *tx) storeSecret(v *catalog.Secret) error {
	if err := t.save(bucketSecret, []byte(v.ID), v); err != nil {
		return err
	}
	return t.record(catalog.KindSecret, v.ID, false)
}

// DeleteSecret deletes a secret.
func (s *Store) DeleteSecret(ctx context.Context, id string, revision int64) error {
	return s.update(ctx, func(t *tx) error {
		v, err := object[catalog.Secret](t, bucketSecret, id)
		if err != nil {
			return err
		}
		if err := matchesOrAny(bucketSecret, revision, v.Revision); err != nil {
			return err
		}
		if err := t.delete(bucketSecretName, []byte(v.Name)); err != nil {
			return err
		}
		if err := t.delete(bucketSecret, []byte(id)); err != nil {
			return err
		}
		return t.record(catalog.KindSecret, id, true)
	})
}

func secretTaken(v *catalog.Secret) string {
	return fmt.Sprintf("a secret is already called %q", v.Name)
}

func secretMeta(v *catalog.Secret) meta {
	return meta{&v.ID, &v.Revision, &v.CreatedAt, &v.UpdatedAt}
}

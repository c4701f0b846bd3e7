package boltstore

import (
	"context"
	"fmt"

	"gateway/internal/catalog"
)

// Library returns a library by its ID.
func (s *Store) Library(ctx context.Context, id string) (l catalog.Library, err error) {
	err = s.view(ctx, func(t *tx) error {
		l, err = object[catalog.Library](t, bucketLibrary, id)
		return err
	})
	return l, err
}

// LibraryByName returns a library by its name.
func (s *Store) LibraryByName(ctx context.Context, name string) (l catalog.Library, err error) {
	err = s.view(ctx, func(t *tx) error {
		l, err = objectBy[catalog.Library](t, bucketLibrary, bucketLibraryName, "name", name)
		return err
	})
	return l, err
}

// Libraries lists libraries.
func (s *Store) Libraries(ctx context.Context, page catalog.Page) (found []catalog.Library, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		found, total, err = list[catalog.Library](t, bucketLibrary, page, nil)
		return err
	})
	return found, total, err
}

// CreateLibrary saves a new library and its first version.
func (s *Store) CreateLibrary(ctx context.Context, l *catalog.Library, v *catalog.LibraryVersion) error {
	return s.saveLibrary(ctx, l, v, (*tx).createLibrary)
}

// UpdateLibrary saves a library and a new current version.
func (s *Store) UpdateLibrary(ctx context.Context, l *catalog.Library, v *catalog.LibraryVersion) error {
	return s.saveLibrary(ctx, l, v, (*tx).updateLibrary)
}

func (s *Store) saveLibrary(ctx context.Context, l *catalog.Library, v *catalog.LibraryVersion, save func(*tx, *catalog.Library, *catalog.LibraryVersion) error) error {
	given := *l
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	if v != nil {
		if err := v.Validate(); err != nil {
			return err
		}
	}
	var saved catalog.Library
	var savedVersion catalog.LibraryVersion
	err := s.update(ctx, func(t *tx) error {
		saved = given
		if v == nil {
			return save(t, &saved, nil)
		}
		savedVersion = *v
		return save(t, &saved, &savedVersion)
	})
	if err != nil {
		return err
	}
	*l = saved
	if v != nil {
		*v = savedVersion
	}
	return nil
}

func (t *tx) createLibrary(l *catalog.Library, v *catalog.LibraryVersion) error {
	if err := t.create(libraryMeta(l)); err != nil {
		return err
	}
	if err := t.claim(bucketLibraryName, l.Name, l.ID, "name", libraryTaken(l)); err != nil {
		return err
	}
	l.Version = 0
	return t.storeLibrary(l, v)
}

func (t *tx) updateLibrary(l *catalog.Library, v *catalog.LibraryVersion) error {
	old, err := object[catalog.Library](t, bucketLibrary, l.ID)
	if err != nil {
		return err
	}
	if err := t.change(bucketLibrary, libraryMeta(l), libraryMeta(&old)); err != nil {
		return err
	}
	if l.Version != old.Version {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "version", Message: fmt.Sprintf("the library's version is %d, not %d", old.Version, l.Version)}
	}
	if err := t.reclaim(bucketLibraryName, old.Name, l.Name, l.ID, "name", libraryTaken(l)); err != nil {
		return err
	}
	return t.storeLibrary(l, v)
}

// storeLibrary writes the records of a library and its new version.
func (t *tx) storeLibrary(l *catalog.Library, v *catalog.LibraryVersion) error {
	if v != nil {
		l.Version++
		v.LibraryID = l.ID
		v.Number = l.Version
		v.Hash = v.ContentHash()
		v.CreatedAt = t.time()
		if err := t.save(bucketLibraryVersion, versionKey(l.ID, v.Number), v); err != nil {
			return err
		}
	}
	if err := t.save(bucketLibrary, []byte(l.ID), l); err != nil {
		return err
	}
	return t.record(catalog.KindLibrary, l.ID, false)
}

// DeleteLibrary deletes a library and its versions.
func (s *Store) DeleteLibrary(ctx context.Context, id string, revision int64) error {
	return s.update(ctx, func(t *tx) error {
		l, err := object[catalog.Library](t, bucketLibrary, id)
		if err != nil {
			return err
		}
		if err := matchesOrAny(bucketLibrary, revision, l.Revision); err != nil {
			return err
		}
		if err := t.delete(bucketLibraryName, []byte(l.Name)); err != nil {
			return err
		}
		if err := t.delete(bucketLibrary, []byte(id)); err != nil {
			return err
		}
		if err := t.deleteVersions(bucketLibraryVersion, id); err != nil {
			return err
		}
		return t.record(catalog.KindLibrary, id, true)
	})
}

// LibraryVersion returns one version of a library.
func (s *Store) LibraryVersion(ctx context.Context, libraryID string, number int) (v catalog.LibraryVersion, err error) {
	err = s.view(ctx, func(t *tx) error {
		v, err = version[catalog.LibraryVersion](t, bucketLibraryVersion, libraryID, number)
		return err
	})
	return v, err
}

// LibraryVersions lists the versions of a library, newest first.
func (s *Store) LibraryVersions(ctx context.Context, libraryID string, page catalog.Page) (found []catalog.LibraryVersion, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		l, err := object[catalog.Library](t, bucketLibrary, libraryID)
		if err != nil {
			return err
		}
		total = l.Version
		found, err = versions[catalog.LibraryVersion](t, bucketLibraryVersion, libraryID, l.Version, page)
		return err
	})
	return found, total, err
}

func libraryTaken(l *catalog.Library) string {
	return fmt.Sprintf("a library is already called %q", l.Name)
}

func libraryMeta(l *catalog.Library) meta {
	return meta{&l.ID, &l.Revision, &l.CreatedAt, &l.UpdatedAt}
}

package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"gateway/internal/catalog"
)

// Version returns one version of an endpoint.
func (s *Store) Version(ctx context.Context, endpointID string, number int) (v catalog.Version, err error) {
	err = s.view(ctx, func(t *tx) error {
		v, err = version[catalog.Version](t, bucketVersion, endpointID, number)
		return err
	})
	return v, err
}

// Versions lists the versions of an endpoint, newest first.
func (s *Store) Versions(ctx context.Context, endpointID string, page catalog.Page) (found []catalog.Version, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		e, err := object[catalog.Endpoint](t, bucketEndpoint, endpointID)
		if err != nil {
			return err
		}
		total = e.Version
		found, err = versions[catalog.Version](t, bucketVersion, endpointID, e.Version, page)
		return err
	})
	return found, total, err
}

// version reads one version.
func version[T any](t *tx, bucket []byte, ownerID string, number int) (T, error) {
	v, ok, err := load[T](t, bucket, versionKey(ownerID, number))
	if err == nil && !ok {
		err = &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is no version %d", number)}
	}
	return v, err
}

// versions reads a page of versions, counting down from the last one.
func versions[T any](t *tx, bucket []byte, ownerID string, last int, page catalog.Page) ([]T, error) {
	var found []T
	for n := last - page.Offset; n >= 1 && (page.Limit <= 0 || len(found) < page.Limit); n-- {
		v, err := version[T](t, bucket, ownerID, n)
		if err != nil {
			return nil, err
		}
		found = append(found, v)
	}
	return found, nil
}

// deleteVersions deletes all versions of an endpoint or library.
func (t *tx) deleteVersions(bucket []byte, ownerID string) error {
	prefix := []byte(ownerID + "/")
	var keys [][]byte // collected first: a cursor loses its place when what it stands on is deleted
	c := t.Bucket(bucket).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, k)
	}
	for _, k := range keys {
		if err := t.delete(bucket, k); err != nil {
			return err
		}
	}
	return nil
}

// versionKey is the owner's ID, a slash and the number big-endian, so that versions lie in their order.
func versionKey(ownerID string, number int) []byte {
	return binary.BigEndian.AppendUint32([]byte(ownerID+"/"), uint32(number))
}

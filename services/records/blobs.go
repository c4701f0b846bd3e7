package records

import (
	"errors"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"gateway"
)

const suffix = ".json"

// cleanCollection gives the path of a collection without slashes at its ends.
func cleanCollection(collection string) (string, error) {
	base := strings.Trim(collection, "/")
	if base == "" {
		return "", gateway.ErrBadRequest.New("a collection needs a name")
	}
	if !utf8.ValidString(base) || len(base) > 512 || strings.ContainsRune(base, '\\') || strings.ContainsFunc(base, unicode.IsControl) {
		return "", gateway.ErrBadRequest.Newf("%.100q is not the name of a collection", collection)
	}
	for part := range strings.SplitSeq(base, "/") {
		if part == "" || part == "." || part == ".." {
			return "", gateway.ErrBadRequest.Newf("%q is not the name of a collection", collection)
		}
	}
	return base, nil
}

// idOf gives the id of the record that a file's name is of.
func idOf(name string) (string, bool) {
	id, ok := strings.CutSuffix(name, suffix)
	return id, ok && validID.MatchString(id)
}

// objects keeps records in object storage.
type objects struct {
	storage gateway.Storage
	base    string
}

var _ blobs = objects{}

// conditional is storage that stores under conditions: see package object.
type conditional interface {
	PutIf(key string, data []byte, absent bool, match string) error
}

func (o objects) key(id string) string { return o.base + "/" + id + suffix }

func (o objects) get(id string) ([]byte, string, error) {
	body, info, err := o.storage.Open(o.key(id))
	if err != nil {
		return nil, "", err
	}
	defer body.Close()
	if info.Size > MaxBytes {
		return nil, "", gateway.ErrPayloadTooLarge.Newf("record %q has %d bytes", id, info.Size)
	}
	data, err := io.ReadAll(io.LimitReader(body, MaxBytes))
	return data, info.ETag, err
}

func (o objects) create(id string, data []byte) error {
	if c, ok := o.storage.(conditional); ok {
		return c.PutIf(o.key(id), data, true, "")
	}
	switch _, err := o.storage.Stat(o.key(id)); {
	case err == nil:
		return exists(id)
	case !errors.Is(err, gateway.ErrNotFound):
		return err
	}
	return o.storage.Put(o.key(id), data)
}

func (o objects) replace(id string, data []byte, state string) error {
	if c, ok := o.storage.(conditional); ok && state != "" {
		return c.PutIf(o.key(id), data, false, state)
	}
	return o.storage.Put(o.key(id), data)
}

func (o objects) remove(id string) (bool, error) { return o.storage.Delete(o.key(id)) }

func (o objects) ids() ([]string, error) {
	listed, err := o.storage.List(o.base + "/")
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, info := range listed {
		if id, ok := idOf(strings.TrimPrefix(info.Key, o.base+"/")); ok {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// files keeps records on a file server.
type files struct {
	server gateway.Files
	base   string
}

var _ blobs = files{}

// creator is a file server that makes new files: see package files.
type creator interface {
	PutNew(path string, data []byte) error
}

func (f files) path(id string) string { return path.Join("/", f.base, id+suffix) }

func (f files) get(id string) ([]byte, string, error) {
	data, err := f.server.Get(f.path(id))
	return data, "", err
}

func (f files) create(id string, data []byte) error {
	if c, ok := f.server.(creator); ok {
		return c.PutNew(f.path(id), data)
	}
	switch _, err := f.server.Stat(f.path(id)); {
	case err == nil:
		return exists(id)
	case !errors.Is(err, gateway.ErrNotFound):
		return err
	}
	return f.server.Put(f.path(id), data)
}

func (f files) replace(id string, data []byte, _ string) error {
	return f.server.Put(f.path(id), data)
}

func (f files) remove(id string) (bool, error) { return f.server.Delete(f.path(id)) }

func (f files) ids() ([]string, error) {
	entries, err := f.server.List(path.Join("/", f.base))
	if errors.Is(err, gateway.ErrNotFound) {
		return nil, nil // the first record makes the folder
	}
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, entry := range entries {
		if id, ok := idOf(entry.Name); ok && !entry.IsDir {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

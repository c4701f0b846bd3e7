package gateway

import (
	"io"
	"time"
)

// Storage keeps objects (bytes with a content type) under keys such as
// "uploads/2026/cat.png". A key is UTF-8 of at most 1024 bytes, made of parts of 1
// to 255 bytes that are separated by slashes. No part is "." or "..", and none has
// a backslash or control character.
//
// An object is replaced as a whole: readers see the old bytes or the new ones, and
// an upload that breaks off changes nothing.
//
// Errors: [ErrNotFound] for a missing key, [ErrBadRequest] for an invalid one,
// [ErrStorage] when the backend refuses an operation, [ErrServiceUnavailable]
// when it cannot be reached, [ErrTimeout] at the deadline. The kind local keeps
// objects as files and gives [ErrConflict] where a key would be the folder of
// another.
type Storage interface {
	// Put stores data with a content type guessed from the key's extension.
	Put(key string, data []byte) error
	// PutObject stores what body yields. size is its length in bytes, or -1 where
	// it is not known; a body of another length is [ErrBadRequest].
	PutObject(key string, body io.Reader, size int64, options PutOptions) error
	// Get gives the whole object. One of more than 256 MiB is
	// [ErrPayloadTooLarge]: open it.
	Get(key string) ([]byte, error)
	// Open gives the object as a stream, which the caller closes. Until it is
	// closed or read to its end it occupies one of the service's workers; it ends
	// with the request.
	Open(key string) (io.ReadCloser, ObjectInfo, error)
	// Stat describes an object.
	Stat(key string) (ObjectInfo, error)
	// List gives key, size and time of the objects whose keys begin with prefix, in
	// key order. The rest of a description comes from Stat. More than 100,000
	// objects are [ErrStorage]: ask for a longer prefix.
	List(prefix string) ([]ObjectInfo, error)
	// Delete removes an object and reports whether it existed.
	Delete(key string) (bool, error)
	// Copy copies an object, with content type and metadata, within the service.
	Copy(from, to string) error
	// PresignedURL gives a URL that lets anyone fetch the object until it expires,
	// after 1 second to 7 days. It need not exist yet. The server of the objects
	// answers it; for the kind local that is the gateway, and the URL is a path on it
	// unless the service has a base_url.
	PresignedURL(key string, expires time.Duration) (string, error)
}

// PutOptions describes a stored object.
type PutOptions struct {
	ContentType string // guessed from the key's extension where empty
	// Metadata is the handler's own: names of lower case letters, digits and '-',
	// values of printable ASCII, 2 KiB in all.
	Metadata map[string]string
}

// ObjectInfo describes an object.
type ObjectInfo struct {
	Key          string            `json:"key"`
	Size         int64             `json:"size"` // bytes
	ContentType  string            `json:"content_type,omitempty"`
	ETag         string            `json:"etag,omitempty"` // changes with the bytes
	LastModified time.Time         `json:"last_modified"`
	Metadata     map[string]string `json:"metadata,omitempty"`
}

type noStorage struct{ err error }

func (n noStorage) Put(string, []byte) error                             { return n.err }
func (n noStorage) PutObject(string, io.Reader, int64, PutOptions) error { return n.err }
func (n noStorage) Get(string) ([]byte, error)                           { return nil, n.err }
func (n noStorage) Open(string) (io.ReadCloser, ObjectInfo, error)       { return nil, ObjectInfo{}, n.err }
func (n noStorage) Stat(string) (ObjectInfo, error)                      { return ObjectInfo{}, n.err }
func (n noStorage) List(string) ([]ObjectInfo, error)                    { return nil, n.err }
func (n noStorage) Delete(string) (bool, error)                          { return false, n.err }
func (n noStorage) Copy(string, string) error                            { return n.err }
func (n noStorage) PresignedURL(string, time.Duration) (string, error)   { return "", n.err }

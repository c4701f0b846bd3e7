package gateway

import (
	"io"
	"time"
)

// Storage keeps objects (bytes with a content type) under keys such as
// "uploads/2026/cat.png". A key has no leading slash, no empty part and no part
// that is "." or "..".
//
// Errors: [ErrNotFound] for a missing key, [ErrBadRequest] for an invalid one,
// [ErrStorage] when the backend refuses an operation, [ErrServiceUnavailable]
// when it cannot be reached, [ErrTimeout] at the deadline.
type Storage interface {
	// Put stores data with a content type guessed from the key's extension.
	Put(key string, data []byte) error
	// PutObject stores what body yields. size is its length in bytes, or -1 where
	// it is not known.
	PutObject(key string, body io.Reader, size int64, options PutOptions) error
	// Get gives the whole object.
	Get(key string) ([]byte, error)
	// Open gives the object as a stream, which the caller closes.
	Open(key string) (io.ReadCloser, ObjectInfo, error)
	// Stat describes an object.
	Stat(key string) (ObjectInfo, error)
	// List describes the objects whose keys begin with prefix, in key order.
	List(prefix string) ([]ObjectInfo, error)
	// Delete removes an object and reports whether it existed.
	Delete(key string) (bool, error)
	// Copy copies an object within the service.
	Copy(from, to string) error
	// PresignedURL gives a URL that lets anyone fetch the object until it expires.
	PresignedURL(key string, expires time.Duration) (string, error)
}

// PutOptions describes a stored object.
type PutOptions struct {
	ContentType string            // guessed from the key's extension where empty
	Metadata    map[string]string // user metadata
}

// ObjectInfo describes an object.
type ObjectInfo struct {
	Key          string            `json:"key"`
	Size         int64             `json:"size"` // bytes
	ContentType  string            `json:"content_type,omitempty"`
	ETag         string            `json:"etag,omitempty"`
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

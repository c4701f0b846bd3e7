package object

import (
	"context"
	"io"
	"time"

	"gateway"
	"gateway/services"
)

// Store is what a driver does. Its methods may be called by several goroutines
// at once, and give up when ctx ends. Errors are those of [gateway.Storage], or
// any other that the actor is to make one of them.
type Store interface {
	// Put stores body. size is its length in bytes, or -1. What is stored before is
	// replaced as a whole or not at all: readers never see a part.
	Put(ctx context.Context, key string, body io.Reader, size int64, options PutOptions) (gateway.ObjectInfo, error)
	// Open gives an object as a stream. The stream ends with an error when ctx does.
	Open(ctx context.Context, key string) (io.ReadCloser, gateway.ObjectInfo, error)
	Stat(ctx context.Context, key string) (gateway.ObjectInfo, error)
	// List gives key, size and time of the objects whose keys begin with prefix.
	List(ctx context.Context, prefix string) ([]gateway.ObjectInfo, error)
	Delete(ctx context.Context, key string) (existed bool, err error)
	Copy(ctx context.Context, from, to string) error
	PresignedURL(ctx context.Context, key string, expires time.Duration) (string, error)
	services.Driver
}

// PutOptions is [gateway.PutOptions] with conditions, of which at most one is
// set. A condition that does not hold is [gateway.ErrConflict].
type PutOptions struct {
	gateway.PutOptions
	IfAbsent bool   // only where the key has no object
	IfMatch  string // only where the key's object has this ETag
}

const (
	// maxList bounds the memory of one List.
	maxList = 100_000
	// maxExpiry is the longest life of a presigned URL: the limit of S3.
	maxExpiry = 7 * 24 * time.Hour
)

func notFound(key string) error {
	return gateway.ErrNotFound.Newf("object %q does not exist", key)
}

func tooMany(prefix string) error {
	return gateway.ErrStorage.Newf("more than %d objects begin with %q: ask for a longer prefix", maxList, prefix)
}

func checkExpiry(expires time.Duration) error {
	if expires < time.Second || expires > maxExpiry {
		return gateway.ErrBadRequest.Newf("a presigned URL lives for 1s to %v, not %v", maxExpiry, expires)
	}
	return nil
}

// lasting reads as long as ctx lasts.
type lasting struct {
	ctx context.Context
	io.ReadCloser
}

func (l lasting) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	return l.ReadCloser.Read(p)
}

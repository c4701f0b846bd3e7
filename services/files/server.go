package files

import (
	"context"
	"io"

	"gateway"
	"gateway/services"
)

// Server is what a driver does. Its methods may be called by several goroutines
// at once, and give up when ctx ends. Errors are those of [gateway.Files], or any
// other that the actor is to make one of them.
type Server interface {
	// Put writes a file and makes missing folders. With exclusive, one that exists
	// is [gateway.ErrConflict].
	Put(ctx context.Context, path string, body io.Reader, exclusive bool) error
	// Open gives a file as a stream, which ends with an error when ctx does.
	Open(ctx context.Context, path string) (io.ReadCloser, error)
	List(ctx context.Context, path string) ([]gateway.FileInfo, error)
	Stat(ctx context.Context, path string) (gateway.FileInfo, error)
	Delete(ctx context.Context, path string) (existed bool, err error)
	Rename(ctx context.Context, from, to string) error
	Mkdir(ctx context.Context, path string) error
	services.Driver
}

// maxList bounds the memory of one List.
const maxList = 100_000

func tooMany(path string) error {
	return gateway.ErrStorage.Newf("folder %q has more than %d entries", path, maxList)
}

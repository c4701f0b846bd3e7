package files

import (
	"bytes"
	"context"
	"io"

	"gateway"
	"gateway/services"
	"gateway/services/internal/stream"
)

// handle is the gateway.Files of one request.
type handle struct {
	ctx   context.Context
	actor *services.Actor
}

var _ gateway.Files = handle{}

func newHandle(ctx context.Context, actor *services.Actor) any { return handle{ctx, actor} }

// Put implements gateway.Files.
func (h handle) Put(path string, data []byte) error {
	// Written twice, it is the same file.
	return h.put(services.Op{Name: "put", Safe: true}, path, data, false)
}

// PutNew is Put for a file that does not exist yet; one that does is
// [gateway.ErrConflict]. Over FTP, another may come first between the question
// and the writing. Packages that build on files use it.
func (h handle) PutNew(path string, data []byte) error {
	return h.put(services.Write("put"), path, data, true)
}

func (h handle) put(op services.Op, path string, data []byte, exclusive bool) error {
	data = bytes.Clone(data) // the handler may go on with its own when its time is over
	return h.change(op, func(ctx context.Context, s Server) error {
		return s.Put(ctx, path, bytes.NewReader(data), exclusive)
	})
}

// PutStream implements gateway.Files.
func (h handle) PutStream(path string, body io.Reader) error {
	return stream.Feed(h.ctx, body, -1, func(body io.Reader) error {
		return h.change(services.Write("put"), func(ctx context.Context, s Server) error {
			return s.Put(ctx, path, body, false)
		})
	})
}

// Get implements gateway.Files.
func (h handle) Get(path string) ([]byte, error) {
	return services.Call(h.ctx, h.actor, services.Read("get"), func(ctx context.Context, s Server) ([]byte, error) {
		body, err := s.Open(ctx, path)
		if err != nil {
			return nil, err
		}
		defer body.Close()
		return stream.ReadAll(body, -1)
	})
}

// Open implements gateway.Files.
func (h handle) Open(path string) (io.ReadCloser, error) {
	body, _, err := stream.Open(h.ctx, h.actor, services.Read("open"), func(ctx context.Context, s Server) (io.ReadCloser, struct{}, error) {
		body, err := s.Open(ctx, path)
		return body, struct{}{}, err
	})
	return body, err
}

// List implements gateway.Files.
func (h handle) List(path string) ([]gateway.FileInfo, error) {
	return services.Call(h.ctx, h.actor, services.Read("list"), func(ctx context.Context, s Server) ([]gateway.FileInfo, error) {
		return s.List(ctx, path)
	})
}

// Stat implements gateway.Files.
func (h handle) Stat(path string) (gateway.FileInfo, error) {
	return services.Call(h.ctx, h.actor, services.Read("stat"), func(ctx context.Context, s Server) (gateway.FileInfo, error) {
		return s.Stat(ctx, path)
	})
}

// Delete implements gateway.Files.
func (h handle) Delete(path string) (bool, error) {
	return services.Call(h.ctx, h.actor, services.Write("delete"), func(ctx context.Context, s Server) (bool, error) {
		return s.Delete(ctx, path)
	})
}

// Rename implements gateway.Files.
func (h handle) Rename(from, to string) error {
	return h.change(services.Write("rename"), func(ctx context.Context, s Server) error { return s.Rename(ctx, from, to) })
}

// Mkdir implements gateway.Files.
func (h handle) Mkdir(path string) error {
	return h.change(services.Op{Name: "mkdir", Safe: true}, func(ctx context.Context, s Server) error { return s.Mkdir(ctx, path) })
}

func (h handle) change(op services.Op, fn func(ctx context.Context, s Server) error) error {
	_, err := services.Call(h.ctx, h.actor, op, func(ctx context.Context, s Server) (struct{}, error) {
		return struct{}{}, fn(ctx, s)
	})
	return err
}

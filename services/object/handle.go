package object

import (
	"bytes"
	"context"
	"io"
	"maps"
	"time"

	"gateway"
	"gateway/services"
	"gateway/services/internal/stream"
)

// handle is the gateway.Storage of one request.
type handle struct {
	ctx   context.Context
	actor *services.Actor
}

var _ gateway.Storage = handle{}

func newHandle(ctx context.Context, actor *services.Actor) any { return handle{ctx, actor} }

// setting is a write that may be repeated: it stores the same again.
func setting(name string) services.Op { return services.Op{Name: name, Safe: true} }

// Put implements gateway.Storage.
func (h handle) Put(key string, data []byte) error {
	return h.put(setting("put"), key, data, PutOptions{})
}

// PutIf is Put with a condition: where the key has no object (absent), or where
// its object has the ETag match. A condition that does not hold is
// [gateway.ErrConflict]. Packages that build on storage use it.
func (h handle) PutIf(key string, data []byte, absent bool, match string) error {
	return h.put(services.Write("put"), key, data, PutOptions{IfAbsent: absent, IfMatch: match})
}

func (h handle) put(op services.Op, key string, data []byte, options PutOptions) error {
	data = bytes.Clone(data) // the handler may go on with its own when its time is over
	_, err := services.Call(h.ctx, h.actor, op, func(ctx context.Context, s Store) (gateway.ObjectInfo, error) {
		return s.Put(ctx, key, bytes.NewReader(data), int64(len(data)), options)
	})
	return err
}

// PutObject implements gateway.Storage.
func (h handle) PutObject(key string, body io.Reader, size int64, options gateway.PutOptions) error {
	options.Metadata = maps.Clone(options.Metadata)
	return stream.Feed(h.ctx, body, size, func(body io.Reader) error {
		_, err := services.Call(h.ctx, h.actor, services.Write("put"), func(ctx context.Context, s Store) (gateway.ObjectInfo, error) {
			return s.Put(ctx, key, body, size, PutOptions{PutOptions: options})
		})
		return err
	})
}

// Get implements gateway.Storage.
func (h handle) Get(key string) ([]byte, error) {
	return services.Call(h.ctx, h.actor, services.Read("get"), func(ctx context.Context, s Store) ([]byte, error) {
		body, info, err := s.Open(ctx, key)
		if err != nil {
			return nil, err
		}
		defer body.Close()
		return stream.ReadAll(body, info.Size)
	})
}

// Open implements gateway.Storage.
func (h handle) Open(key string) (io.ReadCloser, gateway.ObjectInfo, error) {
	return stream.Open(h.ctx, h.actor, services.Read("open"), func(ctx context.Context, s Store) (io.ReadCloser, gateway.ObjectInfo, error) {
		return s.Open(ctx, key)
	})
}

// Stat implements gateway.Storage.
func (h handle) Stat(key string) (gateway.ObjectInfo, error) {
	return services.Call(h.ctx, h.actor, services.Read("stat"), func(ctx context.Context, s Store) (gateway.ObjectInfo, error) {
		return s.Stat(ctx, key)
	})
}

// List implements gateway.Storage.
func (h handle) List(prefix string) ([]gateway.ObjectInfo, error) {
	return services.Call(h.ctx, h.actor, services.Read("list"), func(ctx context.Context, s Store) ([]gateway.ObjectInfo, error) {
		return s.List(ctx, prefix)
	})
}

// Delete implements gateway.Storage.
func (h handle) Delete(key string) (bool, error) {
	return services.Call(h.ctx, h.actor, services.Write("delete"), func(ctx context.Context, s Store) (bool, error) {
		return s.Delete(ctx, key)
	})
}

// Copy implements gateway.Storage.
func (h handle) Copy(from, to string) error {
	_, err := services.Call(h.ctx, h.actor, setting("copy"), func(ctx context.Context, s Store) (struct{}, error) {
		return struct{}{}, s.Copy(ctx, from, to)
	})
	return err
}

// PresignedURL implements gateway.Storage.
func (h handle) PresignedURL(key string, expires time.Duration) (string, error) {
	return services.Call(h.ctx, h.actor, services.Read("presign"), func(ctx context.Context, s Store) (string, error) {
		return s.PresignedURL(ctx, key, expires)
	})
}

package cache

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"gateway"
	"gateway/services"
)

// store is the driver of a backend. Errors are gateway errors, or marked with
// services.Lost or services.Unreachable where the connection is to blame. A ttl of
// zero means for good.
type store interface {
	services.Driver
	get(ctx context.Context, keys []string) (map[string]string, error)
	set(ctx context.Context, key, value string, ttl time.Duration) error
	setNX(ctx context.Context, key, value string, ttl time.Duration) (bool, error)
	delete(ctx context.Context, keys []string) (int, error)
	exists(ctx context.Context, key string) (bool, error)
	expire(ctx context.Context, key string, ttl time.Duration) (bool, error)
	// add adds delta to a whole number, taking a missing key as 0.
	add(ctx context.Context, key string, delta int64) (int64, error)
}

// shared is what belongs to the actor rather than to one driver of it.
type shared struct {
	flights flights
	memory  *memory // of kind memory
}

func newShared() *shared { return &shared{memory: newMemory()} }

// handle is the gateway.Cache of one request.
type handle struct {
	ctx   context.Context
	actor *services.Actor
}

var _ gateway.Cache = handle{}

func newHandle(ctx context.Context, a *services.Actor) any { return handle{ctx, a} }

// call carries out one operation in the actor.
func call[T any](h handle, op services.Op, fn func(ctx context.Context, s store) (T, error)) (T, error) {
	return services.Call(h.ctx, h.actor, op, fn)
}

// Get gives a value and whether the key exists.
func (h handle) Get(key string) (string, bool, error) {
	values, err := h.GetMulti(key)
	value, found := values[key]
	return value, found, err
}

// GetJSON decodes a value into v.
func (h handle) GetJSON(key string, v any) (bool, error) {
	value, found, err := h.Get(key)
	if err != nil || !found {
		return false, err
	}
	if err := json.Unmarshal([]byte(value), v); err != nil {
		return true, gateway.ErrSerialization.Wrap(err, "cache: the value is not the JSON that was expected")
	}
	return true, nil
}

// GetMulti gives the values of those keys that exist.
func (h handle) GetMulti(keys ...string) (map[string]string, error) {
	if err := checkKeys(keys); err != nil {
		return nil, err
	}
	keys = slices.Clone(keys) // the worker's own
	return call(h, services.Read("get"), func(ctx context.Context, s store) (map[string]string, error) { return s.get(ctx, keys) })
}

// Set stores a value.
func (h handle) Set(key string, value any, ttl time.Duration) error {
	text, err := encodeEntry(key, value, ttl)
	if err != nil {
		return err
	}
	// Storing the same value twice does no harm.
	_, err = call(h, services.Read("set"), func(ctx context.Context, s store) (struct{}, error) {
		return struct{}{}, s.set(ctx, key, text, ttl)
	})
	return err
}

// SetNX stores a value if the key does not exist.
func (h handle) SetNX(key string, value any, ttl time.Duration) (bool, error) {
	text, err := encodeEntry(key, value, ttl)
	if err != nil {
		return false, err
	}
	return call(h, services.Write("setnx"), func(ctx context.Context, s store) (bool, error) { return s.setNX(ctx, key, text, ttl) })
}

// Delete removes keys.
func (h handle) Delete(keys ...string) (int, error) {
	if err := checkKeys(keys); err != nil {
		return 0, err
	}
	keys = slices.Clone(keys)
	// Not repeated: the number would be wrong.
	return call(h, services.Write("delete"), func(ctx context.Context, s store) (int, error) { return s.delete(ctx, keys) })
}

// Exists reports whether a key exists.
func (h handle) Exists(key string) (bool, error) {
	if err := checkKeys([]string{key}); err != nil {
		return false, err
	}
	return call(h, services.Read("exists"), func(ctx context.Context, s store) (bool, error) { return s.exists(ctx, key) })
}

// Expire gives a key a new ttl; zero keeps it for good.
func (h handle) Expire(key string, ttl time.Duration) (bool, error) {
	if err := checkEntry(key, ttl); err != nil {
		return false, err
	}
	return call(h, services.Read("expire"), func(ctx context.Context, s store) (bool, error) { return s.expire(ctx, key, ttl) })
}

// Incr adds one.
func (h handle) Incr(key string) (int64, error) { return h.add("incr", key, 1) }

// Decr subtracts one.
func (h handle) Decr(key string) (int64, error) { return h.add("decr", key, -1) }

func (h handle) add(name, key string, delta int64) (int64, error) {
	if err := checkKeys([]string{key}); err != nil {
		return 0, err
	}
	return call(h, services.Write(name), func(ctx context.Context, s store) (int64, error) { return s.add(ctx, key, delta) })
}

// Redis gives the operations of redis alone.
func (h handle) Redis() gateway.Redis {
	if typ := h.actor.Kind().Type; typ != "redis" {
		return gateway.NoRedis(gateway.ErrUnsupported.Newf("service %q is not a redis but a %s service", h.actor.Name(), typ))
	}
	return redisHandle{h}
}

// encode gives a value as it is stored: texts and bytes as they are, everything
// else as JSON.
func encode(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case json.RawMessage:
		return string(v), nil
	}
	data, err := json.Marshal(value)
	if err != nil {
		return "", gateway.ErrSerialization.Wrap(err, gateway.ErrSerialization.Error())
	}
	return string(data), nil
}

func encodeEntry(key string, value any, ttl time.Duration) (string, error) {
	if err := checkEntry(key, ttl); err != nil {
		return "", err
	}
	return encode(value)
}

func checkEntry(key string, ttl time.Duration) error {
	if ttl < 0 {
		return gateway.ErrBadRequest.Newf("cache: a ttl of %v is negative", ttl)
	}
	return checkKeys([]string{key})
}

func checkKeys(keys []string) error {
	if len(keys) == 0 {
		return gateway.ErrBadRequest.New("cache: no key is given")
	}
	if slices.Contains(keys, "") {
		return gateway.ErrBadRequest.New("cache: a key is empty")
	}
	return nil
}

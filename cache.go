package gateway

import "time"

// Cache keeps values under keys for a time. Values are strings of any bytes; a
// value that is neither string nor []byte is stored as JSON. A ttl of zero keeps
// the value until it is deleted or, on a bounded backend, displaced.
//
// Errors: [ErrCache] when the backend refuses an operation,
// [ErrServiceUnavailable] when it cannot be reached, [ErrTimeout] at the deadline.
type Cache interface {
	// Get gives a value and whether the key exists.
	Get(key string) (value string, found bool, err error)
	// GetJSON decodes a value stored as JSON into v and reports whether the key exists.
	GetJSON(key string, v any) (found bool, err error)
	// GetMulti gives the values of those keys that exist.
	GetMulti(keys ...string) (map[string]string, error)
	// Set stores a value, replacing any other.
	Set(key string, value any, ttl time.Duration) error
	// SetNX stores a value if the key does not exist and reports whether it did.
	SetNX(key string, value any, ttl time.Duration) (stored bool, err error)
	// Delete removes keys and gives the number that existed.
	Delete(keys ...string) (int, error)
	// Exists reports whether a key exists.
	Exists(key string) (bool, error)
	// Expire gives a key a new ttl and reports whether the key exists.
	Expire(key string, ttl time.Duration) (bool, error)
	// Incr adds one to a whole number, taking a missing key as 0, and gives the sum.
	Incr(key string) (int64, error)
	// Decr subtracts one from a whole number, taking a missing key as 0. On
	// memcached it stops at 0.
	Decr(key string) (int64, error)
	// Remember gives the value of a key, or computes, stores and gives it. Of
	// several callers at once in this gateway one computes and the others wait. An
	// error of compute is returned and nothing stored.
	Remember(key string, ttl time.Duration, compute func() (any, error)) (string, error)
	// Redis gives the operations that only a redis service has; on another kind
	// each of them fails with [ErrUnsupported].
	Redis() Redis
}

// Redis is what a redis service does beyond [Cache].
type Redis interface {
	// Do runs one command, as in Do("ZADD", "scores", 10, "ada"). The reply is nil,
	// int64, float64, string, bool, []any or map[any]any.
	Do(command string, args ...any) (any, error)

	HGet(key, field string) (value string, found bool, err error)
	HSet(key string, values map[string]any) error
	HGetAll(key string) (map[string]string, error)
	HDel(key string, fields ...string) (int, error)

	LPush(key string, values ...any) (length int64, err error)
	RPush(key string, values ...any) (length int64, err error)
	LPop(key string) (value string, found bool, err error)
	RPop(key string) (value string, found bool, err error)
	LRange(key string, start, stop int64) ([]string, error)

	// Publish sends a message to a channel and gives the number of receivers.
	Publish(channel string, message any) (receivers int64, err error)
	// Subscribe calls fn for every message on the channels until fn fails, whose
	// error it returns, or the request ends.
	Subscribe(fn func(channel, message string) error, channels ...string) error

	// Eval runs a Lua script.
	Eval(script string, keys []string, args ...any) (any, error)

	// XAdd appends an entry to a stream and gives its id.
	XAdd(stream string, values map[string]any) (id string, err error)
	// XRead gives at most count entries after the id ("0" for all), waiting up to
	// block for the first; none is not an error.
	XRead(stream, after string, count int64, block time.Duration) ([]StreamEntry, error)
}

// StreamEntry is one entry of a redis stream.
type StreamEntry struct {
	ID     string
	Values map[string]any
}

type noCache struct{ err error }

func (n noCache) Get(string) (string, bool, error)               { return "", false, n.err }
func (n noCache) GetJSON(string, any) (bool, error)              { return false, n.err }
func (n noCache) GetMulti(...string) (map[string]string, error)  { return nil, n.err }
func (n noCache) Set(string, any, time.Duration) error           { return n.err }
func (n noCache) SetNX(string, any, time.Duration) (bool, error) { return false, n.err }
func (n noCache) Delete(...string) (int, error)                  { return 0, n.err }
func (n noCache) Exists(string) (bool, error)                    { return false, n.err }
func (n noCache) Expire(string, time.Duration) (bool, error)     { return false, n.err }
func (n noCache) Incr(string) (int64, error)                     { return 0, n.err }
func (n noCache) Decr(string) (int64, error)                     { return 0, n.err }
func (n noCache) Redis() Redis                                   { return NoRedis(n.err) }
func (n noCache) Remember(string, time.Duration, func() (any, error)) (string, error) {
	return "", n.err
}

// NoRedis is a [Redis] whose every operation fails with err. Cache backends that
// are not redis give it.
func NoRedis(err error) Redis { return noRedis{err} }

type noRedis struct{ err error }

func (n noRedis) Do(string, ...any) (any, error)                        { return nil, n.err }
func (n noRedis) HGet(string, string) (string, bool, error)             { return "", false, n.err }
func (n noRedis) HSet(string, map[string]any) error                     { return n.err }
func (n noRedis) HGetAll(string) (map[string]string, error)             { return nil, n.err }
func (n noRedis) HDel(string, ...string) (int, error)                   { return 0, n.err }
func (n noRedis) LPush(string, ...any) (int64, error)                   { return 0, n.err }
func (n noRedis) RPush(string, ...any) (int64, error)                   { return 0, n.err }
func (n noRedis) LPop(string) (string, bool, error)                     { return "", false, n.err }
func (n noRedis) RPop(string) (string, bool, error)                     { return "", false, n.err }
func (n noRedis) LRange(string, int64, int64) ([]string, error)         { return nil, n.err }
func (n noRedis) Publish(string, any) (int64, error)                    { return 0, n.err }
func (n noRedis) Subscribe(func(string, string) error, ...string) error { return n.err }
func (n noRedis) Eval(string, []string, ...any) (any, error)            { return nil, n.err }
func (n noRedis) XAdd(string, map[string]any) (string, error)           { return "", n.err }
func (n noRedis) XRead(string, string, int64, time.Duration) ([]StreamEntry, error) {
	return nil, n.err
}

package cache

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"gateway"
	"gateway/services"

	"github.com/bradfitz/gomemcache/memcache"
)

// numberFlag marks values that were stored as whole numbers. Decrementing a number
// leaves spaces behind it where it becomes shorter; of a marked value they are
// known not to belong to it.
const numberFlag = 1

// longTTL is where memcached begins to take a time to live for a point in time.
const longTTL = 30 * 24 * time.Hour

// memcachedDriver is the store of kind memcached. The client's operations know no
// context: they end by its timeouts.
type memcachedDriver struct {
	client *memcache.Client
}

var _ store = (*memcachedDriver)(nil)

func openMemcached(_ context.Context, c Memcached, env services.Environment) (services.Driver, error) {
	addresses := c.Addresses
	if len(addresses) == 0 {
		addresses = []string{net.JoinHostPort(c.Host, strconv.Itoa(c.Port))}
	}
	servers := new(memcache.ServerList)
	if err := servers.SetServers(addresses...); err != nil {
		return nil, err
	}
	client := memcache.NewFromSelector(servers)
	client.Timeout = c.operation()
	client.MaxIdleConns = c.PoolSize
	dialer := &net.Dialer{Timeout: c.connect()}
	client.DialContext = dialer.DialContext
	if c.UseTLS {
		config, err := c.tlsConfig.config(c.Host, env)
		if err != nil {
			return nil, err
		}
		client.DialContext = (&tls.Dialer{NetDialer: dialer, Config: config}).DialContext
	}
	return &memcachedDriver{client}, nil
}

// Ping asks every server.
func (d *memcachedDriver) Ping(context.Context) error { return d.failure(d.client.Ping()) }

// Close closes all idle connections.
func (d *memcachedDriver) Close() error { return d.client.Close() }

// failure translates an error of the client.
func (d *memcachedDriver) failure(err error) error {
	var timeout *memcache.ConnectTimeoutError
	var op *net.OpError
	var netError net.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, memcache.ErrMalformedKey):
		return gateway.ErrBadRequest.New("cache: a key for memcached has at most 250 bytes and no spaces or control characters")
	case errors.As(err, &timeout), errors.As(err, &op) && op.Op == "dial", errors.Is(err, memcache.ErrNoServers):
		return services.Unreachable(err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &netError):
		// The other idle connections are likely to be as dead.
		_ = d.client.Close()
		return services.Lost(err)
	default:
		return gateway.ErrCache.Wrap(err, "cache error")
	}
}

// expiration gives a time to live as the protocol wants it: whole seconds, rounded
// up, and as a point in time where it is long.
func expiration(ttl time.Duration) int32 {
	seconds := (ttl + time.Second - 1) / time.Second
	if ttl > longTTL {
		return int32(min(time.Now().Unix()+int64(seconds), 1<<31-1))
	}
	return int32(seconds)
}

func item(key, value string, ttl time.Duration) *memcache.Item {
	it := &memcache.Item{Key: key, Value: []byte(value), Expiration: expiration(ttl)}
	if n, err := strconv.ParseUint(value, 10, 64); err == nil && strconv.FormatUint(n, 10) == value {
		it.Flags = numberFlag
	}
	return it
}

func (d *memcachedDriver) get(_ context.Context, keys []string) (map[string]string, error) {
	items, err := d.client.GetMulti(keys)
	if err != nil {
		return nil, d.failure(err)
	}
	values := make(map[string]string, len(items))
	for key, it := range items {
		value := string(it.Value)
		if it.Flags == numberFlag {
			value = strings.TrimRight(value, " ")
		}
		values[key] = value
	}
	return values, nil
}

func (d *memcachedDriver) set(_ context.Context, key, value string, ttl time.Duration) error {
	return d.failure(d.client.Set(item(key, value, ttl)))
}

func (d *memcachedDriver) setNX(_ context.Context, key, value string, ttl time.Duration) (bool, error) {
	err := d.client.Add(item(key, value, ttl))
	if errors.Is(err, memcache.ErrNotStored) {
		return false, nil
	}
	return err == nil, d.failure(err)
}

func (d *memcachedDriver) delete(_ context.Context, keys []string) (int, error) {
	n := 0
	for _, key := range keys {
		switch err := d.client.Delete(key); {
		case err == nil:
			n++
		case !errors.Is(err, memcache.ErrCacheMiss):
			return n, d.failure(err)
		}
	}
	return n, nil
}

func (d *memcachedDriver) exists(ctx context.Context, key string) (bool, error) {
	values, err := d.get(ctx, []string{key})
	return len(values) > 0, err
}

func (d *memcachedDriver) expire(_ context.Context, key string, ttl time.Duration) (bool, error) {
	err := d.client.Touch(key, expiration(ttl))
	if errors.Is(err, memcache.ErrCacheMiss) {
		return false, nil
	}
	return err == nil, d.failure(err)
}

// add makes a missing key, and begins again where another client was faster.
func (d *memcachedDriver) add(ctx context.Context, key string, delta int64) (int64, error) {
	for {
		var n uint64
		var err error
		if delta < 0 {
			n, err = d.client.Decrement(key, uint64(-delta))
		} else {
			n, err = d.client.Increment(key, uint64(delta))
		}
		if !errors.Is(err, memcache.ErrCacheMiss) {
			return int64(n), d.failure(err)
		}
		first := max(delta, 0)
		made, err := d.setNX(ctx, key, strconv.FormatInt(first, 10), 0)
		if made || err != nil {
			return first, err
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
}

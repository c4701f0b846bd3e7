package cache

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"gateway"
	"gateway/services"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// redisDriver is the store of kind redis.
type redisDriver struct {
	client        redis.UniversalClient
	subscriptions *subscriptions
}

var _ store = (*redisDriver)(nil)

func openRedis(_ context.Context, c RedisServer, env services.Environment) (services.Driver, error) {
	options := &redis.UniversalOptions{
		Addrs:    c.Addresses,
		DB:       c.Database,
		Username: c.Username,
		Password: c.Password,

		MasterName:       c.SentinelMaster,
		SentinelUsername: c.SentinelUsername,
		SentinelPassword: c.SentinelPassword,

		PoolSize:              c.PoolSize,
		PoolTimeout:           c.connect(),
		DialTimeout:           c.connect(),
		ReadTimeout:           c.operation(),
		WriteTimeout:          c.operation(),
		ContextTimeoutEnabled: true,
		// The actor repeats what is safe to repeat; the client would repeat everything.
		MaxRetries:      -1,
		DialerRetries:   1,
		DisableIdentity: true,
		MaintNotificationsConfig: &maintnotifications.Config{
			Mode: maintnotifications.ModeDisabled,
		},
	}
	host := c.Host
	if len(options.Addrs) == 0 {
		options.Addrs = []string{net.JoinHostPort(c.Host, strconv.Itoa(c.Port))}
	} else if host == "" {
		host, _, _ = net.SplitHostPort(options.Addrs[0])
	}
	if c.UseTLS {
		var err error
		if options.TLSConfig, err = c.tlsConfig.config(host, env); err != nil {
			return nil, err
		}
	}
	// The library's logger is the process's and writes to standard error what the
	// errors say.
	redis.SetLogger(&logging.VoidLogger{})
	return &redisDriver{redis.NewUniversalClient(options), &subscriptions{most: c.MaxSubscriptions}}, nil
}

// config makes the TLS configuration for a server.
func (c tlsConfig) config(host string, env services.Environment) (*tls.Config, error) {
	config := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, InsecureSkipVerify: c.SSLSkipVerify}
	if c.SSLRootCert == "" {
		return config, nil
	}
	path := c.SSLRootCert
	if !filepath.IsAbs(path) {
		path = filepath.Join(env.DataDir, path)
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("ssl_root_cert: %w", err)
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New("ssl_root_cert: no certificate in " + c.SSLRootCert)
	}
	return config, nil
}

// Ping asks the server.
func (d *redisDriver) Ping(ctx context.Context) error {
	return redisFailure(ctx, d.client.Ping(ctx).Err())
}

// Close ends all connections and subscriptions.
func (d *redisDriver) Close() error {
	d.subscriptions.close()
	return d.client.Close()
}

// redisFailure translates an error of the client.
func redisFailure(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var answer redis.Error
	if errors.As(err, &answer) && !errors.Is(err, redis.Nil) {
		for _, prefix := range []string{
			"LOADING ", "CLUSTERDOWN ", "MASTERDOWN ", "READONLY ", "TRYAGAIN ", // nothing was done
			"WRONGPASS ", "NOAUTH ", "ERR invalid password", "ERR max number of clients", // nor was anything sent
		} {
			if strings.HasPrefix(answer.Error(), prefix) {
				return services.Unreachable(err)
			}
		}
		return gateway.ErrCache.Wrap(err, "cache error")
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var op *net.OpError
	var netError net.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &op) && op.Op == "dial", errors.As(err, &certificate),
		errors.Is(err, redis.ErrPoolTimeout), errors.Is(err, redis.ErrPoolExhausted):
		return services.Unreachable(err)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed), errors.As(err, &netError):
		return services.Lost(err)
	default:
		return gateway.ErrCache.Wrap(err, "cache error")
	}
}

// atLeast makes a time to live one that the server takes: whole milliseconds.
func atLeast(ttl time.Duration) time.Duration {
	if ttl > 0 && ttl < time.Millisecond {
		return time.Millisecond
	}
	return ttl
}

func (d *redisDriver) get(ctx context.Context, keys []string) (map[string]string, error) {
	values := make(map[string]string, len(keys))
	if len(keys) == 1 {
		value, err := d.client.Get(ctx, keys[0]).Result()
		if errors.Is(err, redis.Nil) {
			return values, nil
		}
		values[keys[0]] = value
		return values, redisFailure(ctx, err)
	}
	// A pipeline and not MGET: of a cluster, keys may be on several nodes.
	replies := make([]*redis.StringCmd, len(keys))
	_, err := d.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, key := range keys {
			replies[i] = p.Get(ctx, key)
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, redisFailure(ctx, err)
	}
	for i, reply := range replies {
		value, err := reply.Result()
		switch {
		case errors.Is(err, redis.Nil):
		case err != nil:
			return nil, redisFailure(ctx, err)
		default:
			values[keys[i]] = value
		}
	}
	return values, nil
}

func (d *redisDriver) set(ctx context.Context, key, value string, ttl time.Duration) error {
	return redisFailure(ctx, d.client.Set(ctx, key, value, atLeast(ttl)).Err())
}

func (d *redisDriver) setNX(ctx context.Context, key, value string, ttl time.Duration) (bool, error) {
	err := d.client.SetArgs(ctx, key, value, redis.SetArgs{Mode: "NX", TTL: atLeast(ttl)}).Err()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil, redisFailure(ctx, err)
}

func (d *redisDriver) delete(ctx context.Context, keys []string) (int, error) {
	replies, err := d.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, key := range keys {
			p.Del(ctx, key)
		}
		return nil
	})
	if err != nil {
		return 0, redisFailure(ctx, err)
	}
	n := 0
	for _, reply := range replies {
		n += int(reply.(*redis.IntCmd).Val())
	}
	return n, nil
}

func (d *redisDriver) exists(ctx context.Context, key string) (bool, error) {
	n, err := d.client.Exists(ctx, key).Result()
	return n > 0, redisFailure(ctx, err)
}

func (d *redisDriver) expire(ctx context.Context, key string, ttl time.Duration) (bool, error) {
	if ttl > 0 {
		found, err := d.client.PExpire(ctx, key, atLeast(ttl)).Result()
		return found, redisFailure(ctx, err)
	}
	if err := d.client.Persist(ctx, key).Err(); err != nil {
		return false, redisFailure(ctx, err)
	}
	return d.exists(ctx, key) // Persist does not tell a key without a ttl from none
}

func (d *redisDriver) add(ctx context.Context, key string, delta int64) (int64, error) {
	n, err := d.client.IncrBy(ctx, key, delta).Result()
	return n, redisFailure(ctx, err)
}

// subscriptions are the connections that listen for published messages. They are
// not of the pool and hold no worker: requests that subscribe live long.
type subscriptions struct {
	most int

	mu     sync.Mutex // guards what follows
	open   map[*redis.PubSub]bool
	closed bool
}

func (s *subscriptions) add(p *redis.PubSub) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return services.Unreachable(redis.ErrClosed)
	case len(s.open) >= s.most:
		return gateway.ErrServiceUnavailable.Newf("cache: %d requests have subscribed already (max_subscriptions)", s.most)
	}
	if s.open == nil {
		s.open = make(map[*redis.PubSub]bool)
	}
	s.open[p] = true
	return nil
}

func (s *subscriptions) remove(p *redis.PubSub) {
	s.mu.Lock()
	delete(s.open, p)
	s.mu.Unlock()
	_ = p.Close() // fails only where the connection is gone already
}

func (s *subscriptions) close() {
	s.mu.Lock()
	s.closed = true
	open := s.open
	s.open = nil
	s.mu.Unlock()
	for p := range open {
		_ = p.Close()
	}
}

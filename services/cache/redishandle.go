package cache

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gateway"
	"gateway/services"

	"github.com/redis/go-redis/v9"
)

// redisHandle is the gateway.Redis of one request.
type redisHandle struct{ h handle }

var _ gateway.Redis = redisHandle{}

// onRedis carries out one operation in the actor. The reply nil of redis is given
// as zero and false.
func onRedis[T any](r redisHandle, op services.Op, fn func(ctx context.Context, c redis.UniversalClient) (T, error)) (value T, found bool, err error) {
	type reply struct {
		value T
		found bool
	}
	got, err := services.Call(r.h.ctx, r.h.actor, op, func(ctx context.Context, d *redisDriver) (reply, error) {
		v, err := fn(ctx, d.client)
		if errors.Is(err, redis.Nil) {
			return reply{}, nil
		}
		return reply{v, true}, redisFailure(ctx, err)
	})
	return got.value, got.found, err
}

// stateful are commands that would change the connection for whoever has it next,
// or that do not answer once.
var stateful = []string{
	"AUTH", "CLIENT", "DISCARD", "EXEC", "HELLO", "MONITOR", "MULTI", "PSUBSCRIBE", "PSYNC", "PUNSUBSCRIBE", "QUIT", "READONLY",
	"READWRITE", "RESET", "SELECT", "SSUBSCRIBE", "SUBSCRIBE", "SUNSUBSCRIBE", "SYNC", "UNSUBSCRIBE", "UNWATCH", "WATCH",
}

// Do runs one command.
func (r redisHandle) Do(command string, args ...any) (any, error) {
	if slices.Contains(stateful, strings.ToUpper(strings.TrimSpace(command))) {
		return nil, gateway.ErrUnsupported.Newf("redis: %s needs a connection of its own", command)
	}
	parts, err := encodeAll(args)
	if err != nil {
		return nil, err
	}
	parts = append([]any{command}, parts...)
	value, _, err := onRedis(r, services.Write("do"), func(ctx context.Context, c redis.UniversalClient) (any, error) {
		return c.Do(ctx, parts...).Result()
	})
	return value, err
}

// HGet gives a field of a hash.
func (r redisHandle) HGet(key, field string) (string, bool, error) {
	return onRedis(r, services.Read("hget"), func(ctx context.Context, c redis.UniversalClient) (string, error) {
		return c.HGet(ctx, key, field).Result()
	})
}

// HSet sets fields of a hash.
func (r redisHandle) HSet(key string, values map[string]any) error {
	pairs, err := encodeMap(values)
	if err != nil {
		return err
	}
	_, _, err = onRedis(r, services.Read("hset"), func(ctx context.Context, c redis.UniversalClient) (int64, error) {
		return c.HSet(ctx, key, pairs...).Result()
	})
	return err
}

// HGetAll gives a whole hash.
func (r redisHandle) HGetAll(key string) (map[string]string, error) {
	value, _, err := onRedis(r, services.Read("hgetall"), func(ctx context.Context, c redis.UniversalClient) (map[string]string, error) {
		return c.HGetAll(ctx, key).Result()
	})
	return value, err
}

// HDel removes fields of a hash.
func (r redisHandle) HDel(key string, fields ...string) (int, error) {
	fields = slices.Clone(fields)
	n, _, err := onRedis(r, services.Write("hdel"), func(ctx context.Context, c redis.UniversalClient) (int64, error) {
		return c.HDel(ctx, key, fields...).Result()
	})
	return int(n), err
}

// LPush puts values before a list.
func (r redisHandle) LPush(key string, values ...any) (int64, error) {
	return r.push("lpush", key, values, redis.UniversalClient.LPush)
}

// RPush puts values behind a list.
func (r redisHandle) RPush(key string, values ...any) (int64, error) {
	return r.push("rpush", key, values, redis.UniversalClient.RPush)
}

func (r redisHandle) push(name, key string, values []any, do func(redis.UniversalClient, context.Context, string, ...any) *redis.IntCmd) (int64, error) {
	encoded, err := encodeAll(values)
	if err != nil {
		return 0, err
	}
	n, _, err := onRedis(r, services.Write(name), func(ctx context.Context, c redis.UniversalClient) (int64, error) {
		return do(c, ctx, key, encoded...).Result()
	})
	return n, err
}

// LPop takes the first value of a list.
func (r redisHandle) LPop(key string) (string, bool, error) {
	return onRedis(r, services.Write("lpop"), func(ctx context.Context, c redis.UniversalClient) (string, error) {
		return c.LPop(ctx, key).Result()
	})
}

// RPop takes the last value of a list.
func (r redisHandle) RPop(key string) (string, bool, error) {
	return onRedis(r, services.Write("rpop"), func(ctx context.Context, c redis.UniversalClient) (string, error) {
		return c.RPop(ctx, key).Result()
	})
}

// LRange gives a part of a list.
func (r redisHandle) LRange(key string, start, stop int64) ([]string, error) {
	value, _, err := onRedis(r, services.Read("lrange"), func(ctx context.Context, c redis.UniversalClient) ([]string, error) {
		return c.LRange(ctx, key, start, stop).Result()
	})
	return value, err
}

// Publish sends a message to a channel.
func (r redisHandle) Publish(channel string, message any) (int64, error) {
	text, err := encode(message)
	if err != nil {
		return 0, err
	}
	n, _, err := onRedis(r, services.Write("publish"), func(ctx context.Context, c redis.UniversalClient) (int64, error) {
		return c.Publish(ctx, channel, text).Result()
	})
	return n, err
}

// Subscribe calls fn for every message, in the caller's goroutine. Messages that
// come while nobody takes them wait, a hundred of them; after a minute of that
// further ones are dropped.
func (r redisHandle) Subscribe(fn func(channel, message string) error, channels ...string) error {
	if len(channels) == 0 {
		return gateway.ErrBadRequest.New("redis: no channel is given")
	}
	channels = slices.Clone(channels)
	ctx, cancel := services.BeforeDeadline(r.h.ctx)
	defer cancel()
	subscription, err := services.Call(r.h.ctx, r.h.actor, services.Read("subscribe"), func(ctx context.Context, d *redisDriver) (*subscribed, error) {
		p := d.client.Subscribe(ctx, channels...)
		if _, err := p.Receive(ctx); err != nil { // the server's confirmation
			p.Close()
			return nil, redisFailure(ctx, err)
		}
		if err := d.subscriptions.add(p); err != nil {
			p.Close()
			return nil, err
		}
		s := &subscribed{p, d}
		// Should the caller have given up, the subscription ends with the request.
		context.AfterFunc(r.h.ctx, s.end)
		return s, nil
	})
	if err != nil {
		return err
	}
	defer subscription.end()
	messages := subscription.pubsub.Channel()
	for {
		select {
		case m, ok := <-messages:
			if !ok {
				if ctx.Err() != nil {
					return ended(ctx)
				}
				return gateway.ErrServiceUnavailable.New("redis: the subscription was ended, because the service stopped or was changed")
			}
			if err := fn(m.Channel, m.Payload); err != nil {
				return err
			}
			// A handler that was stopped returns nil from fn as well.
			if ctx.Err() != nil {
				return ended(ctx)
			}
		case <-ctx.Done():
			return ended(ctx)
		}
	}
}

func ended(ctx context.Context) error {
	return gateway.ErrTimeout.Wrap(ctx.Err(), "redis: the request has ended")
}

// subscribed is an open subscription.
type subscribed struct {
	pubsub *redis.PubSub
	driver *redisDriver
}

// end may be called more than once.
func (s *subscribed) end() { s.driver.subscriptions.remove(s.pubsub) }

// Eval runs a Lua script.
func (r redisHandle) Eval(script string, keys []string, args ...any) (any, error) {
	encoded, err := encodeAll(args)
	if err != nil {
		return nil, err
	}
	keys = slices.Clone(keys)
	value, _, err := onRedis(r, services.Write("eval"), func(ctx context.Context, c redis.UniversalClient) (any, error) {
		return c.Eval(ctx, script, keys, encoded...).Result()
	})
	return value, err
}

// XAdd appends an entry to a stream.
func (r redisHandle) XAdd(stream string, values map[string]any) (string, error) {
	pairs, err := encodeMap(values)
	if err != nil {
		return "", err
	}
	id, _, err := onRedis(r, services.Write("xadd"), func(ctx context.Context, c redis.UniversalClient) (string, error) {
		return c.XAdd(ctx, &redis.XAddArgs{Stream: stream, Values: pairs}).Result()
	})
	return id, err
}

// XRead gives entries of a stream. It holds a worker while it waits.
func (r redisHandle) XRead(stream, after string, count int64, block time.Duration) ([]gateway.StreamEntry, error) {
	if block == 0 {
		block = -1 // of go-redis: do not wait
	}
	streams, _, err := onRedis(r, services.Read("xread"), func(ctx context.Context, c redis.UniversalClient) ([]redis.XStream, error) {
		return c.XRead(ctx, &redis.XReadArgs{Streams: []string{stream, after}, Count: count, Block: block}).Result()
	})
	if err != nil {
		return nil, err
	}
	entries := []gateway.StreamEntry{}
	for _, s := range streams {
		for _, m := range s.Messages {
			entries = append(entries, gateway.StreamEntry{ID: m.ID, Values: m.Values})
		}
	}
	return entries, nil
}

// encodeAll gives values as they are stored.
func encodeAll(values []any) ([]any, error) {
	out := make([]any, len(values))
	for i, v := range values {
		text, err := encode(v)
		if err != nil {
			return nil, err
		}
		out[i] = text
	}
	return out, nil
}

// encodeMap gives the keys and values of a map in turn, in the order of the keys.
func encodeMap(values map[string]any) ([]any, error) {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	pairs := make([]any, 0, 2*len(keys))
	for _, key := range keys {
		text, err := encode(values[key])
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, key, text)
	}
	return pairs, nil
}

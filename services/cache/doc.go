// Package cache provides the key-value services that handlers use: memory
// (embedded, the default), redis and memcached.
//
// [Kinds] gives them to a service manager; their configurations are [Memory],
// [RedisServer] and [Memcached]. The handles implement gateway.Cache, and those of
// redis gateway.Redis too.
//
// Values are made texts in the handler's goroutine, and Remember computes there as
// well; everything else happens in the workers of the service's actor. What
// callers of Remember share, and what a memory service stores, belongs to the
// actor: it outlives a change of the configuration.
package cache

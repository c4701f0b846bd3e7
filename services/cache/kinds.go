package cache

import (
	"context"
	"time"

	"gateway/services"
)

// Memory is the configuration of kind "memory".
type Memory struct {
	MaxEntries int `config:"max_entries" min:"1" doc:"keys at most; the least recently used is displaced"`
	MaxBytes   int `config:"max_bytes" min:"1024" doc:"of keys and values together, with 128 bytes for each entry"`
	services.ActorConfig
}

// RedisServer is the configuration of kind "redis".
type RedisServer struct {
	Host             string   `config:"host" doc:"server name or address; required unless addresses are given"`
	Port             int      `config:"port" min:"1" max:"65535"`
	Addresses        []string `config:"addresses" doc:"HOST:PORT of cluster nodes, or of sentinels where sentinel_master is set"`
	Username         string   `config:"username" doc:"of Redis 6 access lists"`
	Password         string   `config:"password,secret"`
	Database         int      `config:"database" min:"0" max:"9999"`
	SentinelMaster   string   `config:"sentinel_master" doc:"name of the master that the sentinels at addresses watch"`
	SentinelUsername string   `config:"sentinel_username"`
	SentinelPassword string   `config:"sentinel_password,secret"`
	UseTLS           bool     `config:"use_tls" doc:"encrypt connections and verify the server's certificate"`
	PoolSize         int      `config:"pool_size" min:"1" max:"10000" doc:"connections at most, of each node"`
	MaxSubscriptions int      `config:"max_subscriptions" min:"0" doc:"requests that may subscribe at once; each has a connection of its own"`
	tlsConfig
	timeouts
	services.ActorConfig
}

// Memcached is the configuration of kind "memcached".
type Memcached struct {
	Host      string   `config:"host" doc:"server name or address; required unless addresses are given"`
	Port      int      `config:"port" min:"1" max:"65535"`
	Addresses []string `config:"addresses" doc:"HOST:PORT of several servers that share the keys"`
	UseTLS    bool     `config:"use_tls" doc:"encrypt connections and verify the server's certificate"`
	PoolSize  int      `config:"pool_size" min:"1" max:"10000" doc:"connections kept open, to each server"`
	tlsConfig
	timeouts
	services.ActorConfig
}

type tlsConfig struct {
	SSLRootCert   string `config:"ssl_root_cert" doc:"file with the certificates of trusted authorities; the system's where empty"`
	SSLSkipVerify bool   `config:"ssl_skip_verify" doc:"accept any certificate of the server"`
}

type timeouts struct {
	ConnectTimeout   int `config:"connect_timeout_seconds" min:"1" max:"3600"`
	OperationTimeout int `config:"operation_timeout_seconds" min:"1" max:"3600" doc:"of one operation"`
}

func (t timeouts) connect() time.Duration   { return time.Duration(t.ConnectTimeout) * time.Second }
func (t timeouts) operation() time.Duration { return time.Duration(t.OperationTimeout) * time.Second }

// Kinds are the types of caches: memory, redis and memcached.
func Kinds() []services.Kind {
	return []services.Kind{memoryKind(), redisKind(), memcachedKind()}
}

func memoryKind() services.Kind {
	return services.NewKind(services.Spec[Memory]{
		Type:       "memory",
		Title:      "Memory",
		Capability: services.Cache,
		Embedded:   true,
		Defaults:   Memory{MaxEntries: 100_000, MaxBytes: 64 << 20, ActorConfig: services.DefaultActorConfig()},
		Limits: func(c Memory) services.Limits {
			workers := c.Workers
			if workers == 0 {
				workers = 4
			}
			return services.Limits{Workers: workers, Mailbox: c.Mailbox}
		},
		Open: func(_ context.Context, c Memory, env services.Environment) (services.Driver, error) {
			s, ok := env.State.(*shared)
			if !ok { // a test
				s = newShared()
			}
			s.memory.resize(c.MaxEntries, c.MaxBytes)
			return &memoryDriver{s.memory}, nil
		},
		NewState: func() any { return newShared() },
		Handle:   newHandle,
	})
}

func redisKind() services.Kind {
	return services.NewKind(services.Spec[RedisServer]{
		Type:       "redis",
		Title:      "Redis",
		Capability: services.Cache,
		Defaults: RedisServer{
			Port: 6379, PoolSize: 10, MaxSubscriptions: 1000,
			timeouts: timeouts{ConnectTimeout: 5, OperationTimeout: 5}, ActorConfig: services.DefaultActorConfig(),
		},
		Validate: func(c RedisServer) error {
			switch {
			case c.Host == "" && len(c.Addresses) == 0:
				return services.BadField("host", `required, unless "addresses" are given`)
			case c.SentinelMaster != "" && len(c.Addresses) == 0:
				return services.BadField("addresses", "required with sentinel_master")
			case len(c.Addresses) > 1 && c.SentinelMaster == "" && c.Database != 0:
				return services.BadField("database", "a cluster has only database 0")
			}
			return nil
		},
		Limits: func(c RedisServer) services.Limits {
			workers := c.Workers
			if workers == 0 {
				workers = c.PoolSize
			}
			return services.Limits{Workers: workers, Mailbox: c.Mailbox}
		},
		Open:     openRedis,
		NewState: func() any { return newShared() },
		Handle:   newHandle,
	})
}

func memcachedKind() services.Kind {
	return services.NewKind(services.Spec[Memcached]{
		Type:       "memcached",
		Title:      "Memcached",
		Capability: services.Cache,
		Defaults: Memcached{
			Port: 11211, PoolSize: 10,
			timeouts: timeouts{ConnectTimeout: 5, OperationTimeout: 5}, ActorConfig: services.DefaultActorConfig(),
		},
		Validate: func(c Memcached) error {
			if c.Host == "" && len(c.Addresses) == 0 {
				return services.BadField("host", `required, unless "addresses" are given`)
			}
			return nil
		},
		Limits: func(c Memcached) services.Limits {
			workers := c.Workers
			if workers == 0 {
				workers = c.PoolSize
			}
			return services.Limits{Workers: workers, Mailbox: c.Mailbox}
		},
		Open:     openMemcached,
		NewState: func() any { return newShared() },
		Handle:   newHandle,
	})
}

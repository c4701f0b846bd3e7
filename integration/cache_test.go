//go:build integration

package integration

import (
	"net"
	"strconv"
	"testing"

	"gateway/services/cache"
	"gateway/services/servicetest"
)

// redis is the configuration of the real server.
func redis(t testing.TB) map[string]any {
	return map[string]any{
		"host": server(t, "REDIS_HOST"), "port": number(t, "REDIS_PORT"), "database": 3,
		"username": server(t, "REDIS_USERNAME"), "password": server(t, "REDIS_PASSWORD"), "pool_size": 4,
	}
}

// memcached is the configuration of the real server.
func memcached(t testing.TB) map[string]any {
	t.Helper()
	host, port, err := net.SplitHostPort(server(t, "MEMCACHED_ADDRESS"))
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{"host": host, "port": n, "pool_size": 4}
}

func TestCache(t *testing.T) {
	tls := with(with(redis(t), "port", number(t, "REDIS_TLS_PORT")), "use_tls", true)
	for _, tt := range []struct {
		name, typ string
		config    map[string]any
	}{
		{"redis", "redis", redis(t)},
		{"redis over TLS", "redis", with(tls, "ssl_root_cert", server(t, "TLS_CA"))},
		{"memcached", "memcached", memcached(t)},
		{"memory", "memory", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			servicetest.Cache(t, servicetest.Start(t, cache.Kinds(), tt.typ, t.TempDir(), tt.config))
		})
	}
}

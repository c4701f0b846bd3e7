package cache_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/cache"
	"gateway/services/servicetest"
)

func TestMemory(t *testing.T) {
	servicetest.Cache(t, servicetest.Start(t, cache.Kinds(), "memory", t.TempDir(), nil))
}

// open runs a memory service and gives a handle.
func open(t *testing.T, config map[string]any) (*services.Manager, gateway.Cache) {
	t.Helper()
	m := servicetest.Start(t, cache.Kinds(), "memory", t.TempDir(), config)
	c, err := m.View(nil).Cache(t.Context(), servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	return m, c
}

func set(t *testing.T, c gateway.Cache, key, value string, ttl time.Duration) {
	t.Helper()
	if err := c.Set(key, value, ttl); err != nil {
		t.Fatalf("Set %s: %v", key, err)
	}
}

// keys gives those of k0 … k9 that exist.
func keys(t *testing.T, c gateway.Cache) string {
	t.Helper()
	var there []string
	for i := range 10 {
		key := fmt.Sprint("k", i)
		found, err := c.Exists(key)
		if err != nil {
			t.Fatal(err)
		}
		if found {
			there = append(there, key)
		}
	}
	return strings.Join(there, " ")
}

func TestMemoryIsBoundedByEntries(t *testing.T) {
	_, c := open(t, map[string]any{"max_entries": 3})
	for i := range 3 {
		set(t, c, fmt.Sprint("k", i), "x", 0)
	}
	if _, _, err := c.Get("k0"); err != nil { // used: k1 is now the least recent
		t.Fatal(err)
	}
	set(t, c, "k3", "x", 0)
	if got := keys(t, c); got != "k0 k2 k3" {
		t.Errorf("keys %s, want k0 k2 k3", got)
	}
}

func TestMemoryIsBoundedByBytes(t *testing.T) {
	_, c := open(t, map[string]any{"max_bytes": 4096})
	for i := range 10 {
		set(t, c, fmt.Sprint("k", i), strings.Repeat("x", 870), 0) // 1000 with the overhead
	}
	if got := keys(t, c); got != "k6 k7 k8 k9" {
		t.Errorf("keys %s, want the last four", got)
	}
	set(t, c, "k9", strings.Repeat("x", 3000), 0) // grows
	if got := keys(t, c); got != "k9" {
		t.Errorf("keys %s, want k9", got)
	}
	if err := c.Set("k0", strings.Repeat("x", 5000), 0); err == nil {
		t.Error("a value larger than the cache was stored")
	}
	if got := keys(t, c); got != "k9" {
		t.Errorf("keys %s after a refused value, want k9", got)
	}
}

func TestMemoryExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := open(t, map[string]any{"max_entries": 3})
		set(t, c, "k0", "x", 0)
		set(t, c, "k1", "x", 10*time.Second)
		set(t, c, "k2", "x", 20*time.Second)
		time.Sleep(10 * time.Second)
		if got := keys(t, c); got != "k0 k2" {
			t.Errorf("keys %s after 10 s, want k0 k2", got)
		}
		set(t, c, "k1", "x", time.Second)
		time.Sleep(time.Second)
		set(t, c, "k3", "x", 0) // takes the place of the expired one, not of k0
		if got := keys(t, c); got != "k0 k2 k3" {
			t.Errorf("keys %s, want k0 k2 k3", got)
		}
		if _, err := c.Expire("k2", 0); err != nil {
			t.Fatal(err)
		}
		set(t, c, "k3", "x", time.Hour)
		time.Sleep(24 * time.Hour)
		if got := keys(t, c); got != "k0 k2" {
			t.Errorf("keys %s after a day, want k0 k2", got)
		}
	})
}

func TestMemoryOutlivesAChangeOfItsConfiguration(t *testing.T) {
	m, c := open(t, map[string]any{"max_entries": 5})
	for i := range 5 {
		set(t, c, fmt.Sprint("k", i), "x", 0)
	}
	svc := m.Services()[0]
	svc.Config = map[string]any{"max_entries": 2}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := m.Apply(ctx, svc); err != nil {
		t.Fatal(err)
	}
	if got := keys(t, c); got != "k3 k4" {
		t.Errorf("keys %s, want k3 k4", got)
	}
}

func TestConfiguration(t *testing.T) {
	m, err := services.NewManager(services.Options{Kinds: cache.Kinds()})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		typ    string
		config map[string]any
		want   string // in the error; empty for none
	}{
		{"redis", map[string]any{"host": "localhost", "port": 6379.0, "password": nil, "database": 0.0, "use_tls": false, "pool_size": 10.0}, ""},
		{"redis", map[string]any{"addresses": []any{"a:1", "b:2"}, "sentinel_master": "m"}, ""},
		{"redis", map[string]any{}, "host"},
		{"redis", map[string]any{"host": "h", "sentinel_master": "m"}, "addresses"},
		{"redis", map[string]any{"addresses": []any{"a:1", "b:2"}, "database": 1}, "database"},
		{"redis", map[string]any{"host": "h", "useTLS": true}, `unknown field, did you mean "use_tls"`},
		{"memcached", map[string]any{"host": "h"}, ""},
		{"memcached", map[string]any{"host": "h", "port": 0}, "port"},
		{"memory", nil, ""},
		{"memory", map[string]any{"max_bytes": "1"}, "max_bytes"},
	} {
		err := m.Check(catalog.Service{Name: "x", Type: tt.typ, Config: tt.config})
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %v: error %v, want %q", tt.typ, tt.config, err, tt.want)
		}
	}
}

//go:build integration

package integration

import (
	"maps"
	"os"
	"testing"

	"gateway/internal/catalog"
	"gateway/services"
)

// server gives where a real server is: from the environment, as services.sh env
// prints it.
func server(t testing.TB, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Skipf("%s is not set: run eval \"$(integration/services.sh env)\"", name)
	}
	return value
}

// with gives a configuration with one field changed; "" removes it.
func with(config map[string]any, name string, value any) map[string]any {
	changed := maps.Clone(config)
	changed[name] = value
	if value == "" {
		delete(changed, name)
	}
	return changed
}

// testConnection is what an administrator's connection test finds wrong.
func testConnection(t testing.TB, kinds []services.Kind, typ string, config map[string]any) error {
	t.Helper()
	m, err := services.NewManager(services.Options{Kinds: kinds, DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return m.Test(t.Context(), catalog.Service{ID: "test", Name: "test", Type: typ, Config: config}).Err
}

//go:build integration

package integration

import (
	"testing"

	"gateway/services/servicetest"
	"gateway/services/sql"
)

// postgres is the configuration of the real server.
func postgres(t testing.TB) map[string]any {
	return map[string]any{
		"host": server(t, "POSTGRES_HOST"), "port": number(t, "POSTGRES_PORT"), "database": server(t, "POSTGRES_DATABASE"),
		"username": server(t, "POSTGRES_USERNAME"), "password": server(t, "POSTGRES_PASSWORD"), "pool_size": 4,
	}
}

// mysql is the configuration of the real server, a MariaDB.
func mysql(t testing.TB) map[string]any {
	return map[string]any{
		"host": server(t, "MYSQL_HOST"), "port": number(t, "MYSQL_PORT"), "database": server(t, "MYSQL_DATABASE"),
		"username": server(t, "MYSQL_USERNAME"), "password": server(t, "MYSQL_PASSWORD"), "pool_size": 4,
	}
}

func TestDatabase(t *testing.T) {
	for _, tt := range []struct {
		name, typ string
		config    map[string]any
	}{
		{"postgres", "postgres", postgres(t)},
		{"postgres over TLS", "postgres", with(with(postgres(t), "ssl_mode", "verify-full"), "ssl_root_cert", server(t, "TLS_CA"))},
		{"mysql", "mysql", mysql(t)},
		{"mysql over TLS", "mysql", with(with(mysql(t), "use_ssl", true), "ssl_root_cert", server(t, "TLS_CA"))},
		{"sqlite", "sqlite", map[string]any{"path": "test.db"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			servicetest.Database(t, servicetest.Start(t, sql.Kinds(), tt.typ, t.TempDir(), tt.config))
		})
	}
}

// ownDatabase makes an empty database for a test and leaves it: what is migrated is
// recorded in the database, where others may have migrations of their own.
func ownDatabase(t *testing.T, typ, name string) string {
	t.Helper()
	config := map[string]func(testing.TB) map[string]any{"postgres": postgres, "mysql": mysql}[typ]
	server := database(t, servicetest.Start(t, sql.Kinds(), typ, t.TempDir(), config(t)))
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name} {
		if _, err := server.Execute(statement); err != nil {
			t.Fatal(err)
		}
	}
	return name
}

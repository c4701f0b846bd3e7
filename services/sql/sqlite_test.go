package sql_test

import (
	"testing"

	"gateway/services/servicetest"
	"gateway/services/sql"
)

func TestSQLite(t *testing.T) {
	for name, path := range map[string]string{"file": "folder/test.db", "memory": ":memory:"} {
		t.Run(name, func(t *testing.T) {
			m := servicetest.Start(t, sql.Kinds(), "sqlite", t.TempDir(), map[string]any{"path": path})
			servicetest.Database(t, m)
		})
	}
}

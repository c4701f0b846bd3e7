//go:build integration

package integration

import (
	"slices"
	"testing"

	"gateway/services"
	"gateway/services/files"
	"gateway/services/object"
	"gateway/services/records"
	"gateway/services/servicetest"
	"gateway/services/sql"
)

func TestRecordsConform(t *testing.T) {
	type backend struct {
		typ    string
		config map[string]any
		atomic bool // see servicetest.Records
	}
	backends := map[string]backend{
		"sqlite":   {"sqlite", map[string]any{"path": "test.db"}, true},
		"postgres": {"postgres", postgres(t), true},
		"mysql":    {"mysql", mysql(t), true},
		"minio":    {"minio", s3Config(t), true},
		"local":    {"local", nil, true},
		"folder":   {"folder", nil, true},
	}
	for name, config := range ftpConfigs(t) {
		backends[name] = backend{"ftp", config, config["protocol"] == "sftp"}
	}
	kinds := slices.Concat(sql.Kinds(), object.Kinds(), files.Kinds())
	for name, b := range backends {
		t.Run(name, func(t *testing.T) {
			m := servicetest.StartWith(t, services.Options{Kinds: kinds, DataDir: t.TempDir(), Records: records.New()}, b.typ, b.config)
			servicetest.Records(t, m, b.atomic)
		})
	}
}

//go:build integration

package integration

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"

	"gateway/services/object"
	"gateway/services/servicetest"
)

// s3Config is a bucket of its own on the real S3 server.
func s3Config(t testing.TB) map[string]any {
	return map[string]any{
		"endpoint": server(t, "S3_ENDPOINT"), "access_key": server(t, "S3_ACCESS_KEY"), "secret_key": server(t, "S3_SECRET_KEY"),
		"bucket": "test-" + strings.ToLower(rand.Text()[:12]), "use_ssl": false,
	}
}

func TestS3Conforms(t *testing.T) {
	for _, typ := range []string{"minio", "s3"} {
		t.Run(typ, func(t *testing.T) {
			config := s3Config(t)
			if typ == "s3" {
				config["create_bucket"], config["path_style"] = true, true
			}
			servicetest.Storage(t, servicetest.Start(t, object.Kinds(), typ, t.TempDir(), config), http.Get)
		})
	}
}

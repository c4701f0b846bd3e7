package object_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"go.uber.org/goleak"

	"gateway/services/object"
	"gateway/services/servicetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestLocalConforms(t *testing.T) {
	m := servicetest.Start(t, object.Kinds(), "local", t.TempDir(), map[string]any{"path": "my objects"})
	server := httptest.NewServer(http.StripPrefix(object.DefaultPresignBase, object.PresignHandler(m)))
	defer server.Close()
	servicetest.Storage(t, m, func(url string) (*http.Response, error) { return server.Client().Get(server.URL + url) })
}

package http_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"gateway/internal/boltstore"
	triggerhttp "gateway/internal/trigger/http"
)

// openStore opens an empty store that the test closes.
func openStore(t testing.TB) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(filepath.Join(t.TempDir(), "gateway.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// serve starts a server that ends with the test, and gives its address.
func serve(t testing.TB, opts triggerhttp.Options) string {
	t.Helper()
	s, err := triggerhttp.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	ln := listen(t)
	served := make(chan error, 1)
	go func() { served <- s.Serve(ln) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

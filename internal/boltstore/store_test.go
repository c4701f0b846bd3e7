package boltstore_test

import (
	"path/filepath"
	"testing"

	"gateway/internal/boltstore"
	"gateway/internal/catalog"
	"gateway/internal/catalog/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) catalog.Store {
		return open(t, filepath.Join(t.TempDir(), boltstore.FileName))
	})
}

// open opens a store that is closed at the end of the test.
func open(t testing.TB, path string) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

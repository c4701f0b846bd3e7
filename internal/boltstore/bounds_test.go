package boltstore_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gateway/internal/boltstore"
	"gateway/internal/catalog"

	bolt "go.etcd.io/bbolt"
)

// TestFeedKeepsTheLatest makes more changes than are kept.
func TestFeedKeepsTheLatest(t *testing.T) {
	const kept, extra, savers = 10_000, 100, 100
	path := filepath.Join(t.TempDir(), boltstore.FileName)
	s := open(t, path)
	var wg sync.WaitGroup
	for saver := range savers {
		wg.Go(func() {
			d := &catalog.Domain{Name: "d", Host: fmt.Sprintf("host%d.example.com", saver)}
			if err := s.CreateDomain(t.Context(), d); err != nil {
				t.Error(err)
				return
			}
			for range (kept+extra)/savers - 1 {
				if err := s.UpdateDomain(t.Context(), d); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	last, err := s.Sequence(t.Context())
	if err != nil || last != kept+extra {
		t.Fatalf("sequence %d, %v", last, err)
	}
	for after, want := range map[int64]catalog.Code{0: catalog.CodeCompacted, extra - 1: catalog.CodeCompacted, extra: "", last - 1: ""} {
		changes, err := s.Changes(t.Context(), after)
		if catalog.CodeOf(err) != want {
			t.Errorf("after %d: %v", after, err)
		}
		if err == nil && changes[0].Sequence != after+1 {
			t.Errorf("after %d comes %d", after, changes[0].Sequence)
		}
	}
	if n := count(t, s, path, "change"); n != kept {
		t.Errorf("%d changes are kept", n)
	}
}

// TestExpiredRepliesGo saves many replies over a long time: the file does not keep them all.
func TestExpiredRepliesGo(t *testing.T) {
	path := filepath.Join(t.TempDir(), boltstore.FileName)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s, err := boltstore.Open(path, boltstore.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 300 {
		now = now.Add(time.Minute)
		r := catalog.Reply{Key: fmt.Sprint("key ", i), Status: 200, ExpiresAt: now.Add(time.Hour)}
		if err := s.SaveReply(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Reply(t.Context(), r.Key); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Reply(t.Context(), "key 238"); catalog.CodeOf(err) != catalog.CodeNotFound {
		t.Errorf("an expired reply: %v", err)
	}
	if _, err := s.Reply(t.Context(), "key 241"); err != nil {
		t.Errorf("a reply that has not expired: %v", err)
	}
	for _, bucket := range []string{"reply", "reply_expiry"} {
		if n := count(t, s, path, bucket); n < 60 || n > 62 {
			t.Errorf("%d entries in %s", n, bucket)
		}
	}
}

// count closes the store and counts the entries of a bucket in its file.
func count(t *testing.T, s *boltstore.Store, path, bucket string) int {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	n := 0
	change(t, path, func(tx *bolt.Tx) error {
		return tx.Bucket([]byte(bucket)).ForEach(func(_, _ []byte) error {
			n++
			return nil
		})
	})
	return n
}

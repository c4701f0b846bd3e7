package boltstore_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"gateway/internal/boltstore"
	"gateway/internal/catalog"
)

// BenchmarkSave measures a save of a new version until it is on the disk: by one saver, and by 200 at once, where one
// operation is a save by each of them.
func BenchmarkSave(b *testing.B) {
	for _, savers := range []int{1, 200} {
		b.Run(fmt.Sprint("savers=", savers), func(b *testing.B) {
			s := open(b, filepath.Join(b.TempDir(), boltstore.FileName))
			endpoints := make([]*catalog.Endpoint, savers)
			for i := range endpoints {
				endpoints[i] = &catalog.Endpoint{Name: fmt.Sprint("e", i), Method: "GET", Path: fmt.Sprint("/", i)}
				if err := s.CreateEndpoint(b.Context(), endpoints[i], nil); err != nil {
					b.Fatal(err)
				}
			}
			for n := 0; b.Loop(); n++ {
				var wg sync.WaitGroup
				for i, e := range endpoints {
					wg.Go(func() {
						if err := s.UpdateEndpoint(b.Context(), e, &catalog.Version{Code: code(i, n)}); err != nil {
							b.Error(err)
						}
					})
				}
				wg.Wait()
			}
		})
	}
}

// BenchmarkOpen measures opening a catalog of 10,000 endpoints and listing them, as a start does.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), boltstore.FileName)
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var wg sync.WaitGroup
	for saver := range 100 {
		wg.Go(func() {
			for i := saver; i < 10_000; i += 100 {
				e := &catalog.Endpoint{Name: fmt.Sprint("e", i), Method: "GET", Path: fmt.Sprint("/", i)}
				if err := s.CreateEndpoint(b.Context(), e, &catalog.Version{Code: code(i, 1)}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := boltstore.Open(path, boltstore.Options{})
		if err != nil {
			b.Fatal(err)
		}
		_, total, err := s.Endpoints(b.Context(), catalog.EndpointFilter{})
		if err != nil || total != 10_000 {
			b.Fatal(total, err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

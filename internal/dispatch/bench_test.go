package dispatch_test

import (
	"context"
	"fmt"
	"testing"

	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/observe"
)

// listStore has endpoints that all have the same code.
type listStore struct {
	dispatch.Store
	list []catalog.Endpoint
}

func (s *listStore) Endpoints(context.Context, catalog.EndpointFilter) ([]catalog.Endpoint, int, error) {
	return s.list, len(s.list), nil
}

func (s *listStore) Version(context.Context, string, int) (catalog.Version, error) {
	return catalog.Version{Code: "one"}, nil
}

// BenchmarkRestore measures the time from a start until every route answers. The check in the background, which goes
// on after that, is not part of it.
func BenchmarkRestore(b *testing.B) {
	for _, n := range []int{10, 1_000, 10_000} {
		b.Run(fmt.Sprintf("endpoints=%d", n), func(b *testing.B) {
			store := &listStore{}
			for i := range n {
				e := endpoint(fmt.Sprintf("GET */api/resource%d/{id}", i))
				e.ID, e.Enabled, e.Started, e.Version = catalog.NewID(), true, true, 1
				store.list = append(store.list, e)
			}
			engine := &dispatchtest.Engine{Handlers: map[string]dispatchtest.Handler{"one": says("one")}}
			b.ReportAllocs()
			for b.Loop() {
				d, err := dispatch.New(dispatch.Options{Engine: engine, Store: store, Observer: observe.New(observe.Options{})})
				if err != nil {
					b.Fatal(err)
				}
				if err := d.Restore(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if got := ask(b.Context(), d, "GET", "h", fmt.Sprintf("/api/resource%d/7", n-1)); got != "200 one map[id:7]" {
					b.Fatal(got)
				}
				if err := d.Close(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

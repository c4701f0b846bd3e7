package route_test

import (
	"fmt"
	"testing"

	"gateway/internal/catalog"
	"gateway/internal/dispatch/route"
)

// many makes n routes as an API has them: collections of resources, with parameters and some hosts.
func many(b *testing.B, n int) *route.Table[int] {
	b.Helper()
	var none *route.Table[int]
	edit := none.Edit()
	for i := range n {
		r := catalog.Route{Domain: catalog.AnyDomain, Method: "GET"}
		switch i % 5 {
		case 0:
			r.Path = fmt.Sprintf("/api/v1/resource%d", i)
		case 1:
			r.Path = fmt.Sprintf("/api/v1/resource%d/{id}", i)
		case 2:
			r.Path = fmt.Sprintf("/api/v1/resource%d/{id}/items/{item}", i)
		case 3:
			r.Path = fmt.Sprintf("/files%d/*", i)
		case 4:
			r.Domain, r.Path = fmt.Sprintf("host%d.example.com", i%100), fmt.Sprintf("/resource%d/{id}", i)
		}
		if err := edit.Add(r, i); err != nil {
			b.Fatal(err)
		}
	}
	return edit.Table()
}

func BenchmarkMatch(b *testing.B) {
	for _, n := range []int{10, 1_000, 10_000} {
		table := many(b, n)
		last := n - n%5 - 5
		for _, c := range []struct{ name, path string }{
			{"literal", fmt.Sprintf("/api/v1/resource%d", last)},
			{"two-params", fmt.Sprintf("/api/v1/resource%d/42/items/7", last+2)},
			{"wildcard", fmt.Sprintf("/files%d/a/b/c.txt", last+3)},
			{"missing", "/api/v1/nothing/here"},
		} {
			b.Run(fmt.Sprintf("routes=%d/%s", n, c.name), func(b *testing.B) {
				b.ReportAllocs()
				var m route.Match[int]
				for b.Loop() {
					table.Match("localhost", "GET", c.path, &m)
				}
				if (m.Result == route.Found) == (c.name == "missing") {
					b.Fatalf("result %v", m.Result)
				}
			})
		}
	}
}

// BenchmarkEdit publishes one more route beside many.
func BenchmarkEdit(b *testing.B) {
	for _, n := range []int{10, 1_000, 10_000} {
		table := many(b, n)
		b.Run(fmt.Sprintf("routes=%d", n), func(b *testing.B) {
			for b.Loop() {
				edit := table.Edit()
				if err := edit.Add(catalog.Route{Domain: catalog.AnyDomain, Method: "GET", Path: "/api/v1/one/more"}, 0); err != nil {
					b.Fatal(err)
				}
				_ = edit.Table()
			}
		})
	}
}

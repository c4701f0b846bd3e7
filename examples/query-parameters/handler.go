// Package handler searches a small catalogue with everything a query string can say.
//
//	gateway deploy examples/query-parameters/handler.go --route "GET /search"
//	curl 'http://localhost:9080/search?category=tools&sort=price&order=desc&limit=2'
package handler

import (
	"cmp"
	"slices"
	"strings"

	"gateway"
)

type product struct {
	Name     string  `json:"name"`
	Category string  `json:"category"`
	Price    float64 `json:"price"`
	Deleted  bool    `json:"deleted,omitempty"`
}

var catalogue = []product{
	{Name: "Axe", Category: "tools", Price: 31.5},
	{Name: "Ball", Category: "toys", Price: 4},
	{Name: "Chisel", Category: "tools", Price: 12.25},
	{Name: "Doll", Category: "toys", Price: 19.99},
	{Name: "Drill", Category: "tools", Price: 89},
	{Name: "Egg", Category: "food", Price: 0.3},
	{Name: "Sextant", Category: "tools", Price: 450, Deleted: true},
}

// orders are the fields that sort may name.
var orders = map[string]func(a, b product) int{
	"name":     by(func(p product) string { return p.Name }),
	"category": by(func(p product) string { return p.Category }),
	"price":    by(func(p product) float64 { return p.Price }),
}

func by[K cmp.Ordered](key func(product) K) func(a, b product) int {
	return func(a, b product) int { return cmp.Compare(key(a), key(b)) }
}

type page struct {
	Page  int `json:"page"`
	Limit int `json:"limit"`
}

// pagination reads page (from 1) and limit (1 to 100, 10 unless said).
func pagination(req *gateway.Request) (page, error) {
	p := page{Page: req.QueryInt("page", 1), Limit: req.QueryInt("limit", 10)}
	if p.Page < 1 {
		return page{}, gateway.ErrValidation.New("page must be at least 1")
	}
	if p.Limit < 1 || p.Limit > 100 {
		return page{}, gateway.ErrValidation.New("limit must be between 1 and 100")
	}
	return p, nil
}

// Handle filters, sorts and cuts the catalogue.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	p, err := pagination(req)
	if err != nil {
		return nil, err
	}
	sort := cmp.Or(req.QueryParam("sort"), "name")
	order, ok := orders[sort]
	if !ok {
		return nil, gateway.ErrValidation.Newf("sort must be category, name or price, not %q", sort)
	}
	q := strings.ToLower(req.QueryParam("q"))
	categories := req.Query["category"] // may be given several times
	lowest, highest := req.QueryFloat("min_price", 0), req.QueryFloat("max_price", 1e9)

	found := slices.DeleteFunc(slices.Clone(catalogue), func(p product) bool {
		return p.Deleted && !req.QueryBool("include_deleted", false) ||
			!strings.Contains(strings.ToLower(p.Name), q) ||
			len(categories) > 0 && !slices.Contains(categories, p.Category) ||
			p.Price < lowest || p.Price > highest
	})
	slices.SortFunc(found, order)
	if req.QueryParam("order") == "desc" {
		slices.Reverse(found)
	}
	total := len(found)
	from := min((p.Page-1)*p.Limit, total)
	return gateway.OK(struct {
		page
		Total int       `json:"total"`
		Items []product `json:"items"`
	}{p, total, found[from:min(from+p.Limit, total)]}), nil
}

// Package handler shows a page made by html/template from types of its own.
//
//	gateway deploy examples/html-page/handler.go --route "GET /menu"
//	curl 'http://localhost:9080/menu?tag=vegan'
package handler

import (
	"html/template"
	"slices"
	"strings"
	"sync"

	"gateway"
)

// Price is in cents.
type Price int

// Euros is called by the page.
func (p Price) Euros() float64 { return float64(p) / 100 }

// Tags are what a dish can be asked for by.
type Tags []string

func (t Tags) String() string { return strings.Join(t, ", ") }

// Dish is one line of the menu.
type Dish struct {
	Name string
	Price
	Tags Tags
	Sold bool
}

// Has reports whether the dish has a tag.
func (d Dish) Has(tag string) bool { return tag == "" || slices.Contains(d.Tags, tag) }

var menu = []Dish{
	{Name: "Soup <of the day>", Price: 450, Tags: Tags{"vegan"}},
	{Name: "Fish & chips", Price: 1290, Sold: true},
	{Name: "Curry", Price: 990, Tags: Tags{"vegan", "hot"}},
}

// page is parsed at the first request.
var page = sync.OnceValues(func() (*template.Template, error) {
	return template.New("menu").Funcs(template.FuncMap{"upper": strings.ToUpper}).Parse(`<!doctype html>
<title>Menu</title>
{{define "dish"}}<li title="{{.Tags}}">{{if .Sold}}<s>{{.Name}}</s>{{else}}{{.Name}} {{printf "%.2f" .Euros}} €{{end}}</li>{{end -}}
<h1>Menu{{with .Tag}} for {{upper .}}{{end}}</h1>
<ul>
{{- range .Dishes}}{{if .Has $.Tag}}
{{template "dish" .}}{{end}}{{else}}
<li>nothing today</li>
{{- end}}
</ul>
`)
})

// Handle answers the menu, or the dishes with a tag.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	t, err := page()
	if err != nil {
		return nil, err
	}
	var html strings.Builder
	err = t.Execute(&html, struct {
		Tag    string
		Dishes []Dish
	}{req.QueryParam("tag"), menu})
	if err != nil {
		return nil, err
	}
	return gateway.HTML(200, html.String()), nil
}

// A map that contains itself, shown by a template.
//
// Outcome: panic stack overflow
package handler

import (
	"strings"
	"text/template"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	data := map[string]any{"n": 1}
	data["self"] = data
	t, err := template.New("page").Parse("{{.self}}")
	if err != nil {
		return nil, err
	}
	var page strings.Builder
	if err := t.Execute(&page, data); err != nil {
		return nil, err
	}
	return gateway.Text(200, page.String()), nil
}

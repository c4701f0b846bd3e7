// A template that calls a function of the script for ever.
//
// Outcome: timeout
package handler

import (
	"strings"
	"text/template"

	"gateway"
)

func forever() []int {
	for {
	}
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	t := template.Must(template.New("").Funcs(template.FuncMap{"f": forever}).Parse("{{range f}}{{.}}{{end}}"))
	var b strings.Builder
	err := t.Execute(&b, nil)
	return gateway.Text(200, b.String()), err
}

// Replacements that are computed without an end.
//
// Outcome: timeout
package handler

import (
	"regexp"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	s := regexp.MustCompile("a").ReplaceAllStringFunc("aaa", func(string) string {
		for {
		}
	})
	return gateway.Text(200, s), nil
}

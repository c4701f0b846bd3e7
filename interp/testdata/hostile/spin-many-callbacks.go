// Compiled code that calls back twenty million times.
//
// Outcome: timeout
package handler

import (
	"strings"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	s := strings.Repeat("a", 20_000_000)
	n := 0
	strings.IndexFunc(s, func(r rune) bool {
		n++
		return false
	})
	return gateway.OK(n), nil
}

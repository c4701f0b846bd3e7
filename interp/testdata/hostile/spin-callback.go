// A loop inside a function that compiled code calls.
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
	s := strings.Map(func(r rune) rune {
		for {
		}
	}, "abc")
	return gateway.Text(200, s), nil
}

// A text of terabytes.
//
// Outcome: panic strings: Repeat output length overflow
package handler

import (
	"strings"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.OK(len(strings.Repeat("abcdefgh", 1<<41))), nil
}

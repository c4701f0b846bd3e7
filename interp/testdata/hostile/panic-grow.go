// Room for terabytes.
//
// Outcome: panic bytes.Buffer: too large
package handler

import (
	"strings"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var text strings.Builder
	text.Grow(1 << 42)
	return gateway.Text(200, text.String()), nil
}

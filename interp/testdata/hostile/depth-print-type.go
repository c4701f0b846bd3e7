// A type of maps of itself, printed.
//
// Outcome: panic stack overflow
package handler

import (
	"fmt"

	"gateway"
)

type tree map[string]tree

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	t := tree{}
	t["me"] = t
	return gateway.Text(200, fmt.Sprintf("%v", t)), nil
}

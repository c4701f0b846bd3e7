// A map that contains itself, printed.
//
// Outcome: panic stack overflow
package handler

import (
	"fmt"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	m := map[string]any{}
	m["me"] = m
	return gateway.Text(200, fmt.Sprint(m)), nil
}

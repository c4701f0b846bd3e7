// A slice that contains itself, in an error.
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
	list := []any{1}
	list[0] = list
	return nil, fmt.Errorf("wrong: %v", list)
}

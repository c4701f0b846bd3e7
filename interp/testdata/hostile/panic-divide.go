// A division by zero.
//
// Outcome: panic runtime error: integer divide by zero
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	a, b := 1, 0
	return gateway.OK(a / b), nil
}

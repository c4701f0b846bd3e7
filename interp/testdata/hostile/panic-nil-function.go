// A call of no function.
//
// Outcome: panic runtime error: invalid memory address or nil pointer dereference
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var f func() int
	return gateway.OK(f()), nil
}

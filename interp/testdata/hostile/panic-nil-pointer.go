// A field of nothing.
//
// Outcome: panic runtime error: invalid memory address or nil pointer dereference
package handler

import "gateway"

type point struct{ x int }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var p *point
	return gateway.OK(p.x), nil
}

// A function literal that calls itself without an end.
//
// Outcome: panic stack overflow
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var down func(n int) int
	down = func(n int) int { return down(n+1) + 1 }
	return gateway.OK(down(0)), nil
}

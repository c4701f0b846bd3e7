// Recursion that recovers from everything.
//
// Outcome: panic stack overflow
package handler

import "gateway"

func down(n int) (m int) {
	defer func() { recover() }()
	return down(n+1) + 1
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.OK(down(0)), nil
}

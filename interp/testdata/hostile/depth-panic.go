// A panic below two thousand calls.
//
// Outcome: panic bottom
package handler

import "gateway"

func down(n int) int {
	if n == 0 {
		panic("bottom")
	}
	return down(n-1) + 1
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.OK(down(2_000)), nil
}

// A loop that calls without an end.
//
// Outcome: timeout
package handler

import "gateway"

func one() int { return 1 }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	for {
		one()
	}
}

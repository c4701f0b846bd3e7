// A deferred function that spins after the handler was stopped.
//
// Outcome: timeout
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	defer func() {
		for {
		}
	}()
	for {
	}
}

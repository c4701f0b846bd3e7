// A panic without a value.
//
// Outcome: panic panic called with nil argument
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	panic(nil)
}

// A panic that a deferred function replaces.
//
// Outcome: panic second
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	defer func() { panic("second") }()
	panic("first")
}

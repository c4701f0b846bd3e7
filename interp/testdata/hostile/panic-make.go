// A slice of a petabyte.
//
// Outcome: panic runtime error: makeslice: len out of range
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	n := 1 << 50
	return gateway.OK(len(make([]byte, n))), nil
}

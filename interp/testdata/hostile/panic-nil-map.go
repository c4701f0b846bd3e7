// A write to a map that was never made.
//
// Outcome: panic assignment to entry in nil map
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var m map[string]int
	m["a"] = 1
	return gateway.Text(200, "answered"), nil
}

// A type assertion that does not hold.
//
// Outcome: panic interface conversion: interface {} is string, not int
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var v any = "text"
	return gateway.OK(v.(int)), nil
}

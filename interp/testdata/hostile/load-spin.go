// An init function without an end.
//
// Outcome: load package variables and init functions did not end in time
package handler

import "gateway"

func init() {
	for {
	}
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.Text(200, "answered"), nil
}

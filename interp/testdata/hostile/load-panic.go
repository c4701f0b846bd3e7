// An init function that panics.
//
// Outcome: load panic: no configuration
package handler

import "gateway"

func init() { panic("no configuration") }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.Text(200, "answered"), nil
}

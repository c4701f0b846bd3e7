// A loop over a channel that nobody closes.
//
// Outcome: timeout
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	c := make(chan int)
	for v := range c {
		_ = v
	}
	return gateway.Text(200, "answered"), nil
}

// A channel that is closed twice.
//
// Outcome: panic close of closed channel
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	c := make(chan int)
	close(c)
	close(c)
	return gateway.Text(200, "answered"), nil
}

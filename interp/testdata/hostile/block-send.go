// A send that nobody takes.
//
// Outcome: timeout
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	c := make(chan int)
	c <- 1
	return gateway.Text(200, "answered"), nil
}

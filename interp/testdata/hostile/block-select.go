// A select none of whose cases comes.
//
// Outcome: timeout
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	a, b := make(chan int), make(chan int)
	select {
	case <-a:
	case b <- 1:
	}
	return gateway.Text(200, "answered"), nil
}

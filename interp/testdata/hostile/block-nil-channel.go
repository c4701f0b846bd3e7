// A channel that was never made.
//
// Outcome: timeout
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var c chan int
	<-c
	return gateway.Text(200, "answered"), nil
}

// A response that a goroutine goes on changing.
//
// Outcome: answer answered
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	res := gateway.Text(200, "answered")
	go func() {
		for {
			res.Status = 500
		}
	}()
	return gateway.Text(200, "answered"), nil
}

// Goroutines that spin beside a handler that spins.
//
// Outcome: timeout
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	for range 3 {
		go func() {
			n := 0
			for {
				n++
			}
		}()
	}
	for {
	}
}

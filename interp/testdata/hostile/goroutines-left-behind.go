// Goroutines that outlive their request.
//
// Outcome: answer answered
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	for range 3 {
		go func() {
			for {
			}
		}()
	}
	return gateway.Text(200, "answered"), nil
}

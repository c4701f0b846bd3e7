// Goroutines that are started faster than they end.
//
// Outcome: panic too many goroutines: the script has 1000, which is the limit
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	c := make(chan int)
	for {
		go func() { <-c }()
	}
}

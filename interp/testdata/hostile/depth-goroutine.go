// A goroutine that calls itself without an end.
//
// Outcome: answer answered
package handler

import "gateway"

func down(n int) int { return down(n+1) + 1 }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	done := make(chan bool)
	go func() {
		defer close(done)
		down(0)
	}()
	<-done
	return gateway.Text(200, "answered"), nil
}

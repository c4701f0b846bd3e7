// A goroutine of a goroutine panics.
//
// Outcome: answer answered
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	done := make(chan bool)
	go func() {
		go func() {
			defer close(done)
			var list []int
			list[3] = 1
		}()
	}()
	<-done
	return gateway.Text(200, "answered"), nil
}

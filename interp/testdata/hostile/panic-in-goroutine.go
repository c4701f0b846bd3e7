// A panic in a goroutine, which would end a compiled program.
//
// Outcome: answer answered
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	done := make(chan bool)
	go func() {
		defer close(done)
		panic("in a goroutine")
	}()
	<-done
	return gateway.Text(200, "answered"), nil
}

// A panic in a function that a timer calls.
//
// Outcome: answer answered
package handler

import (
	"time"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	done := make(chan bool)
	time.AfterFunc(time.Millisecond, func() {
		defer close(done)
		panic("in a timer")
	})
	<-done
	return gateway.Text(200, "answered"), nil
}

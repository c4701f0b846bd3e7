// A panic in a function that runs when a context ends.
//
// Outcome: answer answered
package handler

import (
	"context"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	c, cancel := context.WithCancel(ctx)
	done := make(chan bool)
	context.AfterFunc(c, func() {
		defer close(done)
		panic("when it ended")
	})
	cancel()
	<-done
	return gateway.Text(200, "answered"), nil
}

// A panic in a goroutine of a wait group.
//
// Outcome: answer answered
package handler

import (
	"sync"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var wg sync.WaitGroup
	wg.Go(func() { panic("in a group") })
	wg.Wait()
	return gateway.Text(200, "answered"), nil
}

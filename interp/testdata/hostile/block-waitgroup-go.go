// A wait group whose goroutine waits for the group.
//
// Outcome: timeout
package handler

import (
	"sync"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var wg sync.WaitGroup
	wg.Go(wg.Wait)
	wg.Wait()
	return gateway.Text(200, "answered"), nil
}

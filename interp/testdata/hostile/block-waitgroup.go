// A wait for what was never started.
//
// Outcome: abandoned
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
	wg.Add(1)
	wg.Wait()
	return gateway.Text(200, "answered"), nil
}

// A lock that is held already.
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
	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
	return gateway.Text(200, "answered"), nil
}

// A writer behind a reader that does not leave.
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
	var mu sync.RWMutex
	mu.RLock()
	mu.Lock()
	return gateway.Text(200, "answered"), nil
}

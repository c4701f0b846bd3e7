// A reader that was none leaves.
//
// Outcome: panic sync: RUnlock of unlocked RWMutex
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
	mu.Lock()
	mu.RUnlock()
	return gateway.Text(200, "answered"), nil
}

// An unlock without a lock, which ends a compiled program.
//
// Outcome: panic sync: unlock of unlocked mutex
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
	mu.Unlock()
	return gateway.Text(200, "answered"), nil
}

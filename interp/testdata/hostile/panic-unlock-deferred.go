// A deferred unlock of what is unlocked already.
//
// Outcome: panic sync: unlock of unlocked mutex
package handler

import (
	"sync"

	"gateway"
)

var mu sync.Mutex

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	mu.Lock()
	defer mu.Unlock()
	mu.Unlock()
	return gateway.Text(200, "answered"), nil
}

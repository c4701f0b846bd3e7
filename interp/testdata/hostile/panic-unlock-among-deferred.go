// One of several deferred calls unlocks what is unlocked already.
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
	mu.Lock()
	defer func() { ctx.Log().Info("leaving") }()
	defer mu.Unlock()
	mu.Unlock()
	return gateway.Text(200, "answered"), nil
}

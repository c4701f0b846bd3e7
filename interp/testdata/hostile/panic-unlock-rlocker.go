// A reader that was none leaves, by RLocker.
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
	l := mu.RLocker()
	defer ctx.Log().Info("leaving")
	defer l.Unlock()
	return gateway.Text(200, "answered"), nil
}

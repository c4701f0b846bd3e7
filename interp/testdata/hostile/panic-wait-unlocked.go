// A condition is waited for without its lock.
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
	sync.NewCond(&sync.Mutex{}).Wait()
	return gateway.Text(200, "answered"), nil
}

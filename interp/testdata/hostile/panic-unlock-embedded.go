// An unlock through an interface, of a mutex that a type embeds.
//
// Outcome: panic sync: Unlock of unlocked RWMutex
package handler

import (
	"sync"

	"gateway"
)

type store struct {
	sync.RWMutex
	items map[string]int
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var l sync.Locker = &store{}
	l.Unlock()
	return gateway.Text(200, "answered"), nil
}

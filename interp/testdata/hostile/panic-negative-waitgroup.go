// More done than was begun.
//
// Outcome: panic sync: negative WaitGroup counter
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
	wg.Done()
	return gateway.Text(200, "answered"), nil
}

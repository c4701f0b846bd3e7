// A once that never ends.
//
// Outcome: timeout
package handler

import (
	"sync"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	var once sync.Once
	once.Do(func() {
		for {
		}
	})
	return gateway.Text(200, "answered"), nil
}

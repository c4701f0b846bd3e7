// An iterator that panics in its own coroutine.
//
// Outcome: panic in the iterator
package handler

import (
	"iter"

	"gateway"
)

func bad(yield func(int) bool) { panic("in the iterator") }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	next, stop := iter.Pull(bad)
	defer stop()
	n, _ := next()
	return gateway.OK(n), nil
}

// An iterator that never stops.
//
// Outcome: timeout
package handler

import (
	"iter"

	"gateway"
)

func forever() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	}
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	n := 0
	for i := range forever() {
		n += i
	}
	return gateway.OK(n), nil
}

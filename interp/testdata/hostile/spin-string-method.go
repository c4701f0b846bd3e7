// A String method that spins when fmt calls it.
//
// Outcome: timeout
package handler

import (
	"fmt"

	"gateway"
)

type slow struct{}

func (slow) String() string {
	for {
	}
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.Text(200, fmt.Sprint(slow{})), nil
}

// The text of the panic is computed by a method that spins.
//
// Outcome: timeout
package handler

import "gateway"

type slow struct{}

func (slow) Error() string {
	for {
	}
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	panic(slow{})
}

// A MarshalJSON method that spins when the response is encoded.
//
// Outcome: timeout
package handler

import "gateway"

type slow struct{}

func (slow) MarshalJSON() ([]byte, error) {
	for {
	}
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.OK(slow{}), nil
}

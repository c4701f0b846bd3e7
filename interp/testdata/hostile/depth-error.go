// An Error method that wraps itself.
//
// Outcome: panic stack overflow
package handler

import (
	"fmt"

	"gateway"
)

type itself struct{}

func (i itself) Error() string { return fmt.Errorf("again: %w", i).Error() }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.Text(200, itself{}.Error()), nil
}

// A String method that formats itself.
//
// Outcome: panic stack overflow
package handler

import (
	"fmt"

	"gateway"
)

type itself struct{ n int }

func (i itself) String() string { return fmt.Sprintf("%v", i) }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.Text(200, fmt.Sprint(itself{1})), nil
}

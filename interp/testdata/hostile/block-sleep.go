// A sleep that ignores the deadline.
//
// Outcome: timeout
package handler

import (
	"time"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	time.Sleep(time.Hour)
	return gateway.Text(200, "answered"), nil
}

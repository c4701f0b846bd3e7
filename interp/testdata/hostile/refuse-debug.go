// A setting of the process.
//
// Outcome: refused runtime/debug
package handler

import (
	"runtime/debug"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	debug.SetMaxStack(1000)
	return gateway.Text(200, "answered"), nil
}

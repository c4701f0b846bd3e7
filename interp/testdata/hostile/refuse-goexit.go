// The end of the goroutine.
//
// Outcome: refused runtime
package handler

import (
	"runtime"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	runtime.Goexit()
	return gateway.Text(200, "answered"), nil
}

// The end of the process.
//
// Outcome: refused os
package handler

import (
	"os"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	os.Exit(7)
	return gateway.Text(200, "answered"), nil
}

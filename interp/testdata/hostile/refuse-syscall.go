// A signal to the process.
//
// Outcome: refused syscall
package handler

import (
	"syscall"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	syscall.Kill(syscall.Getpid(), 9)
	return gateway.Text(200, "answered"), nil
}

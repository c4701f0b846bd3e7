// Another process.
//
// Outcome: refused os/exec
package handler

import (
	"os/exec"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	exec.Command("true").Run()
	return gateway.Text(200, "answered"), nil
}

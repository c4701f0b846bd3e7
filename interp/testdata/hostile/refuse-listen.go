// A port of the machine.
//
// Outcome: refused net
package handler

import (
	"net"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	net.Listen("tcp", ":0")
	return gateway.Text(200, "answered"), nil
}

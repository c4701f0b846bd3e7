// Two methods that call each other without an end.
//
// Outcome: panic stack overflow
package handler

import "gateway"

type ping struct{}
type pong struct{}

func (ping) call(n int) int { return pong{}.call(n+1) + 1 }
func (pong) call(n int) int { return ping{}.call(n+1) + 1 }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.OK(ping{}.call(0)), nil
}

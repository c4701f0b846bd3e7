// A package variable whose value calls itself without an end.
//
// Outcome: load panic: stack overflow
package handler

import "gateway"

var deep = down(0)

func down(n int) int { return down(n+1) + 1 }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.OK(deep), nil
}

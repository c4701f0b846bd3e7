// A variable that needs itself.
//
// Outcome: refused initialization cycle
package handler

import "gateway"

var v = f()

func f() int { return v }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.OK(v), nil
}

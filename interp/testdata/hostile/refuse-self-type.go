// A type that contains itself.
//
// Outcome: refused invalid recursive type
package handler

import "gateway"

type endless struct{ inner [2]endless }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var t endless
	_ = t
	return gateway.Text(200, "answered"), nil
}

// No answer at all.
//
// Outcome: error handler returned no response
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return nil, nil
}

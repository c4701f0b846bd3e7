// An index behind the end.
//
// Outcome: panic runtime error: index out of range [5] with length 3
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	list, i := []int{1, 2, 3}, 5
	return gateway.OK(list[i]), nil
}

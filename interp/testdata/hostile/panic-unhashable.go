// A key that cannot be compared.
//
// Outcome: panic runtime error: hash of unhashable type []int
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	m := map[any]int{}
	m[[]int{1}] = 1
	return gateway.Text(200, "answered"), nil
}

// A comparison that a map of compiled code needs and that spins.
//
// Outcome: timeout
package handler

import (
	"slices"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	list := []int{3, 1, 2}
	slices.SortFunc(list, func(a, b int) int {
		for {
		}
	})
	return gateway.OK(list), nil
}

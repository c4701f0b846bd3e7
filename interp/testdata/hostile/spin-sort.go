// A less function that never decides.
//
// Outcome: timeout
package handler

import (
	"sort"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	list := []int{3, 1, 2}
	sort.Slice(list, func(i, j int) bool {
		for {
		}
	})
	return gateway.OK(list), nil
}

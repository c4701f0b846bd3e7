// A less function that sorts the same list.
//
// Outcome: panic stack overflow
package handler

import (
	"sort"

	"gateway"
)

func down(list []int) {
	sort.Slice(list, func(i, j int) bool {
		down(list)
		return list[i] < list[j]
	})
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	down([]int{2, 1})
	return gateway.Text(200, "answered"), nil
}

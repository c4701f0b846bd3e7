// A map that all requests write without a lock: they run one at a time.
//
// Outcome: answer answered
package handler

import "gateway"

var seen = map[int]int{}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	for i := range 100 {
		seen[i]++
	}
	return gateway.Text(200, "answered"), nil
}

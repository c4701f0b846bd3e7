// A panic whose text panics itself.
//
// Outcome: panic
package handler

import "gateway"

type broken struct{}

func (broken) Error() string {
	var m map[string]int
	m["a"] = 1
	return "never"
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	panic(broken{})
}

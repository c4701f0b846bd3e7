// Panics and recoveries without an end.
//
// Outcome: timeout
package handler

import "gateway"

func attempt() {
	defer func() { recover() }()
	panic("again")
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	for {
		attempt()
	}
}

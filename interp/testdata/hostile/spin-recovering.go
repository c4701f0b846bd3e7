// Every attempt to end it by a panic would be recovered.
//
// Outcome: timeout
package handler

import "gateway"

func attempt() {
	defer func() { recover() }()
	for {
	}
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	for {
		attempt()
	}
}

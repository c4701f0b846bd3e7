// A stream that never ends.
//
// Outcome: stream timeout
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
		for {
			w.WriteString("more")
		}
	}), nil
}

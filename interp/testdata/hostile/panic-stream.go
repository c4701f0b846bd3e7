// A stream that panics half way.
//
// Outcome: stream panic half way
package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	return gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
		w.WriteString("some")
		panic("half way")
	}), nil
}

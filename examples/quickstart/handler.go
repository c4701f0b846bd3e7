// Package handler answers with what it was asked.
//
//	gateway deploy examples/quickstart/handler.go --route "GET /hello"
//	curl http://localhost:9080/hello
package handler

import "gateway"

type greeting struct {
	Message   string `json:"message"`
	Path      string `json:"path"`
	Method    string `json:"method"`
	RequestID string `json:"request_id,omitempty"`
}

// Handle greets, and says how it was called. With ?verbose it names the request
// too, as the logs do.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	g := greeting{Message: "Hello from the gateway!", Path: req.Path, Method: req.Method}
	if req.QueryBool("verbose", false) {
		g.RequestID = req.RequestID
	}
	ctx.Log().Debug("greeted", "client", req.ClientIP)
	return gateway.OK(g), nil
}

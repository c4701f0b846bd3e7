// Package handler is the smallest handler there is.
//
//	gateway deploy examples/hello/handler.go --route "GET /hello"
//	curl http://localhost:9080/hello
package handler

import "gateway"

// Handle greets.
func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	return gateway.OK(map[string]string{"message": "Hello, World!"})
}

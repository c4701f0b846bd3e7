// Package gateway is what a handler script imports: the request it answers, the
// response it gives, the errors it returns and the context through which it
// reaches services, settings, the log and other hosts.
//
// A script is one package with a function Handle:
//
//	package handler
//
//	import "gateway"
//
//	func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
//		name := req.QueryParam("name")
//		if name == "" {
//			return nil, gateway.ErrBadRequest.New("say who you are: ?name=…")
//		}
//		return gateway.OK(map[string]string{"message": "Hello, " + name}), nil
//	}
//
// A handler that cannot fail may leave the error out of its signature.
//
// # Errors
//
// An [Error] carries the status, code and message that the client receives. Any
// other error becomes a plain 500: its text goes to the endpoint's log and never
// to the client.
//
// # Lifetime
//
// Everything in a [Request] belongs to the handler and may be kept. A [Context],
// and every service handle taken from it, ends with its request: work that
// outlives the request has no context to run under.
package gateway

// Package http starts handlers for HTTP requests: it is the door of the gateway, built on Fiber.
//
// A [Server] turns a request into a [gateway.Request], asks a dispatcher for the endpoint and its answer, and writes
// that. Fiber and fasthttp use the memory of a request again as soon as it is answered, so everything a handler may
// keep is copied first: see request.go.
//
// # What clients can rely on
//
//   - Every answer has an X-Request-ID: the client's own where it is sane, a new one elsewhere. It is in the logs too.
//   - Errors of the gateway itself are JSON: {"error": message, "code": code, "request_id": id}.
//   - HEAD is answered by GET, OPTIONS and 405 with Allow. A HEAD of a stream has its headers only.
//   - A stream that fails midway is cut off, without the end that HTTP's chunked coding has, so that a client sees that
//     it is not whole.
//
// # What handlers can rely on
//
// Headers have their canonical names, and no Host, which is Request.Host. The client's address is that of the
// connection unless a trusted proxy reports another. Headers that belong to the connection, such as Connection or
// Content-Length, are the gateway's business: a handler's are left out.
package http

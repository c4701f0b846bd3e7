// Package scripts is live: `gateway serve` in this repository serves these
// files. Change one, save it, and ask again.
package scripts

import (
	"sync"

	"gateway"
)

// visits is shared by the routes of this file and begins anew when the file is
// saved.
var (
	mu     sync.Mutex
	visits = map[string]int{}
)

// hello greets by name and counts.
//
//gateway:route GET /hello
//gateway:route GET /hello/{name}
func hello(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	name := req.PathParam("name")
	if name == "" {
		name = "World"
	}
	mu.Lock()
	visits[name]++
	n := visits[name]
	mu.Unlock()
	return gateway.OK(map[string]any{"message": "Hello, " + name + "!", "visit": n}), nil
}

// report lists who was greeted.
//
//gateway:route GET /visits
func report(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	mu.Lock()
	defer mu.Unlock()
	return gateway.OK(visits)
}

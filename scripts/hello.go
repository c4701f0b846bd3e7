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

// Hello greets by name and counts.
//
//gateway:route GET /hello
//gateway:route GET /hello/{name}
func Hello(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
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

// Report lists who was greeted.
//
//gateway:route GET /visits
func Report(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	mu.Lock()
	defer mu.Unlock()
	return gateway.OK(visits)
}

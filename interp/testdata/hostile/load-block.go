// A package variable that waits for ever.
//
// Outcome: load package variables and init functions did not end in time
package handler

import "gateway"

var never = <-make(chan int)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.OK(never), nil
}

// A generic function that needs ever larger instances of itself.
//
// Outcome: refused instantiat
package handler

import "gateway"

type pair[T any] struct{ a, b T }

func grow[T any](n int) int {
	if n == 0 {
		return 0
	}
	return grow[pair[T]](n-1) + 1
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.OK(grow[int](3)), nil
}

// An address out of thin air.
//
// Outcome: refused unsafe
package handler

import (
	"unsafe"

	"gateway"
)

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	p := (*int)(unsafe.Pointer(uintptr(1)))
	return gateway.OK(*p), nil
}

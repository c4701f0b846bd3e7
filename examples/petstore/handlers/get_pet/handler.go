// Package handler gives one pet: GET /pets/{petId}.
package handler

import "gateway"

// Handle gives the pet of the path. One that does not exist is a 404, which the
// error of Get already is.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	pet, err := ctx.Records("petstore", "pets").Get(req.PathParam("petId"))
	if err != nil {
		return nil, err
	}
	return gateway.OK(pet), nil
}

// Package handler deletes a pet: DELETE /pets/{petId}.
package handler

import "gateway"

// Handle deletes the pet of the path.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	id := req.PathParam("petId")
	existed, err := ctx.Records("petstore", "pets").Delete(id)
	if err != nil {
		return nil, err
	}
	if !existed {
		return nil, gateway.ErrNotFound.Newf("pet %q does not exist", id)
	}
	return gateway.NoContent(), nil
}

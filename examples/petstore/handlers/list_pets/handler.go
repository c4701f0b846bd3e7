// Package handler lists pets: GET /pets, with an optional ?status=.
package handler

import "gateway"

// maxPets is how many pets one answer has at most.
const maxPets = 100

// Handle lists pets by id, a page at a time: ?limit= and ?offset=.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	options := gateway.ListOptions{
		Limit:  req.QueryInt("limit", maxPets),
		Offset: req.QueryInt("offset", 0),
	}
	if options.Limit < 1 || options.Limit > maxPets || options.Offset < 0 {
		return nil, gateway.ErrValidation.Newf("limit is from 1 to %d, and offset not negative", maxPets)
	}
	if status := req.QueryParam("status"); status != "" {
		options.Filter = map[string]any{"status": status}
	}
	pets, err := ctx.Records("petstore", "pets").List(options)
	if err != nil {
		return nil, err
	}
	return gateway.OK(map[string]any{"pets": pets}), nil
}

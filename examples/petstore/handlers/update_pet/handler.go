// Package handler changes a pet: PUT /pets/{petId}.
package handler

import (
	"strings"
	"time"

	"gateway"
)

// change is what a client may change. What it leaves out stays as it is.
type change struct {
	Name     *string   `json:"name"`
	Category *string   `json:"category"`
	Tags     *[]string `json:"tags"`
	Status   *string   `json:"status"`
}

// fields checks a change and gives the fields to store.
func (c change) fields() (gateway.Record, error) {
	fields := gateway.Record{"updated_at": time.Now().UTC().Format(time.RFC3339)}
	if c.Name != nil {
		if strings.TrimSpace(*c.Name) == "" {
			return nil, gateway.ErrValidation.New("name must not be empty")
		}
		fields["name"] = strings.TrimSpace(*c.Name)
	}
	if c.Status != nil {
		switch *c.Status {
		case "available", "pending", "sold":
			fields["status"] = *c.Status
		default:
			return nil, gateway.ErrValidation.Newf("status is available, pending or sold, not %q", *c.Status)
		}
	}
	if c.Category != nil {
		fields["category"] = *c.Category
	}
	if c.Tags != nil {
		fields["tags"] = *c.Tags
	}
	return fields, nil
}

// Handle changes a pet and answers with all of it.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var c change
	if err := req.JSON(&c); err != nil {
		return nil, err
	}
	fields, err := c.fields()
	if err != nil {
		return nil, err
	}
	pets, id := ctx.Records("petstore", "pets"), req.PathParam("petId")
	if err := pets.Update(id, fields); err != nil {
		return nil, err
	}
	pet, err := pets.Get(id)
	if err != nil {
		return nil, err
	}
	return gateway.OK(pet), nil
}

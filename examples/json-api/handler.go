// Package handler creates items from JSON.
//
//	gateway deploy examples/json-api/handler.go --route "POST /items"
//	curl -X POST http://localhost:9080/items -H 'Content-Type: application/json' \
//	  -d '{"name": "Widget", "description": "A useful widget", "price": 19.99}'
package handler

import (
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"gateway"
)

// createItem is what a client sends.
type createItem struct {
	Name        string  `json:"name"`
	Description *string `json:"description"`
	Price       float64 `json:"price"`
}

// item is what it gets back.
type item struct {
	ID string `json:"id"`
	createItem
	CreatedAt time.Time `json:"created_at"`
}

func (c *createItem) validate() error {
	c.Name = strings.TrimSpace(c.Name)
	var problems []error
	if c.Name == "" {
		problems = append(problems, errors.New("name is required"))
	}
	if c.Price < 0 {
		problems = append(problems, errors.New("price must not be negative"))
	}
	return errors.Join(problems...)
}

// Handle creates an item. A real one would store it.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var input createItem
	if err := req.JSON(&input); err != nil {
		return nil, err // 400, and says where the JSON is wrong
	}
	if err := input.validate(); err != nil {
		return nil, gateway.ErrValidation.Newf("invalid item: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	created := item{ID: rand.Text(), createItem: input, CreatedAt: time.Now().UTC()}
	return gateway.Created(created).WithHeader("Location", "/items/"+created.ID), nil
}

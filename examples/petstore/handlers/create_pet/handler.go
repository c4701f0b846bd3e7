// Package handler creates a pet: POST /pets.
package handler

import (
	"crypto/rand"
	"strings"
	"time"

	"gateway"
)

// pet is what a client sends, and what is stored.
type pet struct {
	ID        string   `json:"id"` // made where the client sends none
	Name      string   `json:"name"`
	Category  string   `json:"category"`
	Tags      []string `json:"tags"`
	Status    string   `json:"status"` // "available" where the client sends none
	CreatedAt string   `json:"created_at"`
	UpdatedAt string   `json:"updated_at"`
}

// complete checks what the client sent and adds the rest.
func (p *pet) complete() error {
	p.Name = strings.TrimSpace(p.Name)
	if p.Name == "" {
		return gateway.ErrValidation.New("name is required")
	}
	switch p.Status {
	case "":
		p.Status = "available"
	case "available", "pending", "sold":
	default:
		return gateway.ErrValidation.Newf("status is available, pending or sold, not %q", p.Status)
	}
	if p.ID == "" {
		p.ID = "pet-" + strings.ToLower(rand.Text()[:12])
	}
	if p.Tags == nil {
		p.Tags = []string{}
	}
	p.CreatedAt = time.Now().UTC().Format(time.RFC3339)
	p.UpdatedAt = p.CreatedAt
	return nil
}

// Handle stores a new pet. An id that exists is a 409.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	var p pet
	if err := req.JSON(&p); err != nil {
		return nil, err
	}
	if err := p.complete(); err != nil {
		return nil, err
	}
	if err := ctx.Records("petstore", "pets").Create(p.ID, p); err != nil {
		return nil, err
	}
	return gateway.Created(p).WithHeader("Location", "/pets/"+p.ID), nil
}

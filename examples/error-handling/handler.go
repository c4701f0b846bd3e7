// Package handler registers users, and shows how errors become answers.
//
//	gateway deploy examples/error-handling/handler.go --route "POST /register"
//	curl -i -X POST http://localhost:9080/register -H 'Authorization: Bearer invited' \
//	  -d '{"email": "ada@example.com", "password": "correct horse", "name": "Ada"}'
package handler

import (
	"errors"
	"fmt"
	"net/mail"

	"gateway"
)

type user struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Name     string `json:"name"`
}

// fieldError is an error of the script's own: it says which field is wrong.
type fieldError struct {
	Field, Reason string
}

func (e *fieldError) Error() string { return e.Field + " " + e.Reason }

// errTaken is a plain error of the script's own.
var errTaken = errors.New("email already registered")

// Handle registers a user. Errors of register that have a meaning for the client
// are given one here; all others become a 500 whose text only the log has.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.BearerToken() == "" {
		return nil, gateway.ErrUnauthorized.New("send the invitation as a bearer token")
	}
	var input user
	if err := req.JSON(&input); err != nil {
		return nil, err
	}
	err := register(input)
	var wrong *fieldError
	switch {
	case errors.As(err, &wrong):
		return nil, gateway.ErrValidation.Wrap(err, wrong.Error())
	case errors.Is(err, errTaken):
		return nil, gateway.ErrConflict.Wrap(err, errTaken.Error())
	case err != nil:
		ctx.Log().Error("registration failed", "email", input.Email, "error", err)
		return nil, err
	}
	return gateway.Created(map[string]string{"email": input.Email, "name": input.Name}), nil
}

func register(u user) error {
	if err := validate(u); err != nil {
		return fmt.Errorf("register %q: %w", u.Email, err)
	}
	switch u.Email {
	case "taken@example.com":
		return fmt.Errorf("register %q: %w", u.Email, errTaken)
	case "broken@example.com":
		return errors.New("disk on fire at 10.0.0.7")
	}
	return nil
}

func validate(u user) error {
	if _, err := mail.ParseAddress(u.Email); err != nil {
		return &fieldError{"email", "is not an address"}
	}
	if len(u.Password) < 8 {
		return &fieldError{"password", "must have at least 8 characters"}
	}
	if u.Name == "" {
		return &fieldError{"name", "is required"}
	}
	return nil
}

package dispatch

import (
	"context"
	"errors"

	"gateway/internal/catalog"
	"gateway/interp/check"
)

// Complete says what may be written at an offset of the code of an endpoint, in bytes.
// Code that is broken is no error; an offset outside of it is.
func (d *Dispatcher) Complete(ctx context.Context, name, code string, offset int) (check.Completion, error) {
	return assist(ctx, d, name, code, offset, d.opts.Engine.Complete)
}

// Hover describes the name at an offset of the code of an endpoint, in bytes; nil where there is nothing to be said.
func (d *Dispatcher) Hover(ctx context.Context, name, code string, offset int) (*check.Hover, error) {
	return assist(ctx, d, name, code, offset, d.opts.Engine.Hover)
}

// assist asks the engine, when it is its turn among the sources that are compiled.
func assist[T any](ctx context.Context, d *Dispatcher, name, code string, offset int, ask func(check.Query) (T, error)) (T, error) {
	var none T
	if offset < 0 || offset > len(code) {
		return none, &catalog.Error{Code: catalog.CodeInvalid, Field: "offset", Message: "the place is outside of the code"}
	}
	select {
	case d.compiles <- struct{}{}:
		defer func() { <-d.compiles }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	e := catalog.Endpoint{Name: name}
	src, err := d.withPackages(ctx, handlerSource(&e, &catalog.Version{Code: code}))
	if err != nil {
		return none, err
	}
	answer, err := ask(check.Query{Source: src, Offset: offset})
	if errors.Is(err, check.ErrBusy) {
		return none, &catalog.Error{Code: catalog.CodeUnavailable, Message: err.Error(), Hint: "the check of this code says more"}
	}
	return answer, err
}

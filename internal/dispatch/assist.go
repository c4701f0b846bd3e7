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
	src, err := d.withEverything(ctx, check.Source{Name: name, Kind: check.Handler, Files: []check.File{{Name: codeFile, Code: code}}})
	if err != nil {
		return none, err
	}
	answer, err := ask(check.Query{Source: src, Offset: offset})
	if errors.Is(err, check.ErrBusy) {
		return none, &catalog.Error{Code: catalog.CodeUnavailable, Message: err.Error(), Hint: "the check of this code says more"}
	}
	return answer, err
}

// withEverything adds to the code of an endpoint all libraries, which may be about to be imported, and the modules that
// the stored version of the endpoint depends on.
func (d *Dispatcher) withEverything(ctx context.Context, src check.Source) (check.Source, error) {
	libraries, err := d.readShelf(ctx)
	if err != nil {
		return src, err
	}
	src.Packages = map[string][]check.File{}
	var required []map[string]string
	for name, v := range libraries.versions {
		src.Packages[libraryPrefix+name] = libraries.files(name)
		required = append(required, v.Dependencies)
	}
	e, err := d.opts.Store.EndpointByName(ctx, src.Name)
	if err == nil && e.Version > 0 {
		if v, err := d.opts.Store.Version(ctx, e.ID, e.Version); err == nil {
			required = append(required, v.Dependencies)
		}
	}
	if d.opts.Modules == nil {
		return src, nil
	}
	return d.opts.Modules(ctx, src, required...)
}

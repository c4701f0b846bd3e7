package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
	"gateway/internal/openapi/bundle"
)

// stubNote is the note of versions whose code an import made. Such code is replaced by the next import; what somebody
// wrote is not, unless the bundle has a handler for it.
const stubNote = "stub made from an OpenAPI operation"

// importJob is one import: everything is planned and checked before anything is saved.
type importJob struct {
	server       *Server
	options      importOptions
	bundle       *bundle.Bundle
	withHandlers bool // handlers may come with it
	target       importTarget
	items        []*importItem
	view         importView
}

// importItem is an endpoint to be.
type importItem struct {
	operation *openapi.Operation
	handler   *bundle.Handler // nil for none
	endpoint  catalog.Endpoint
	existing  *catalog.Endpoint // nil for a new one
	version   *catalog.Version  // new code; nil where it stays what it is
	stub      bool              // the code that it has then is made from the operation
	refused   bool              // by the check
}

// runImport carries out an import.
func (s *Server) runImport(ctx context.Context, j *importJob) (*importView, error) {
	defer s.saves.lock("import")() // two of the same would make everything twice
	j.view = importView{Endpoints: []importedEndpoint{}, Errors: []importError{}, Warnings: []Diagnostic{}}
	var err error
	if j.target, err = s.target(ctx, j.options, j.bundle.Document); err != nil {
		return nil, err
	}
	if err := j.plan(ctx); err != nil {
		return nil, err
	}
	for _, item := range j.items {
		if err := j.check(ctx, item); err != nil {
			return nil, err
		}
	}
	if !slices.ContainsFunc(j.items, func(item *importItem) bool { return !item.refused }) {
		return nil, j.allRefused()
	}
	if err := j.save(ctx); err != nil {
		return nil, err
	}
	return &j.view, nil
}

// plan finds the endpoint of every operation and the code it gets.
func (j *importJob) plan(ctx context.Context) error {
	doc := j.bundle.Document
	all, _, err := j.server.store.Endpoints(ctx, catalog.EndpointFilter{})
	if err != nil {
		return err
	}
	p := importPlan{job: j, routes: make(map[string]*catalog.Endpoint), names: make(map[string]*catalog.Endpoint), claimed: make(map[string]bool)}
	for _, e := range append(all, j.server.scriptEndpoints()...) {
		p.routes[e.Route().Shape()], p.names[e.Name] = &e, &e
	}
	for i := range doc.Operations {
		item := &importItem{operation: &doc.Operations[i], handler: j.bundle.Handlers[i]}
		item.endpoint = j.target.place(doc, item.operation)
		j.items = append(j.items, item)
		p.byRoute(item)
	}
	for _, item := range j.items {
		p.byName(item)
	}
	if err := p.err(); err != nil {
		return err
	}
	for _, item := range j.items {
		if err := j.planCode(ctx, item); err != nil {
			return err
		}
	}
	j.warn(doc.Notes)
	j.warn(j.bundle.Notes)
	if c := j.target.collection; c != nil && c.BasePath != "" && doc.BasePath != "" && c.BasePath != doc.BasePath {
		j.warn([]openapi.Problem{{Message: fmt.Sprintf("the base path of the specification, %s, is not used: that of the collection is %s", doc.BasePath, c.BasePath)}})
	}
	for _, e := range all {
		if p.home(&e) && e.CollectionID != "" && !p.claimed[e.ID] {
			j.warn([]openapi.Problem{{Message: fmt.Sprintf("endpoint %q of the collection is not in the specification: it stays as it is", e.Name)}})
		}
	}
	return nil
}

func (j *importJob) warn(problems []openapi.Problem) {
	j.view.Warnings = append(j.view.Warnings, importDiagnostics("warning", problems)...)
}

// planCode decides which code an endpoint gets.
func (j *importJob) planCode(ctx context.Context, item *importItem) error {
	var current *catalog.Version
	if item.existing != nil && item.existing.Version > 0 {
		v, err := j.server.store.Version(ctx, item.existing.ID, item.existing.Version)
		if err != nil {
			return err
		}
		current = &v
	}
	switch {
	case item.handler != nil:
		j.view.HandlersMatched++
		item.version = &catalog.Version{Code: item.handler.Code, Dependencies: j.bundle.Dependencies}
	case current != nil && current.Note != stubNote:
		if j.withHandlers {
			j.warn([]openapi.Problem{{Message: fmt.Sprintf("endpoint %q keeps the code that it has", item.endpoint.Name)}})
		}
	default:
		code, err := item.operation.Stub()
		if err != nil {
			return err
		}
		item.stub = true
		item.version = &catalog.Version{Code: code, Note: stubNote}
	}
	if item.version != nil && current != nil && item.version.ContentHash() == current.ContentHash() {
		item.version = nil
	}
	return nil
}

// check has new code checked. What does not pass is an error of its endpoint.
func (j *importJob) check(ctx context.Context, item *importItem) error {
	if item.version == nil {
		return nil
	}
	err := item.version.Validate()
	var found []Diagnostic
	if err == nil {
		found, err = j.server.deployer.Check(ctx, item.endpoint.Name, item.version)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	found = slices.DeleteFunc(found, func(d Diagnostic) bool { return d.Severity != "error" })
	if err == nil && len(found) > 0 {
		first := found[0]
		err = &catalog.Error{
			Code: catalog.CodeUnprocessable, Diagnostics: found,
			Message: fmt.Sprintf("the code does not pass the check: line %d, column %d: %s", first.Line, first.Column, first.Message),
		}
	}
	if err != nil {
		item.refused = true
		return j.fail(item, err)
	}
	return nil
}

// fail notes why an endpoint is not what was asked for. An error that is not about the endpoint is returned.
func (j *importJob) fail(item *importItem, err error) error {
	known, ok := errors.AsType[*catalog.Error](err)
	if !ok || known.Code == catalog.CodeInternal || known.Code == catalog.CodeUnavailable {
		return err
	}
	failed := importError{Endpoint: item.endpoint.Name, Error: known.Message, Code: known.Code, Hint: known.Hint, Diagnostics: known.Diagnostics}
	if item.handler != nil {
		failed.File = item.handler.File
		if found, ok := known.Diagnostics.([]Diagnostic); ok {
			failed.Diagnostics = inFile(found, item.handler.File)
		}
	}
	j.view.Errors = append(j.view.Errors, failed)
	return nil
}

// inFile gives diagnostics of a handler the name that its file has in the bundle.
func inFile(found []Diagnostic, file string) []Diagnostic {
	found = slices.Clone(found)
	for i := range found {
		if name := found[i].File; name == "" || !strings.Contains(name, "/") { // not that of a library
			found[i].File = file
		}
	}
	return found
}

// allRefused is the error of an import of which nothing is left.
func (j *importJob) allRefused() error {
	var found []Diagnostic
	for _, e := range j.view.Errors {
		of, _ := e.Diagnostics.([]Diagnostic)
		if len(of) == 0 {
			of = []Diagnostic{{File: e.File, Severity: "error", Code: "import", Message: e.Error, Hint: e.Hint}}
		}
		found = append(found, of...)
	}
	first := j.view.Errors[0]
	return &catalog.Error{Code: catalog.CodeUnprocessable, Field: "bundle", Message: fmt.Sprintf("none of the handlers can be used: %s: %s", first.File, first.Error), Diagnostics: found}
}

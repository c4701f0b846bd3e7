package admin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
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

// importPlan finds out which endpoints are there already.
type importPlan struct {
	job       *importJob
	routes    map[string]*catalog.Endpoint // by shape: those there are, and those planned
	names     map[string]*catalog.Endpoint
	claimed   map[string]bool // IDs of endpoints that are one of the import
	problems  []openapi.Problem
	conflicts int // of the problems
}

// home reports whether an endpoint is where the import's go, so that it can be one of a former import.
func (p *importPlan) home(e *catalog.Endpoint) bool {
	t := p.job.target
	if e.Source.Kind == catalog.SourceFile || e.Domain != t.host {
		return false
	}
	if t.collection == nil {
		return e.CollectionID == ""
	}
	return t.collection.ID != "" && e.CollectionID == t.collection.ID
}

// byRoute finds the endpoint of an operation by its route. In a collection that is enough; elsewhere its name has to
// fit too, and any other endpoint of the route is in the way.
func (p *importPlan) byRoute(item *importItem) {
	e := &item.endpoint
	e.Normalize()
	err := e.Validate()
	if err == nil {
		_, err = catalog.ParsePath(e.FullPath())
	}
	if err != nil {
		p.refuse(item, "", "%s %s: %s", e.Method, e.FullPath(), messageOf(err))
		return
	}
	shape := e.Route().Shape()
	other := p.routes[shape]
	switch {
	case other == nil:
	case other.ID == "": // planned before
		p.refuse(item, "take one of them out of the specification", "%s matches the same requests as %s of operation %s", e.Route(), other.Route(), other.Name)
	case p.claimed[other.ID]:
		p.refuse(item, "take one of them out of the specification", "%s is there twice", e.Route())
	case p.home(other) && (e.CollectionID != "" || isNamed(other.Name, e.Name)):
		p.claim(item, other)
	default:
		p.conflicts++
		p.refuse(item, "change or delete that endpoint, or import for another domain or into a collection of another base path",
			"route %s conflicts with endpoint %q, which has %s", e.Route(), other.Name, other.Route())
	}
	if other == nil {
		p.routes[shape] = e
	}
}

// byName finds the endpoint of an operation that has another route now, and sees to it that names are unique.
func (p *importPlan) byName(item *importItem) {
	e := &item.endpoint
	other := p.names[e.Name]
	if item.existing == nil && other != nil && p.home(other) && !p.claimed[other.ID] {
		p.claim(item, other)
	}
	if item.existing != nil && isNamed(item.existing.Name, e.Name) {
		e.Name = item.existing.Name
		return
	}
	for i, base := 2, e.Name; p.names[e.Name] != nil && p.names[e.Name] != item.existing; i++ {
		e.Name = fmt.Sprintf("%s-%d", base, i)
	}
	if e.Name != item.operation.Name {
		o := item.operation
		p.job.warn([]openapi.Problem{{File: o.File, Line: o.Line, Column: o.Column, Message: fmt.Sprintf("another endpoint is called %s: that of the operation is called %s", o.Name, e.Name)}})
	}
	p.names[e.Name] = e
}

func (p *importPlan) claim(item *importItem, e *catalog.Endpoint) {
	item.existing = e
	p.claimed[e.ID] = true
}

func (p *importPlan) refuse(item *importItem, hint, format string, args ...any) {
	o := item.operation
	p.problems = append(p.problems, openapi.Problem{File: o.File, Line: o.Line, Column: o.Column, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// err is why the import cannot be.
func (p *importPlan) err() error {
	if len(p.problems) == 0 {
		return nil
	}
	code := catalog.CodeUnprocessable
	if p.conflicts == len(p.problems) {
		code = catalog.CodeAlreadyExists
	}
	refused := &openapi.Error{Problems: p.problems}
	return &catalog.Error{Code: code, Field: "path", Message: refused.Error(), Hint: p.problems[0].Hint, Diagnostics: importDiagnostics("error", p.problems)}
}

// isNamed reports whether an endpoint has the name of an operation, or that with a number.
func isNamed(endpoint, operation string) bool {
	rest, ok := strings.CutPrefix(endpoint, operation)
	if !ok || rest == "" {
		return ok
	}
	number, ok := strings.CutPrefix(rest, "-")
	_, err := strconv.Atoi(number)
	return ok && err == nil
}

func messageOf(err error) string {
	if known, ok := errors.AsType[*catalog.Error](err); ok {
		return known.Message
	}
	return err.Error()
}

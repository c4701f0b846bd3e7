package admin

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
)

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

// byName finds the endpoint of an operation that has another route now, and sees to it that names are unique. Outside of
// a collection an endpoint of the same name may be anybody's, and keeps its route.
func (p *importPlan) byName(item *importItem) {
	e := &item.endpoint
	other := p.names[e.Name]
	if item.existing == nil && e.CollectionID != "" && other != nil && p.home(other) && !p.claimed[other.ID] {
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

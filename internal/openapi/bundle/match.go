package bundle

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
)

// matcher gives operations their handlers.
type matcher struct {
	bundle   *Bundle
	handlers []*Handler
	manifest string // file of the manifest
	problems []openapi.Problem
}

func (m *matcher) run(routes []route) error {
	doc := m.bundle.Document
	m.bundle.Handlers = make([]*Handler, len(doc.Operations))
	m.checkNames()
	routed := make(map[int]route)
	for _, r := range routes {
		m.route(r, routed)
	}
	byName := make(map[string][]int)
	for i, o := range doc.Operations {
		byName[plain(o.Name)] = append(byName[plain(o.Name)], i)
	}
	for _, h := range m.handlers {
		m.byName(h, byName[plain(h.Name)])
	}
	for i, o := range doc.Operations {
		if len(m.problems) == 0 && m.bundle.Handlers[i] == nil {
			m.note(o.File, o.Line, o.Column, fmt.Sprintf("a file %s.go would be its handler", snake(o.Name)), "operation %s has no handler", o.Name)
		}
	}
	if len(m.problems) > 0 {
		return &openapi.Error{Problems: m.problems}
	}
	return nil
}

// checkNames refuses handlers whose names are the same to an operation.
func (m *matcher) checkNames() {
	names := make(map[string]*Handler)
	for _, h := range m.handlers {
		if other := names[plain(h.Name)]; other != nil {
			m.refuse(h.File, 0, 0, "rename one of them", "%s and %s are handlers of the same operation", other.File, h.File)
		}
		names[plain(h.Name)] = h
	}
}

// route gives a handler to the operation of a route of the manifest, which is added where there is none.
func (m *matcher) route(r route, routed map[int]route) {
	h := m.handler(r.handler)
	if h == nil {
		m.refuse(m.manifest, r.line, r.column, "name a file of the bundle, with or without .go", "route %s %s: there is no handler %q", r.method, r.path, catalog.Clip(r.handler))
		return
	}
	at := m.operation(r)
	if before, ok := routed[at]; ok && at >= 0 {
		m.refuse(m.manifest, r.line, r.column, "", "route %s %s is there twice, first in line %d", r.method, r.path, before.line)
		return
	}
	if at < 0 {
		at = m.add(r)
	}
	routed[at] = r
	m.bundle.Handlers[at], h.used = h, true
}

// handler finds a handler by what a manifest calls it.
func (m *matcher) handler(called string) *Handler {
	called = strings.TrimPrefix(called, "./")
	for _, h := range m.handlers {
		if h.File == called || h.Name == called || path.Base(h.File) == called {
			return h
		}
	}
	for _, h := range m.handlers {
		if plain(h.Name) == plain(strings.TrimSuffix(called, ".go")) {
			return h
		}
	}
	return nil
}

// operation is the operation of a route, whose path may be written with the base path or without it; -1 where there is
// none.
func (m *matcher) operation(r route) int {
	doc := m.bundle.Document
	for _, base := range []string{"", doc.BasePath} {
		i := slices.IndexFunc(doc.Operations, func(o openapi.Operation) bool {
			return o.Method == r.method && catalog.PathShape(base+o.Path) == catalog.PathShape(r.path)
		})
		if i >= 0 {
			return i
		}
	}
	return -1
}

// add makes an operation of a route.
func (m *matcher) add(r route) int {
	doc := m.bundle.Document
	name := openapi.OperationName(r.method, r.path)
	for i, base := 2, name; slices.ContainsFunc(doc.Operations, func(o openapi.Operation) bool { return o.Name == name }); i++ {
		name = fmt.Sprintf("%s-%d", base, i)
	}
	doc.Operations = append(doc.Operations, openapi.Operation{Name: name, Method: r.method, Path: r.path, File: m.manifest, Line: r.line, Column: r.column})
	m.bundle.Handlers = append(m.bundle.Handlers, nil)
	return len(doc.Operations) - 1
}

// byName gives a handler to the operation of its name, out of those that are called so.
func (m *matcher) byName(h *Handler, candidates []int) {
	if h.used {
		return
	}
	doc := m.bundle.Document
	if len(candidates) > 1 {
		exact := slices.IndexFunc(candidates, func(i int) bool { return doc.Operations[i].Name == h.Name })
		if exact < 0 {
			m.refuse(h.File, 0, 0, "name the file exactly as one of them, or give it a route in bundle.yaml", "operations %s and %s are both of this name",
				doc.Operations[candidates[0]].Name, doc.Operations[candidates[1]].Name)
			return
		}
		candidates = candidates[exact : exact+1]
	}
	switch {
	case len(candidates) == 0:
		m.note(h.File, 0, 0, "name it after an operationId, or give it a route in bundle.yaml", "the handler belongs to no operation")
	case m.bundle.Handlers[candidates[0]] != nil:
		m.note(h.File, 0, 0, "", "operation %s has the handler %s by a route", doc.Operations[candidates[0]].Name, m.bundle.Handlers[candidates[0]].File)
	default:
		m.bundle.Handlers[candidates[0]], h.used = h, true
	}
}

func (m *matcher) refuse(file string, line, column int, hint, format string, args ...any) {
	m.problems = append(m.problems, refuse(file, line, column, hint, format, args...).Problems...)
}

func (m *matcher) note(file string, line, column int, hint, format string, args ...any) {
	m.bundle.Notes = append(m.bundle.Notes, refuse(file, line, column, hint, format, args...).Problems...)
}

// plain is a name without case and without what is no letter and no digit: getPet, get_pet and GET-PET are equal.
func plain(name string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return -1
		}
		return unicode.ToLower(c)
	}, name)
}

// snake writes a name as file names are: getPet is get_pet.
func snake(name string) string {
	var b strings.Builder
	before := '_'
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			c = '_'
		}
		if unicode.IsUpper(c) && before != '_' && !unicode.IsUpper(before) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
		before = c
	}
	return b.String()
}

package openapi

import (
	"slices"
	"strconv"
	"strings"

	"gateway/internal/catalog"
)

// parameter is what an operation reads of a request beside its body.
type parameter struct {
	name     string // as requests have it; for one of the path as the pattern has it
	in       string // "path", "query", "header" or "cookie"
	typ      string // "string", "int", "float64", "bool" or "[]string"
	required bool
	fallback string // Go source of the default; empty where there is none
	remark   string // how it is written, where it is not read apart
}

// ignoredHeaders are no parameters, whatever a specification says: it says so itself.
var ignoredHeaders = []string{"accept", "content-type", "authorization"}

// parameters reads a list of parameters.
func (r *reader) parameters(list *node, renamed map[string]string) []parameter {
	if list == nil || list.kind == null {
		return nil
	}
	if list.kind != sequence {
		r.refuse(list, "", "parameters must be a list, not %s", list.kind)
		return nil
	}
	var found []parameter
	for _, item := range list.items {
		item, ok := r.resolve(item)
		if !ok {
			continue
		}
		p := parameter{name: item.get("name").text(), in: item.get("in").text(), required: item.get("required").isTrue()}
		switch {
		case item.kind != mapping:
			r.refuse(item, "", "a parameter must be an object, not %s", item.kind)
			continue
		case p.name == "":
			r.refuse(item, "", "the parameter has no name")
			continue
		case p.in == "header" && slices.Contains(ignoredHeaders, strings.ToLower(p.name)):
			continue
		case p.in == "path":
			if fit, ok := renamed[p.name]; ok {
				r.note(item, "", "path parameter %q is called %s: a pattern has letters, digits and _", catalog.Clip(p.name), fit)
				p.name = fit
			}
			p.required = true
		case p.in != "query" && p.in != "header" && p.in != "cookie":
			r.refuse(item, "", "parameter %q must be in path, query, header or cookie, not %q", catalog.Clip(p.name), catalog.Clip(p.in))
			continue
		}
		r.parameterType(&p, item)
		found = append(found, p)
	}
	return found
}

// parameterType says how a parameter is read.
func (r *reader) parameterType(p *parameter, item *node) {
	p.typ = "string"
	if content := item.get("content"); content != nil && len(content.keys) > 0 {
		p.remark = "written as " + printable(content.keys[0], 60)
		return
	}
	schema, ok := r.resolve(item.get("schema"))
	if !ok {
		return
	}
	typ, _ := typeOf(schema)
	switch typ {
	case "integer":
		p.typ = "int"
	case "number":
		p.typ = "float64"
	case "boolean":
		p.typ = "bool"
	case "array":
		explode := item.get("explode")
		if p.in == "query" && (explode == nil || explode.isTrue()) && (item.get("style").text() == "" || item.get("style").text() == "form") {
			p.typ = "[]string"
			break
		}
		p.remark = "a list in one text"
	case "object":
		p.remark = "an object in one text"
		if style := item.get("style").text(); style == "deepObject" || p.in == "query" {
			p.typ = "" // its fields are parameters of their own
			r.note(item, "", "query parameter %q is an object: the handler has to read its fields from req.Query", catalog.Clip(p.name))
		}
	}
	if p.typ == "bool" && p.in != "query" || p.typ == "float64" && p.in != "query" && p.in != "path" || p.typ == "int" && p.in != "query" && p.in != "path" {
		p.remark = article(p.typ)
		p.typ = "string"
	}
	if !p.required {
		p.fallback = fallback(p.typ, schema.get("default"))
	}
}

func article(typ string) string {
	return map[string]string{"int": "a whole number", "float64": "a number", "bool": "true or false"}[typ]
}

// fallback is the Go source of a default.
func fallback(typ string, n *node) string {
	v := n.text()
	switch typ {
	case "int":
		if i, err := strconv.Atoi(v); err == nil {
			return strconv.Itoa(i)
		}
	case "float64":
		if f, err := strconv.ParseFloat(v, 64); err == nil && n.kind == number {
			return strconv.FormatFloat(f, 'g', -1, 64)
		}
	case "bool":
		if n != nil && n.kind == boolean {
			return v
		}
	case "string":
		if v != "" && len(v) <= 1000 {
			return strconv.Quote(v)
		}
	}
	return ""
}

// override puts the parameters of an operation in the place of those of its path.
func override(shared, own []parameter) []parameter {
	all := slices.Clone(shared)
	for _, p := range own {
		i := slices.IndexFunc(all, func(other parameter) bool { return other.name == p.name && other.in == p.in })
		if i < 0 {
			all = append(all, p)
		} else {
			all[i] = p
		}
	}
	return all
}

// pathParameters holds the parameters of a path against its pattern: those that are only in one of them are added, or
// left out.
func (r *reader) pathParameters(list []parameter, pattern string, at *node) []parameter {
	segments, _ := catalog.ParsePath(pattern) // it was parsed before
	inPath := make(map[string]bool)
	var missing []parameter
	for _, s := range segments {
		if s.Kind == catalog.Literal {
			continue
		}
		inPath[s.Text] = true
		if !slices.ContainsFunc(list, func(p parameter) bool { return p.in == "path" && p.name == s.Text }) {
			missing = append(missing, parameter{name: s.Text, in: "path", typ: "string", required: true})
		}
	}
	kept := missing
	for _, p := range list {
		if p.in == "path" && !inPath[p.name] {
			r.note(at, "", "path parameter %q is not in the path %s", catalog.Clip(p.name), pattern)
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

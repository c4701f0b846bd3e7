package openapi

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gateway/internal/catalog"
)

// MaxOperations is how many operations a specification may have.
const MaxOperations = 1000

const (
	maxProblems  = 100  // of a specification that are listed, and notes
	maxReference = 1024 // bytes of a $ref
)

// Read reads a specification. A refusal is an *Error.
func Read(source []byte) (*Document, error) {
	root, err := parse(source)
	if err != nil {
		return nil, err
	}
	r := &reader{root: root, names: make(map[string]bool)}
	r.read()
	if len(r.problems) > 0 {
		return nil, &Error{Problems: r.problems}
	}
	return &r.doc, nil
}

// reader reads one document.
type reader struct {
	root     *node
	doc      Document
	names    map[string]bool // of operations
	noted    map[string]bool // messages that are said once
	problems []Problem
}

// refuse adds a problem at a place.
func (r *reader) refuse(at *node, hint, format string, args ...any) {
	p := problem(at, hint, format, args...)
	if len(r.problems) < maxProblems && !slices.Contains(r.problems, p) { // many places may refer to a wrong one
		r.problems = append(r.problems, p)
	}
}

// note says what is not carried over.
func (r *reader) note(at *node, hint, format string, args ...any) {
	p := problem(at, hint, format, args...)
	if len(r.doc.Notes) < maxProblems && !slices.Contains(r.doc.Notes, p) {
		r.doc.Notes = append(r.doc.Notes, p)
	}
}

// noteOnce notes what would be said of many places at the first of them.
func (r *reader) noteOnce(at *node, hint, message string) {
	if !r.noted[message] {
		if r.noted == nil {
			r.noted = make(map[string]bool)
		}
		r.noted[message] = true
		r.note(at, hint, "%s", message)
	}
}

func problem(at *node, hint, format string, args ...any) Problem {
	p := Problem{Message: fmt.Sprintf(format, args...), Hint: hint}
	if at != nil {
		p.Line, p.Column = at.line, at.column
	}
	return p
}

func (r *reader) read() {
	if r.root.kind != mapping {
		r.refuse(r.root, "it begins with openapi: 3.0.3 or openapi: 3.1.0", "this is no OpenAPI specification: it is %s", r.root.kind)
		return
	}
	version := r.root.get("openapi")
	switch v := version.text(); {
	case version == nil && r.root.get("swagger") != nil:
		r.refuse(r.root.get("swagger"), "convert it to OpenAPI 3", "Swagger %s is not supported", catalog.Clip(r.root.get("swagger").text()))
		return
	case version == nil:
		r.refuse(r.root, "it begins with openapi: 3.0.3 or openapi: 3.1.0", "this is no OpenAPI specification: openapi is missing")
		return
	case v == "3.0", v == "3.1", strings.HasPrefix(v, "3.0."), strings.HasPrefix(v, "3.1."):
	case v == "3", strings.HasPrefix(v, "3."):
		r.note(version, "", "OpenAPI %s is read as 3.1: what is new in it is not known", catalog.Clip(v))
	default:
		r.refuse(version, "convert it to OpenAPI 3.0 or 3.1", "OpenAPI %s is not supported", catalog.Clip(v))
		return
	}
	info := r.root.get("info")
	r.doc.Title = printable(info.get("title").text(), catalog.MaxNameRunes)
	r.doc.Description = strings.TrimSpace(clipRunes(info.get("description").text(), catalog.MaxDescriptionRunes))
	r.servers(r.root.get("servers"))
	r.noteSecurity(r.root.get("security"))
	if hooks := r.root.get("webhooks"); hooks != nil && len(hooks.keys) > 0 {
		r.note(hooks.places[0], "", "webhooks are not imported: they are calls that others answer")
	}
	paths := r.root.get("paths")
	if paths != nil && paths.kind != mapping && paths.kind != null {
		r.refuse(paths, "", "paths must be an object, not %s", paths.kind)
		return
	}
	if paths != nil {
		for i, path := range paths.keys {
			if !strings.HasPrefix(path, "x-") {
				r.path(path, paths.places[i], paths.items[i])
			}
		}
	}
	if len(r.doc.Operations) == 0 && len(r.problems) == 0 {
		r.refuse(paths, "an operation is a method, such as get, of a path in paths", "it has no operations")
	}
}

// servers takes the base path from the first server.
func (r *reader) servers(servers *node) {
	if servers == nil {
		return
	}
	if servers.kind != sequence {
		r.refuse(servers, "", "servers must be a list, not %s", servers.kind)
		return
	}
	for i, server := range servers.items {
		base, why := basePath(server)
		switch {
		case i == 0 && why != "":
			r.refuse(server, "", "the first server has %s", why)
		case i == 0:
			r.doc.BasePath = base
		case why != "" || base != r.doc.BasePath:
			r.note(server, "", "server %s is not used: the base path is that of the first, %q", catalog.Clip(server.get("url").text()), r.doc.BasePath)
		}
	}
}

// basePath is the path of a server's URL, with the defaults of its variables, or why there is none.
func basePath(server *node) (base, why string) {
	written := server.get("url").text()
	if written == "" {
		return "", "no url"
	}
	if variables := server.get("variables"); variables != nil && variables.kind == mapping {
		for i, name := range variables.keys {
			written = strings.ReplaceAll(written, "{"+name+"}", variables.items[i].get("default").text())
			if len(written) > catalog.MaxPathBytes {
				return "", "a url that is too long"
			}
		}
	}
	// In the host a variable without a default does not matter.
	if _, rest, absolute := strings.Cut(written, "://"); absolute {
		_, path, _ := strings.Cut(rest, "/")
		written = "/" + path
	}
	u, err := url.Parse(written)
	if err != nil {
		return "", "a url that cannot be read"
	}
	base = strings.TrimRight(u.Path, "/")
	if base == "" || base == "." {
		return "", ""
	}
	if base[0] != '/' {
		base = "/" + strings.TrimPrefix(base, "./")
	}
	segments, err := catalog.ParsePath(base)
	if err != nil || slices.ContainsFunc(segments, func(s catalog.Segment) bool { return s.Kind != catalog.Literal }) {
		return "", fmt.Sprintf("the path %s, which cannot be a base path: a variable in it needs a default", catalog.Clip(base))
	}
	return base, ""
}

// noteSecurity notes that somebody else has to see to security.
func (r *reader) noteSecurity(security *node) {
	if len(security.list()) > 0 {
		r.noteOnce(security, "check credentials in the handlers, as with req.BearerToken", "security requirements are not enforced by the gateway")
	}
}

// resolve follows references. ok is false where one leads nowhere, which is a problem.
func (r *reader) resolve(n *node) (target *node, ok bool) {
	for range 32 {
		ref := n.get("$ref")
		if ref == nil {
			return n, true
		}
		if target, why := r.lookUp(ref.text()); why == "" {
			n = target
		} else {
			r.refuse(ref, "", "$ref %q %s", catalog.Clip(ref.text()), why)
			return nil, false
		}
	}
	r.refuse(n, "", "the reference leads to others without end")
	return nil, false
}

// lookUp finds what a reference points at, or says why there is nothing.
func (r *reader) lookUp(ref string) (*node, string) {
	pointer, local := strings.CutPrefix(ref, "#")
	if len(ref) > maxReference {
		return nil, "is too long"
	}
	if !local {
		return nil, "leads out of the document, and only references within it, #/…, are followed: put everything into one document"
	}
	if pointer != "" && pointer[0] != '/' {
		return nil, "is an anchor, and only references of the form #/components/… are followed"
	}
	n := r.root
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer == "" {
			break
		}
		if unescaped, err := url.PathUnescape(step); err == nil {
			step = unescaped
		}
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		next := n.get(step)
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.list()) {
			next = n.items[i]
		}
		if next == nil {
			return nil, "leads nowhere"
		}
		n = next
	}
	return n, ""
}

// methods are the fields of a path item that are operations.
var methods = []string{"get", "put", "post", "delete", "options", "head", "patch"}

// path reads the operations of a path.
func (r *reader) path(written string, at, item *node) {
	pattern, renamed, err := pathPattern(written)
	if err != nil {
		r.refuse(at, err.Hint, "path %q: %s", catalog.Clip(written), err.Message)
		return
	}
	item, ok := r.resolve(item)
	if !ok {
		return
	}
	if item.kind != mapping {
		if item.kind != null {
			r.refuse(item, "", "path %q must be an object, not %s", catalog.Clip(written), item.kind)
		}
		return
	}
	shared := r.parameters(item.get("parameters"), renamed)
	for i, key := range item.keys {
		switch place, value := item.places[i], item.items[i]; {
		case slices.Contains(methods, key):
			if len(r.doc.Operations) == MaxOperations {
				r.noteTooMany(place)
				return
			}
			r.operation(strings.ToUpper(key), pattern, renamed, shared, place, value)
		case key == "trace", key == "query", key == "additionalOperations":
			r.note(place, "", "%s of path %q is not imported: the gateway does not serve it", key, catalog.Clip(written))
		case key == "servers":
			r.noteOnce(place, "", "servers of single paths and operations are not used")
		}
	}
}

func (r *reader) noteTooMany(at *node) {
	message := fmt.Sprintf("there are more than %d operations", MaxOperations)
	if n := len(r.problems); n == 0 || r.problems[n-1].Message != message {
		r.refuse(at, "split the specification", "%s", message)
	}
}

// pathPattern makes a path pattern of a path template. renamed has the names of parameters that could not stay.
func pathPattern(template string) (pattern string, renamed map[string]string, err *catalog.Error) {
	if !strings.HasPrefix(template, "/") {
		return "", nil, &catalog.Error{Message: "it must begin with /"}
	}
	segments := strings.Split(template, "/")
	for i, segment := range segments {
		if len(segment) < 3 || segment[0] != '{' || segment[len(segment)-1] != '}' {
			continue
		}
		name := segment[1 : len(segment)-1]
		fit := identifier(name)
		if fit != name && !strings.ContainsAny(name, "{}*+?#.;") {
			if renamed == nil {
				renamed = make(map[string]string)
			}
			renamed[name] = fit
			segments[i] = "{" + fit + "}"
		}
	}
	pattern = strings.Join(segments, "/")
	if len(pattern) > 1 {
		pattern = strings.TrimSuffix(pattern, "/")
	}
	if _, wrong := catalog.ParsePath(pattern); wrong != nil {
		if known, ok := wrong.(*catalog.Error); ok {
			return "", nil, known
		}
		return "", nil, &catalog.Error{Message: wrong.Error()}
	}
	return pattern, renamed, nil
}

// identifier makes a name of letters, digits and _ of any.
func identifier(name string) string {
	var b strings.Builder
	for _, c := range name {
		switch {
		case c == '_' || c < utf8.RuneSelf && unicode.IsLetter(c):
			b.WriteRune(c)
		case c >= '0' && c <= '9':
			if b.Len() == 0 {
				b.WriteByte('_')
			}
			b.WriteRune(c)
		default:
			b.WriteByte('_')
		}
	}
	return b.String()
}

func (r *reader) operation(method, pattern string, renamed map[string]string, shared []parameter, at, op *node) {
	op, ok := r.resolve(op) // no specification allows it, and some do
	if !ok {
		return
	}
	if op.kind != mapping {
		r.refuse(op, "", "the operation must be an object, not %s", op.kind)
		return
	}
	o := Operation{Method: method, Path: pattern, Line: at.line, Column: at.column}
	o.Name = r.name(method, pattern, op.get("operationId"))
	o.Description = summary(op)
	o.parameters = override(shared, r.parameters(op.get("parameters"), renamed))
	o.parameters = r.pathParameters(o.parameters, pattern, at)
	o.body = r.requestBody(op.get("requestBody"))
	o.answer = r.example(op.get("responses"))
	r.noteSecurity(op.get("security"))
	if op.get("callbacks") != nil {
		r.noteOnce(op.get("callbacks"), "", "callbacks are not imported: they are calls that others answer")
	}
	if op.get("servers") != nil {
		r.noteOnce(op.get("servers"), "", "servers of single paths and operations are not used")
	}
	r.doc.Operations = append(r.doc.Operations, o)
}

// summary describes an operation in one paragraph.
func summary(op *node) string {
	text := op.get("summary").text()
	if strings.TrimSpace(text) == "" {
		text, _, _ = strings.Cut(strings.TrimSpace(op.get("description").text()), "\n\n")
	}
	return clipRunes(strings.Join(strings.Fields(text), " "), catalog.MaxDescriptionRunes)
}

// name gives an operation its name.
func (r *reader) name(method, pattern string, id *node) string {
	given := strings.TrimSpace(id.text())
	name := given
	switch {
	case given == "":
		name = OperationName(method, pattern)
	case printable(given, catalog.MaxNameRunes) != given:
		name = OperationName(method, pattern)
		r.note(id, "", "operationId %q cannot be a name: the endpoint is called %s", catalog.Clip(given), name)
	case r.names[given]:
		name = r.free(OperationName(method, pattern))
		r.note(id, "", "operationId %q is there twice: the endpoint is called %s", catalog.Clip(given), name)
	}
	name = r.free(name)
	r.names[name] = true
	return name
}

// free gives a name that no operation has.
func (r *reader) free(name string) string {
	for i, base := 2, name; r.names[name]; i++ {
		name = fmt.Sprintf("%s-%d", base, i)
	}
	return name
}

// OperationName makes a name of a method and a path: GET /pets/{id} is getPetsById.
func OperationName(method, pattern string) string {
	name := strings.ToLower(method)
	segments, _ := catalog.ParsePath(pattern)
	for _, s := range segments {
		if s.Kind != catalog.Literal {
			name += "By"
		}
		name += goName(s.Text)
	}
	if len(segments) == 0 {
		name += "Root"
	}
	return clipRunes(name, catalog.MaxNameRunes-8) // there is room for a number
}

// printable takes out of a text what cannot be in a name, and shortens it.
func printable(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return -1
		}
		return c
	}, s)
	return strings.TrimSpace(clipRunes(s, most))
}

func clipRunes(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

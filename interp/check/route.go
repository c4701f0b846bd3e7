package check

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// AnyMethod is the method of a route that takes every one.
const AnyMethod = "ANY"

// A Route is one method of a `//gateway:route` directive. The directive stands in the
// comment right above a function:
//
//	//gateway:route METHOD[,METHOD…] PATH [KEY=VALUE…]
//
// METHOD is upper case, ANY for every method. PATH begins with a slash; its segments
// are text, {name} for any one segment, and as the last one {name...} or * for the rest.
// The keys are those of [Settings].
type Route struct {
	Method   string // upper case, or AnyMethod
	Path     string // the path pattern, such as "/pets/{id}"
	Settings map[string]string
	File     string
	Line     int
}

const (
	directivePrefix = "//gateway:"
	routeDirective  = "//gateway:route"
	routeUsage      = "write //gateway:route GET /path"
)

// routeMethods are the methods that a route can have.
var routeMethods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", AnyMethod}

// Settings are the keys that a route directive accepts and the form of their values.
var Settings = map[string]string{
	"domain":          "a host name, or *",
	"name":            "a name",
	"timeout":         "a duration such as 2s",
	"drain_timeout":   "a duration such as 30s",
	"max_concurrency": "a number from 1",
	"min_workers":     "a number from 0",
	"max_workers":     "a number from 1",
	"max_body_bytes":  "a number of bytes from 1",
}

// directiveError is what is wrong with a directive.
type directiveError struct {
	offset int // of the wrong word, in bytes from the directive's begin
	length int
	text   string
	hint   string
}

func (e *directiveError) Error() string { return e.text }

// ParseRoute parses the text of one route directive, from the slashes on. Each method
// is a route of its own. The error says what is wrong in the user's terms.
func ParseRoute(text string) ([]Route, error) {
	words := splitWords(text)
	if len(words) == 0 || words[0].text != routeDirective {
		return nil, &directiveError{0, len(text), "not a route directive", routeUsage}
	}
	if len(words) < 3 {
		return nil, &directiveError{0, len(text), "a route wants a method and a path", routeUsage}
	}
	methods, path := words[1], words[2]
	if strings.HasPrefix(methods.text, "/") {
		return nil, methods.wrong("the method is missing before the path", "write //gateway:route GET "+methods.text)
	}
	if err := checkPath(path); err != nil {
		return nil, err
	}
	settings := map[string]string{}
	for _, w := range words[3:] {
		key, value, ok := strings.Cut(w.text, "=")
		if !ok {
			return nil, w.wrong(fmt.Sprintf("%q is not a setting", w.text), "write KEY=VALUE, such as timeout=2s")
		}
		if _, twice := settings[key]; twice {
			return nil, w.wrong(fmt.Sprintf("setting %s is given twice", key), "")
		}
		if err := checkSetting(w, key, value); err != nil {
			return nil, err
		}
		settings[key] = value
	}
	var routes []Route
	for method := range strings.SplitSeq(methods.text, ",") {
		if !slices.Contains(routeMethods, method) {
			hint := "the methods are " + strings.Join(routeMethods, ", ")
			if slices.Contains(routeMethods, strings.ToUpper(method)) {
				hint = "write " + strings.ToUpper(method)
			} else if method == "*" {
				hint = "write ANY for every method"
			}
			return nil, methods.wrong(fmt.Sprintf("%q is not a method", method), hint)
		}
		if slices.ContainsFunc(routes, func(r Route) bool { return r.Method == method }) {
			return nil, methods.wrong(fmt.Sprintf("method %s is given twice", method), "")
		}
		routes = append(routes, Route{Method: method, Path: path.text, Settings: maps.Clone(settings)})
	}
	return routes, nil
}

// A word is a part of a directive between white space.
type word struct {
	text   string
	offset int
}

func (w word) wrong(text, hint string) error {
	return &directiveError{w.offset, len(w.text), text, hint}
}

func splitWords(text string) []word {
	var words []word
	start := -1
	for i, c := range text + " " {
		if unicode.IsSpace(c) {
			if start >= 0 {
				words = append(words, word{text[start:i], start})
			}
			start = -1
		} else if start < 0 {
			start = i
		}
	}
	return words
}

// checkPath checks a path pattern by the rules of the catalog.
func checkPath(w word) error {
	const maxBytes, maxSegments = 1024, 64
	path := w.text
	switch {
	case !strings.HasPrefix(path, "/"):
		return w.wrong(fmt.Sprintf("the path %q does not begin with /", path), "write /"+path)
	case path == "/":
		return nil
	case len(path) > maxBytes:
		return w.wrong(fmt.Sprintf("the path is longer than %d bytes", maxBytes), "")
	}
	segments := strings.Split(path[1:], "/")
	if len(segments) > maxSegments {
		return w.wrong(fmt.Sprintf("the path has more than %d segments", maxSegments), "")
	}
	names := map[string]bool{}
	for i, s := range segments {
		name, wild, err := checkSegment(s)
		if err != nil {
			return w.wrong(err.Error(), "a segment is text, {name}, or as the last one {name...} or *")
		}
		if wild && i < len(segments)-1 {
			return w.wrong(fmt.Sprintf("%q takes the rest of the path and must be the last segment", s), "")
		}
		if name != "" && names[name] {
			return w.wrong(fmt.Sprintf("parameter {%s} appears twice", name), "")
		}
		names[name] = true
	}
	return nil
}

// checkSegment returns the parameter's name of a segment and whether it is a wildcard.
func checkSegment(s string) (name string, wild bool, err error) {
	switch {
	case s == "":
		return "", false, errors.New("the path has an empty segment")
	case s == "." || s == "..":
		return "", false, fmt.Errorf("the path must not have the segment %q", s)
	case s == "*":
		return "", true, nil
	case s[0] == ':':
		return "", false, fmt.Errorf("%q is not a parameter here, write {%s}", s, s[1:])
	case s[0] == '{' && s[len(s)-1] == '}':
		name, wild = strings.CutSuffix(s[1:len(s)-1], "...")
		if !isIdentifier(name) {
			return "", false, fmt.Errorf("%q is not a parameter: the name has letters, digits and _", s)
		}
		return name, wild, nil
	case strings.ContainsAny(s, "{}*"):
		return "", false, fmt.Errorf("%q mixes text with a parameter", s)
	case strings.ContainsAny(s, `?#\`), strings.ContainsFunc(s, func(c rune) bool { return !unicode.IsPrint(c) || c == unicode.ReplacementChar }):
		return "", false, fmt.Errorf("%q has a character that a path cannot have", s)
	}
	return "", false, nil
}

// isIdentifier is looser than Go's: keywords are names of parameters, too.
func isIdentifier(s string) bool {
	for i, c := range s {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c)) {
			return false
		}
	}
	return s != ""
}

func checkSetting(w word, key, value string) error {
	form, known := Settings[key]
	if !known {
		return w.wrong(fmt.Sprintf("there is no setting %q", key), "the settings are "+strings.Join(slices.Sorted(maps.Keys(Settings)), ", "))
	}
	ok := value != ""
	switch key {
	case "timeout", "drain_timeout":
		d, err := time.ParseDuration(value)
		ok = err == nil && d > 0
	case "max_concurrency", "max_workers", "max_body_bytes":
		n, err := strconv.Atoi(value)
		ok = err == nil && n >= 1
	case "min_workers":
		n, err := strconv.Atoi(value)
		ok = err == nil && n >= 0
	}
	if !ok {
		return w.wrong(fmt.Sprintf("%s=%s: want %s", key, value, form), "")
	}
	return nil
}

// findRoutes finds the functions under route directives.
func (r *run) findRoutes() {
	taken := map[string]token.Pos{}
	found := r.eachDirective(func(c *ast.Comment, decl *ast.FuncDecl) []Route {
		if decl == nil {
			r.reportAt(c.Pos(), c.End(), Diagnostic{
				Code: "directive", Message: "the route directive is not above a function",
				Hint: "put it into the comment right above the function, without an empty line between",
			})
			return nil
		}
		if decl.Recv != nil {
			r.reportAt(c.Pos(), c.End(), Diagnostic{
				Code: "directive", Message: fmt.Sprintf("%s is a method; only functions can have routes", decl.Name.Name),
			})
			return nil
		}
		routes, err := ParseRoute(c.Text)
		if err != nil {
			r.reportDirective(c, err)
			return nil
		}
		at := r.position(c.Pos())
		for i := range routes {
			routes[i].File, routes[i].Line = at.Filename, at.Line
			key := routes[i].Method + " " + routes[i].Settings["domain"] + pathShape(routes[i].Path)
			if first, twice := taken[key]; twice {
				r.reportAt(c.Pos(), c.End(), Diagnostic{
					Code: "duplicate-route", Message: fmt.Sprintf("route %s %s exists already", routes[i].Method, routes[i].Path),
					Related: []Related{r.related(first, "the other route")},
				})
			}
			taken[key] = c.Pos()
		}
		return routes
	})
	if !found {
		name := r.main.pkg.Files[0].Name
		r.reportAt(name.Pos(), name.End(), Diagnostic{
			Code: "missing-route", Message: "no function has a route",
			Hint: "write a line such as //gateway:route GET /hello right above the function that answers",
		})
	}
}

// eachDirective calls parse for every route directive with the function that it is
// above, if any, and adds the functions that have routes to the handlers. It tells
// whether there was a directive.
func (r *run) eachDirective(parse func(*ast.Comment, *ast.FuncDecl) []Route) bool {
	found := false
	for _, f := range r.main.pkg.Files {
		owner := map[*ast.CommentGroup]*ast.FuncDecl{}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Doc != nil {
				owner[fn.Doc] = fn
			}
		}
		for _, group := range f.Comments {
			var routes []Route
			for _, c := range group.List {
				if r.isRoute(c) {
					found = true
					routes = append(routes, parse(c, owner[group])...)
				}
			}
			if fn := owner[group]; fn != nil && len(routes) > 0 {
				r.addHandler(fn, routes)
			}
		}
	}
	return found
}

// isRoute tells whether the comment is a route directive; it reports other directives
// and comments that look like one.
func (r *run) isRoute(c *ast.Comment) bool {
	text, _, _ := strings.Cut(c.Text, " ")
	text, _, _ = strings.Cut(text, "\t")
	switch {
	case text == routeDirective:
		return true
	case strings.HasPrefix(text, directivePrefix):
		r.reportAt(c.Pos(), c.End(), Diagnostic{
			Code: "directive", Message: fmt.Sprintf("there is no directive %s", strings.TrimPrefix(text, "//")), Hint: routeUsage,
		})
	case strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(c.Text, "//"), " \t"), "gateway:route "):
		r.reportAt(c.Pos(), c.End(), Diagnostic{
			Severity: Warning, Code: "directive", Message: "this is a comment, not a route directive",
			Hint: "write //gateway:route without a space after the slashes",
		})
	}
	return false
}

// refuseRoutes warns that route directives do nothing in this kind of source.
func (r *run) refuseRoutes(reason string) {
	for _, f := range r.main.pkg.Files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if r.isRoute(c) {
					r.reportAt(c.Pos(), c.End(), Diagnostic{
						Severity: Warning, Code: "directive", Message: "the route directive does nothing here: " + reason,
					})
				}
			}
		}
	}
}

func (r *run) reportDirective(c *ast.Comment, err error) {
	d := Diagnostic{Code: "directive", Message: err.Error()}
	pos, end := c.Pos(), c.End()
	var de *directiveError
	if errors.As(err, &de) {
		d.Hint = de.hint
		pos += token.Pos(de.offset)
		end = pos + token.Pos(de.length)
	}
	r.reportAt(pos, end, d)
}

// pathShape returns a path with the names of its parameters taken out: two routes of
// one shape take the same requests.
func pathShape(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		switch {
		case s == "*" || strings.HasSuffix(s, "...}"):
			segments[i] = "*"
		case strings.HasPrefix(s, "{"):
			segments[i] = "{}"
		}
	}
	return strings.Join(segments, "/")
}

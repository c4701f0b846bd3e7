package catalog

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// Route is what a request is matched against.
type Route struct {
	Domain string // a host in lower case, or AnyDomain
	Method string // upper case, or AnyMethod
	Path   string // pattern, see ParsePath
}

// String returns the route as people write it: "GET api.example.com/pets/{id}", or "GET /pets" for every host.
func (r Route) String() string {
	if r.Domain == AnyDomain {
		return r.Method + " " + r.Path
	}
	return r.Method + " " + r.Domain + r.Path
}

// Shape returns the route with its parameters' names taken out. Two routes of one shape match the same requests, so
// only one endpoint may have it.
func (r Route) Shape() string {
	return r.Domain + " " + r.Method + " " + PathShape(r.Path)
}

// SegmentKind is the kind of one segment of a path pattern.
type SegmentKind int

// The kinds of segments, in the order of their precedence.
const (
	Literal  SegmentKind = iota // matches itself
	Param                       // {name}: matches one segment that is not empty
	Wildcard                    // * or {name...}, last only: matches the rest of the path, which may be empty
)

// Segment is one part of a path pattern between slashes.
type Segment struct {
	Kind SegmentKind
	// Text is the literal's text, or the parameter's name; the name of a plain * is "*".
	Text string
}

// The limits of path patterns. They are far above what is in use and keep errors and keys short.
const (
	MaxPathBytes    = 1024
	MaxPathSegments = 64
)

// ParsePath takes a path pattern apart. A pattern begins with a slash; its segments are literal text, {name} for any
// one segment, and as the last one * or {name...} for the rest of the path. The pattern of the root is "/" and has no
// segments; other patterns do not end with a slash. Parameters have different names, which are Go identifiers.
// Literal text is compared as it is, after the request's path was percent-decoded.
func ParsePath(pattern string) ([]Segment, error) { return parsePath("path", pattern) }

// parsePath is ParsePath with the name of the field for its errors.
func parsePath(field, pattern string) ([]Segment, error) {
	if pattern == "" || pattern[0] != '/' {
		return nil, invalid(field, "%s must begin with /", field)
	}
	if len(pattern) > MaxPathBytes {
		return nil, invalid(field, "%s is longer than %d bytes", field, MaxPathBytes)
	}
	if pattern == "/" {
		return nil, nil
	}
	parts := strings.Split(pattern[1:], "/")
	if len(parts) > MaxPathSegments {
		return nil, invalid(field, "%s has more than %d segments", field, MaxPathSegments)
	}
	segments := make([]Segment, 0, len(parts))
	names := make(map[string]bool)
	for i, part := range parts {
		seg, err := parseSegment(field, part)
		if err != nil {
			return nil, err
		}
		if seg.Kind == Wildcard && i < len(parts)-1 {
			return nil, invalid(field, "%q matches the rest of the path and must be its last segment", part)
		}
		if seg.Kind != Literal {
			if names[seg.Text] {
				return nil, invalid(field, "parameter %q appears twice", seg.Text)
			}
			names[seg.Text] = true
		}
		segments = append(segments, seg)
	}
	return segments, nil
}

func parseSegment(field, part string) (Segment, error) {
	switch {
	case part == "":
		return Segment{}, invalid(field, "%s has an empty segment", field)
	case part == "." || part == "..":
		return Segment{}, invalid(field, "%s must not have %q as a segment", field, part)
	case part == "*":
		return Segment{Wildcard, "*"}, nil
	case part[0] == ':':
		return Segment{}, invalidHint(field, fmt.Sprintf("write {%s} for a parameter", part[1:]), "segment %q is not a parameter here", part)
	}
	if part[0] == '{' && part[len(part)-1] == '}' {
		name := part[1 : len(part)-1]
		kind := Param
		if rest, ok := strings.CutSuffix(name, "..."); ok {
			name, kind = rest, Wildcard
		}
		if !isIdentifier(name) {
			return Segment{}, invalidHint(field, "a parameter is {name}, or {name...} for the rest of the path; the name has letters, digits and _", "segment %q is not a parameter", part)
		}
		return Segment{kind, name}, nil
	}
	for _, r := range part {
		switch {
		case r == '{' || r == '}' || r == '*':
			return Segment{}, invalidHint(field, "a parameter or * takes a whole segment", "segment %q mixes text with %q", part, r)
		case r == '?' || r == '#' || r == '\\':
			return Segment{}, invalid(field, "%s must not contain %q", field, r)
		case r <= ' ' || r == 0x7f || r == '\uFFFD':
			return Segment{}, invalid(field, "%s must not contain spaces, control characters or broken UTF-8", field)
		}
	}
	return Segment{Literal, part}, nil
}

// PathShape returns the pattern with every {name} written as {} and a wildcard as *. A pattern that does not parse is
// returned as it is.
func PathShape(pattern string) string {
	segments, err := ParsePath(pattern)
	if err != nil {
		return pattern
	}
	if len(segments) == 0 {
		return "/"
	}
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		switch s.Kind {
		case Literal:
			b.WriteString(s.Text)
		case Param:
			b.WriteString("{}")
		case Wildcard:
			b.WriteByte('*')
		}
	}
	return b.String()
}

// methods are those an endpoint can answer. CONNECT and TRACE are for proxies and debugging, never for handlers.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", AnyMethod}

func validateMethod(method string) error {
	if !slices.Contains(methods, method) {
		return invalidHint("method", "one of "+strings.Join(methods, ", "), "method %q is not known", Clip(method))
	}
	return nil
}

// validateHost accepts a host name or an IP address, in lower case and without a port.
func validateHost(field, host string) error {
	if _, err := netip.ParseAddr(host); err == nil && host == strings.ToLower(host) {
		return nil
	}
	bad := func() error {
		return invalidHint(field, "a host name such as api.example.com, without scheme and port", "%q is not a host", Clip(host))
	}
	if host == "" || len(host) > 253 {
		return bad()
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return bad()
		}
		for _, c := range []byte(label) {
			if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
				return bad()
			}
		}
	}
	return nil
}

package route

import (
	"net/http"
	"strings"

	"gateway/internal/catalog"
)

// Result says what a match found.
type Result uint8

// The results.
const (
	NotFound         Result = iota // no route has this path
	Found                          // Match.Route answers
	MethodNotAllowed               // routes have this path, but for other methods: Match.Allow
	Options                        // the method is OPTIONS and no route answers it: Match.Allow is the answer
	BadPath                        // the path is not one that can be matched
)

// Match is what [Table.Match] found. It is made to be used again and again, so that matching allocates nothing: its
// texts share memory with the path it was found for.
type Match[V any] struct {
	Result Result
	Route  *Route[V] // of Found

	path     string
	method   string
	allowed  methodSet
	n        int // how many segments are in use
	longer   bool
	segments [catalog.MaxPathSegments]string // decoded
}

// Match finds the route for a request and puts it into m. host is what [Host] gives, path the path as the client sent
// it, still percent-encoded and without the query.
func (t *Table[V]) Match(host, method, path string, m *Match[V]) {
	m.Route, m.path, m.method, m.allowed = nil, path, method, 0
	if !m.split() {
		m.Result = BadPath
		return
	}
	m.Result = NotFound
	if t == nil {
		return
	}
	if len(t.hosts) > 0 {
		if root := t.hosts[host]; root != nil {
			m.Route = m.walk(root, 0)
		}
	}
	if m.Route == nil && t.everywhere != nil {
		m.Route = m.walk(t.everywhere, 0)
	}
	switch {
	case m.Route != nil:
		m.Result = Found
	case m.allowed == 0:
	case method == http.MethodOptions:
		m.Result = Options
	default:
		m.Result = MethodNotAllowed
	}
}

// split takes the path apart and reports whether it can be matched.
func (m *Match[V]) split() bool {
	m.n, m.longer = 0, false
	if m.path == "" || m.path[0] != '/' {
		return false
	}
	odd := strings.ContainsAny(m.path, `%\`)
	if len(m.path) == 1 {
		return true
	}
	for rest := m.path[1:]; ; {
		segment := rest
		slash := strings.IndexByte(rest, '/')
		if slash >= 0 {
			segment = rest[:slash]
		}
		if odd {
			var ok bool
			if segment, ok = unescape(segment); !ok || climbs(segment) {
				return false
			}
		}
		if segment == "." || segment == ".." || strings.IndexByte(segment, 0) >= 0 {
			return false
		}
		if m.n < len(m.segments) {
			m.segments[m.n] = segment
			m.n++
		} else {
			m.longer = true
		}
		if slash < 0 {
			return true
		}
		rest = rest[slash+1:]
	}
}

// walk finds the route below n, the segments before depth having been matched. Every node is visited at most once,
// because only one way leads to it.
func (m *Match[V]) walk(n *node[V], depth int) *Route[V] {
	if depth == m.n {
		if !m.longer {
			if r := m.pick(n.here); r != nil {
				return r
			}
		}
		return m.pick(n.rest)
	}
	segment := m.segments[depth]
	if child := n.literals[segment]; child != nil {
		if r := m.walk(child, depth+1); r != nil {
			return r
		}
	}
	if n.param != nil && segment != "" {
		if r := m.walk(n.param, depth+1); r != nil {
			return r
		}
	}
	return m.pick(n.rest)
}

// pick gives the route that answers the method. Where none does, it remembers which methods are answered.
func (m *Match[V]) pick(of *methods[V]) *Route[V] {
	if of == nil {
		return nil
	}
	if r := of.of(m.method); r != nil {
		return r
	}
	if m.method == http.MethodHead {
		if r := of.of(http.MethodGet); r != nil {
			return r
		}
	}
	if of.any != nil {
		return of.any
	}
	m.allowed |= of.allowed
	return nil
}

// Reset lets go of everything that the match refers to.
func (m *Match[V]) Reset() {
	clear(m.segments[:m.n])
	m.Result, m.Route, m.path, m.method, m.allowed, m.n = NotFound, nil, "", "", 0, 0
}

// Allow lists the methods that the path answers, for the Allow header.
func (m *Match[V]) Allow() string { return m.allowed.String() }

// Params gives the values of the route's parameters, decoded, in a map of the caller's own.
func (m *Match[V]) Params() map[string]string {
	r := m.Route
	if r == nil || len(r.params) == 0 && r.wildcard == "" {
		return map[string]string{}
	}
	params := make(map[string]string, len(r.params)+1)
	for _, p := range r.params {
		params[p.name] = m.segments[p.index]
	}
	if r.wildcard != "" {
		params[r.wildcard] = m.rest(r.depth)
	}
	return params
}

// rest is the path behind the first depth segments, decoded.
func (m *Match[V]) rest(depth int) string {
	rest := m.path[1:]
	for range depth {
		slash := strings.IndexByte(rest, '/')
		if slash < 0 {
			return ""
		}
		rest = rest[slash+1:]
	}
	rest, _ = unescape(rest) // split has seen that it is sound
	return rest
}

// Path is the path that was matched, decoded.
func (m *Match[V]) Path() string {
	path, ok := unescape(m.path)
	if !ok {
		return m.path
	}
	return path
}

// unescape decodes %XX. It allocates only where there is something to decode.
func unescape(s string) (string, bool) {
	first := strings.IndexByte(s, '%')
	if first < 0 {
		return s, true
	}
	out := make([]byte, first, len(s))
	copy(out, s)
	for i := first; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			if i+2 >= len(s) {
				return "", false
			}
			high, ok1 := unhex(s[i+1])
			low, ok2 := unhex(s[i+2])
			if !ok1 || !ok2 {
				return "", false
			}
			c = high<<4 | low
			i += 2
		}
		out = append(out, c)
	}
	return string(out), true
}

func unhex(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// climbs reports whether a decoded segment has slashes and, between them, . or .., as from ..%2F..: a handler that
// takes it for a path would leave its folder.
func climbs(segment string) bool {
	if !strings.ContainsAny(segment, `/\`) {
		return false
	}
	for part := range strings.FieldsFuncSeq(segment, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part == "." || part == ".." {
			return true
		}
	}
	return false
}

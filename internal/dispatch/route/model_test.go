package route_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"gateway/internal/catalog"
	"gateway/internal/dispatch/route"
)

// model is the same as a table, written down as the rules say it: try every route and take the best.
type model []catalog.Route

// match gives the route for a request, or the methods that are allowed.
func (m model) match(host, method, path string) (found *catalog.Route, allowed []string) {
	segments := []string{}
	if path != "/" {
		for s := range strings.SplitSeq(path[1:], "/") {
			s, err := url.PathUnescape(s)
			if err != nil {
				return nil, nil
			}
			segments = append(segments, s)
		}
	}
	best := ""
	for _, r := range m {
		rank, ok := m.rank(r, host, segments)
		if !ok {
			continue
		}
		if len(allowed) == 0 {
			allowed = append(allowed, "OPTIONS")
		}
		allowed = append(allowed, r.Method)
		if r.Method == "GET" {
			allowed = append(allowed, "HEAD")
		}
		switch {
		case r.Method == method:
			rank += "0"
		case r.Method == "GET" && method == "HEAD":
			rank += "1"
		case r.Method == catalog.AnyMethod:
			rank += "2"
		default:
			continue
		}
		if found == nil || rank < best {
			found, best = &r, rank
		}
	}
	return found, allowed
}

// rank gives a text that sorts before those of worse matches.
func (m model) rank(r catalog.Route, host string, segments []string) (string, bool) {
	rank := "b"
	if r.Domain != catalog.AnyDomain {
		if r.Domain != host {
			return "", false
		}
		rank = "a"
	}
	pattern, err := catalog.ParsePath(r.Path)
	if err != nil {
		return "", false
	}
	for i, s := range pattern {
		if s.Kind == catalog.Wildcard {
			return rank + "3", true
		}
		if i == len(segments) || s.Kind == catalog.Literal && s.Text != segments[i] || segments[i] == "" {
			return "", false
		}
		rank += map[catalog.SegmentKind]string{catalog.Literal: "1", catalog.Param: "2"}[s.Kind]
	}
	return rank + "0", len(pattern) == len(segments)
}

// pieces make routes and requests that meet often.
var (
	pieces  = []string{"a", "b", "{x}", "{y}", "*", "{z...}", "ä"}
	inputs  = []string{"a", "b", "c", "", "%61", "a%2Fb", "%C3%A4"}
	methods = []string{"GET", "POST", "ANY", "HEAD", "OPTIONS"}
	hosts   = []string{"*", "h", "g"}
)

// FuzzTable builds a table out of the first half of the data, removing now and then, and asks it what the second half
// says. Every answer must be the model's.
func FuzzTable(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17"))
	f.Add([]byte("pets and files and many more routes, and then requests that meet them"))
	f.Fuzz(func(t *testing.T, data []byte) {
		next := func(n int) int {
			if len(data) == 0 {
				return 0
			}
			b := int(data[0])
			data = data[1:]
			return b % n
		}
		path := func(of []string) string {
			var b strings.Builder
			for range next(5) {
				b.WriteString("/" + of[next(len(of))])
			}
			if b.Len() == 0 {
				return "/"
			}
			return b.String()
		}
		var table *route.Table[catalog.Route]
		var known model
		for range next(64) {
			r := catalog.Route{Domain: hosts[next(3)], Method: methods[next(5)], Path: path(pieces)}
			same := slices.IndexFunc(known, func(k catalog.Route) bool { return k.Shape() == r.Shape() })
			edit := table.Edit()
			_, invalid := catalog.ParsePath(r.Path)
			if next(4) == 0 {
				if gone := edit.Remove(r); (gone != nil) != (same >= 0) {
					t.Fatalf("removing %s gave %v, the model says %v", r, gone, same >= 0)
				}
				if same >= 0 {
					known = slices.Delete(known, same, same+1)
				}
			} else if err := edit.Add(r, r); (err == nil) != (invalid == nil && same < 0) {
				t.Fatalf("adding %s: %v; invalid: %v, there already: %v", r, err, invalid, same >= 0)
			} else if err == nil {
				known = append(known, r)
			}
			table = edit.Table()
			if table.Len() != len(known) {
				t.Fatalf("%d routes, want %d", table.Len(), len(known))
			}
		}
		var m route.Match[catalog.Route]
		for range 32 {
			host, method, path := hosts[next(3)], methods[next(5)], path(inputs)
			if method == "ANY" {
				method = "PATCH"
			}
			table.Match(host, method, path, &m)
			want, allowed := known.match(host, method, path)
			switch {
			case want != nil:
				if m.Result != route.Found || m.Route.Value != *want {
					t.Fatalf("%s %s%s: got %v %+v, want %s of %v", method, host, path, m.Result, m.Route, want, known)
				}
			case len(allowed) == 0:
				if m.Result != route.NotFound {
					t.Fatalf("%s %s%s: got %v, want nothing of %v", method, host, path, m.Result, known)
				}
			default:
				if m.Result != route.MethodNotAllowed && (m.Result != route.Options || method != "OPTIONS") {
					t.Fatalf("%s %s%s: got %v, want it not allowed by %v", method, host, path, m.Result, known)
				}
				got := strings.Split(m.Allow(), ", ")
				slices.Sort(got)
				slices.Sort(allowed)
				if !slices.Equal(got, slices.Compact(allowed)) {
					t.Fatalf("%s %s%s: allows %v, want %v", method, host, path, got, allowed)
				}
			}
		}
	})
}

// FuzzMatch matches any path at all. It must not fail, and what it calls bad must be.
func FuzzMatch(f *testing.F) {
	for _, seed := range []string{"/", "/a/b", "/%2e%2e/x", "/a%2Fb", "//", "/a/../b", "/%", strings.Repeat("/a", 70)} {
		f.Add("example.com:80", "GET", seed)
	}
	table := table(f, "GET /a/{x}", "GET /*", "POST example.com/{y}/b")
	f.Fuzz(func(t *testing.T, host, method, path string) {
		var m route.Match[string]
		table.Match(route.Host(host), method, path, &m)
		decoded, err := url.PathUnescape(path)
		for part := range strings.FieldsFuncSeq(decoded, func(r rune) bool { return r == '/' || r == '\\' }) {
			if (part == "." || part == "..") && m.Result != route.BadPath {
				t.Fatalf("%q was matched", path)
			}
		}
		if bad := err != nil || !strings.HasPrefix(path, "/") || strings.Contains(decoded, "\x00"); bad && m.Result != route.BadPath {
			t.Fatalf("%q was matched", path)
		}
		if m.Result == route.BadPath {
			return
		}
		if method == "GET" && m.Result != route.Found {
			t.Fatalf("%q is not found although GET /* is there: %v", path, m.Result)
		}
		if m.Path() != decoded {
			t.Fatalf("%q decodes to %q, want %q", path, m.Path(), decoded)
		}
		if m.Result == route.Found {
			for name, value := range m.Params() {
				if name == "x" && value == "" || !strings.Contains(decoded, value) {
					t.Fatalf("%q: %s is %q", path, name, value)
				}
			}
		}
	})
}

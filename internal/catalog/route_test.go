package catalog_test

import (
	"errors"
	"strings"
	"testing"

	"gateway/internal/catalog"
)

func TestParsePath(t *testing.T) {
	lit := func(s string) catalog.Segment { return catalog.Segment{Kind: catalog.Literal, Text: s} }
	param := func(s string) catalog.Segment { return catalog.Segment{Kind: catalog.Param, Text: s} }
	rest := func(s string) catalog.Segment { return catalog.Segment{Kind: catalog.Wildcard, Text: s} }
	tests := []struct {
		pattern string
		want    []catalog.Segment
		shape   string
	}{
		{"/", nil, "/"},
		{"/hello", []catalog.Segment{lit("hello")}, "/hello"},
		{"/pets/{id}", []catalog.Segment{lit("pets"), param("id")}, "/pets/{}"},
		{"/a/{x}/b/{y_2}", []catalog.Segment{lit("a"), param("x"), lit("b"), param("y_2")}, "/a/{}/b/{}"},
		{"/files/*", []catalog.Segment{lit("files"), rest("*")}, "/files/*"},
		{"/files/{path...}", []catalog.Segment{lit("files"), rest("path")}, "/files/*"},
		{"/*", []catalog.Segment{rest("*")}, "/*"},
		{"/héllo/v1.2/a~b", []catalog.Segment{lit("héllo"), lit("v1.2"), lit("a~b")}, "/héllo/v1.2/a~b"},
	}
	for _, test := range tests {
		got, err := catalog.ParsePath(test.pattern)
		if err != nil {
			t.Errorf("%s: %v", test.pattern, err)
			continue
		}
		if len(got) != len(test.want) {
			t.Errorf("%s: got %v, want %v", test.pattern, got, test.want)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%s: segment %d is %v, want %v", test.pattern, i, got[i], test.want[i])
			}
		}
		if shape := catalog.PathShape(test.pattern); shape != test.shape {
			t.Errorf("%s has shape %s, want %s", test.pattern, shape, test.shape)
		}
	}
}

func TestParsePathRefuses(t *testing.T) {
	tests := []struct{ pattern, says string }{
		{"", "must begin with /"},
		{"hello", "must begin with /"},
		{"/a//b", "empty segment"},
		{"/a/", "empty segment"},
		{"/a/../b", `".."`},
		{"/./b", `"."`},
		{"/:id", "write {id}"},
		{"/{}", "is not a parameter"},
		{"/{id:int}", "is not a parameter"},
		{"/{a b}", "is not a parameter"},
		{"/{...}", "is not a parameter"},
		{"/{id}/{id}", "appears twice"},
		{"/{rest...}/x", "must be its last"},
		{"/*/x", "must be its last"},
		{"/a{id}", "mixes"},
		{"/a*", "mixes"},
		{"/a?b=c", `'?'`},
		{"/a#b", `'#'`},
		{"/a b", "spaces"},
		{"/a\x00", "control"},
		{"/\xff", "UTF-8"},
		{"/" + strings.Repeat("a", catalog.MaxPathBytes), "longer"},
		{strings.Repeat("/a", catalog.MaxPathSegments+1), "segments"},
	}
	for _, test := range tests {
		_, err := catalog.ParsePath(test.pattern)
		e, ok := errors.AsType[*catalog.Error](err)
		if !ok || e.Code != catalog.CodeInvalid || e.Field != "path" || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: got %v, want %q", test.pattern, err, test.says)
		}
	}
}

func TestJoinPath(t *testing.T) {
	tests := []struct{ base, path, want string }{
		{"", "/pets", "/pets"},
		{"/", "/pets", "/pets"},
		{"/v1", "/pets", "/v1/pets"},
		{"/v1/", "/pets", "/v1/pets"},
		{"/v1", "/", "/v1"},
		{"/pets", "/pets", "/pets"},
		{"/pets", "/pets/{id}", "/pets/{id}"},
		{"/pets", "/pets2", "/pets/pets2"},
		{"/pets", "/pets/pets", "/pets/pets"},
		{"/{tenant}", "/pets", "/{tenant}/pets"},
	}
	for _, test := range tests {
		if got := catalog.JoinPath(test.base, test.path); got != test.want {
			t.Errorf("%q and %q make %q, want %q", test.base, test.path, got, test.want)
		}
	}
}

func TestRoute(t *testing.T) {
	a := catalog.Route{Domain: "*", Method: "GET", Path: "/pets/{id}"}
	b := catalog.Route{Domain: "*", Method: "GET", Path: "/pets/{pet}"}
	if a.Shape() != b.Shape() {
		t.Errorf("%s and %s have different shapes", a, b)
	}
	for _, other := range []catalog.Route{
		{Domain: "api.example.com", Method: "GET", Path: "/pets/{id}"},
		{Domain: "*", Method: "ANY", Path: "/pets/{id}"},
		{Domain: "*", Method: "GET", Path: "/pets/id"},
		{Domain: "*", Method: "GET", Path: "/pets/*"},
	} {
		if a.Shape() == other.Shape() {
			t.Errorf("%s and %s have one shape", a, other)
		}
	}
	if got := (catalog.Route{Domain: "api.example.com", Method: "GET", Path: "/x"}).String(); got != "GET api.example.com/x" {
		t.Errorf("got %s", got)
	}
	if got := a.String(); got != "GET /pets/{id}" {
		t.Errorf("got %s", got)
	}
}

func FuzzParsePath(f *testing.F) {
	for _, seed := range []string{"/", "/a/{b}", "/{a...}", "/*", "//", "/{", "/}{", "/\xff", "/a/:b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		segments, err := catalog.ParsePath(pattern)
		if err != nil {
			if catalog.CodeOf(err) != catalog.CodeInvalid {
				t.Fatalf("%q: %v", pattern, err)
			}
			return
		}
		// What was accepted can be put together again from its parts.
		var b strings.Builder
		for _, s := range segments {
			b.WriteByte('/')
			switch {
			case s.Kind == catalog.Literal, s.Text == "*":
				b.WriteString(s.Text)
			case s.Kind == catalog.Param:
				b.WriteString("{" + s.Text + "}")
			default:
				b.WriteString("{" + s.Text + "...}")
			}
		}
		if got := b.String(); got != pattern && pattern != "/" {
			t.Fatalf("%q was read as %q", pattern, got)
		}
		if shape := catalog.PathShape(pattern); catalog.PathShape(shape) != shape {
			t.Fatalf("the shape %q of %q has another shape", shape, pattern)
		}
	})
}

package gateway_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gateway"
)

func TestJSONFailuresSayWhereAndWhat(t *testing.T) {
	type pet struct {
		Name string   `json:"name"`
		Tags []string `json:"tags"`
	}
	for _, c := range []struct{ body, message string }{
		{"", "the request body is empty: send JSON"},
		{" \n\t", "the request body is empty: send JSON"},
		{"{", "invalid JSON at line 1, column 1: unexpected end of JSON input"},
		{"{\n  \"name\": \"Rex\"\n  \"tags\": []\n}", "invalid JSON at line 3, column 3: invalid character '\"' after object key:value pair"},
		{"{}x", "invalid JSON at line 1, column 3: invalid character 'x' after top-level value"},
		{`{"name": 7}`, `invalid JSON: field "name" cannot be a number`},
		{`{"tags": ["a", 1]}`, `invalid JSON: field "tags" cannot be a number`},
		{`[1]`, "invalid JSON: the body cannot be a array"},
	} {
		var p pet
		err := (&gateway.Request{Body: []byte(c.body)}).JSON(&p)
		e := gateway.AsError(err)
		if e == nil || e.Status != 400 || !errors.Is(err, gateway.ErrBadRequest) || e.Message != c.message {
			t.Errorf("%q: got %+v, want %q", c.body, e, c.message)
		}
	}
	var syntax *json.SyntaxError
	if err := (&gateway.Request{Body: []byte("{")}).JSON(&pet{}); !errors.As(err, &syntax) {
		t.Errorf("the cause is not to be found in %v", err)
	}
}

func TestJSONIntoTheWrongPlaceIsTheHandlersMistake(t *testing.T) {
	err := (&gateway.Request{Body: []byte("{}")}).JSON(struct{}{})
	if e := gateway.AsError(err); e.Status != 500 || strings.Contains(e.Message, "json") {
		t.Errorf("got %d %s", e.Status, e.Message)
	}
}

func TestForm(t *testing.T) {
	for _, c := range []struct {
		contentType, body string
		status            int
	}{
		{"application/x-www-form-urlencoded; charset=utf-8", "a=1", 0},
		{"application/x-www-form-urlencoded", "", 0},
		{"application/x-www-form-urlencoded", "a=%zz", 400},
		{"application/json", "a=1", 415},
		{"", "a=1", 415},
	} {
		req := &gateway.Request{Headers: http.Header{"Content-Type": {c.contentType}}, Body: []byte(c.body)}
		_, err := req.Form()
		if e := gateway.AsError(err); (e == nil) != (c.status == 0) || e != nil && e.Status != c.status {
			t.Errorf("%s %q: %v, want status %d", c.contentType, c.body, err, c.status)
		}
	}
}

func TestNumbersAndTruthValues(t *testing.T) {
	req := &gateway.Request{
		Query:  url.Values{"n": {"42", "43"}, "neg": {"-1"}, "f": {"1e3"}, "t": {"TRUE"}, "one": {"1"}, "zero": {"0"}, "word": {"word"}, "empty": {""}},
		Params: map[string]string{"n": "7", "f": "0.5", "word": "word", "big": "99999999999999999999"},
	}
	for name, c := range map[string][2]any{
		"first of two":         {req.QueryInt("n", 0), 42},
		"negative":             {req.QueryInt("neg", 0), -1},
		"empty is no number":   {req.QueryInt("empty", 5), 5},
		"missing":              {req.QueryInt("none", 5), 5},
		"word":                 {req.QueryInt("word", 5), 5},
		"float":                {req.QueryFloat("f", 0), 1000.0},
		"float of a word":      {req.QueryFloat("word", 2.5), 2.5},
		"upper case":           {req.QueryBool("t", false), true},
		"one":                  {req.QueryBool("one", false), true},
		"zero":                 {req.QueryBool("zero", true), false},
		"present":              {req.QueryBool("empty", false), true},
		"a word is no boolean": {req.QueryBool("word", true), true},
		"missing boolean":      {req.QueryBool("none", true), true},
		"path":                 {req.PathInt("n", 0), 7},
		"path too big":         {req.PathInt("big", 3), 3},
		"path float":           {req.PathFloat("f", 0), 0.5},
		"path missing":         {req.PathFloat("none", 9), 9.0},
		"nil maps":             {(&gateway.Request{}).QueryInt("n", 1) + (&gateway.Request{}).PathInt("n", 2), 3},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: got %v, want %v", name, c[0], c[1])
		}
	}
}

func TestRequireNamesWhatIsWrong(t *testing.T) {
	req := &gateway.Request{
		Query:   url.Values{"word": {"word"}, "empty": {""}, "n": {"3"}, "f": {"2.5"}, "t": {"true"}},
		Params:  map[string]string{"word": "word", "n": "3"},
		Headers: http.Header{"X-A": {"a"}},
	}
	only := func(_ any, err error) error { return err }
	for want, err := range map[string]error{
		"":                                only(req.RequireQuery("word")),
		`missing query parameter "no"`:    only(req.RequireQuery("no")),
		`missing query parameter "nox"`:   only(req.RequireQueryInt("nox")),
		`missing query parameter "empty"`: only(req.RequireQuery("empty")),
		`query parameter "word" must be a whole number, not "word"`: only(req.RequireQueryInt("word")),
		`query parameter "f" must be a whole number, not "2.5"`:     only(req.RequireQueryInt("f")),
		`query parameter "word" must be a number, not "word"`:       only(req.RequireQueryFloat("word")),
		`query parameter "word" must be true or false, not "word"`:  only(req.RequireQueryBool("word")),
		`missing path parameter "no"`:                               only(req.RequirePath("no")),
		`path parameter "word" must be a whole number, not "word"`:  only(req.RequirePathInt("word")),
		`path parameter "word" must be a number, not "word"`:        only(req.RequirePathFloat("word")),
		`missing header "X-B"`:                                      only(req.RequireHeader("X-B")),
	} {
		e := gateway.AsError(err)
		if (want == "") != (e == nil) || e != nil && (e.Message != want || e.Status != 400) {
			t.Errorf("got %+v, want %q", e, want)
		}
	}
	if n, err := req.RequireQueryInt("n"); n != 3 || err != nil {
		t.Error(n, err)
	}
	if b, err := req.RequireQueryBool("t"); !b || err != nil {
		t.Error(b, err)
	}
	if h, err := req.RequireHeader("x-a"); h != "a" || err != nil {
		t.Error(h, err)
	}
}

func TestContentTypes(t *testing.T) {
	for contentType, want := range map[string]string{
		"application/json":                      "json",
		"Application/JSON; charset=utf-8":       "json",
		"application/vnd.api+json":              "json",
		"application/json; charset":             "json", // a broken parameter leaves the type
		"multipart/form-data; boundary=x":       "multipart",
		"text/plain":                            "",
		"application/jsonx":                     "",
		"":                                      "",
		"; nonsense":                            "",
		"application/x-www-form-urlencoded":     "",
		"text/html; charset=utf-8; multipart/x": "",
	} {
		req := &gateway.Request{Headers: http.Header{"Content-Type": {contentType}}}
		got := ""
		if req.IsJSON() {
			got += "json"
		}
		if req.IsMultipart() {
			got += "multipart"
		}
		if got != want {
			t.Errorf("%q is %q, want %q", contentType, got, want)
		}
	}
}

func TestBearerToken(t *testing.T) {
	for header, want := range map[string]string{
		"Bearer abc": "abc", "bearer abc": "abc", "BEARER  abc ": "abc", "Basic abc": "", "Bearer": "", "": "", "Bearerabc": "",
	} {
		req := &gateway.Request{Headers: http.Header{"Authorization": {header}}}
		if got := req.BearerToken(); got != want {
			t.Errorf("%q: got %q, want %q", header, got, want)
		}
	}
}

func TestTextIsBinarySafe(t *testing.T) {
	body := "\xff\x00\n"
	if got := (&gateway.Request{Body: []byte(body)}).Text(); got != body {
		t.Errorf("got %q", got)
	}
}

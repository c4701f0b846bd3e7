package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gateway/internal/catalog"
)

const (
	// maxBody bounds a request's body, in bytes. Code of catalog.MaxCodeBytes fits, however it is escaped.
	maxBody = 8 << 20
	// maxPage is how many objects one list has at most, and how many it has where nothing is said.
	maxPage = 1000
)

// bodyLimit is how large the body of a request may be, in bytes.
func bodyLimit(r *http.Request) int64 {
	switch {
	case r.Method == http.MethodPost && r.URL.Path == objectsPath:
		return maxUpload
	case r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, modulesPath):
		return maxModule
	}
	return maxBody
}

// readJSON reads a request's body into v, a pointer to a struct. Fields that v does not have are refused by name.
func readJSON(r *http.Request, v any) error {
	if err := wantJSON(r); err != nil {
		return err
	}
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return badJSON(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return &catalog.Error{Code: catalog.CodeInvalid, Message: "the body goes on after its JSON object"}
	}
	return nil
}

// wantJSON refuses other types of content. A body without a type is taken for JSON when it is read as such.
func wantJSON(r *http.Request) error {
	given := r.Header.Get("Content-Type")
	kind, params, err := mime.ParseMediaType(given)
	charset := params["charset"]
	if err == nil && (kind == "application/json" || strings.HasSuffix(kind, "+json")) && (charset == "" || strings.EqualFold(charset, "utf-8")) {
		return nil
	}
	return &catalog.Error{
		Code:    catalog.CodeUnsupportedMedia,
		Message: fmt.Sprintf("content type %q is not JSON", given),
		Hint:    "send Content-Type: application/json",
	}
}

// badJSON says what is wrong with a body.
func badJSON(err error) error {
	if _, ok := errors.AsType[*catalog.Error](err); ok {
		return err // from a type that decodes itself
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &catalog.Error{Code: catalog.CodePayloadTooLarge, Message: fmt.Sprintf("the body is larger than %d bytes", maxBody)}
	}
	e := &catalog.Error{Code: catalog.CodeInvalid}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		e.Field = strings.Trim(name, `"`)
		e.Message = fmt.Sprintf("there is no field %q", e.Field)
		return e
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		e.Field = wrong.Field
		e.Message = fmt.Sprintf("%s must be %s, not %s", wrong.Field, jsonType(wrong), wrong.Value)
		if wrong.Field == "" {
			e.Message = "the body must be a JSON object"
		}
		return e
	}
	switch {
	case errors.Is(err, io.EOF):
		e.Message = "the body is missing"
	case errors.Is(err, io.ErrUnexpectedEOF):
		e.Message = "the body ends in the middle of its JSON"
	default:
		e.Message = "the body is not JSON: " + strings.TrimPrefix(err.Error(), "json: ")
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			e.Message = fmt.Sprintf("the body is not JSON: %s at byte %d", syntax.Error(), syntax.Offset)
		}
	}
	return e
}

// jsonType names what a field takes in JSON's own words.
func jsonType(e *json.UnmarshalTypeError) string {
	switch e.Type.Kind().String() {
	case "string":
		return "a string"
	case "bool":
		return "true or false"
	case "slice", "array":
		return "an array"
	case "map", "struct":
		return "an object"
	}
	return "a number"
}

// page reads the parameters page (from 1) and limit.
func page(q url.Values) (catalog.Page, error) {
	limit, err := number(q, "limit", maxPage)
	if err != nil {
		return catalog.Page{}, err
	}
	n, err := number(q, "page", 1)
	if err != nil {
		return catalog.Page{}, err
	}
	if limit < 1 || limit > maxPage {
		return catalog.Page{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "limit", Message: fmt.Sprintf("limit must be between 1 and %d", maxPage)}
	}
	if n < 1 || n > 1<<30 {
		return catalog.Page{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "page", Message: "page must be 1 or more"}
	}
	return catalog.Page{Offset: (n - 1) * limit, Limit: limit}, nil
}

// pageOf reads the parameters of a request that has no others than page and limit.
func pageOf(r *http.Request) (catalog.Page, error) {
	q, err := parameters(r, "page", "limit")
	if err != nil {
		return catalog.Page{}, err
	}
	return page(q)
}

// number reads a parameter that is a whole number.
func number(q url.Values, name string, otherwise int) (int, error) {
	if !q.Has(name) {
		return otherwise, nil
	}
	n, err := strconv.Atoi(q.Get(name))
	if err != nil {
		return 0, &catalog.Error{Code: catalog.CodeInvalid, Field: name, Message: name + " must be a whole number"}
	}
	return n, nil
}

// boolean reads a parameter that is true or false; nil where it is not given.
func boolean(q url.Values, name string) (*bool, error) {
	if !q.Has(name) {
		return nil, nil
	}
	b, err := strconv.ParseBool(q.Get(name))
	if err != nil {
		return nil, &catalog.Error{Code: catalog.CodeInvalid, Field: name, Message: name + " must be true or false"}
	}
	return &b, nil
}

// parameters refuses query parameters that a route does not have: a misspelt filter would select everything.
func parameters(r *http.Request, known ...string) (url.Values, error) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, &catalog.Error{Code: catalog.CodeInvalid, Message: "the query cannot be read"}
	}
	for name := range q {
		found := false
		for _, k := range known {
			found = found || k == name
		}
		if !found {
			return nil, &catalog.Error{
				Code: catalog.CodeInvalid, Field: name, Message: fmt.Sprintf("there is no parameter %q", name),
				Hint: "there are: " + strings.Join(known, ", "),
			}
		}
	}
	return q, nil
}

// duration is a time.Duration that is text such as "2s" in JSON.
type duration time.Duration

func (d *duration) UnmarshalJSON(data []byte) error {
	var text string
	err := json.Unmarshal(data, &text)
	var v time.Duration
	if err == nil && text != "" {
		v, err = time.ParseDuration(text)
	}
	if err != nil {
		return &catalog.Error{Code: catalog.CodeInvalid, Message: fmt.Sprintf("%s is not a duration", catalog.Clip(string(data))), Hint: `write "500ms", "2s" or "1m30s"`}
	}
	*d = duration(v)
	return nil
}

func (d duration) MarshalJSON() ([]byte, error) {
	return json.Marshal(time.Duration(d).String())
}

// dependencies are Go modules: path to version, which may also be written as {"version": "…", "sum": "h1:…"}. With a
// hash the value is "VERSION HASH".
type dependencies map[string]string

func (d *dependencies) UnmarshalJSON(data []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return badDependency("dependencies must be an object of module path to version")
	}
	if raw == nil {
		*d = nil
		return nil
	}
	*d = make(dependencies, len(raw))
	for path, value := range raw {
		var version string
		if json.Unmarshal(value, &version) != nil {
			var fields map[string]json.RawMessage
			if json.Unmarshal(value, &fields) != nil || json.Unmarshal(fields["version"], &version) != nil {
				return badDependency(fmt.Sprintf("dependency %q needs a version", catalog.Clip(path)))
			}
			for name, value := range fields {
				var sum string
				switch {
				case name == "version":
				case name == "sum" && json.Unmarshal(value, &sum) == nil:
					version += " " + sum
				default:
					return badDependency(fmt.Sprintf("dependency %q: a Go module has no %q", catalog.Clip(path), catalog.Clip(name)))
				}
			}
		}
		(*d)[path] = version
	}
	return nil
}

func badDependency(message string) error {
	return &catalog.Error{Code: catalog.CodeInvalid, Field: "dependencies", Message: message, Hint: `write {"github.com/google/uuid": "v1.6.0"}`}
}

// ignored is a field that is only ever sent. It is taken and not looked at, so that what was read can be sent back.
type ignored struct{}

func (*ignored) UnmarshalJSON([]byte) error { return nil }

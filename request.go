package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Request is what a client asked. All of it belongs to the handler: it may be
// changed and kept.
type Request struct {
	Method string // in upper case
	Path   string // decoded, begins with a slash
	Host   string // as the client sent it, with the port where there is one

	// Query holds every value of every query parameter in the order sent.
	Query url.Values
	// Headers holds every value of every header under its canonical name.
	Headers http.Header
	// Body is the whole body, at most the endpoint's limit; empty without one.
	Body []byte
	// Params holds the values of the route pattern's parameters, decoded.
	Params map[string]string

	// ClientIP is the address of the client. Behind a proxy that the gateway is
	// configured to trust it is the address that the proxy reports.
	ClientIP string
	// RequestID names this request in logs and in the X-Request-ID response header.
	RequestID string
}

// JSON decodes the body into v as encoding/json does. A failure is an [Error]
// with status 400 that says where the body is wrong.
func (r *Request) JSON(v any) error {
	if len(bytes.TrimSpace(r.Body)) == 0 {
		return ErrBadRequest.New("the request body is empty: send JSON")
	}
	err := json.Unmarshal(r.Body, v)
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		line, column := position(r.Body, syntax.Offset)
		return ErrBadRequest.Wrap(err, fmt.Sprintf("invalid JSON at line %d, column %d: %v", line, column, err))
	case errors.As(err, &mismatch) && mismatch.Field != "":
		return ErrBadRequest.Wrap(err, fmt.Sprintf("invalid JSON: field %q cannot be a %s", mismatch.Field, mismatch.Value))
	case errors.As(err, &mismatch):
		return ErrBadRequest.Wrap(err, fmt.Sprintf("invalid JSON: the body cannot be a %s", mismatch.Value))
	}
	var invalid *json.InvalidUnmarshalError
	if errors.As(err, &invalid) {
		return ErrInternal.Wrap(err, ErrInternal.Error()) // the handler's mistake, not the client's
	}
	return ErrBadRequest.Wrap(err, "invalid JSON: "+err.Error())
}

// position turns an offset just behind the offending byte into a line and column from 1.
func position(text []byte, offset int64) (line, column int) {
	before := text[:min(max(offset-1, 0), int64(len(text)))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}

// Text is the body as a string. Bytes that are not UTF-8 stay as they are.
func (r *Request) Text() string { return string(r.Body) }

// Form decodes a body of type application/x-www-form-urlencoded. Fields of a
// multipart body come from [Request.Multipart].
func (r *Request) Form() (url.Values, error) {
	if t := r.mediaType(); t != "application/x-www-form-urlencoded" {
		return nil, ErrUnsupportedMedia.Newf("the body must be application/x-www-form-urlencoded, not %q", t)
	}
	form, err := url.ParseQuery(string(r.Body))
	if err != nil {
		return nil, ErrBadRequest.Wrap(err, "invalid form: "+err.Error())
	}
	return form, nil
}

// QueryParam is the first value of a query parameter, or "".
func (r *Request) QueryParam(name string) string { return r.Query.Get(name) }

// QueryInt is a query parameter as a whole number, or fallback where it is
// missing or not a number.
func (r *Request) QueryInt(name string, fallback int) int {
	return or(fallback)(strconv.Atoi(r.Query.Get(name)))
}

// QueryFloat is a query parameter as a number, or fallback where it is missing
// or not a number.
func (r *Request) QueryFloat(name string, fallback float64) float64 {
	return or(fallback)(strconv.ParseFloat(r.Query.Get(name), 64))
}

// QueryBool is a query parameter as a truth value (1, t, true, 0, f, false in
// any case, or present without a value for true), or fallback where it is
// missing or something else.
func (r *Request) QueryBool(name string, fallback bool) bool {
	if r.Query.Has(name) && r.Query.Get(name) == "" {
		return true
	}
	return or(fallback)(strconv.ParseBool(r.Query.Get(name)))
}

// RequireQuery is the first value of a query parameter. A missing or empty one
// is an [Error] with status 400 that names it.
func (r *Request) RequireQuery(name string) (string, error) {
	return required("query parameter", name, r.Query.Get(name))
}

// RequireQueryInt is RequireQuery for a whole number.
func (r *Request) RequireQueryInt(name string) (int, error) {
	return requiredInt("query parameter", name, r.Query.Get(name))
}

// RequireQueryFloat is RequireQuery for a number.
func (r *Request) RequireQueryFloat(name string) (float64, error) {
	return requiredFloat("query parameter", name, r.Query.Get(name))
}

// RequireQueryBool is RequireQuery for a truth value.
func (r *Request) RequireQueryBool(name string) (bool, error) {
	return requiredBool("query parameter", name, r.Query.Get(name))
}

// PathParam is the value of a parameter of the route pattern, or "".
func (r *Request) PathParam(name string) string { return r.Params[name] }

// PathInt is a path parameter as a whole number, or fallback where it is not one.
func (r *Request) PathInt(name string, fallback int) int {
	return or(fallback)(strconv.Atoi(r.Params[name]))
}

// PathFloat is a path parameter as a number, or fallback where it is not one.
func (r *Request) PathFloat(name string, fallback float64) float64 {
	return or(fallback)(strconv.ParseFloat(r.Params[name], 64))
}

// RequirePath is the value of a path parameter. A missing or empty one is an
// [Error] with status 400 that names it.
func (r *Request) RequirePath(name string) (string, error) {
	return required("path parameter", name, r.Params[name])
}

// RequirePathInt is RequirePath for a whole number.
func (r *Request) RequirePathInt(name string) (int, error) {
	return requiredInt("path parameter", name, r.Params[name])
}

// RequirePathFloat is RequirePath for a number.
func (r *Request) RequirePathFloat(name string) (float64, error) {
	return requiredFloat("path parameter", name, r.Params[name])
}

// Header is the first value of a header, whatever the case of name, or "".
func (r *Request) Header(name string) string { return r.Headers.Get(name) }

// RequireHeader is the first value of a header. A missing or empty one is an
// [Error] with status 400 that names it.
func (r *Request) RequireHeader(name string) (string, error) {
	return required("header", name, r.Headers.Get(name))
}

// Cookie is the value of the first cookie of that name, or "".
func (r *Request) Cookie(name string) string {
	c, err := (&http.Request{Header: r.Headers}).Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// IsMethod reports whether the request has this method, whatever its case.
func (r *Request) IsMethod(method string) bool { return strings.EqualFold(r.Method, method) }

// ContentType is the Content-Type header as sent, or "".
func (r *Request) ContentType() string { return r.Headers.Get("Content-Type") }

// IsJSON reports whether the body is declared as JSON: application/json or a
// type ending in +json.
func (r *Request) IsJSON() bool {
	t := r.mediaType()
	return t == "application/json" || strings.HasSuffix(t, "+json")
}

// IsMultipart reports whether the body is declared as multipart/form-data.
func (r *Request) IsMultipart() bool { return r.mediaType() == "multipart/form-data" }

// BearerToken is the token of an "Authorization: Bearer …" header, or "".
func (r *Request) BearerToken() string {
	scheme, token, _ := strings.Cut(r.Headers.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

func (r *Request) mediaType() string {
	t, _, err := mime.ParseMediaType(r.ContentType())
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return ""
	}
	return t
}

// or makes a function that replaces a value that came with an error.
func or[T any](fallback T) func(T, error) T {
	return func(v T, err error) T {
		if err != nil {
			return fallback
		}
		return v
	}
}

func required(kind, name, value string) (string, error) {
	if value == "" {
		return "", ErrBadRequest.Newf("missing %s %q", kind, name)
	}
	return value, nil
}

func requiredInt(kind, name, value string) (int, error) {
	return requiredAs(kind, name, value, "a whole number", strconv.Atoi)
}

func requiredFloat(kind, name, value string) (float64, error) {
	return requiredAs(kind, name, value, "a number", func(s string) (float64, error) { return strconv.ParseFloat(s, 64) })
}

func requiredBool(kind, name, value string) (bool, error) {
	return requiredAs(kind, name, value, "true or false", strconv.ParseBool)
}

func requiredAs[T any](kind, name, value, want string, parse func(string) (T, error)) (T, error) {
	var zero T
	if _, err := required(kind, name, value); err != nil {
		return zero, err
	}
	v, err := parse(value)
	if err != nil {
		return zero, ErrBadRequest.Newf("%s %q must be %s, not %q", kind, name, want, value)
	}
	return v, nil
}

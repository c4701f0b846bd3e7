package gateway

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Response is the answer of a handler. The functions below make one; the With
// and Add methods change it in place and return it, so that they can be chained:
//
//	return gateway.Created(user).WithHeader("Location", "/users/"+user.ID), nil
type Response struct {
	Status  int
	Headers http.Header // never nil in a response made by this package
	Body    []byte

	stream func(*StreamWriter) error
	err    error
}

// New makes a response with a status and no body.
func New(status int) *Response {
	return &Response{Status: status, Headers: http.Header{}}
}

// JSON makes a response whose body is v as encoding/json encodes it. A value
// that cannot be encoded becomes a 500 whose cause is logged.
func JSON(status int, v any) *Response {
	body, err := json.Marshal(v)
	if err != nil {
		r := ErrorResponse(ErrSerialization.Wrap(err, ErrInternal.Error()))
		r.err = fmt.Errorf("encode the response as JSON: %w", err)
		return r
	}
	return &Response{Status: status, Headers: http.Header{"Content-Type": {jsonType}}, Body: body}
}

// Text makes a plain text response in UTF-8.
func Text(status int, text string) *Response {
	return Binary(status, []byte(text), "text/plain; charset=utf-8")
}

// HTML makes an HTML response in UTF-8.
func HTML(status int, html string) *Response {
	return Binary(status, []byte(html), "text/html; charset=utf-8")
}

// Binary makes a response of any content type. It keeps data, which must not be
// changed afterwards.
func Binary(status int, data []byte, contentType string) *Response {
	return &Response{Status: status, Headers: http.Header{"Content-Type": {contentType}}, Body: data}
}

// Redirect makes a redirect to location with status 301, 302, 303, 307 or 308;
// any other status is taken as 302.
func Redirect(status int, location string) *Response {
	switch status {
	case 301, 302, 303, 307, 308:
	default:
		status = http.StatusFound
	}
	return New(status).WithHeader("Location", location)
}

// OK is 200 with a JSON body.
func OK(v any) *Response { return JSON(http.StatusOK, v) }

// Created is 201 with a JSON body.
func Created(v any) *Response { return JSON(http.StatusCreated, v) }

// Accepted is 202 with a JSON body.
func Accepted(v any) *Response { return JSON(http.StatusAccepted, v) }

// NoContent is 204.
func NoContent() *Response { return New(http.StatusNoContent) }

// BadRequest is 400 with a message.
func BadRequest(message string) *Response { return ErrorResponse(ErrBadRequest.New(message)) }

// Unauthorized is 401 with a message.
func Unauthorized(message string) *Response { return ErrorResponse(ErrUnauthorized.New(message)) }

// Forbidden is 403 with a message.
func Forbidden(message string) *Response { return ErrorResponse(ErrForbidden.New(message)) }

// NotFound is 404 with a message.
func NotFound(message string) *Response { return ErrorResponse(ErrNotFound.New(message)) }

// Conflict is 409 with a message.
func Conflict(message string) *Response { return ErrorResponse(ErrConflict.New(message)) }

// InternalError is 500 with a message, which the client sees.
func InternalError(message string) *Response { return ErrorResponse(ErrInternal.New(message)) }

// ServiceUnavailable is 503 with a message.
func ServiceUnavailable(message string) *Response {
	return ErrorResponse(ErrServiceUnavailable.New(message))
}

// ErrorResponse is the answer to an error: the status of its [Error], see
// [AsError], and the body {"error": message, "code": code}.
func ErrorResponse(err error) *Response {
	e := AsError(err)
	if e == nil {
		e = ErrInternal.New(ErrInternal.Error())
	}
	body, _ := json.Marshal(struct { // two strings always encode
		Error string `json:"error"`
		Code  Code   `json:"code"`
	}{e.Message, e.Code})
	return &Response{Status: e.Status, Headers: http.Header{"Content-Type": {jsonType}}, Body: body}
}

// WithStatus sets the status.
func (r *Response) WithStatus(status int) *Response {
	r.Status = status
	return r
}

// WithHeader sets a header, replacing every value it had.
func (r *Response) WithHeader(name, value string) *Response {
	r.header().Set(name, value)
	return r
}

// AddHeader adds a value to a header.
func (r *Response) AddHeader(name, value string) *Response {
	r.header().Add(name, value)
	return r
}

// WithBody sets the body.
func (r *Response) WithBody(body string) *Response {
	r.Body = []byte(body)
	return r
}

// WithCookie adds a Set-Cookie header. A cookie that net/http finds invalid is
// left out.
func (r *Response) WithCookie(cookie *http.Cookie) *Response {
	if v := cookie.String(); v != "" {
		r.header().Add("Set-Cookie", v)
	}
	return r
}

// WithCORS lets pages of origin ("*" for all) read the response.
func (r *Response) WithCORS(origin string) *Response {
	h := r.header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "Content-Type, Authorization")
	if origin != "*" {
		h.Add("Vary", "Origin")
	}
	return r
}

// WithCache lets caches keep the response for maxAge, in whole seconds; zero or
// less forbids keeping it.
func (r *Response) WithCache(maxAge time.Duration) *Response {
	if maxAge < time.Second {
		return r.WithHeader("Cache-Control", "no-store")
	}
	return r.WithHeader("Cache-Control", "public, max-age="+strconv.FormatInt(int64(maxAge/time.Second), 10))
}

// Err is what went wrong while the response was made, for the log; nil where
// nothing did.
func (r *Response) Err() error { return r.err }

func (r *Response) header() http.Header {
	if r.Headers == nil {
		r.Headers = http.Header{}
	}
	return r.Headers
}

const jsonType = "application/json"

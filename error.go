package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Code is a kind of failure. It is an error itself, so a handler may return it
// as it is, and errors.Is finds it in every [Error] made from it:
//
//	return nil, gateway.ErrNotFound
//	return nil, gateway.ErrNotFound.Newf("user %q does not exist", id)
//	if errors.Is(err, gateway.ErrNotFound) { … }
type Code string

// The codes of the SDK. [Code.Status] gives the HTTP status of each.
const (
	ErrBadRequest         Code = "bad_request"           // 400: malformed input
	ErrValidation         Code = "validation_error"      // 400: well-formed input with unacceptable values
	ErrUnauthorized       Code = "unauthorized"          // 401: credential missing or wrong
	ErrForbidden          Code = "forbidden"             // 403: known, but not permitted
	ErrNotFound           Code = "not_found"             // 404
	ErrMethodNotAllowed   Code = "method_not_allowed"    // 405
	ErrConflict           Code = "conflict"              // 409: duplicate, or changed in between
	ErrPayloadTooLarge    Code = "payload_too_large"     // 413
	ErrUnsupportedMedia   Code = "unsupported_media"     // 415
	ErrUnprocessable      Code = "unprocessable"         // 422
	ErrTooManyRequests    Code = "too_many_requests"     // 429
	ErrInternal           Code = "internal_error"        // 500
	ErrSerialization      Code = "serialization_error"   // 500: a value could not be encoded or decoded
	ErrDatabase           Code = "database_error"        // 500: a query failed
	ErrCache              Code = "cache_error"           // 500
	ErrStorage            Code = "storage_error"         // 500: object or file storage failed
	ErrEmail              Code = "email_error"           // 500: a message was refused
	ErrServiceNotFound    Code = "service_not_found"     // 500: no service of that name and kind is configured
	ErrUnsupported        Code = "unsupported_operation" // 501: this kind of service cannot do that
	ErrServiceUnavailable Code = "service_unavailable"   // 503: a backend cannot be reached or is overloaded
	ErrTimeout            Code = "timeout"               // 504: the deadline passed first
)

// defaults holds what Code.Status and Code.Error answer.
var defaults = map[Code]struct {
	status  int
	message string
}{
	ErrBadRequest:         {http.StatusBadRequest, "bad request"},
	ErrValidation:         {http.StatusBadRequest, "validation failed"},
	ErrUnauthorized:       {http.StatusUnauthorized, "unauthorized"},
	ErrForbidden:          {http.StatusForbidden, "forbidden"},
	ErrNotFound:           {http.StatusNotFound, "not found"},
	ErrMethodNotAllowed:   {http.StatusMethodNotAllowed, "method not allowed"},
	ErrConflict:           {http.StatusConflict, "conflict"},
	ErrPayloadTooLarge:    {http.StatusRequestEntityTooLarge, "payload too large"},
	ErrUnsupportedMedia:   {http.StatusUnsupportedMediaType, "unsupported media type"},
	ErrUnprocessable:      {http.StatusUnprocessableEntity, "unprocessable content"},
	ErrTooManyRequests:    {http.StatusTooManyRequests, "too many requests"},
	ErrInternal:           {http.StatusInternalServerError, "internal server error"},
	ErrSerialization:      {http.StatusInternalServerError, "value cannot be encoded"},
	ErrDatabase:           {http.StatusInternalServerError, "database error"},
	ErrCache:              {http.StatusInternalServerError, "cache error"},
	ErrStorage:            {http.StatusInternalServerError, "storage error"},
	ErrEmail:              {http.StatusInternalServerError, "email error"},
	ErrServiceNotFound:    {http.StatusInternalServerError, "service not found"},
	ErrUnsupported:        {http.StatusNotImplemented, "operation not supported by this service"},
	ErrServiceUnavailable: {http.StatusServiceUnavailable, "service unavailable"},
	ErrTimeout:            {http.StatusGatewayTimeout, "timed out"},
}

// Status is the HTTP status of the code; 500 for a code that is not the SDK's.
func (c Code) Status() int {
	if d, ok := defaults[c]; ok {
		return d.status
	}
	return http.StatusInternalServerError
}

// Error is the message a client receives when the bare code is returned.
func (c Code) Error() string {
	if d, ok := defaults[c]; ok {
		return d.message
	}
	return string(c)
}

// New makes an error of this code with a message for the client; an empty one
// stands for the code's own.
func (c Code) New(message string) *Error {
	if message == "" {
		message = c.Error()
	}
	return &Error{Status: c.Status(), Code: c, Message: message}
}

// Newf is New with the message formatted as fmt.Sprintf does.
func (c Code) Newf(format string, args ...any) *Error {
	return c.New(fmt.Sprintf(format, args...))
}

// Wrap makes an error of this code with a message for the client and a cause
// for the log. errors.Is and errors.As see the cause; the client does not.
func (c Code) Wrap(cause error, message string) *Error {
	e := c.New(message)
	e.cause = cause
	return e
}

// Error is a failure with the answer the client receives: Status as the HTTP
// status, and Code and Message as a JSON body. Make one with the methods of
// [Code], or with [NewError] for a status or code of your own.
type Error struct {
	Status  int
	Code    Code
	Message string

	cause error
}

// NewError makes an error with a status and code of the caller's choice. A
// status outside 400–599 is taken as 500.
func NewError(status int, code, message string) *Error {
	if status < 400 || status > 599 {
		status = http.StatusInternalServerError
	}
	return &Error{Status: status, Code: Code(code), Message: message}
}

// Error is the message followed by the cause, for logs. Clients receive Message.
func (e *Error) Error() string {
	if e == nil { // what "var e *gateway.Error; return nil, e" gives is an error, as in all of Go
		return "a nil *gateway.Error was returned as an error"
	}
	if e.cause == nil {
		return e.Message
	}
	cause := e.cause.Error()
	if strings.HasSuffix(e.Message, cause) { // the client may read the cause, so it is there already
		return e.Message
	}
	return e.Message + ": " + cause
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.cause
}

// Is reports whether target is the code of e.
func (e *Error) Is(target error) bool {
	c, ok := target.(Code)
	return ok && e != nil && c == e.Code
}

// AsError turns any error into the [Error] that a client is to see: an *Error in
// err's chain as it is, a [Code] with its default message, an expired deadline as
// [ErrTimeout], and everything else as [ErrInternal] with err as its cause. It
// is nil for nil.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) && e != nil {
		return e
	}
	var c Code
	switch {
	case errors.As(err, &c):
		return c.Wrap(err, c.Error())
	case errors.Is(err, context.DeadlineExceeded):
		return ErrTimeout.Wrap(err, ErrTimeout.Error())
	default:
		return ErrInternal.Wrap(err, ErrInternal.Error())
	}
}

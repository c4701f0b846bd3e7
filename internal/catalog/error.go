package catalog

import (
	"errors"
	"net/http"
)

// Code says what kind of failure an Error is. Codes are part of the admin API: they are never renamed.
type Code string

// The codes.
const (
	CodeInvalid          Code = "invalid"      // a field or parameter is wrong; Field names it
	CodeUnauthorized     Code = "unauthorized" // no credential, or a wrong one
	CodeForbidden        Code = "forbidden"    // the credential is not enough
	CodeNotFound         Code = "not_found"    // no such object or route
	CodeMethodNotAllowed Code = "method_not_allowed"
	CodeConflict         Code = "conflict"         // another object or the object's state is in the way
	CodeAlreadyExists    Code = "already_exists"   // a unique name, host or route is taken
	CodeVersionMismatch  Code = "version_mismatch" // somebody else changed the object first
	CodePayloadTooLarge  Code = "payload_too_large"
	CodeUnsupportedMedia Code = "unsupported_media" // content type
	CodeUnprocessable    Code = "unprocessable"     // well-formed but refused, as by the checker; see Error.Diagnostics
	CodeTooManyRequests  Code = "too_many_requests"
	CodeUnavailable      Code = "unavailable" // closed, shutting down, or the backend is away: try again
	CodeLocked           Code = "locked"      // another process holds the file
	CodeCorrupt          Code = "corrupt"     // stored data cannot be read
	CodeTooNew           Code = "too_new"     // stored data was written by a newer gateway
	CodeCompacted        Code = "compacted"   // the changes asked for are no longer kept: read everything again
	CodeInternal         Code = "internal"    // everything else; the cause is for the operator only
)

// Error is a failure with a code. Message and Hint are for users: they name no secret and no file of the machine
// unless the operator is the one who reads them. Err is the cause, for the operator's log.
type Error struct {
	Code    Code
	Message string // lower case, no full stop
	Hint    string // what to do about it
	Field   string // the field or parameter that is wrong, as in JSON

	// Diagnostics is the checker's list for CodeUnprocessable. Its type belongs to whoever made it; it marshals to a
	// JSON array.
	Diagnostics any

	Err error
}

// Error returns the message, the hint and the cause.
func (e *Error) Error() string {
	s := e.Message
	if s == "" {
		s = string(e.Code)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an *Error with the same code and nothing else set, so that
// errors.Is(err, &Error{Code: CodeNotFound}) works.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && t.Message == "" && t.Field == "" && t.Err == nil
}

// CodeOf returns the code of the first *Error in err's chain, CodeInternal when there is none, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}

// HTTPStatus returns the HTTP status code that answers err; 200 for nil.
func HTTPStatus(err error) int {
	switch CodeOf(err) {
	case "":
		return http.StatusOK
	case CodeInvalid:
		return http.StatusBadRequest
	case CodeUnauthorized:
		return http.StatusUnauthorized
	case CodeForbidden:
		return http.StatusForbidden
	case CodeNotFound:
		return http.StatusNotFound
	case CodeMethodNotAllowed:
		return http.StatusMethodNotAllowed
	case CodeConflict, CodeAlreadyExists, CodeVersionMismatch:
		return http.StatusConflict
	case CodeCompacted:
		return http.StatusGone
	case CodePayloadTooLarge:
		return http.StatusRequestEntityTooLarge
	case CodeUnsupportedMedia:
		return http.StatusUnsupportedMediaType
	case CodeUnprocessable:
		return http.StatusUnprocessableEntity
	case CodeTooManyRequests:
		return http.StatusTooManyRequests
	case CodeUnavailable, CodeLocked:
		return http.StatusServiceUnavailable
	default: // CodeInternal, CodeCorrupt, CodeTooNew
		return http.StatusInternalServerError
	}
}

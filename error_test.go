package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"gateway"
)

// codes are all of the SDK with the status that the documentation promises.
var codes = map[gateway.Code]int{
	gateway.ErrBadRequest: 400, gateway.ErrValidation: 400, gateway.ErrUnauthorized: 401, gateway.ErrForbidden: 403,
	gateway.ErrNotFound: 404, gateway.ErrMethodNotAllowed: 405, gateway.ErrConflict: 409, gateway.ErrPayloadTooLarge: 413,
	gateway.ErrUnsupportedMedia: 415, gateway.ErrUnprocessable: 422, gateway.ErrTooManyRequests: 429, gateway.ErrInternal: 500,
	gateway.ErrSerialization: 500, gateway.ErrDatabase: 500, gateway.ErrCache: 500, gateway.ErrStorage: 500, gateway.ErrEmail: 500,
	gateway.ErrServiceNotFound: 500, gateway.ErrUnsupported: 501, gateway.ErrServiceUnavailable: 503, gateway.ErrTimeout: 504,
}

func TestCodes(t *testing.T) {
	seen := map[string]gateway.Code{}
	for code, status := range codes {
		if code.Status() != status {
			t.Errorf("%s has status %d, want %d", string(code), code.Status(), status)
		}
		if other, twice := seen[code.Error()]; twice {
			t.Errorf("%s and %s have one message", string(code), string(other))
		}
		seen[code.Error()] = code
		if e := code.New(""); e.Message != code.Error() || e.Status != status || e.Code != code {
			t.Errorf("New of %s: %+v", string(code), e)
		}
		if e := gateway.AsError(fmt.Errorf("wrapped: %w", code)); e.Code != code || e.Message != code.Error() {
			t.Errorf("a bare %s becomes %+v", string(code), e)
		}
	}
	if c := gateway.Code("mine"); c.Error() != "mine" || c.Status() != 500 {
		t.Errorf("a code of one's own: %q %d", c.Error(), c.Status())
	}
}

func TestErrorsAreFound(t *testing.T) {
	err := fmt.Errorf("load: %w", gateway.ErrDatabase.Wrap(io.ErrUnexpectedEOF, "try later"))
	if !errors.Is(err, gateway.ErrDatabase) || errors.Is(err, gateway.ErrCache) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("errors.Is")
	}
	nested := gateway.ErrNotFound.Wrap(gateway.ErrForbidden, "")
	if !errors.Is(nested, gateway.ErrNotFound) || !errors.Is(nested, gateway.ErrForbidden) {
		t.Error("a cause that is a code is not found")
	}
	if e := gateway.AsError(errors.Join(io.EOF, gateway.ErrConflict.New("taken"))); e.Message != "taken" {
		t.Errorf("of joined errors: %+v", e)
	}
}

func TestTextsForLogsAndClients(t *testing.T) {
	for _, c := range []struct {
		err     *gateway.Error
		message string
		log     string
	}{
		{gateway.ErrNotFound.New("no pet"), "no pet", "no pet"},
		{gateway.ErrDatabase.Wrap(io.EOF, "try later"), "try later", "try later: EOF"},
		{gateway.ErrDatabase.Wrap(io.EOF, ""), "database error", "database error: EOF"},
		{gateway.ErrBadRequest.Wrap(io.EOF, "bad: EOF"), "bad: EOF", "bad: EOF"},
	} {
		if c.err.Message != c.message || c.err.Error() != c.log {
			t.Errorf("client %q, log %q", c.err.Message, c.err.Error())
		}
	}
}

func TestANilErrorIsAFailure(t *testing.T) {
	var e *gateway.Error
	err := error(e) // not nil, as in all of Go
	if errors.Is(err, gateway.ErrNotFound) || errors.Unwrap(err) != nil || err.Error() == "" {
		t.Errorf("%v", err)
	}
	if got := gateway.AsError(err); got == nil || got.Status != 500 || got.Message != "internal server error" {
		t.Errorf("got %+v", got)
	}
	if gateway.AsError(nil) != nil {
		t.Error("AsError(nil)")
	}
}

func TestAsError(t *testing.T) {
	deadline, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	<-deadline.Done()
	for _, c := range []struct {
		err    error
		status int
	}{
		{deadline.Err(), 504},
		{fmt.Errorf("query: %w", context.DeadlineExceeded), 504},
		{context.Canceled, 500},
		{&http.MaxBytesError{}, 500},
		{gateway.NewError(402, "pay", "pay"), 402},
		{gateway.NewError(200, "odd", "odd"), 500},
		{gateway.NewError(600, "odd", "odd"), 500},
	} {
		if e := gateway.AsError(c.err); e.Status != c.status {
			t.Errorf("%v: status %d, want %d", c.err, e.Status, c.status)
		}
	}
}

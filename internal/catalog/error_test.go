package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"gateway/internal/catalog"
)

func TestHTTPStatus(t *testing.T) {
	tests := map[catalog.Code]int{
		catalog.CodeInvalid: 400, catalog.CodeUnauthorized: 401, catalog.CodeForbidden: 403, catalog.CodeNotFound: 404,
		catalog.CodeMethodNotAllowed: 405, catalog.CodeConflict: 409, catalog.CodeAlreadyExists: 409,
		catalog.CodeVersionMismatch: 409, catalog.CodeCompacted: 410, catalog.CodePayloadTooLarge: 413,
		catalog.CodeUnsupportedMedia: 415, catalog.CodeUnprocessable: 422, catalog.CodeTooManyRequests: 429,
		catalog.CodeInternal: 500, catalog.CodeCorrupt: 500, catalog.CodeTooNew: 500, catalog.CodeUnavailable: 503,
		catalog.CodeLocked: 503, "unheard of": 500,
	}
	for code, want := range tests {
		err := fmt.Errorf("outer: %w", &catalog.Error{Code: code})
		if got := catalog.HTTPStatus(err); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
	if got := catalog.HTTPStatus(nil); got != 200 {
		t.Errorf("nil: %d", got)
	}
	if got := catalog.HTTPStatus(io.EOF); got != 500 {
		t.Errorf("another error: %d", got)
	}
}

func TestError(t *testing.T) {
	err := fmt.Errorf("save: %w", &catalog.Error{Code: catalog.CodeUnavailable, Message: "no disk", Hint: "buy one", Err: context.Canceled})
	if got, want := err.Error(), "save: no disk: context canceled (buy one)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !errors.Is(err, context.Canceled) {
		t.Error("the cause is lost")
	}
	if !errors.Is(err, &catalog.Error{Code: catalog.CodeUnavailable}) {
		t.Error("is not what its code says")
	}
	if errors.Is(err, &catalog.Error{Code: catalog.CodeNotFound}) {
		t.Error("is what another code says")
	}
	if got := (&catalog.Error{Code: catalog.CodeLocked}).Error(); got != "locked" {
		t.Errorf("an error with a code only is %q", got)
	}
}

package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"gateway"
)

func ExampleCode() {
	find := func(id string) error { return gateway.ErrNotFound.Newf("pet %q does not exist", id) }
	err := find("7")
	fmt.Println(errors.Is(err, gateway.ErrNotFound), errors.Is(err, gateway.ErrConflict))
	// Output: true false
}

func ExampleCode_Status() {
	fmt.Println(gateway.ErrConflict.Status(), gateway.ErrTimeout.Status(), gateway.Code("my_own").Status())
	// Output: 409 504 500
}

func ExampleCode_Error() {
	var err error = gateway.ErrForbidden // a bare code is an error too
	fmt.Println(err)
	// Output: forbidden
}

func ExampleCode_New() {
	err := gateway.ErrValidation.New("age must not be negative")
	fmt.Println(err.Status, string(err.Code), err.Message)
	// Output: 400 validation_error age must not be negative
}

func ExampleCode_Newf() {
	fmt.Println(gateway.ErrNotFound.Newf("pet %d does not exist", 7))
	// Output: pet 7 does not exist
}

func ExampleCode_Wrap() {
	err := gateway.ErrDatabase.Wrap(io.ErrUnexpectedEOF, "the pet cannot be read now")
	fmt.Println("client:", err.Message)
	fmt.Println("log:   ", err)
	fmt.Println(errors.Is(err, io.ErrUnexpectedEOF))
	// Output:
	// client: the pet cannot be read now
	// log:    the pet cannot be read now: unexpected EOF
	// true
}

func ExampleError() {
	load := func() error { return fmt.Errorf("load pet: %w", gateway.ErrNotFound.New("no such pet")) }
	var e *gateway.Error
	if errors.As(load(), &e) {
		fmt.Println(e.Status, e.Message)
	}
	// Output: 404 no such pet
}

func ExampleNewError() {
	err := gateway.NewError(http.StatusPaymentRequired, "quota_used", "no more requests this month")
	fmt.Println(err.Status, string(err.Code), err)
	// Output: 402 quota_used no more requests this month
}

func ExampleError_Error() {
	fmt.Println(gateway.ErrStorage.New("the upload failed").Error())
	// Output: the upload failed
}

func ExampleError_Unwrap() {
	cause := errors.New("disk full")
	fmt.Println(errors.Unwrap(gateway.ErrStorage.Wrap(cause, "the upload failed")))
	// Output: disk full
}

func ExampleError_Is() {
	err := gateway.ErrConflict.New("the name is taken")
	fmt.Println(errors.Is(err, gateway.ErrConflict))
	// Output: true
}

func ExampleAsError() {
	for _, err := range []error{
		gateway.ErrNotFound.New("no such pet"),
		gateway.ErrForbidden,
		fmt.Errorf("query: %w", context.DeadlineExceeded),
		errors.New("password of root is wrong"),
	} {
		e := gateway.AsError(err)
		fmt.Println(e.Status, e.Message)
	}
	// Output:
	// 404 no such pet
	// 403 forbidden
	// 504 timed out
	// 500 internal server error
}

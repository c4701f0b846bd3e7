package interp

import (
	"context"
	"io"
	"time"

	"gateway"
)

// A Call is one request to a handler.
type Call struct {
	// Handler is the handler's name; the program's only one where empty.
	Handler string
	Request *gateway.Request
	// Env is what the handler's context gives beside the request. It may be nil.
	Env *gateway.Environment
	// Timeout ends the call, counted from the start of [Slot.Call]; the deadline
	// of the context holds too. Zero for none.
	Timeout time.Duration
}

// A Result is the answer of a handler. Its instance stays pinned until Release.
type Result struct {
	Response *gateway.Response
}

// Stream runs the function of a streaming response with output to w; flush sends
// what was written to the client. The function runs under the deadline of the call,
// in a goroutine of its own; after Stream has returned w is not used any more.
// Its errors are those of [Slot.Call].
func (r *Result) Stream(w io.Writer, flush func() error) error { return nil }

// Release gives the instance back. It must be called once the response has been
// written, and may be called again.
func (r *Result) Release() {}

// Call runs a handler of the instance until it answers or its time is up.
func (i *Instance) Call(ctx context.Context, call Call) (*Result, error) { return nil, ErrStopped }

package dispatch

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"

	"gateway"
	"gateway/interp"
)

// failure is what the client and the log are told about a request that got no response from its handler.
type failure struct {
	client *gateway.Error
	own    bool // the error is the gateway's, not the handler's
	retry  bool // trying again soon is sensible

	log   string // empty where there is nothing to log
	level slog.Level
	attrs []slog.Attr
}

// explain turns the error of a call into what is told about it. Whatever the script did wrong is logged and never
// sent, except for what it returned as a *gateway.Error.
//
// Errors of package interp are told by their type and not with errors.As: a panic may carry any error, and errors of a
// script may claim to be any.
func explain(err error) failure {
	unavailable := func(message string) failure {
		return failure{client: gateway.ErrServiceUnavailable.New(message), own: true, retry: true}
	}
	switch e := err.(type) {
	case *unservedError:
		return unavailable("the endpoint cannot be served") // the cause has been logged where it was found
	case *interp.LoadError:
		f := unavailable("the endpoint cannot be loaded")
		f.log, f.level, f.attrs = "script cannot be loaded", slog.LevelError, loadAttrs(e)
		return f
	case *interp.PanicError:
		return failure{
			client: gateway.ErrInternal.New(""), own: true,
			log: "handler panicked", level: slog.LevelError, attrs: panicAttrs(e),
		}
	case *interp.TimeoutError:
		return failure{
			client: gateway.ErrTimeout.New("the endpoint did not answer in time"), own: true,
			log: "handler timed out", level: slog.LevelWarn, attrs: errorAttrs(e.Error()),
		}
	case *interp.KilledError:
		f := unavailable("the endpoint was restarted while it worked on this request")
		f.log, f.level, f.attrs = "handler was stopped", slog.LevelWarn, errorAttrs(e.Error())
		return f
	}
	switch err {
	case interp.ErrBusy:
		return unavailable("too many requests are waiting for this endpoint")
	case interp.ErrStopped:
		return unavailable("the endpoint is stopped")
	case context.Canceled:
		return unavailable("the request was cancelled")
	case interp.ErrNoResponse, interp.ErrGoexit:
		return failure{
			client: gateway.ErrInternal.New(""), own: true,
			log: "handler failed", level: slog.LevelError, attrs: errorAttrs(err.Error()),
		}
	}
	client, text := returned(err)
	f := failure{client: client}
	if client.Status >= http.StatusInternalServerError {
		f.log, f.level, f.attrs = "handler failed", slog.LevelError, errorAttrs(text)
	}
	return f
}

// explainTo is explain for a client that has gone where ctx, of its connection, has ended. That the handler gave up then
// is nobody's mistake.
func explainTo(ctx context.Context, err error) failure {
	f := explain(err)
	if ctx.Err() != nil && (!f.own || err == context.Canceled) {
		return failure{client: errClientGone, own: true}
	}
	return f
}

// errClientGone has the status that proxies write into their logs for clients that did not wait for the answer.
var errClientGone = gateway.NewError(499, "client_closed_request", "the client closed the request")

// returned takes apart an error that a handler returned. Its methods may be the script's, and panic.
func returned(err error) (client *gateway.Error, text string) {
	defer func() {
		if p := recover(); p != nil {
			client, text = gateway.ErrInternal.New(""), "a method of the returned error panicked"
		}
	}()
	text = err.Error()
	client = gateway.AsError(err)
	if client.Status < 400 || client.Status > 599 { // made without the SDK's constructors
		client = gateway.ErrInternal.New("")
	}
	return client, text
}

func errorAttrs(text string) []slog.Attr { return []slog.Attr{slog.String("error", text)} }

// loadAttrs gives the place of a panic where the initialisation panicked.
func loadAttrs(err *interp.LoadError) []slog.Attr {
	if panicked, ok := err.Err.(*interp.PanicError); ok {
		return panicAttrs(panicked)
	}
	return errorAttrs(err.Error())
}

func panicAttrs(p *interp.PanicError) []slog.Attr {
	attrs := []slog.Attr{slog.String("panic", p.Text)}
	if len(p.Stack) > 0 {
		attrs = append(attrs, slog.String("at", p.Stack[0].String()), slog.String("stack", p.Trace()))
	}
	return attrs
}

// response is the answer to a failure. The gateway's own failures name the request, so that a user can tell the
// operator which one it was.
func (f *failure) response(requestID string) *gateway.Response {
	if !f.own {
		return gateway.ErrorResponse(f.client)
	}
	r := errorResponse(f.client, requestID)
	if f.retry {
		r.Headers["Retry-After"] = []string{"1"}
	}
	return r
}

func errorResponse(e *gateway.Error, requestID string) *gateway.Response {
	body, err := json.Marshal(struct {
		Error     string       `json:"error"`
		Code      gateway.Code `json:"code"`
		RequestID string       `json:"request_id,omitempty"`
	}{e.Message, e.Code, requestID})
	if err != nil {
		body = []byte(`{"error":"internal server error","code":"internal_error"}`)
	}
	return &gateway.Response{Status: e.Status, Headers: http.Header{"Content-Type": {"application/json"}}, Body: body}
}

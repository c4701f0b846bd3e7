package dispatch

import (
	"context"
	"encoding/json"
	"errors"
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
func explain(err error) failure {
	var (
		panicked *interp.PanicError
		late     *interp.TimeoutError
		killed   *interp.KilledError
		load     *interp.LoadError
		unserved *unservedError
	)
	unavailable := func(message string) failure {
		return failure{client: gateway.ErrServiceUnavailable.New(message), own: true, retry: true}
	}
	// A panic, or the initialisation of a script, may carry any error, so these come first.
	switch {
	case errors.As(err, &unserved):
		return unavailable("the endpoint cannot be served") // the cause has been logged where it was found
	case errors.As(err, &load):
		f := unavailable("the endpoint cannot be loaded")
		f.log, f.level, f.attrs = "script cannot be loaded", slog.LevelError, errorAttrs(err)
		return f
	case errors.As(err, &panicked):
		return failure{
			client: gateway.ErrInternal.New(""), own: true,
			log: "handler panicked", level: slog.LevelError, attrs: panicAttrs(panicked),
		}
	case errors.As(err, &late):
		return failure{
			client: gateway.ErrTimeout.New("the endpoint did not answer in time"), own: true,
			log: "handler timed out", level: slog.LevelWarn, attrs: errorAttrs(err),
		}
	case errors.As(err, &killed):
		f := unavailable("the endpoint was restarted while it worked on this request")
		f.log, f.level, f.attrs = "handler was stopped", slog.LevelWarn, errorAttrs(err)
		return f
	case errors.Is(err, interp.ErrBusy):
		return unavailable("too many requests are waiting for this endpoint")
	case errors.Is(err, interp.ErrStopped):
		return unavailable("the endpoint is stopped")
	case errors.Is(err, interp.ErrNoResponse), errors.Is(err, interp.ErrGoexit):
		return failure{
			client: gateway.ErrInternal.New(""), own: true,
			log: "handler failed", level: slog.LevelError, attrs: errorAttrs(err),
		}
	case err == context.Canceled: //nolint:errorlint // the call's own; a handler's would be wrapped or its own business
		return unavailable("the request was cancelled")
	}
	f := failure{client: gateway.AsError(err)}
	if f.client.Status >= http.StatusInternalServerError {
		f.log, f.level, f.attrs = "handler failed", slog.LevelError, errorAttrs(err)
	}
	return f
}

func errorAttrs(err error) []slog.Attr { return []slog.Attr{slog.String("error", err.Error())} }

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

package dispatch

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"gateway"
	"gateway/internal/dispatch/route"
	"gateway/internal/observe"
	"gateway/interp"
)

// Match is what a request was matched to. It is made to be used again and again.
type Match struct{ route.Match[*endpoint] }

// Match finds the endpoint for a request; see [route.Table.Match] for what is expected of host and path.
func (d *Dispatcher) Match(host, method, path string, m *Match) {
	d.table.Load().Match(host, method, path, &m.Match)
}

// MaxBodyBytes is how large the body of a request may be. The match has found an endpoint.
func (m *Match) MaxBodyBytes() int64 { return m.Route.Value.settings.Load().limits.MaxBodyBytes }

// Answer is the answer to a request. Its End must be called when the response has been written.
type Answer struct {
	Response *gateway.Response // never nil, unless Late
	Late     bool              // the request has been answered already: there is nothing to write

	endpoint *endpoint
	pin      Pin
	line     observe.Request
	rejected bool
	written  bool
}

// Invoke has a request answered by the endpoint that m has found, under the endpoint's deadline. start is when the
// request came. The request belongs to the handler from now on.
//
// The handler runs in the goroutine of the caller. If it still runs when its time is up, late is called once, in
// another goroutine, with the answer. Invoke returns when the handler has ended and late has returned.
func (d *Dispatcher) Invoke(ctx context.Context, m *Match, req *gateway.Request, start time.Time, late func(Answer)) (a Answer) {
	e := m.Route.Value
	set := e.settings.Load()
	a = newAnswer(e, req, start)
	defer func() {
		if p := recover(); p != nil {
			a.Response = e.panicked(p, req.RequestID)
		}
	}()
	if e.log.Begin() > int64(set.limits.MaxConcurrency) {
		a.rejected = true
		f := failure{client: gateway.ErrServiceUnavailable.New("too many requests for this endpoint at once"), own: true, retry: true}
		a.Response = f.response(req.RequestID)
		return a
	}
	var err error
	var slot Slot
	call := interp.Call{
		Handler: set.handler, Request: req, Env: &set.env, Timeout: set.limits.Timeout, Start: start,
		Overdue: func(err error) { e.answerLate(newAnswer(e, req, start), err, late) },
	}
	if box := e.source.slot.Load(); box != nil {
		slot = box.Slot
	} else {
		if slot, err = d.readyInTime(ctx, e, set.limits.Timeout); err != nil {
			a.fail(err)
			return a
		}
		call.Start = time.Time{} // start may be long ago
	}
	a.Response, a.pin, err = slot.Call(ctx, call)
	switch {
	case err == interp.ErrAnswered:
		return Answer{Late: true, written: true}
	case err != nil:
		a.failAs(explainTo(ctx, err))
	default:
		a.check()
	}
	return a
}

// answerLate has the error of a call whose handler still runs answered.
func (e *endpoint) answerLate(a Answer, err error, late func(Answer)) {
	defer func() {
		if p := recover(); p != nil {
			e.panicked(p, a.line.ID)
		}
	}()
	a.fail(err)
	late(a)
}

// panicked logs a panic of the gateway itself, those of scripts being errors, and answers for it.
func (e *endpoint) panicked(p any, requestID string) *gateway.Response {
	e.log.RequestEvent(slog.LevelError, requestID, "gateway panicked",
		slog.String("panic", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
	f := failure{client: gateway.ErrInternal.New(""), own: true}
	return f.response(requestID)
}

// readyInTime is ready under the deadline of a request.
func (d *Dispatcher) readyInTime(ctx context.Context, e *endpoint, timeout time.Duration) (Slot, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	slot, err := d.ready(ctx, e)
	if err != nil && ctx.Err() != nil {
		return nil, gateway.ErrTimeout.Wrap(err, "the endpoint did not answer in time")
	}
	return slot, err
}

// Refuse answers a request that found an endpoint and must not reach its handler, such as one whose body is too
// large. It is counted and logged as the endpoint's.
func (d *Dispatcher) Refuse(m *Match, req *gateway.Request, start time.Time, err *gateway.Error) Answer {
	a := newAnswer(m.Route.Value, req, start)
	a.endpoint.log.Begin()
	a.Response = errorResponse(err, req.RequestID)
	return a
}

// Unmatched answers a request that found no endpoint.
func (d *Dispatcher) Unmatched(m *Match, requestID string) *gateway.Response {
	var r *gateway.Response
	switch m.Result {
	case route.Options:
		r = gateway.NoContent().WithHeader("Allow", m.Allow())
	case route.MethodNotAllowed:
		r = errorResponse(gateway.ErrMethodNotAllowed.New("this path does not answer that method"), requestID).WithHeader("Allow", m.Allow())
	case route.BadPath:
		r = errorResponse(gateway.ErrBadRequest.New("the path is malformed"), requestID)
	default:
		r = errorResponse(gateway.ErrNotFound.New("no endpoint has this path"), requestID)
	}
	d.opts.Observer.Unmatched(r.Status)
	return r
}

// Failed counts a request that was answered without looking for an endpoint, such as one that could not be read.
func (d *Dispatcher) Failed(status int) { d.opts.Observer.Unmatched(status) }

func newAnswer(e *endpoint, req *gateway.Request, start time.Time) Answer {
	return Answer{endpoint: e, line: observe.Request{
		ID: req.RequestID, Method: req.Method, Path: req.Path, ClientIP: req.ClientIP, Start: start, BytesIn: int64(len(req.Body)),
	}}
}

// fail answers with an error.
func (a *Answer) fail(err error) { a.failAs(explain(err)) }

func (a *Answer) failAs(f failure) {
	if f.log != "" {
		a.endpoint.log.RequestEvent(f.level, a.line.ID, f.log, f.attrs...)
	}
	a.Response = f.response(a.line.ID)
}

// check sees to it that the response is one that HTTP has.
func (a *Answer) check() {
	r := a.Response
	if err := r.Err(); err != nil {
		a.endpoint.log.RequestEvent(slog.LevelError, a.line.ID, "handler failed", errorAttrs(err.Error())...)
	}
	switch {
	case r.Status == 0:
		r.Status = http.StatusOK
	case r.Status < 200 || r.Status > 599:
		a.release()
		a.fail(fmt.Errorf("handler gave status %d: it must be from 200 to 599", r.Status))
	}
}

// Stream runs the function of a streaming response with output to w; flush sends what was written to the client. It
// ends at the endpoint's deadline at the latest. What went wrong is logged; the error tells that the body is not whole.
func (a *Answer) Stream(w io.Writer, flush func() error) error {
	if a.pin == nil {
		return nil
	}
	out := &streamOutput{w: w, flush: flush}
	err := a.pin.Stream(out, out.Flush)
	if err != nil && out.err == nil { // otherwise the client has gone, which is nobody's mistake
		f := explain(err)
		if !f.own { // the status has been sent, so there is only the log left to tell
			_, text := returned(err)
			f.log, f.level, f.attrs = "stream failed", slog.LevelError, errorAttrs(text)
		}
		if f.log != "" {
			a.endpoint.log.RequestEvent(f.level, a.line.ID, f.log, f.attrs...)
		}
	}
	if err == nil {
		err = out.err
	}
	return err
}

// streamOutput remembers that the client has gone.
type streamOutput struct {
	w     io.Writer
	flush func() error
	err   error
}

func (o *streamOutput) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	o.err = err
	return n, err
}

func (o *streamOutput) Flush() error {
	if o.err == nil {
		o.err = o.flush()
	}
	return o.err
}

// End gives the instance back and counts the request, whose response has been written with a body of bytesOut bytes.
// Calling it again does nothing.
func (a *Answer) End(bytesOut int64) {
	if a.written {
		return
	}
	a.written = true
	a.release()
	a.line.Status, a.line.BytesOut, a.line.Duration = a.Response.Status, bytesOut, time.Since(a.line.Start)
	if a.rejected {
		a.endpoint.log.Reject(&a.line)
	} else {
		a.endpoint.log.End(&a.line)
	}
}

func (a *Answer) release() {
	if a.pin != nil {
		a.pin.Release()
		a.pin = nil
	}
}

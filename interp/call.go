package interp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"
	"weak"

	"gateway"
	"gateway/interp/internal/stack"
)

// A Call is one request to a handler.
type Call struct {
	// Handler is the handler's name; the program's only one where empty.
	Handler string
	Request *gateway.Request
	// Env is what the handler's context gives beside the request. It may be nil.
	Env *gateway.Environment
	// Timeout ends the call, counted from Start; the deadline of the context holds
	// too. Zero for none.
	Timeout time.Duration
	// Start is the present time, where the caller has just looked at the clock; it is
	// looked at again where zero.
	Start time.Time
	// Overdue, where not nil, lets the handler run in the goroutine of the caller, which
	// costs less than a goroutine that can be left behind. Call then returns when the
	// handler has ended, however late. If its time is up before that, Overdue is called
	// once, in another goroutine, with the error that Call would have returned, so that
	// whoever waits can be answered; Call returns [ErrAnswered] when both have ended.
	// That the context is cancelled is left to the handler to notice.
	Overdue func(err error)

	start time.Time // from when Timeout counts, where the call has waited for a load
}

// A Result is the answer of a handler. Its instance stays pinned until Release.
type Result struct {
	Response *gateway.Response
	call     *activeCall // nil where nothing is held any more
}

// activeCall is a call from its pin to its release.
type activeCall struct {
	instance *Instance
	call     Call
	ctx      callContext
	sdk      gateway.Context // what the handler is given; it wraps ctx

	prev, next *activeCall // in the instance's callList
	listed     bool

	result  Result
	handler handlerFunc
	stream  io.Writer    // what the function of a streaming response writes to; nil for the handler
	flush   func() error // of stream
	// ended takes a token when the work has ended in a worker; nil where it is done in
	// the caller's goroutine. The fields below are then the caller's.
	ended    chan struct{}
	response *gateway.Response
	err      error
	finished bool // the work returned: neither a panic nor Goexit

	goroutine atomic.Uint64 // the worker's identity, once it runs
	state     atomic.Int32  // callRunning …
	holdTurn  bool          // of a serial program
	released  atomic.Bool
	streams   atomic.Bool // its work is the function of a streaming response

	alarm    atomic.Pointer[alarm]    // rings when the time of work in the caller's goroutine is up
	answered atomic.Pointer[answered] // set before state becomes callAbandoned by the alarm
}

// States of the work of a call.
const (
	callRunning   int32 = iota // in a worker
	callHere                   // in the caller's goroutine
	callEnded                  // the result is the caller's
	callAbandoned              // the caller has gone and the work goes on: the worker releases
	callOver                   // the same, but the work has ended
)

// Call runs a handler of the instance until it answers or its time is up. Its
// errors are those of [Slot.Call].
func (i *Instance) Call(ctx context.Context, call Call) (*Result, error) {
	if !i.pin() {
		return nil, i.stoppedError()
	}
	return i.pinned(ctx, call, 0)
}

func (i *Instance) stoppedError() error {
	if reason, ok := i.Killed(); ok && reason != reasonClosed {
		return &KilledError{Reason: reason}
	}
	return ErrStopped
}

// pinned is Call on an instance that the caller has pinned; it sees to the unpin.
// maxWaiting bounds the calls before this one in a serial program; 0 for no bound.
func (i *Instance) pinned(ctx context.Context, call Call, maxWaiting int) (*Result, error) {
	handler, err := i.handler(call.Handler)
	if err != nil {
		i.unpin()
		return nil, err
	}
	c := &activeCall{instance: i, call: call, handler: handler}
	c.ctx.init(ctx, &call)
	if !i.calls.add(c) {
		c.release()
		return nil, i.stoppedError()
	}
	if err := c.takeTurn(maxWaiting); err != nil {
		c.release()
		return nil, err
	}
	if call.Overdue != nil {
		err = c.executeHere()
	} else {
		err = c.execute()
	}
	if err != nil {
		return nil, err
	}
	if c.err != nil {
		err := c.err
		if errors.Is(err, context.DeadlineExceeded) && c.ctx.Err() != nil {
			err = &TimeoutError{Timeout: call.Timeout, cause: err} // the handler saw it first
		}
		c.release()
		return nil, err
	}
	c.result = Result{Response: c.response, call: c}
	if !c.response.Streaming() {
		c.result.Release()
	}
	return &c.result, nil
}

// handler is the handler of that name.
func (i *Instance) handler(name string) (handlerFunc, error) {
	if i.only != nil && (name == "" || name == i.program.handlers[0].Name) {
		return i.only, nil
	}
	if name == "" {
		if len(i.program.handlers) != 1 {
			return nil, fmt.Errorf("script has %d handlers: name one", len(i.program.handlers))
		}
		name = i.program.handlers[0].Name
	}
	if h := i.handlers[name]; h != nil {
		return h, nil
	}
	return nil, fmt.Errorf("script has no handler %q", name)
}

func (c *activeCall) context() *gateway.Context {
	c.sdk = *gateway.NewContext(&c.ctx, c.call.Env, c.call.Request.RequestID)
	return &c.sdk
}

// takeTurn waits until no other call of a serial program runs.
func (c *activeCall) takeTurn(maxWaiting int) error {
	i := c.instance
	if i.turn == nil {
		return nil
	}
	select {
	case i.turn <- struct{}{}:
		c.holdTurn = true
		return nil
	default:
	}
	defer i.waiting.Add(-1)
	if n := i.waiting.Add(1); maxWaiting > 0 && n > int64(maxWaiting) {
		return ErrBusy
	}
	select {
	case i.turn <- struct{}{}:
		c.holdTurn = true
		return nil
	case <-c.ctx.Done():
		return c.ctxError(true)
	}
}

// execute has the work done by a worker and waits for it. After an error the call
// is released, or will be when the work ends. Without one the work's own result is
// in response and err.
func (c *activeCall) execute() error {
	i := c.instance
	c.ended = make(chan struct{}, 1)
	if !c.begin() {
		return i.stoppedError()
	}
	i.program.engine.workers.do(c)
	select {
	case <-c.ended:
		return nil
	case <-c.ctx.Done():
	}
	err := c.ctxError(false)
	if !c.abandon(callRunning, err) {
		<-c.ended // it ended at the same moment
		return nil
	}
	c.killLater()
	return err
}

// executeHere is execute without a worker: the work is done in the calling goroutine,
// and the alarm answers for it.
func (c *activeCall) executeHere() error {
	i := c.instance
	c.ended = nil
	if !c.begin() {
		return i.stoppedError()
	}
	c.state.Store(callHere)
	i.program.engine.alarms.set(c)
	if _, killed := i.Killed(); !killed { // whoever killed it may not have seen the alarm
		c.run()
	} else {
		c.end()
	}
	if c.state.Load() != callOver {
		return nil
	}
	<-c.answered.Load().done
	return ErrAnswered
}

// begin counts the work as running. Where the instance has ended it releases the call.
func (c *activeCall) begin() bool {
	if !c.instance.enter() {
		c.release()
		return false
	}
	c.state.Store(callRunning)
	c.finished = false
	c.instance.numbers.running.Add(1)
	return true
}

// abandon leaves the work to itself, and asks where it is unless its caller has just
// gone. It fails where the work is not in that state any more: it has ended.
func (c *activeCall) abandon(state int32, why error) bool {
	u, id := c.instance.unwind, uintptr(c.goroutine.Load())
	if id != 0 && why != context.Canceled {
		u.ask(id)
	}
	if !c.state.CompareAndSwap(state, callAbandoned) {
		u.answered(id)
		return false
	}
	return true
}

// run is the work. It does not panic.
func (c *activeCall) run() {
	defer c.end()
	defer func() {
		if !c.finished {
			if value := recover(); value != nil {
				c.response, c.err = nil, c.instance.panicked(value)
				c.instance.countPanic()
				c.finished = true
			}
		}
	}()
	c.instance.Label()
	c.goroutine.Store(uint64(stack.G()))
	if c.stream != nil {
		c.err = c.response.WriteStream(c.stream, c.flush)
	} else {
		c.response, c.err = c.handler(c.context(), c.call.Request)
	}
	if c.instance.unwind.unrecoverable() {
		panic(stackOverflow{})
	}
	c.finished = true
}

// end hands the result over. Only a result of an instance that was not killed
// counts: stopped code returns too, with zero values. Kill sets the reason before
// it stops any code, so a result that a kill made is seen here.
func (c *activeCall) end() {
	i := c.instance
	clearLabels()
	i.unwind.forget()
	reason, killed := i.Killed()
	switch {
	case killed:
		c.response, c.err = nil, &KilledError{Reason: reason}
	case !c.finished:
		c.response, c.err = nil, ErrGoexit
	case c.err == nil && c.response == nil:
		c.err = ErrNoResponse
	}
	i.numbers.running.Add(-1)
	if c.state.CompareAndSwap(callRunning, callEnded) || c.state.CompareAndSwap(callHere, callEnded) {
		if c.ended != nil {
			c.ended <- struct{}{}
		}
	} else {
		c.state.Store(callOver)
		c.reportPlace()
		c.release()
	}
	i.leave()
}

// reportPlace logs where an abandoned call was when its time was up.
func (c *activeCall) reportPlace() {
	g := c.instance.unwind.answered(stack.G())
	if g == nil {
		return
	}
	for _, f := range c.instance.frames([]*guard{g}) {
		c.instance.log.Warn("call was past its deadline", "handler", c.name(), "at", f.String())
	}
}

// killLater ends what an abandoned call runs: soon after the deadline where that has
// passed or there is none, soon after it where the caller went away before.
func (c *activeCall) killLater() {
	opts := &c.instance.program.engine.opts
	wait := max(opts.KillGrace, 0)
	if deadline, ok := c.ctx.Deadline(); ok {
		wait += max(time.Until(deadline), 0)
	}
	late := weak.Make(c) // a timer must not keep what the instance holds when that has ended
	time.AfterFunc(wait, func() {
		if c := late.Value(); c != nil && c.state.Load() == callAbandoned {
			c.instance.Kill(fmt.Sprintf("%s ran past its deadline", c.name()))
		}
	})
}

func (c *activeCall) name() string {
	if c.call.Handler == "" {
		return "the handler"
	}
	return c.call.Handler
}

// ctxError is why the call's context ended.
func (c *activeCall) ctxError(waiting bool) error {
	if reason, ok := c.instance.Killed(); ok {
		return &KilledError{Reason: reason}
	}
	err := c.ctx.Err()
	if errors.Is(err, context.DeadlineExceeded) {
		return &TimeoutError{Timeout: c.call.Timeout, Waiting: waiting, cause: err}
	}
	return err
}

// release gives back all that the call holds. It is idempotent.
func (c *activeCall) release() {
	if c.released.Swap(true) {
		return
	}
	c.ctx.cancel()
	c.instance.calls.remove(c)
	c.instance.program.engine.alarms.stop(c)
	if c.holdTurn {
		<-c.instance.turn
	}
	c.instance.unpin()
}

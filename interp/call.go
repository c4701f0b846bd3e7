package interp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

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
	// Timeout ends the call, counted from the start of [Slot.Call]; the deadline
	// of the context holds too. Zero for none.
	Timeout time.Duration

	start time.Time // from when Timeout counts; now where zero
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
	ctx      context.Context
	cancel   context.CancelFunc

	prev, next *activeCall // in the instance's callList
	listed     bool

	work func(c *activeCall) // what the worker runs: the handler, then perhaps the stream
	// ended takes a token when the work has ended; the fields below are then the
	// caller's.
	ended    chan struct{}
	response *gateway.Response
	err      error
	finished bool // the work returned: neither a panic nor Goexit

	goroutine atomic.Uint64 // the worker's identity, once it runs
	state     atomic.Int32  // callRunning …
	holdTurn  bool          // of a serial program
	once      sync.Once     // releases
}

// States of the work of a call.
const (
	callRunning   int32 = iota
	callEnded           // the result is the caller's
	callAbandoned       // the caller has gone and the work goes on: the worker releases
	callOver            // the same, but the work has ended
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
	work, err := i.handler(call.Handler)
	if err != nil {
		i.unpin()
		return nil, err
	}
	c := &activeCall{instance: i, call: call, work: work, ended: make(chan struct{}, 1)}
	c.ctx, c.cancel = call.context(ctx)
	if !i.calls.add(c) {
		c.release()
		return nil, i.stoppedError()
	}
	if err := c.takeTurn(maxWaiting); err != nil {
		c.release()
		return nil, err
	}
	if err := c.execute(); err != nil {
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
	result := &Result{Response: c.response, call: c}
	if !c.response.Streaming() {
		result.Release()
	}
	return result, nil
}

// context gives the context of the call.
func (c *Call) context(ctx context.Context) (context.Context, context.CancelFunc) {
	switch {
	case c.Timeout <= 0:
		return context.WithCancel(ctx)
	case c.start.IsZero():
		return context.WithTimeout(ctx, c.Timeout)
	default:
		return context.WithDeadline(ctx, c.start.Add(c.Timeout))
	}
}

// handler is the work for the handler of that name.
func (i *Instance) handler(name string) (func(*activeCall), error) {
	if name == "" {
		if len(i.program.handlers) != 1 {
			return nil, fmt.Errorf("script has %d handlers: name one", len(i.program.handlers))
		}
		name = i.program.handlers[0].Name
	}
	switch fn := i.entries[name].(type) {
	case handlerFunc:
		return func(c *activeCall) {
			c.response, c.err = fn(c.context(), c.call.Request)
		}, nil
	case plainHandlerFunc:
		return func(c *activeCall) {
			c.response = fn(c.context(), c.call.Request)
		}, nil
	case nil:
		return nil, fmt.Errorf("script has no handler %q", name)
	default:
		return nil, fmt.Errorf("handler %q is a %T", name, fn)
	}
}

func (c *activeCall) context() *gateway.Context {
	return gateway.NewContext(c.ctx, c.call.Env, c.call.Request.RequestID)
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
	if !i.enter() {
		c.release()
		return i.stoppedError()
	}
	c.state.Store(callRunning)
	c.finished = false
	i.numbers.running.Add(1)
	i.program.engine.workers.do(c)
	select {
	case <-c.ended:
		return nil
	case <-c.ctx.Done():
	}
	err := c.ctxError(false)
	id := uintptr(c.goroutine.Load())
	if id != 0 {
		i.unwind.ask(id)
	}
	if !c.state.CompareAndSwap(callRunning, callAbandoned) {
		i.unwind.answered(id)
		<-c.ended // it ended at the same moment
		return nil
	}
	c.killLater()
	return err
}

// run is the work, in a worker.
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
	c.goroutine.Store(uint64(stack.G()))
	c.work(c)
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
	if c.state.CompareAndSwap(callRunning, callEnded) {
		c.ended <- struct{}{}
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
	time.AfterFunc(wait, func() {
		if c.state.Load() == callAbandoned {
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
	c.once.Do(func() {
		c.cancel()
		c.instance.calls.remove(c)
		if c.holdTurn {
			<-c.instance.turn
		}
		c.instance.unpin()
	})
}

// Stream runs the function of a streaming response with output to w; flush sends
// what was written to the client. The function runs under the deadline of the call,
// in a goroutine of its own; after Stream has returned w is not used any more.
// Its errors are those of [Slot.Call], and what the function returned.
func (r *Result) Stream(w io.Writer, flush func() error) error {
	c := r.call
	if c == nil || !r.Response.Streaming() {
		return nil
	}
	out := &streamOutput{w: w, flush: flush}
	defer out.close()
	response := r.Response
	c.work = func(c *activeCall) {
		c.response = response
		c.err = response.WriteStream(out, out.Flush)
	}
	if err := c.execute(); err != nil {
		return err
	}
	return c.err
}

// Release gives the instance back. It must be called once the response has been
// written, and may be called again. Where a stream was abandoned at its deadline the
// instance stays pinned until that has really ended.
func (r *Result) Release() {
	if r.call != nil && r.call.state.Load() != callAbandoned {
		r.call.release()
	}
	r.call = nil
}

// streamOutput stands between a script and a client's connection, which the script
// must not touch after its time is up.
type streamOutput struct {
	mu     sync.Mutex // guards the fields, and is held while one is used
	w      io.Writer
	flush  func() error
	closed bool
}

var errStreamClosed = errors.New("the response has ended")

func (s *streamOutput) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, errStreamClosed
	}
	return s.w.Write(p)
}

// Flush sends what was written.
func (s *streamOutput) Flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errStreamClosed
	}
	return s.flush()
}

// close waits for a write under way, which the connection's write timeout bounds.
func (s *streamOutput) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}

package interp

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// callContext is the context of a call. Most handlers only hand it on, or look at
// Err. The channel, the timer and the place among the children of its parent that a
// context of package context has are made for the first who needs them.
type callContext struct {
	parent   context.Context
	deadline time.Time    // zero for none
	began    time.Time    // when the work may begin
	state    atomic.Int32 // what Err says while full is nil: stateAlive …

	full   atomic.Pointer[fullContext]
	making sync.Mutex // held while full is made
}

// fullContext is a context of package context with its cancel function.
type fullContext struct {
	context.Context
	cancel context.CancelFunc
}

const (
	stateAlive int32 = iota
	stateCanceled
	stateLate
)

func (c *callContext) init(parent context.Context, call *Call) {
	c.parent, c.began = parent, call.Start
	if c.began.IsZero() {
		c.began = time.Now()
	}
	if call.Timeout > 0 {
		start := call.start
		if start.IsZero() {
			start = c.began
		}
		c.deadline = start.Add(call.Timeout)
	}
	if d, ok := parent.Deadline(); ok && (c.deadline.IsZero() || d.Before(c.deadline)) {
		c.deadline = d
	}
}

// Deadline is part of [context.Context].
func (c *callContext) Deadline() (time.Time, bool) { return c.deadline, !c.deadline.IsZero() }

// Done is part of [context.Context].
func (c *callContext) Done() <-chan struct{} { return c.whole().Done() }

// Value is part of [context.Context]. Package context asks for its own contexts
// here, to make children of them.
func (c *callContext) Value(key any) any { return c.whole().Value(key) }

// Err is part of [context.Context].
func (c *callContext) Err() error {
	if full := c.full.Load(); full != nil {
		return full.Err()
	}
	if c.state.Load() == stateAlive && !c.deadline.IsZero() && !time.Now().Before(c.deadline) {
		c.state.CompareAndSwap(stateAlive, stateLate)
	}
	switch c.state.Load() {
	case stateCanceled:
		return context.Canceled
	case stateLate:
		return context.DeadlineExceeded
	}
	if err := c.parent.Err(); err != nil {
		return c.whole().Err() // which remembers it
	}
	return nil
}

// cancel ends the context, if it has not ended.
func (c *callContext) cancel() {
	c.state.CompareAndSwap(stateAlive, stateCanceled)
	if full := c.full.Load(); full != nil {
		full.cancel()
	}
}

// whole makes the full context.
func (c *callContext) whole() *fullContext {
	if full := c.full.Load(); full != nil {
		return full
	}
	c.making.Lock()
	defer c.making.Unlock()
	if full := c.full.Load(); full != nil {
		return full
	}
	full := &fullContext{}
	switch {
	case c.state.Load() == stateLate:
		full.Context, full.cancel = context.WithDeadline(context.WithoutCancel(c.parent), c.deadline)
	case c.deadline.IsZero():
		full.Context, full.cancel = context.WithCancel(c.parent)
	default:
		full.Context, full.cancel = context.WithDeadline(c.parent, c.deadline)
	}
	c.full.Store(full)
	if c.state.Load() == stateCanceled { // by one who may not have seen it yet
		full.cancel()
	}
	return full
}

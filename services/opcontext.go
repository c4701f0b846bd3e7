package services

import (
	"context"
	"slices"
	"sync"
	"time"
)

// opContext is the context of one operation: its request's, but ended by the one
// who waits for the reply. He waits for the end of the request and of the
// operation's time anyway, so there is no need of what context.WithDeadline makes
// for each: a timer of its own and an entry in the request's context. It must be
// ended by whoever makes it.
type opContext struct {
	context.Context           // the request's, for its values
	deadline        time.Time // zero: there is none

	mu    sync.Mutex // guards everything below
	err   error
	done  chan struct{} // nil where nobody has asked for it
	after []*func()     // to be called at the end
}

func (c *opContext) Deadline() (time.Time, bool) { return c.deadline, !c.deadline.IsZero() }

func (c *opContext) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil {
		c.done = make(chan struct{})
		if c.err != nil {
			close(c.done)
		}
	}
	return c.done
}

func (c *opContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// AfterFunc is what package context looks for, so that contexts made from this one
// need no goroutine to follow it.
func (c *opContext) AfterFunc(f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		go f()
		return func() bool { return false }
	}
	c.after = append(c.after, &f)
	return func() bool { return c.forget(&f) }
}

func (c *opContext) forget(f *func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.after, f)
	if i < 0 {
		return false
	}
	c.after = slices.Delete(c.after, i, i+1)
	return true
}

// end ends the context, where it has not ended yet.
func (c *opContext) end(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return
	}
	c.err = err
	if c.done != nil {
		close(c.done)
	}
	for _, f := range c.after {
		go (*f)()
	}
	c.after = nil
}

func (c *opContext) cancel() { c.end(context.Canceled) }

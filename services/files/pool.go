package files

import (
	"context"
	"errors"
	"sync"
	"time"

	"gateway"
	"gateway/services"
)

// connection is one login on a file server. Its methods are called by one
// goroutine at a time, abort aside, and take paths as [CleanPath] gives them.
type connection interface {
	session
	// alive asks the server.
	alive() error
	// broken reports whether the connection is of no use after an error.
	broken(err error) bool
	// abort closes the connection at once, so that a method under way fails. It may
	// be called at any time, by any goroutine and more than once.
	abort()
	// quit says goodbye and closes the connection.
	quit()
}

const (
	// restTime is how long a connection may rest before it is asked whether it
	// still works. Operations that must not be repeated always ask.
	restTime = 5 * time.Second
	// maxRest is how long a connection may rest before it is closed: less than
	// common servers allow.
	maxRest = time.Minute
)

// pool keeps the idle connections of a server. Actors bound how many are in use.
type pool struct {
	dial func(ctx context.Context) (connection, error)
	max  int // idle ones

	mu     sync.Mutex // guards what follows
	idle   []idle     // the longest at rest first
	closed bool
}

type idle struct {
	connection
	since time.Time
}

// use runs fn with a connection. safe says that the operation may be repeated.
func (p *pool) use(ctx context.Context, safe bool, fn func(c connection) error) error {
	c, err := p.get(ctx, safe)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, c.abort)
	err = fn(c)
	return p.finish(ctx, c, stop, err)
}

// finish gives a connection back after an operation that ended with err, and
// gives the error for the actor. stop is of the [context.AfterFunc] that aborts c.
func (p *pool) finish(ctx context.Context, c connection, stop func() bool, err error) error {
	if !stop() {
		c.abort()
		if err == nil {
			return nil // it was done before the end
		}
		return ctx.Err()
	}
	if err != nil && c.broken(err) {
		// Where one is broken, those at rest often are too: a server that was
		// restarted has closed them all.
		c.abort()
		for _, c := range p.drain() {
			c.abort()
		}
		return services.Lost(err)
	}
	p.put(c)
	return err
}

func (p *pool) get(ctx context.Context, safe bool) (connection, error) {
	for {
		c, since, ok := p.take()
		if !ok {
			break
		}
		if rested := time.Since(since); rested > maxRest || (rested > restTime || !safe) && !answers(ctx, c) {
			c.abort()
			continue
		}
		return c, nil
	}
	c, err := p.dial(ctx)
	if err == nil {
		return c, nil
	}
	if ended := ctx.Err(); ended != nil {
		return nil, ended
	}
	if refused := new(gateway.Error); errors.As(err, &refused) {
		return nil, err
	}
	return nil, services.Unreachable(err)
}

// answers asks a connection that was at rest.
func answers(ctx context.Context, c connection) bool {
	stop := context.AfterFunc(ctx, c.abort)
	return c.alive() == nil && stop()
}

// take removes the idle connection that was used last.
func (p *pool) take() (connection, time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.idle) - 1
	if last < 0 {
		return nil, time.Time{}, false
	}
	c := p.idle[last]
	p.idle = p.idle[:last]
	return c.connection, c.since, true
}

// put makes a connection idle, and closes those that have rested for too long.
func (p *pool) put(c connection) {
	now := time.Now()
	var old []connection
	p.mu.Lock()
	for len(p.idle) > 0 && now.Sub(p.idle[0].since) > maxRest {
		old = append(old, p.idle[0].connection)
		p.idle = p.idle[1:]
	}
	if p.closed || len(p.idle) >= p.max {
		old = append(old, c)
	} else {
		p.idle = append(p.idle, idle{c, now})
	}
	p.mu.Unlock()
	for _, c := range old {
		c.quit()
	}
}

// drain takes all idle connections.
func (p *pool) drain() []idle {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.idle
	p.idle = nil
	return all
}

func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	for _, c := range p.drain() {
		c.quit()
	}
}

package http

import (
	"context"
	"errors"
	"os"
	"time"
)

// While a request is answered nobody reads from its connection, and so nobody notices that the client goes. For a
// handler that waits for the end of its context, and waits for longer than a tick, a lookout reads ahead.

// life is the context of a connection's requests. It ends with the connection, and when a lookout sees the client go.
type life struct {
	context.Context
	conn *conn
}

// Done is part of [context.Context]. Package context calls it too, to make children.
func (l life) Done() <-chan struct{} {
	l.conn.awaited.Store(true)
	return l.Context.Done()
}

// lookout reads one byte ahead. Its goroutine belongs to the server's connections.
type lookout struct {
	done chan struct{} // closed when it has ended and what follows is set
	b    [1]byte       // of the next request, which the client sent without waiting for its answer
	n    int
	err  error // what ended the connection
}

// reading is in the place of a lookout while the connection's own goroutine reads.
var reading = new(lookout)

// lookOut has a lookout posted where somebody waits for the end of the connection's life and nobody reads.
func (c *conn) lookOut() {
	if !c.awaited.Load() {
		return
	}
	if l := (&lookout{done: make(chan struct{})}); c.reader.CompareAndSwap(nil, l) {
		c.conns.watching.Go(func() { l.read(c) })
	}
}

func (l *lookout) read(c *conn) {
	defer close(l.done)
	n, err := c.Conn.Read(l.b[:])
	switch {
	case n > 0:
		l.n = n
	case !errors.Is(err, os.ErrDeadlineExceeded): // else it was called back, or the connection's wait was ended just before
		l.err = err
		c.end()
	}
}

// startReading makes the calling goroutine, which is the connection's own, its only reader. What a lookout has seen is
// the result of the read then.
func (c *conn) startReading(p []byte) (n int, err error) {
	if c.awaited.Load() {
		c.awaited.Store(false)
	}
	if c.reader.CompareAndSwap(nil, reading) {
		return 0, nil
	}
	l := c.reader.Load()
	select {
	case <-l.done:
	default:
		_ = c.Conn.SetReadDeadline(longAgo)
		<-l.done
		_ = c.Conn.SetReadDeadline(time.Time{})
	}
	c.reader.Store(reading)
	return copy(p, l.b[:l.n]), l.err
}

func (c *conn) stopReading() { c.reader.Store(nil) }

package http

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync/atomic"
	"time"
)

// conn is an accepted connection. One goroutine reads and writes it; others look at its phase, and may read one byte
// ahead while that goroutine does not read (lookout.go).
//
// Timeouts are not set as deadlines of the connection before every request, which costs three changes of a timer each
// time. Instead the connection notes what it is waiting for and since when, in ticks of the server's clock, and
// [connections.watch] ends what has waited too long: a store instead of a timer.
type conn struct {
	net.Conn
	conns  *connections
	client string // address of the peer; empty for what is not TCP
	proxy  bool   // the peer is a trusted proxy

	// life is the context of the connection's requests. Each connection has one of its own, because requests that hang
	// on one context wait for each other at its mutex.
	life    context.Context
	end     context.CancelFunc
	awaited atomic.Bool // somebody waits for the end of life

	phase  atomic.Int64            // what it waits for, and since which tick: tick<<phaseBits | phase
	reader atomic.Pointer[lookout] // who reads: nobody, the connection's goroutine, or a lookout
	gone   atomic.Bool             // it is closed

	// What follows belongs to the connection's goroutine.

	between phase // what the next read waits for, unless a request has begun: fresh or idle
	begun   bool  // a part of a request has been read
	since   int64 // tick at which it began
}

// phase is what a connection's goroutine waits for.
type phase int64

const (
	working   phase = iota // for nothing: a handler runs
	fresh                  // for the first byte of the first request
	idle                   // for the first byte of the next request
	receiving              // for the rest of a request
	sending                // for the client to take what is sent

	phaseBits = 3
)

// maxWrite is how much is sent at once, in bytes: a client that takes so much has shown that it is there.
const maxWrite = 64 << 10

func (c *conn) enter(p phase, since int64) { c.phase.Store(since<<phaseBits | int64(p)) }

// now is what the connection waits for and since which tick.
func (c *conn) now() (p phase, since int64) {
	v := c.phase.Load()
	return phase(v & (1<<phaseBits - 1)), v >> phaseBits
}

func (c *conn) Read(p []byte) (int, error) {
	waits := receiving
	if !c.begun {
		waits, c.since = c.between, c.conns.tick.Load()
	}
	c.enter(waits, c.since)
	if waits != receiving && c.conns.closing.Load() {
		return 0, io.EOF
	}
	n, err := c.startReading(p)
	if n == 0 && err == nil {
		n, err = c.Conn.Read(p)
	}
	c.stopReading()
	c.enter(working, 0)
	switch {
	case n > 0 && !c.begun:
		c.begun, c.since = true, c.conns.tick.Load()
	case err != nil && waits != receiving && errors.Is(err, os.ErrDeadlineExceeded):
		err = io.EOF // there is no request to answer that it was late
	}
	return n, err
}

func (c *conn) Write(p []byte) (n int, err error) {
	c.begun, c.between = false, idle
	for first := true; first || len(p) > 0; first = false {
		c.enter(sending, c.conns.tick.Load())
		m, err := c.Conn.Write(p[:min(len(p), maxWrite)])
		c.enter(working, 0)
		n += m
		if err != nil {
			return n, err
		}
		p = p[m:]
	}
	return n, nil
}

// longAgo is a deadline that has passed.
var longAgo = time.Unix(1, 0)

// interrupt makes what the connection's goroutine waits for fail. It may still write an answer that says so.
func (c *conn) interrupt(waits phase) {
	if waits == sending {
		_ = c.Conn.SetWriteDeadline(longAgo)
	} else {
		_ = c.Conn.SetReadDeadline(longAgo)
	}
}

func (c *conn) Close() error {
	err := c.Conn.Close()
	if !c.gone.Swap(true) {
		c.end()
		c.conns.remove(c)
	}
	return err
}

package interp

import (
	"errors"
	"io"
	"sync"
)

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
	c.stream, c.flush = out, out.Flush
	c.streams.Store(true)
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

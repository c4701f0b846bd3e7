package stream

import (
	"context"
	"io"

	"gateway/services"
)

// Open holds a worker and opens a stream in it with open, which gives the stream
// and what is known of it. Every read is carried out by the worker. It is free
// again when the stream is closed, has been read to its end or has failed, and at
// the latest when ctx ends.
func Open[D services.Driver, I any](ctx context.Context, a *services.Actor, op services.Op, open func(ctx context.Context, d D) (io.ReadCloser, I, error)) (io.ReadCloser, I, error) {
	opened := new(struct {
		body io.ReadCloser
		info I
	})
	session, err := services.Hold(ctx, a, op, func(ctx context.Context, d D) (func(context.Context), error) {
		body, info, err := open(ctx, d)
		if err != nil {
			return nil, err
		}
		opened.body, opened.info = body, info
		return func(context.Context) { body.Close() }, nil
	})
	if err != nil {
		var none I
		return nil, none, err
	}
	return &reader{session: session, body: opened.body}, opened.info, nil
}

// reader reads ahead in chunks: a read in the worker costs a change of goroutine.
type reader struct {
	session *services.Session
	body    io.ReadCloser
	buffer  []byte // the worker writes to it during a read, and never after one failed
	rest    []byte // of buffer, not given yet
	err     error  // after rest
}

func (r *reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(r.rest) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *reader) fill() {
	if r.buffer == nil {
		r.buffer = make([]byte, chunk)
	}
	type result struct {
		n   int
		end bool
	}
	got, err := services.Within(r.session, func(context.Context) (result, error) {
		n, err := r.body.Read(r.buffer)
		if err == io.EOF {
			return result{n, true}, nil
		}
		if n > 0 {
			return result{n, false}, nil // the error comes again with the next read
		}
		return result{}, err
	})
	r.rest = r.buffer[:got.n]
	switch {
	case err != nil:
		r.err = err
	case got.end:
		r.err = io.EOF
	default:
		return
	}
	r.session.Close()
}

// Close frees the worker. It may be called more than once.
func (r *reader) Close() error {
	r.session.Close()
	if r.err == nil {
		r.err, r.rest = io.ErrClosedPipe, nil
	}
	return nil
}

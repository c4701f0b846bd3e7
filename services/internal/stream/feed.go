// Package stream carries bytes between handlers and the workers of an actor, in
// both directions.
//
// A body that a handler gives may be a type of its script. Such code runs on the
// goroutine of its request only, where the gateway can stop it and tells whose
// panic it is: [Feed] reads there and hands the bytes to the worker. What a
// service gives is read in a worker, which [Open] holds meanwhile.
package stream

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"gateway"
)

// chunk is how many bytes go from one goroutine to the other at a time.
const chunk = 64 << 10

// errStopped ends a body whose request is over.
var errStopped = errors.New("the request has ended")

// Feed runs consume with a copy of body, and gives consume's error. It reads body
// on the caller's goroutine and as long as ctx lasts, while consume runs on
// another. size is the length of body in bytes, or -1: a body of another length
// fails before its last byte is handed on, so that nothing half is stored.
//
// consume may return without having read everything. Feed returns after it.
func Feed(ctx context.Context, body io.Reader, size int64, consume func(body io.Reader) error) error {
	if body == nil {
		return gateway.ErrBadRequest.New("there is no body")
	}
	if memory, n, ok := inMemory(body); ok {
		if size >= 0 && size != n {
			return wrongSize(size)
		}
		return consume(memory)
	}
	checked := &source{ctx: ctx, body: body, size: size}
	if size == 0 { // a consumer that wants no bytes would not find out that there are some
		if _, err := io.Copy(io.Discard, checked); err != nil {
			return err
		}
		return consume(bytes.NewReader(nil))
	}
	reader, writer := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := consume(reader)
		reader.CloseWithError(errStopped) // what is still to come has no reader
		done <- err
	}()
	finished := false
	defer func() {
		if !finished { // body panicked, or its goroutine was ended
			writer.CloseWithError(errStopped)
			<-done
		}
	}()
	err := pump(checked, writer)
	writer.CloseWithError(err)
	finished = true
	if consumed := <-done; consumed != nil {
		var known *gateway.Error
		if errors.As(err, &known) {
			return known // consume may say it in other words
		}
		return consumed
	}
	if errors.Is(err, errStopped) {
		return nil
	}
	return err
}

// inMemory gives the bytes of a body that has them all and their number. They
// are copied, because the handler may go on with them when its time is over.
func inMemory(body io.Reader) (io.Reader, int64, bool) {
	switch b := body.(type) {
	case *bytes.Reader, *bytes.Buffer:
		data, err := io.ReadAll(b)
		return bytes.NewReader(data), int64(len(data)), err == nil
	case *strings.Reader:
		data, err := io.ReadAll(b)
		return bytes.NewReader(data), int64(len(data)), err == nil
	default:
		return nil, 0, false
	}
}

// pump copies until the end of body, nil then, or an error of one of them.
func pump(body *source, to *io.PipeWriter) error {
	buffer := make([]byte, chunk)
	for {
		n, err := body.Read(buffer)
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// source reads a body as long as ctx lasts, and holds it to its size. Once the
// handler of an interpreted Read is stopped, it gives 0 and no error for ever.
type source struct {
	ctx  context.Context
	body io.Reader
	size int64 // or -1
	n    int64 // bytes read
	idle int   // reads in a row that gave nothing
}

// maxIdle is how many reads may give nothing in a row, as in package bufio.
const maxIdle = 100

func (s *source) Read(p []byte) (int, error) {
	n, err := s.read(p)
	s.n += int64(n)
	if s.size < 0 {
		return n, err
	}
	for err == nil && s.n == s.size { // the end must follow
		var one [1]byte
		var more int
		more, err = s.read(one[:])
		s.n += int64(more)
	}
	if s.n > s.size || err == io.EOF && s.n < s.size {
		return 0, wrongSize(s.size)
	}
	return n, err
}

func wrongSize(size int64) error {
	return gateway.ErrBadRequest.Newf("the body does not have the %d bytes it was said to have", size)
}

func (s *source) read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.body.Read(p)
	if ended := s.ctx.Err(); ended != nil {
		return 0, ended
	}
	if n < 0 || n > len(p) {
		return 0, errors.New("the body gave an impossible count")
	}
	if n > 0 || err != nil {
		s.idle = 0
		return n, err
	}
	if s.idle++; s.idle == maxIdle {
		return 0, io.ErrNoProgress
	}
	return 0, nil
}

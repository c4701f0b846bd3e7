package http

import (
	"bufio"
	"errors"
	"io"

	"github.com/valyala/fasthttp"

	"gateway/internal/dispatch"
)

// errClientGone is what a streaming handler gets when it writes to a client that is not there any more.
var errClientGone = errors.New("the client has gone")

// streamBuffer is how much of a stream is collected before it is sent without a Flush, in bytes.
const streamBuffer = 4 << 10

// stream sends the body of a streaming response while its handler makes it. The handler writes into a pipe that the
// connection's goroutine reads from, so it is never further ahead than one buffer, and notices at its next write that
// the client has gone. The instance stays pinned until the handler's function has returned.
func (s *Server) stream(c *fasthttp.RequestCtx, a dispatch.Answer) {
	pr, pw := io.Pipe()
	c.Response.ImmediateHeaderFlush = true
	c.Response.SetBodyStream(&streamReader{pr}, -1)
	s.streams.Go(func() { runStream(pw, a) })
}

func runStream(pw *io.PipeWriter, a dispatch.Answer) {
	out := &countingWriter{w: pw}
	buffered := bufio.NewWriterSize(out, streamBuffer)
	err := a.Stream(buffered, buffered.Flush)
	if err == nil {
		err = buffered.Flush()
	}
	_ = pw.CloseWithError(err) // nil is the regular end; any other error cuts the body off
	a.End(out.n)
}

type countingWriter struct {
	w io.Writer
	n int64
}

func (w *countingWriter) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	w.n += int64(n)
	return n, err
}

// streamReader is the connection's end of the pipe. fasthttp closes it when the body is sent or cannot be sent.
type streamReader struct{ *io.PipeReader }

func (r *streamReader) Close() error { return r.CloseWithError(errClientGone) }

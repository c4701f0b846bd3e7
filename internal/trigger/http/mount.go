package http

import (
	"context"
	"fmt"
	"io"
	"net"
	nethttp "net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/valyala/fasthttp"

	"gateway"
)

// A Mount is a part of the endpoints' address that the gateway answers itself: nothing below it reaches an endpoint.
type Mount struct {
	// Prefix is what the paths begin with, as they are sent, such as "/_objects/".
	Prefix string
	// Handler answers. It is given no body, and its request ends with the connection or when the client is gone.
	Handler nethttp.Handler
}

// mountOf finds the mount that a path belongs to; nil for all that is an endpoint's.
func (s *Server) mountOf(path string) *Mount {
	for i := range s.opts.Mounts {
		if m := &s.opts.Mounts[i]; strings.HasPrefix(path, m.Prefix) {
			return m
		}
	}
	return nil
}

// mounted has a mount answer a request. Its handler writes into a pipe that the connection's goroutine reads from, as
// that of a streaming endpoint does.
func (s *Server) mounted(c *fasthttp.RequestCtx, m *Mount, method, path string, query []byte) {
	peer := c.Conn().(*conn)
	req, err := mountedRequest(c, method, path, string(query))
	if err != nil {
		s.fail(c, gateway.ErrBadRequest.New("the request is malformed"))
		return
	}
	if peer.RemoteAddr() != nil {
		req.RemoteAddr = net.JoinHostPort(s.clientOf(c, peer), "0")
	}
	ctx, cancel := context.WithCancel(peer.life)
	pr, pw := io.Pipe()
	w := &mountWriter{header: make(nethttp.Header), pipe: pw, answered: make(chan struct{}), head: c.IsHead()}
	s.streams.Go(func() {
		defer cancel()
		s.runMounted(w, m.Handler, req.WithContext(ctx))
	})
	<-w.answered

	s.opts.Dispatcher.Failed(w.status) // no endpoint has answered
	s.write(c, &gateway.Response{Status: w.status, Headers: w.sent})
	size := -1
	if n, err := strconv.Atoi(w.sent.Get("Content-Length")); err == nil && n >= 0 {
		size = n
	}
	if w.bodyless() {
		c.Response.SkipBody = true
		if size >= 0 {
			c.Response.Header.SetContentLength(size)
		}
		return
	}
	c.Response.SetBodyStream(&mountReader{streamReader{pr}, cancel}, size)
}

// mountedRequest copies a request: its handler may still be at work when the connection takes the next one.
func mountedRequest(c *fasthttp.RequestCtx, method, path, query string) (*nethttp.Request, error) {
	target := path
	if query != "" {
		target += "?" + query
	}
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return nil, err
	}
	req := &nethttp.Request{
		Method: method, URL: u, RequestURI: target, Host: string(c.Request.Header.Host()),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: make(nethttp.Header), Body: nethttp.NoBody,
	}
	c.Request.Header.VisitAll(func(name, value []byte) { req.Header.Add(string(name), string(value)) })
	return req, nil
}

func (s *Server) runMounted(w *mountWriter, h nethttp.Handler, req *nethttp.Request) {
	var failure error
	defer func() {
		if p := recover(); p != nil {
			if p != nethttp.ErrAbortHandler {
				s.opts.Log.Error("panic while a request was answered", "path", req.URL.Path, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			}
			if !w.begun {
				clear(w.header)
				w.WriteHeader(nethttp.StatusInternalServerError)
			} else {
				failure = io.ErrUnexpectedEOF // cuts off what has been begun
			}
		}
		w.WriteHeader(nethttp.StatusOK)
		_ = w.pipe.CloseWithError(failure)
	}()
	h.ServeHTTP(w, req)
}

// mountWriter is the nethttp.ResponseWriter of a mount's handler.
type mountWriter struct {
	header nethttp.Header // the handler's
	pipe   *io.PipeWriter
	head   bool // the request is HEAD
	begun  bool // answered is closed

	answered chan struct{} // closed when what follows is set
	status   int
	sent     nethttp.Header
}

func (w *mountWriter) Header() nethttp.Header { return w.header }

// WriteHeader sends status and headers, the first time.
func (w *mountWriter) WriteHeader(status int) {
	if w.begun || status < nethttp.StatusOK {
		return
	}
	w.begun, w.status, w.sent = true, status, w.header.Clone()
	close(w.answered)
}

func (w *mountWriter) Write(p []byte) (int, error) {
	w.WriteHeader(nethttp.StatusOK)
	if w.bodyless() {
		return len(p), nil
	}
	return w.pipe.Write(p)
}

// bodyless reports whether the answer has no body.
func (w *mountWriter) bodyless() bool { return w.head || !hasBody(w.status) }

// mountReader ends the handler when its client is gone.
type mountReader struct {
	streamReader
	cancel context.CancelFunc
}

func (r *mountReader) Close() error {
	r.cancel()
	return r.streamReader.Close()
}

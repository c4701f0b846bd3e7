package http

import (
	"bufio"
	"errors"
	"fmt"
	"log/slog"
	nethttp "net/http"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/valyala/fasthttp"

	"gateway"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/route"
)

// enter is where every request comes in. Nothing that goes wrong in here may end the process.
func (s *Server) enter(c *fasthttp.RequestCtx) {
	defer func() {
		if p := recover(); p != nil {
			s.opts.Log.Error("panic while a request was answered", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			c.Response.Reset()
			s.fail(c, gateway.ErrInternal.New(""))
		}
	}()
	switch string(c.Method()) {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		s.serve(c)
	default:
		s.fail(c, gateway.NewError(nethttp.StatusNotImplemented, "method_not_implemented", "no endpoint can answer this method"))
	}
	if s.conns.closing.Load() {
		c.SetConnectionClose()
	}
}

// serve answers a request.
func (s *Server) serve(c *fasthttp.RequestCtx) {
	x := exchanges.Get().(*exchange)
	defer x.free()
	t := targetOf(c)
	path, id := x.line(c, t)
	c.Response.Header.SetCanonical(idHeader, utils.UnsafeBytes(id))
	if len(t.host) == 0 && c.Request.Header.IsHTTP11() {
		s.fail(c, gateway.ErrBadRequest.New("the Host header is missing"))
		return
	}
	if mount := s.mountOf(path); mount != nil {
		s.mounted(c, mount, methodName(c.Method()), path, t.query)
		return
	}
	m, method := &x.match, methodName(c.Method())
	// The host is only looked at while the request is matched, so it need not be copied.
	s.opts.Dispatcher.Match(route.Host(utils.UnsafeString(t.host)), method, path, m)
	if m.Result != route.Found {
		s.unmatched(c, m, method, path, id)
		return
	}
	peer := c.Conn().(*conn) // what the server's listeners accept
	req := x.request(c, t.query, method, m.Path(), id, s.clientOf(c, peer))
	if req == nil {
		c.SetConnectionClose() // where the next request begins is not certain
		s.fail(c, gateway.ErrBadRequest.New("a header is malformed"))
		return
	}
	body := c.Request.Body()
	if limit := m.MaxBodyBytes(); int64(len(body)) > limit {
		a := s.opts.Dispatcher.Refuse(m, req, c.Time(), gateway.ErrPayloadTooLarge.Newf("the request body is larger than %d bytes", limit))
		s.write(c, a.Response)
		a.End(int64(len(a.Response.Body)))
		return
	}
	if len(body) > 0 {
		req.Body = append([]byte(nil), body...)
	}
	a := s.opts.Dispatcher.Invoke(peer.life, m, req, c.Time(), func(a dispatch.Answer) { s.late(c, peer, a) })
	if a.Late {
		return
	}
	s.write(c, a.Response)
	if a.Response.Streaming() && !c.IsHead() && hasBody(a.Response.Status) {
		s.stream(c, a)
		return
	}
	a.End(int64(len(a.Response.Body)))
}

// late answers in place of the connection's goroutine, which is still in the handler when its time is up. That
// goroutine can go on at any time, or never, so the connection ends with the answer.
func (s *Server) late(c *fasthttp.RequestCtx, peer *conn, a dispatch.Answer) {
	s.write(c, a.Response)
	c.SetConnectionClose()
	c.Response.SkipBody = c.IsHead()
	w := bufio.NewWriter(peer)
	if c.Response.Write(w) == nil {
		_ = w.Flush() // where it fails the client has gone
	}
	_ = peer.Close()
	a.End(int64(len(a.Response.Body)))
}

var idHeader = []byte("X-Request-Id")

// unmatched answers a request that no endpoint was found for.
func (s *Server) unmatched(c *fasthttp.RequestCtx, m *dispatch.Match, method, path, id string) {
	if path == "*" && method == nethttp.MethodOptions { // about the server as a whole
		c.SetStatusCode(nethttp.StatusNoContent)
		s.opts.Dispatcher.Failed(nethttp.StatusNoContent)
		return
	}
	s.write(c, s.opts.Dispatcher.Unmatched(m, id))
}

// clientOf is the address of the client.
func (s *Server) clientOf(c *fasthttp.RequestCtx, peer *conn) string {
	if peer.proxy {
		if client := s.conns.proxies.client(&c.Request.Header); client != "" {
			return client
		}
	}
	return peer.client
}

// unreadable answers what could not be read as a request.
func (s *Server) unreadable(fc *fiber.Ctx, err error) error {
	e := gateway.ErrBadRequest.New("the request is malformed")
	var known *fiber.Error
	if errors.As(err, &known) {
		switch known.Code {
		case nethttp.StatusRequestEntityTooLarge:
			e = gateway.ErrPayloadTooLarge.Newf("the request body is larger than %d bytes", s.opts.MaxBodyBytes)
		case nethttp.StatusRequestHeaderFieldsTooLarge:
			e = gateway.NewError(known.Code, "headers_too_large", fmt.Sprintf("the headers are larger than %d bytes", s.opts.MaxHeaderBytes))
		case nethttp.StatusRequestTimeout:
			e = gateway.NewError(known.Code, "request_timeout", "the request did not arrive in time")
		case nethttp.StatusInternalServerError:
			e = gateway.ErrInternal.New("")
			s.opts.Log.Error("request not answered", slog.Any("error", err))
		}
	}
	s.fail(fc.Context(), e)
	return nil
}

// fail answers a request that did not get to an endpoint.
func (s *Server) fail(c *fasthttp.RequestCtx, e *gateway.Error) {
	id := string(c.Response.Header.Peek(fiber.HeaderXRequestID))
	if id == "" {
		id = string(appendID(nil))
		c.Response.Header.Set(fiber.HeaderXRequestID, id)
	}
	s.opts.Dispatcher.Failed(e.Status)
	s.write(c, errorResponse(e, id))
}

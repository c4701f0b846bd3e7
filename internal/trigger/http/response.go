package http

import (
	"encoding/json"
	nethttp "net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gateway"
)

// write puts a response into c, without the body of a stream. The body is not copied: it must stay as it is until it
// has been sent.
func (s *Server) write(c *fasthttp.RequestCtx, r *gateway.Response) {
	c.SetStatusCode(r.Status)
	h := &c.Response.Header
	for name, values := range r.Headers {
		if name == fiber.HeaderContentType && len(values) > 0 {
			h.SetContentType(cleanValue(values[0]))
			continue
		}
		if !sendable(name) {
			continue
		}
		for i, v := range values {
			v = cleanValue(v)
			if i == 0 && name != fiber.HeaderSetCookie {
				h.Set(name, v)
			} else {
				h.Add(name, v)
			}
		}
	}
	if hasBody(r.Status) && !r.Streaming() {
		c.Response.SetBodyRaw(r.Body)
	}
}

// hasBody reports whether responses of this status have a body (RFC 9110, section 6.4.1).
func hasBody(status int) bool {
	return status != nethttp.StatusNoContent && status != nethttp.StatusNotModified
}

// sendable reports whether a handler may set a header. Those of the connection are the gateway's (RFC 9110, section
// 7.6.1), and a name that is not a token would break the message.
func sendable(name string) bool {
	for i := range len(name) {
		if !tokenBytes[name[i]] {
			return false
		}
	}
	switch len(name) { // lengths tell most names apart without looking at them
	case 2, 7, 10, 12, 14, 16, 17:
	default:
		return name != ""
	}
	for _, own := range connectionHeaders {
		if strings.EqualFold(name, own) {
			return false
		}
	}
	return true
}

// tokenBytes are those that a header's name is made of (RFC 9110, section 5.6.2).
var tokenBytes = func() (t [256]bool) {
	for b := '!'; b <= '~'; b++ {
		t[b] = !strings.ContainsRune(`"(),/:;<=>?@[\]{}`, b)
	}
	return t
}()

var connectionHeaders = [...]string{
	"TE", "Trailer", "Upgrade", "Connection", "Keep-Alive", "X-Request-Id", "Content-Length", "Proxy-Connection", "Transfer-Encoding",
}

// cleanValue takes what would end a header out of its value, so that data in a header never becomes another header.
func cleanValue(v string) string {
	if strings.IndexByte(v, '\r') < 0 && strings.IndexByte(v, '\n') < 0 && strings.IndexByte(v, 0) < 0 {
		return v
	}
	return strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == 0 {
			return ' '
		}
		return r
	}, v)
}

func errorResponse(e *gateway.Error, requestID string) *gateway.Response {
	r := gateway.New(e.Status).WithHeader(fiber.HeaderContentType, "application/json")
	r.Body, _ = json.Marshal(struct { // strings always encode
		Error     string       `json:"error"`
		Code      gateway.Code `json:"code"`
		RequestID string       `json:"request_id"`
	}{e.Message, e.Code, requestID})
	return r
}

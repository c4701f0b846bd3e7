package http

import (
	"bytes"
	nethttp "net/http"
	"net/url"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gateway"
	"gateway/internal/dispatch"
)

// exchange is what the server needs while it answers one request. Exchanges are pooled: nothing in them may be kept.
type exchange struct {
	match dispatch.Match
	text  []byte // what becomes one string
	spans []span // of headers within text
}

// span is a header's name and value: where they begin and end in a text.
type span struct{ name, value, end int }

var exchanges = sync.Pool{New: func() any { return new(exchange) }}

// maxPooledText bounds what an exchange keeps for the next request, in bytes.
const maxPooledText = 64 << 10

func (x *exchange) free() {
	x.match.Reset()
	if cap(x.text) <= maxPooledText {
		exchanges.Put(x)
	}
}

// line makes the texts of a request that its log line keeps: path and id. They share one string of their own, so that
// a log does not keep all headers of a request in memory.
func (x *exchange) line(c *fasthttp.RequestCtx) (path, id string) {
	x.text = append(x.text[:0], c.URI().PathOriginal()...)
	n := len(x.text)
	if given := c.Request.Header.Peek(fiber.HeaderXRequestID); saneID(given) {
		x.text = append(x.text, given...)
	} else {
		x.text = appendID(x.text)
	}
	all := string(x.text)
	return all[:n], all[n:]
}

// request copies everything that a handler may keep. Headers, host and query share one string, and all header values
// one slice, which takes four allocations whatever the number of headers.
func (x *exchange) request(c *fasthttp.RequestCtx, path, id, clientIP string) *gateway.Request {
	h := &c.Request.Header
	x.text = append(x.text[:0], h.Host()...)
	hostEnd := len(x.text)
	x.text = append(x.text, c.URI().QueryString()...)
	queryEnd := len(x.text)
	x.spans = x.spans[:0]
	h.VisitAll(x.addHeader)
	all := string(x.text)

	req := &gateway.Request{
		Method:    methodName(h.Method()),
		Path:      path,
		Host:      all[:hostEnd],
		Headers:   makeHeader(all, x.spans),
		Params:    x.match.Params(),
		ClientIP:  clientIP,
		RequestID: id,
	}
	if query := all[hostEnd:queryEnd]; query != "" {
		req.Query, _ = url.ParseQuery(query) // what is malformed is left out, as by net/http
	}
	if req.Query == nil {
		req.Query = url.Values{}
	}
	return req
}

func (x *exchange) addHeader(name, value []byte) {
	if bytes.Equal(name, hostName) {
		return
	}
	s := span{name: len(x.text)}
	x.text = append(x.text, name...)
	s.value = len(x.text)
	x.text = append(x.text, value...)
	s.end = len(x.text)
	x.spans = append(x.spans, s)
}

var hostName = []byte(fiber.HeaderHost)

// makeHeader makes a header of the spans of a text. Names are canonical already.
func makeHeader(text string, spans []span) nethttp.Header {
	h := make(nethttp.Header, len(spans))
	values := make([]string, len(spans))
	for i, s := range spans {
		name := text[s.name:s.value]
		values[i] = text[s.value:s.end]
		if before, again := h[name]; again {
			h[name] = append(before, values[i])
		} else {
			h[name] = values[i : i+1 : i+1]
		}
	}
	return h
}

// methodName gives the method as a string that needs no memory for those in use.
func methodName(m []byte) string {
	switch string(m) {
	case nethttp.MethodGet:
		return nethttp.MethodGet
	case nethttp.MethodHead:
		return nethttp.MethodHead
	case nethttp.MethodPost:
		return nethttp.MethodPost
	case nethttp.MethodPut:
		return nethttp.MethodPut
	case nethttp.MethodPatch:
		return nethttp.MethodPatch
	case nethttp.MethodDelete:
		return nethttp.MethodDelete
	case nethttp.MethodOptions:
		return nethttp.MethodOptions
	}
	return string(m)
}

package http

import (
	"bytes"
	nethttp "net/http"
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
	bad   bool   // a header is none
	sized bool   // a header says how long the body is
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

// target is what a request asks for, in memory of the connection.
type target struct{ host, path, query []byte }

// targetOf takes the request's target apart (RFC 9112, section 3.2). Nearly all are a path and a query; fasthttp's own
// parser, which also cleans the path, is only asked about the others.
func targetOf(c *fasthttp.RequestCtx) target {
	raw := c.Request.Header.RequestURI()
	if len(raw) == 0 || raw[0] != '/' {
		uri := c.URI()
		return target{uri.Host(), uri.PathOriginal(), uri.QueryString()}
	}
	t := target{host: c.Request.Header.Host(), path: raw}
	if i := bytes.IndexByte(t.path, '#'); i >= 0 { // clients must not send it, some do
		t.path = t.path[:i]
	}
	if i := bytes.IndexByte(t.path, '?'); i >= 0 {
		t.path, t.query = t.path[:i], t.path[i+1:]
	}
	for _, b := range t.path {
		if b < ' ' || b == 0x7f {
			t.path = nil // no route has it
			break
		}
	}
	return t
}

// line makes the texts of a request that its log line keeps: path and id. They share one string of their own, so that
// a log does not keep all headers of a request in memory.
func (x *exchange) line(c *fasthttp.RequestCtx, t target) (path, id string) {
	x.text = append(x.text[:0], t.path...)
	n := len(x.text)
	if given := c.Request.Header.Peek(fiber.HeaderXRequestID); saneID(given) {
		x.text = append(x.text, given...)
	} else {
		x.text = appendID(x.text)
	}
	all := string(x.text)
	return all[:n], all[n:]
}

// request copies everything that a handler may keep. Headers, host and query share one string and all header values
// one slice, so that what it costs hardly depends on how many headers there are. It is nil where a header is none.
func (x *exchange) request(c *fasthttp.RequestCtx, query []byte, method, path, id, clientIP string) *gateway.Request {
	h := &c.Request.Header
	x.text = append(x.text[:0], h.Host()...)
	hostEnd := len(x.text)
	x.text = append(x.text, query...)
	queryEnd := len(x.text)
	x.spans, x.bad, x.sized = x.spans[:0], false, false
	h.VisitAll(x.addHeader)
	if x.bad || x.sized && sizes(h.RawHeaders()) > 1 {
		return nil
	}
	all := string(x.text)

	b := new(block)
	values := b.values[:0]
	if len(x.spans) > len(b.values) {
		values = make([]string, 0, len(x.spans))
	}
	headers, values := makeHeader(all, x.spans, values)
	b.Request = gateway.Request{
		Method:    method,
		Path:      path,
		Host:      all[:hostEnd],
		Query:     parseQuery(all[hostEnd:queryEnd], values[len(values):]),
		Headers:   headers,
		Params:    x.match.Params(),
		ClientIP:  clientIP,
		RequestID: id,
	}
	return &b.Request
}

// block is a request and, where there are few, the values of its headers and query: one allocation instead of three.
type block struct {
	gateway.Request
	values [8]string
}

func (x *exchange) addHeader(name, value []byte) {
	if bytes.Equal(name, hostName) {
		return
	}
	for _, b := range name {
		x.bad = x.bad || !tokenBytes[b]
	}
	// fasthttp splits lines at \n and takes bare carriage returns and zero bytes for text.
	x.bad = x.bad || len(name) == 0 || bytes.IndexByte(value, '\r') >= 0 || bytes.IndexByte(value, 0) >= 0
	x.sized = x.sized || bytes.Equal(name, lengthName) || bytes.Equal(name, encodingName)
	s := span{name: len(x.text)}
	x.text = append(x.text, name...)
	s.value = len(x.text)
	x.text = append(x.text, value...)
	s.end = len(x.text)
	x.spans = append(x.spans, s)
}

var (
	hostName     = []byte(fiber.HeaderHost)
	lengthName   = []byte(fiber.HeaderContentLength)
	encodingName = []byte(fiber.HeaderTransferEncoding)
)

// sizes counts the headers that say how long the body is. More than one is an attempt to make a proxy and the gateway
// disagree about where the next request begins (RFC 9112, section 11.2); fasthttp takes the last.
func sizes(raw []byte) (n int) {
	for len(raw) > 0 {
		var line []byte
		line, raw, _ = bytes.Cut(raw, []byte("\n"))
		if name, _, ok := bytes.Cut(line, []byte(":")); ok && (bytes.EqualFold(name, lengthName) || bytes.EqualFold(name, encodingName)) {
			n++
		}
	}
	return n
}

// makeHeader makes a header of the spans of a text, with its values in a slice that has room for them and is given
// back. Names are canonical already.
func makeHeader(text string, spans []span, values []string) (nethttp.Header, []string) {
	h := make(nethttp.Header, len(spans))
	for i, s := range spans {
		name := text[s.name:s.value]
		values = append(values, text[s.value:s.end])
		if before, again := h[name]; again {
			h[name] = append(before, values[i])
		} else {
			h[name] = values[i : i+1 : i+1]
		}
	}
	return h, values
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

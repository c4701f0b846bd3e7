package observe

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"
	"unicode/utf8"
)

// The bounds of one record. What is beyond them is cut.
const (
	maxMessage = 8 << 10 // bytes
	maxValue   = 4 << 10 // bytes of an attribute's text
	maxAttrs   = 32
)

// requestIDKey is the attribute in which gateway.Context names the request.
const requestIDKey = "request_id"

// Logger is what the endpoint's script logs with. The attribute request_id becomes the record's RequestID.
func (e *Endpoint) Logger() *slog.Logger { return slog.New(&scriptHandler{endpoint: e}) }

// scriptHandler turns a script's records into entries. Values are turned into text and numbers at once: what a script
// logs may be changed by it afterwards.
type scriptHandler struct {
	endpoint  *Endpoint
	requestID string
	attrs     []slog.Attr
	prefix    string // of attributes, from groups: "group."
}

func (h *scriptHandler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= h.endpoint.observer.scriptLevel
}

func (h *scriptHandler) Handle(_ context.Context, r slog.Record) error {
	requestID, attrs := h.requestID, h.attrs
	if r.NumAttrs() > 0 {
		own := make([]slog.Attr, 0, r.NumAttrs())
		r.Attrs(func(a slog.Attr) bool {
			own = append(own, a)
			return len(own) < maxAttrs
		})
		attrs = appendAttrs(attrs[:len(attrs):len(attrs)], h.prefix, own)
	}
	at := r.Time
	if at.IsZero() {
		at = time.Now()
	}
	h.endpoint.write(at, r.Level, KindScript, requestID, r.Message, attrs)
	return nil
}

func (h *scriptHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	with := *h
	with.attrs = with.attrs[:len(with.attrs):len(with.attrs)]
	for i, a := range attrs {
		if h.prefix == "" && a.Key == requestIDKey && a.Value.Kind() == slog.KindString {
			with.requestID = a.Value.String()
			continue
		}
		with.attrs = appendAttrs(with.attrs, h.prefix, attrs[i:i+1])
	}
	return &with
}

func (h *scriptHandler) WithGroup(name string) slog.Handler {
	with := *h
	if name != "" {
		with.prefix = cut(h.prefix+name+".", maxValue)
	}
	return &with
}

// appendAttrs adds attributes in their stored form: groups are flattened, and every value is a number, a truth value,
// a time, a duration or text.
func appendAttrs(to []slog.Attr, prefix string, attrs []slog.Attr) []slog.Attr {
	for _, a := range attrs {
		if len(to) >= maxAttrs {
			return to
		}
		v := resolve(a.Value)
		if v.Kind() == slog.KindGroup {
			inner := prefix
			if a.Key != "" {
				inner = cut(prefix+a.Key+".", maxValue)
			}
			to = appendAttrs(to, inner, v.Group())
			continue
		}
		if a.Key == "" {
			continue
		}
		to = append(to, slog.Attr{Key: cut(prefix+a.Key, maxValue), Value: v})
	}
	return to
}

// resolve gives a value that shares nothing with the script. Text of values comes from encoding/json, which, unlike
// fmt, does not run out of stack on data that contains itself.
func resolve(v slog.Value) (out slog.Value) {
	defer func() {
		if p := recover(); p != nil { // a method of the script's own type panicked
			out = slog.StringValue("!PANIC")
		}
	}()
	v = v.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(cut(v.String(), maxValue))
	case slog.KindAny:
		return slog.StringValue(cut(text(v.Any()), maxValue))
	}
	return v
}

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return "<nil>"
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	case []byte:
		return string(v[:min(len(v), maxValue+1)])
	case encoding.TextMarshaler:
		if b, err := v.MarshalText(); err == nil {
			return string(b)
		}
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%T (%v)", v, err)
	}
	return string(b)
}

// cut shortens text to at most n bytes and a mark, between characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// Output gives a writer for what the endpoint's script prints: each line becomes a record of the level. Closing it
// writes an unfinished last line. It is safe for concurrent use.
func (e *Endpoint) Output(level slog.Level) io.WriteCloser {
	return &outputWriter{endpoint: e, level: level}
}

type outputWriter struct {
	endpoint *Endpoint
	level    slog.Level

	mu   sync.Mutex // guards line
	line []byte     // printed since the last line end
}

func (w *outputWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for rest := p; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte("\n"))
		w.line = append(w.line, line[:min(len(line), maxMessage+1-min(len(w.line), maxMessage+1))]...)
		if ended {
			w.flush()
		}
		rest = after
	}
	return len(p), nil
}

func (w *outputWriter) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.line) > 0 {
		w.flush()
	}
	return nil
}

func (w *outputWriter) flush() {
	w.endpoint.write(time.Now(), w.level, KindOutput, "", string(bytes.TrimSuffix(w.line, []byte("\r"))), nil)
	w.line = w.line[:0]
}

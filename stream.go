package gateway

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Stream makes a response whose body write produces piece by piece after the
// status and headers have gone out. write runs under the endpoint's deadline;
// its error ends the body early and is logged.
func Stream(contentType string, write func(w *StreamWriter) error) *Response {
	r := New(http.StatusOK).WithHeader("Content-Type", contentType)
	r.stream = write
	return r
}

// Events makes a response of server-sent events
// (https://html.spec.whatwg.org/multipage/server-sent-events.html). Each event
// is flushed to the client as it is sent.
func Events(write func(events *EventWriter) error) *Response {
	r := Stream("text/event-stream", func(w *StreamWriter) error {
		return write(&EventWriter{w: w})
	})
	return r.WithHeader("Cache-Control", "no-store").WithHeader("X-Accel-Buffering", "no")
}

// Streaming reports whether the body comes from a function.
func (r *Response) Streaming() bool { return r.stream != nil }

// WriteStream runs the function of a streaming response with output to w; flush
// sends what was written to the client. It is for whoever serves the response.
func (r *Response) WriteStream(w io.Writer, flush func() error) error {
	if r.stream == nil {
		return nil
	}
	return r.stream(&StreamWriter{w: w, flush: flush})
}

// StreamWriter is the body of a streaming response. It is not safe for
// concurrent use.
type StreamWriter struct {
	w     io.Writer
	flush func() error
}

// Write adds to the body. It fails when the client has gone.
func (s *StreamWriter) Write(p []byte) (int, error) { return s.w.Write(p) }

// WriteString is Write for a string.
func (s *StreamWriter) WriteString(text string) (int, error) { return io.WriteString(s.w, text) }

// Flush sends what was written so far to the client. It fails when the client
// has gone.
func (s *StreamWriter) Flush() error { return s.flush() }

// Event is one server-sent event.
type Event struct {
	ID    string        // what a reconnecting client sends as Last-Event-ID; optional
	Name  string        // the event type; "message" where empty
	Data  string        // may have several lines
	Retry time.Duration // how long the client waits before it reconnects, in milliseconds; unset where zero
}

// EventWriter sends server-sent events. It is not safe for concurrent use.
type EventWriter struct {
	w   *StreamWriter
	buf bytes.Buffer
}

// Send writes one event and flushes it. Line breaks in ID and Name are refused,
// because they would begin another field.
func (e *EventWriter) Send(event Event) error {
	if strings.ContainsAny(event.ID+event.Name, "\r\n\x00") {
		return fmt.Errorf("send event: id %q or name %q contains a line break", event.ID, event.Name)
	}
	e.buf.Reset()
	field := func(name, value string) {
		e.buf.WriteString(name)
		e.buf.WriteString(": ")
		e.buf.WriteString(value)
		e.buf.WriteByte('\n')
	}
	if event.ID != "" {
		field("id", event.ID)
	}
	if event.Name != "" {
		field("event", event.Name)
	}
	if event.Retry > 0 {
		field("retry", strconv.FormatInt(event.Retry.Milliseconds(), 10))
	}
	for line := range strings.SplitSeq(newlines.Replace(event.Data), "\n") {
		field("data", line)
	}
	e.buf.WriteByte('\n')
	return e.send()
}

// SendJSON sends v, encoded as JSON, as the data of an event.
func (e *EventWriter) SendJSON(name string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("send event: %w", err)
	}
	return e.Send(Event{Name: name, Data: string(data)})
}

// Comment sends a line that clients ignore; sent now and then it keeps proxies
// from closing a quiet connection.
func (e *EventWriter) Comment(text string) error {
	e.buf.Reset()
	for line := range strings.SplitSeq(newlines.Replace(text), "\n") {
		e.buf.WriteString(": " + line + "\n")
	}
	e.buf.WriteByte('\n')
	return e.send()
}

func (e *EventWriter) send() error {
	if _, err := e.w.Write(e.buf.Bytes()); err != nil {
		return err
	}
	return e.w.Flush()
}

// newlines maps the three line ends of the specification to one.
var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

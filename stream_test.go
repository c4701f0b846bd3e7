package gateway_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"gateway"
)

func TestEventsAreFlushedOneByOne(t *testing.T) {
	var out bytes.Buffer
	var flushed []int
	r := gateway.Events(func(events *gateway.EventWriter) error {
		for range 3 {
			if err := events.Send(gateway.Event{Data: "x"}); err != nil {
				return err
			}
		}
		return events.Comment("c")
	})
	if err := r.WriteStream(&out, func() error { flushed = append(flushed, out.Len()); return nil }); err != nil {
		t.Fatal(err)
	}
	const event = len("data: x\n\n")
	if len(flushed) != 4 || flushed[0] != event || flushed[2] != 3*event || flushed[3] != out.Len() {
		t.Errorf("flushed after %v of %d bytes", flushed, out.Len())
	}
	if r.Headers.Get("Content-Type") != "text/event-stream" || r.Headers.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", r.Headers)
	}
}

func TestEventsCannotBeForged(t *testing.T) {
	for _, c := range []struct {
		event gateway.Event
		want  string // empty: refused
	}{
		{gateway.Event{Data: "a\r\nb\rc\nd"}, "data: a\ndata: b\ndata: c\ndata: d\n\n"},
		{gateway.Event{Data: "a\n\nevent: forged"}, "data: a\ndata: \ndata: event: forged\n\n"},
		{gateway.Event{}, "data: \n\n"},
		{gateway.Event{ID: "1", Name: "n", Data: "d", Retry: 1500 * time.Millisecond}, "id: 1\nevent: n\nretry: 1500\ndata: d\n\n"},
		{gateway.Event{ID: "1\ndata: x"}, ""},
		{gateway.Event{Name: "n\rdata: x"}, ""},
		{gateway.Event{ID: "1\x00"}, ""},
	} {
		var out bytes.Buffer
		err := gateway.Events(func(events *gateway.EventWriter) error { return events.Send(c.event) }).WriteStream(&out, func() error { return nil })
		if out.String() != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%+v: %q, %v", c.event, out.String(), err)
		}
	}
}

func TestEventsThatCannotBeEncoded(t *testing.T) {
	err := gateway.Events(func(events *gateway.EventWriter) error { return events.SendJSON("x", make(chan int)) }).
		WriteStream(&bytes.Buffer{}, func() error { return nil })
	if err == nil || !strings.Contains(err.Error(), "chan int") {
		t.Errorf("%v", err)
	}
}

// brokenPipe is a client that has gone.
type brokenPipe struct{}

var errPipe = errors.New("broken pipe")

func (brokenPipe) Write([]byte) (int, error) { return 0, errPipe }

func TestStreamsLearnThatTheClientHasGone(t *testing.T) {
	flush := func() error { return errPipe }
	for name, write := range map[string]func(*gateway.StreamWriter) error{
		"Write":       func(w *gateway.StreamWriter) error { _, err := w.Write([]byte("x")); return err },
		"WriteString": func(w *gateway.StreamWriter) error { _, err := w.WriteString("x"); return err },
		"Flush":       func(w *gateway.StreamWriter) error { return w.Flush() },
	} {
		if err := gateway.Stream("a/b", write).WriteStream(brokenPipe{}, flush); !errors.Is(err, errPipe) {
			t.Errorf("%s: %v", name, err)
		}
	}
	send := func(events *gateway.EventWriter) error { return events.Send(gateway.Event{Data: "x"}) }
	if err := gateway.Events(send).WriteStream(brokenPipe{}, flush); !errors.Is(err, errPipe) {
		t.Errorf("Send: %v", err)
	}
	if err := gateway.Events(send).WriteStream(&bytes.Buffer{}, flush); !errors.Is(err, errPipe) {
		t.Errorf("Send, flushing: %v", err)
	}
}

func TestOtherResponsesHaveNoStream(t *testing.T) {
	if r := gateway.OK(1); r.Streaming() || r.WriteStream(brokenPipe{}, nil) != nil {
		t.Error("a response with a body streams")
	}
}

package http_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/observe"
	triggerhttp "gateway/internal/trigger/http"
)

// newWaitingSite has a handler that waits for the end of its context, and tells when it begins and what ended it, and
// one that waits until it is let go on, or for the end of its context.
func newWaitingSite(t *testing.T) (s *site, ended <-chan error, proceed chan<- struct{}) {
	ends, goOn := make(chan error), make(chan struct{})
	s = newSite(t, triggerhttp.Options{WriteTimeout: 2 * time.Second}, map[string]dispatchtest.Handler{
		"GET /forever": func(ctx *gateway.Context, _ *gateway.Request) (*gateway.Response, error) {
			ends <- nil
			<-ctx.Done()
			ends <- ctx.Err()
			return nil, fmt.Errorf("gave up: %w", ctx.Err())
		},
		"GET /wait/{n}": func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
			select {
			case <-goOn:
				return gateway.Text(200, req.PathParam("n")), nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		},
		"GET /now": func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
			return gateway.Text(200, "now"), nil
		},
	})
	return s, ends, goOn
}

// leave asks for what waits for ever, goes away, and waits until the handler has noticed.
func (s *site) leave(ended <-chan error) {
	s.t.Helper()
	c, _ := s.dial()
	io.WriteString(c, "GET /forever HTTP/1.1\r\nHost: h\r\n\r\n")
	<-ended
	_ = c.Close()
	if err := <-ended; err != context.Canceled {
		s.t.Errorf("the context ended with %v", err)
	}
}

func TestAHandlerNoticesThatItsClientHasGone(t *testing.T) {
	s, ended, _ := newWaitingSite(t)
	s.leave(ended)
	id := s.endpoint("GET /forever")
	line := s.await(id, func(r observe.Record) bool { return r.Kind == observe.KindRequest })
	if line.Request.Status != 499 {
		t.Errorf("logged %s", line)
	}
	if lines := s.logged(id, "failed"); len(lines) > 0 {
		t.Errorf("blamed the handler: %s", lines)
	}
}

// TestWhatALookoutReadsIsServed has two clients wait for long enough that lookouts are posted: one that sends its next
// request meanwhile, and one that does not.
func TestWhatALookoutReadsIsServed(t *testing.T) {
	s, ended, proceed := newWaitingSite(t)
	type client struct {
		net.Conn
		r *bufio.Reader
	}
	var clients []client
	for range 2 {
		c, r := s.dial()
		io.WriteString(c, "GET /wait/0 HTTP/1.1\r\nHost: h\r\n\r\n")
		clients = append(clients, client{c, r})
	}
	s.leave(ended) // once a lookout was posted for this client, and once more, a tick has passed for the others
	s.leave(ended)
	io.WriteString(clients[0], "GET /wait/1 HTTP/1.1\r\nHost: h\r\n\r\n")
	s.leave(ended)
	for range 3 {
		proceed <- struct{}{}
	}
	for i, want := range [][]string{{"0", "1"}, {"0"}} {
		for _, want := range want {
			if res, body := s.read(clients[i].r, "GET"); res.StatusCode != 200 || body != want {
				t.Errorf("client %d: %d %q, want %s", i, res.StatusCode, body, want)
			}
		}
		io.WriteString(clients[i], "GET /now HTTP/1.1\r\nHost: h\r\n\r\n")
		if res, body := s.read(clients[i].r, "GET"); res.StatusCode != 200 || body != "now" {
			t.Errorf("client %d: then %d %q", i, res.StatusCode, body)
		}
	}
}

func TestAStreamNoticesThatItsClientHasGone(t *testing.T) {
	s := newScriptSite(t, catalog.Limits{Timeout: time.Minute})
	e := s.deploy("/events", "", `
	return gateway.Events(func(events *gateway.EventWriter) error {
		if err := events.Send(gateway.Event{Data: "first"}); err != nil {
			return err
		}
		defer ctx.Log().Info("the function ends")
		<-ctx.Done()
		ctx.Log().Info("the client has gone", "error", ctx.Err())
		return ctx.Err()
	}), nil`)
	c, r := s.dial()
	io.WriteString(c, "GET /events HTTP/1.1\r\nHost: h\r\n\r\n")
	for line := ""; line != "data: first\n"; {
		var err error
		if line, err = r.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	_ = c.Close()
	line := s.await(e.ID, func(r observe.Record) bool { return r.Message == "the client has gone" })
	if !strings.Contains(line.String(), context.Canceled.Error()) {
		t.Error(line)
	}
	s.await(e.ID, func(r observe.Record) bool { return r.Message == "the function ends" })
	for _, r := range s.observer.Find(e.ID).Recent(-1) {
		if r.Message == "" && r.Request == nil || r.Level > slog.LevelInfo {
			t.Errorf("logged %s", r)
		}
	}
}

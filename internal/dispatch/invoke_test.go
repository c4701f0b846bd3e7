package dispatch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/route"
	"gateway/internal/observe"
	"gateway/interp"
)

type brokenError struct{ text string }

func (e *brokenError) Error() string { return e.text }

func TestErrorsBecomeAnswersAndLogRecords(t *testing.T) {
	secret := errors.New("password is hunter2")
	for name, c := range map[string]struct {
		err    error
		r      *gateway.Response
		status int
		body   string // has this
		log    string // the record's message; empty for none
		logged string // the record has this
	}{
		"the handler's own":    {err: gateway.ErrNotFound.New("no such pet"), status: 404, body: `{"error":"no such pet","code":"not_found"}`},
		"a bare code":          {err: gateway.ErrConflict, status: 409, body: `"code":"conflict"`},
		"wrapped":              {err: fmt.Errorf("find: %w", gateway.ErrForbidden.New("not yours")), status: 403, body: "not yours"},
		"with a cause":         {err: gateway.ErrDatabase.Wrap(secret, "try later"), status: 500, body: `"error":"try later"`, log: "handler failed", logged: "hunter2"},
		"any other":            {err: secret, status: 500, body: `"code":"internal_error"`, log: "handler failed", logged: "hunter2"},
		"a panic":              {err: &interp.PanicError{Value: secret, Text: "password is hunter2", Stack: []interp.Frame{{Func: "Handle", File: "handler.go", Line: 12}}}, status: 500, body: `"error":"internal server error","code":"internal_error","request_id":"id"`, log: "handler panicked", logged: "handler.go:12 Handle"},
		"a panic with a code":  {err: &interp.PanicError{Value: gateway.ErrNotFound, Text: "not found"}, status: 500, body: `"code":"internal_error"`, log: "handler panicked"},
		"a timeout":            {err: &interp.TimeoutError{Timeout: time.Second}, status: 504, body: `"code":"timeout","request_id":"id"`, log: "handler timed out", logged: "within 1s"},
		"a kill":               {err: &interp.KilledError{Reason: "ran away"}, status: 503, body: `"code":"service_unavailable"`, log: "handler was stopped", logged: "ran away"},
		"busy":                 {err: interp.ErrBusy, status: 503, body: "too many requests"},
		"stopped":              {err: interp.ErrStopped, status: 503, body: "stopped"},
		"cannot be loaded":     {err: &interp.LoadError{Program: "p", Err: gateway.ErrNotFound}, status: 503, body: "cannot be loaded", log: "script cannot be loaded"},
		"nothing":              {err: interp.ErrNoResponse, status: 500, body: `"code":"internal_error"`, log: "handler failed", logged: "no response"},
		"cancelled":            {err: context.Canceled, status: 503, body: "cancelled"},
		"a nil *Error":         {err: (*gateway.Error)(nil), status: 500, body: `"code":"internal_error"`, log: "handler failed", logged: "nil *gateway.Error"},
		"an error that panics": {err: (*brokenError)(nil), status: 500, body: `"code":"internal_error"`, log: "handler failed", logged: "panicked"},
		"a status of success":  {err: &gateway.Error{Status: 200, Message: "odd"}, status: 500, body: `"code":"internal_error"`, log: "handler failed", logged: "odd"},
		"an encoding failure":  {r: gateway.OK(make(chan int)), status: 500, body: `"code":"serialization_error"`, log: "handler failed", logged: "chan int"},
		"a status of zero":     {r: &gateway.Response{Body: []byte("x")}, status: 200, body: "x"},
		"an impossible status": {r: gateway.Text(99, "x"), status: 500, body: `"code":"internal_error"`, log: "handler failed", logged: "status 99"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.engine.Handlers["h"] = func(*gateway.Context, *gateway.Request) (*gateway.Response, error) { return c.r, c.err }
			e := w.create("GET /h", "h")
			got := w.ask("GET /h")
			if !strings.HasPrefix(got, fmt.Sprint(c.status, " ")) || !strings.Contains(got, c.body) || strings.Contains(got, "hunter2") {
				t.Errorf("got %s", got)
			}
			log := w.observer.Find(e.ID)
			var event *observe.Record
			for _, r := range log.Recent(-1) {
				if r.Kind == observe.KindEvent && r.RequestID == "id" {
					event = &r
				}
			}
			switch {
			case c.log == "" && event != nil:
				t.Errorf("logged %s", event)
			case c.log != "" && (event == nil || event.Message != c.log || !strings.Contains(event.String(), c.logged)):
				t.Errorf("logged %v, want %q with %q", event, c.log, c.logged)
			}
			if last := log.Recent(1)[0]; last.Request == nil || last.Request.Status != c.status {
				t.Errorf("last line: %s", last)
			}
			if s := log.Stats(); s.Requests != 1 || s.InFlight != 0 || s.ByStatus[c.status/100] != 1 {
				t.Errorf("counted %+v", s)
			}
			if slot := w.status(e.ID).Slot; slot.InFlight != 0 {
				t.Errorf("%d calls are still pinned", slot.InFlight)
			}
		})
	}
}

func TestAPanicOfTheGatewayIsAnsweredAndCounted(t *testing.T) {
	w := newWorld(t)
	w.engine.Handlers["bug"] = func(*gateway.Context, *gateway.Request) (*gateway.Response, error) { panic("bug in the engine") }
	e := w.create("GET /bug", "bug")
	w.expect("GET /bug", `500 {"error":"internal server error","code":"internal_error","request_id":"id"}`)
	log := w.observer.Find(e.ID)
	if s := log.Stats(); s.InFlight != 0 || s.ByStatus[5] != 1 {
		t.Errorf("counted %+v", s)
	}
	found := false
	for _, r := range log.Recent(-1) {
		found = found || r.Message == "gateway panicked" && strings.Contains(r.String(), "bug in the engine")
	}
	if !found {
		t.Error("the panic is not in the log")
	}
}

func TestTheConcurrencyLimitTurnsAway(t *testing.T) {
	w := newWorld(t)
	entered, leave := make(chan struct{}), make(chan struct{})
	w.engine.Handlers["slow"] = func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
		entered <- struct{}{}
		<-leave
		return gateway.NoContent(), nil
	}
	e := endpoint("GET /slow")
	e.Enabled, e.Started, e.MaxConcurrency = true, true, 2
	if _, err := w.d.Create(t.Context(), &e, &catalog.Version{Code: "slow"}); err != nil {
		t.Fatal(err)
	}
	answers := make(chan string)
	for range 2 {
		go func() { answers <- w.ask("GET /slow") }()
		<-entered
	}
	var m dispatch.Match
	w.d.Match("", "GET", "/slow", &m)
	a := w.d.Invoke(t.Context(), &m, &gateway.Request{RequestID: "id"}, time.Now(), nil)
	if a.Response.Status != 503 || a.Response.Headers.Get("Retry-After") == "" {
		t.Errorf("the third got %d %v", a.Response.Status, a.Response.Headers)
	}
	a.End(0)
	a.End(0)
	close(leave)
	for range 2 {
		if got := <-answers; !strings.HasPrefix(got, "204") {
			t.Error(got)
		}
	}
	if s := w.observer.Find(e.ID).Stats(); s.Rejected != 1 || s.Requests != 3 || s.InFlight != 0 {
		t.Errorf("counted %+v", s)
	}
}

func TestStopsDrain(t *testing.T) {
	w := newWorld(t)
	entered, leave := make(chan struct{}), make(chan struct{})
	w.engine.Handlers["slow"] = func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
		close(entered)
		<-leave
		return gateway.Text(200, "finished"), nil
	}
	e := w.create("GET /slow", "slow")
	answer := make(chan string)
	go func() { answer <- w.ask("GET /slow") }()
	<-entered
	saved, err := w.d.Update(t.Context(), &e, &catalog.Version{Code: "one"})
	if err != nil || saved.Pending != 1 {
		t.Fatalf("%+v, %v", saved, err)
	}
	if st := w.status(e.ID); st.Status != catalog.StatusDraining {
		t.Errorf("status %s", st.Status)
	}
	w.expect("GET /slow", "200 one")
	if err := w.d.Delete(t.Context(), e.ID, 0); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /slow", "404")
	close(leave)
	if got := <-answer; got != "200 finished" {
		t.Error(got)
	}
	if s := w.observer.Stats(); s.Requests != 2 || s.InFlight != 0 || s.Unmatched != 1 {
		t.Errorf("counted %+v", s)
	}
}

func TestStreamsKeepTheirInstance(t *testing.T) {
	for name, c := range map[string]struct {
		end    error
		client bool // the client goes away
		want   string
		logged string
	}{
		"whole":           {want: "ab"},
		"failing":         {end: errors.New("source dried up"), want: "ab", logged: "stream failed"},
		"with an answer":  {end: gateway.ErrNotFound, want: "ab", logged: "stream failed"},
		"client has gone": {client: true, want: ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.engine.Handlers["stream"] = func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
				return gateway.Stream("text/plain", func(s *gateway.StreamWriter) error {
					for _, text := range []string{"a", "b"} {
						if _, err := s.WriteString(text); err != nil {
							return err
						}
						if err := s.Flush(); err != nil {
							return err
						}
					}
					return c.end
				}), nil
			}
			e := w.create("GET /stream", "stream")
			var m dispatch.Match
			w.d.Match("", "GET", "/stream", &m)
			a := w.d.Invoke(t.Context(), &m, &gateway.Request{RequestID: "id"}, time.Now(), nil)
			if !a.Response.Streaming() || w.status(e.ID).Slot.InFlight != 1 {
				t.Fatalf("streaming %v, %d pinned", a.Response.Streaming(), w.status(e.ID).Slot.InFlight)
			}
			var out bytes.Buffer
			gone := errors.New("broken pipe")
			err := a.Stream(&out, func() error {
				if c.client {
					out.Reset()
					return gone
				}
				return nil
			})
			if (err != nil) != (c.end != nil || c.client) || out.String() != c.want {
				t.Errorf("wrote %q, %v", out.String(), err)
			}
			a.End(int64(out.Len()))
			if w.status(e.ID).Slot.InFlight != 0 {
				t.Error("the instance is still pinned")
			}
			logged := ""
			for _, r := range w.observer.Find(e.ID).Recent(-1) {
				if r.Kind == observe.KindEvent && r.RequestID == "id" && r.Level >= slog.LevelWarn {
					logged = r.Message
				}
			}
			if logged != c.logged {
				t.Errorf("logged %q, want %q", logged, c.logged)
			}
		})
	}
}

func TestRefusedRequestsAreTheEndpoints(t *testing.T) {
	w := newWorld(t)
	e := endpoint("POST /a")
	e.Enabled, e.Started, e.MaxBodyBytes = true, true, 7
	if _, err := w.d.Create(t.Context(), &e, &catalog.Version{Code: "one"}); err != nil {
		t.Fatal(err)
	}
	var m dispatch.Match
	w.d.Match("", "POST", "/a", &m)
	if m.Result != route.Found || m.MaxBodyBytes() != 7 {
		t.Fatalf("result %v, limit %d", m.Result, m.MaxBodyBytes())
	}
	a := w.d.Refuse(&m, &gateway.Request{RequestID: "id"}, time.Now(), gateway.ErrPayloadTooLarge.New("too large"))
	a.End(0)
	if a.Response.Status != 413 || !strings.Contains(string(a.Response.Body), `"request_id":"id"`) {
		t.Errorf("%d %s", a.Response.Status, a.Response.Body)
	}
	if s := w.observer.Find(e.ID).Stats(); s.ByStatus[4] != 1 || s.InFlight != 0 {
		t.Errorf("counted %+v", s)
	}
	w.d.Failed(408)
	if s := w.observer.Stats(); s.Unmatched != 1 {
		t.Errorf("counted %+v", s)
	}
}

func TestUnmatchedRequests(t *testing.T) {
	w := newWorld(t)
	w.create("GET /a", "one")
	for _, c := range []struct {
		method, path, allow, body string
		status                    int
	}{
		{"GET", "/none", "", `"code":"not_found","request_id":"id"`, 404},
		{"POST", "/a", "GET, HEAD, OPTIONS", `"code":"method_not_allowed"`, 405},
		{"OPTIONS", "/a", "GET, HEAD, OPTIONS", "", 204},
		{"GET", "/../a", "", `"code":"bad_request"`, 400},
	} {
		var m dispatch.Match
		w.d.Match("", c.method, c.path, &m)
		r := w.d.Unmatched(&m, "id")
		if r.Status != c.status || r.Headers.Get("Allow") != c.allow || !strings.Contains(string(r.Body), c.body) {
			t.Errorf("%s %s: %d %v %s", c.method, c.path, r.Status, r.Headers, r.Body)
		}
	}
}

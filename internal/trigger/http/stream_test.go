package http_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	nethttp "net/http"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/observe"
	triggerhttp "gateway/internal/trigger/http"
)

// endpoint gives the id of the endpoint that is named after its route.
func (s *site) endpoint(name string) string {
	s.t.Helper()
	e, ok := s.find(name)
	if !ok {
		s.t.Fatalf("no endpoint %s", name)
	}
	return e.ID
}

func (s *site) find(name string) (catalog.Endpoint, bool) {
	for _, e := range s.d.Endpoints() {
		if e.Name == name {
			return e, true
		}
	}
	return catalog.Endpoint{}, false
}

func streams(write func(w *gateway.StreamWriter) error) dispatchtest.Handler {
	return func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
		return gateway.Stream("text/plain", write), nil
	}
}

func TestStreamsArriveAsTheyAreFlushed(t *testing.T) {
	proceed := make(chan struct{})
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{
		"GET /events": func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
			return gateway.Events(func(events *gateway.EventWriter) error {
				for _, data := range []string{"one", "two"} {
					if err := events.Send(gateway.Event{Data: data}); err != nil {
						return err
					}
					<-proceed
				}
				return nil
			}), nil
		},
	})
	c, r := s.dial()
	io.WriteString(c, "GET /events HTTP/1.1\r\nHost: h\r\n\r\n")
	res, err := nethttp.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("X-Request-Id") == "" {
		t.Errorf("headers %v", res.Header)
	}
	body := bufio.NewReader(res.Body)
	for _, want := range []string{"data: one\n", "\n", "data: two\n", "\n"} {
		line, err := body.ReadString('\n') // arrives although the handler has not gone on
		if err != nil || line != want {
			t.Fatalf("got %q, %v", line, err)
		}
		if want == "\n" {
			proceed <- struct{}{}
		}
	}
	if rest, err := io.ReadAll(body); err != nil || len(rest) != 0 {
		t.Errorf("the end is %q, %v", rest, err)
	}
	// The connection goes on.
	io.WriteString(c, "GET /none HTTP/1.1\r\nHost: h\r\n\r\n")
	if res, _ := s.read(r, "GET"); res.StatusCode != 404 {
		t.Errorf("next answer %d", res.StatusCode)
	}
}

func TestAStreamIsCountedWhenItEnds(t *testing.T) {
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{
		"GET /big": streams(func(w *gateway.StreamWriter) error {
			for range 100 {
				if _, err := w.WriteString(strings.Repeat("x", 1000)); err != nil {
					return err
				}
			}
			return nil
		}),
	})
	if _, body := s.send("GET /big HTTP/1.1\nHost: h"); len(body) != 100_000 {
		t.Errorf("%d bytes", len(body))
	}
	s.awaitRequests(1)
	if stats := s.observer.Stats(); stats.BytesOut != 100_000 || stats.InFlight != 0 {
		t.Errorf("counted %+v", stats)
	}
	if res, body := s.send("HEAD /big HTTP/1.1\nHost: h"); res.StatusCode != 200 || body != "" || res.Header.Get("Content-Type") != "text/plain" {
		t.Errorf("HEAD: %d %v %q", res.StatusCode, res.Header, body)
	}
	s.awaitRequests(2)
}

// awaitRequests waits until so many requests are in the only endpoint's log.
func (s *site) awaitRequests(n int) {
	s.t.Helper()
	s.await(s.d.Endpoints()[0].ID, func(r observe.Record) bool {
		if r.Kind == observe.KindRequest {
			n--
		}
		return n == 0
	})
}

// await waits until an endpoint's log has a record, and gives it.
func (s *site) await(id string, wanted func(observe.Record) bool) observe.Record {
	s.t.Helper()
	sub, err := s.observer.Find(id).Follow(1000)
	if err != nil {
		s.t.Fatal(err)
	}
	defer sub.Close()
	for {
		r, _, err := sub.Next(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if wanted(r) {
			return r
		}
	}
}

func TestAStreamThatFailsIsCutOff(t *testing.T) {
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{
		"GET /broken": streams(func(w *gateway.StreamWriter) error {
			if _, err := w.WriteString("half"); err != nil {
				return err
			}
			if err := w.Flush(); err != nil {
				return err
			}
			return errors.New("source dried up")
		}),
	})
	res, err := nethttp.Get("http://" + s.addr + "/broken")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if string(body) != "half" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %q, %v: the client must see that it is not whole", body, err)
	}
	nethttp.DefaultClient.CloseIdleConnections()
}

func TestAStreamEndsWhenItsClientGoes(t *testing.T) {
	ended := make(chan error, 1)
	s := newSite(t, triggerhttp.Options{}, map[string]dispatchtest.Handler{
		"GET /endless": streams(func(w *gateway.StreamWriter) error {
			for {
				if _, err := w.WriteString("tick\n"); err != nil {
					ended <- err
					return err
				}
				if err := w.Flush(); err != nil {
					ended <- err
					return err
				}
			}
		}),
	})
	c, r := s.dial()
	io.WriteString(c, "GET /endless HTTP/1.1\r\nHost: h\r\n\r\n")
	if _, err := r.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	c.Close()
	if err := <-ended; err == nil {
		t.Error("the stream ended without an error")
	}
	s.awaitRequests(1)
	for _, r := range s.observer.Find(s.endpoint("GET /endless")).Recent(-1) {
		if r.Message == "stream failed" {
			t.Error("a client that went away is logged as a failure")
		}
	}
}

func TestShutdownLetsRequestsFinish(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	d := newDispatcher(t, observe.New(observe.Options{}), map[string]dispatchtest.Handler{
		"GET /slow": func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
			close(entered)
			<-leave
			return gateway.Text(200, "finished"), nil
		},
	})
	server, err := triggerhttp.New(triggerhttp.Options{Dispatcher: d})
	if err != nil {
		t.Fatal(err)
	}
	ln := listen(t)
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	silent, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	io.WriteString(c, "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
	<-entered
	shut := make(chan error, 1)
	go func() { shut <- server.Shutdown(t.Context()) }()
	if err := <-served; err != nil { // no more connections
		t.Errorf("Serve: %v", err)
	}
	close(leave)
	res, err := nethttp.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	if string(body) != "finished" || !res.Close {
		t.Errorf("got %q, connection closes: %v", body, res.Close)
	}
	if err := <-shut; err != nil {
		t.Error(err)
	}
	if err := server.Shutdown(t.Context()); err != nil {
		t.Errorf("a second Shutdown: %v", err)
	}
	if err := server.Serve(listen(t)); err == nil {
		t.Error("a server that was shut down serves")
	}
}

func TestShutdownCutsOffWhatDoesNotEnd(t *testing.T) {
	begun := make(chan struct{}, 2)
	d := newDispatcher(t, observe.New(observe.Options{}), map[string]dispatchtest.Handler{
		"GET /hang": func(ctx *gateway.Context, _ *gateway.Request) (*gateway.Response, error) {
			begun <- struct{}{}
			<-ctx.Done()
			return nil, ctx.Err()
		},
		"GET /endless": streams(func(w *gateway.StreamWriter) error {
			begun <- struct{}{}
			for {
				if _, err := w.WriteString("tick"); err != nil {
					return err
				}
				if err := w.Flush(); err != nil {
					return err
				}
			}
		}),
	})
	server, err := triggerhttp.New(triggerhttp.Options{Dispatcher: d})
	if err != nil {
		t.Fatal(err)
	}
	ln := listen(t)
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	for _, path := range []string{"/hang", "/endless"} {
		c, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: h\r\n\r\n")
		if path == "/endless" {
			go io.Copy(io.Discard, c)
		}
	}
	for range 2 {
		<-begun
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := server.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Shutdown: %v", err)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
	if n := d.Summary().Slots.InFlight; n != 0 {
		t.Errorf("%d calls go on", n)
	}
}

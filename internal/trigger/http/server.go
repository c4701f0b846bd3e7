package http

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"gateway"
	"gateway/internal/dispatch"
)

// Dispatcher finds the endpoint of a request and has it answered; see [dispatch.Dispatcher].
type Dispatcher interface {
	Match(host, method, path string, m *dispatch.Match)
	Invoke(ctx context.Context, m *dispatch.Match, req *gateway.Request, start time.Time, late func(dispatch.Answer)) dispatch.Answer
	Refuse(m *dispatch.Match, req *gateway.Request, start time.Time, err *gateway.Error) dispatch.Answer
	Unmatched(m *dispatch.Match, requestID string) *gateway.Response
	Failed(status int)
}

var _ Dispatcher = (*dispatch.Dispatcher)(nil)

// Options of a [Server]. Dispatcher is needed.
type Options struct {
	Dispatcher Dispatcher
	// Log takes what concerns no endpoint; nil drops it.
	Log *slog.Logger
	// TrustedProxies are the networks whose word on a client's address is taken.
	TrustedProxies []netip.Prefix
	// MaxBodyBytes bounds every request's body; endpoints may set less. 10 MiB where zero.
	MaxBodyBytes int64
	// MaxHeaderBytes bounds the request line and all headers together. 16 KiB where zero.
	MaxHeaderBytes int
	// ReadTimeout is how long a request may take to arrive whole. 30 s where zero.
	ReadTimeout time.Duration
	// WriteTimeout is how long a client may take none of what is sent to it. 30 s where zero.
	WriteTimeout time.Duration
	// IdleTimeout is how long a connection may wait for its next request. 2 min where zero.
	IdleTimeout time.Duration
	// Mounts are what the gateway answers itself, before any endpoint.
	Mounts []Mount
}

// A Server answers the requests that come in through listeners. Its methods are safe for concurrent use.
type Server struct {
	opts  Options
	app   *fiber.App
	conns *connections

	streams sync.WaitGroup // goroutines that write streaming bodies
}

// New makes a server.
func New(opts Options) (*Server, error) {
	if opts.Dispatcher == nil {
		return nil, errors.New("http trigger: a dispatcher is needed")
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.MaxBodyBytes == 0 {
		opts.MaxBodyBytes = 10 << 20
	}
	if opts.MaxHeaderBytes == 0 {
		opts.MaxHeaderBytes = 16 << 10
	}
	if opts.ReadTimeout == 0 {
		opts.ReadTimeout = 30 * time.Second
	}
	if opts.WriteTimeout == 0 {
		opts.WriteTimeout = 30 * time.Second
	}
	if opts.IdleTimeout == 0 {
		opts.IdleTimeout = 2 * time.Minute
	}
	s := &Server{opts: opts, conns: newConnections(opts)}
	s.app = fiber.New(fiber.Config{
		AppName:                      "gateway",
		DisableStartupMessage:        true,
		BodyLimit:                    int(opts.MaxBodyBytes),
		ReadBufferSize:               opts.MaxHeaderBytes,
		DisablePreParseMultipartForm: true, // the body goes to the handler as it came
		ErrorHandler:                 s.unreadable,
	})
	// Fiber reads requests, says what it cannot read and writes answers. Its router is left out: there is one handler,
	// endpoints have a router of their own, and what Fiber's does before a handler is a tenth of what a request costs.
	s.app.Server().Handler = s.enter
	return s, nil
}

// Serve answers requests from a listener, which it closes in the end. It returns nil after Shutdown.
func (s *Server) Serve(ln net.Listener) error {
	tracked, err := s.conns.listen(ln)
	if err != nil {
		return err
	}
	if err := s.app.Listener(tracked); err != nil {
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	}
	return nil
}

// Shutdown takes no more connections, closes idle ones and waits for requests in flight, streams included, until ctx
// ends. What still runs then is cut off, and ctx's error returned.
func (s *Server) Shutdown(ctx context.Context) error {
	s.conns.close()
	err := s.app.ShutdownWithContext(ctx)
	if err != nil {
		s.conns.cut()
		err = fmt.Errorf("shut down: requests were cut off: %w", err)
	}
	s.conns.wait(err != nil)
	s.streams.Wait()
	return err
}

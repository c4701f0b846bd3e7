package gateway

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Context is what a handler has beside the request: its deadline, services,
// settings, log and outbound HTTP client. It is a [context.Context] that ends
// when the endpoint's deadline passes, the client goes away or the handler has
// answered. It may be used by several goroutines at once.
type Context struct {
	ctx       context.Context
	env       *Environment
	requestID string
}

var _ context.Context = (*Context)(nil)

// Environment is what the one who runs a handler gives it. Every field may be
// left out: services are then not found, settings and secrets not set, and log
// records dropped. It is shared by all requests of an endpoint and must not
// change once in use.
type Environment struct {
	Services  Services
	Log       *slog.Logger
	Env       func(name string) string
	Secret    func(ctx context.Context, name string) (string, error)
	Transport http.RoundTripper // under HTTP; http.DefaultTransport where nil
	// MaxFetch is the largest response body, in bytes, that HTTP lets a handler
	// read; 32 MiB where zero.
	MaxFetch int64
}

// NewContext makes the context of one request. Gateways and tests of handlers
// call it; handlers are given theirs.
func NewContext(ctx context.Context, env *Environment, requestID string) *Context {
	if env == nil {
		env = &Environment{}
	}
	return &Context{ctx: ctx, env: env, requestID: requestID}
}

// Deadline is when the endpoint's timeout ends the request.
func (c *Context) Deadline() (time.Time, bool) { return c.ctx.Deadline() }

// Done is closed when the request ends.
func (c *Context) Done() <-chan struct{} { return c.ctx.Done() }

// Err is why the request ended, nil before.
func (c *Context) Err() error { return c.ctx.Err() }

// Value is as in [context.Context].
func (c *Context) Value(key any) any { return c.ctx.Value(key) }

// WithTimeout gives a context that ends after d, or with c if that is sooner.
// Services and the HTTP client taken from it work under the shorter deadline.
func (c *Context) WithTimeout(d time.Duration) (*Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(c.ctx, d)
	return &Context{ctx: ctx, env: c.env, requestID: c.requestID}, cancel
}

// WithContext gives a context with the services and settings of c that lives
// and carries values as ctx does. ctx should be made from c.
func (c *Context) WithContext(ctx context.Context) *Context {
	return &Context{ctx: ctx, env: c.env, requestID: c.requestID}
}

// Env is a setting from the gateway's configuration for scripts, or "". Scripts
// do not see the process environment.
func (c *Context) Env(name string) string {
	if c.env.Env == nil {
		return ""
	}
	return c.env.Env(name)
}

// Secret is a secret of the gateway. One that is not set is [ErrNotFound].
func (c *Context) Secret(name string) (string, error) {
	if c.env.Secret == nil {
		return "", ErrInternal.Wrap(ErrNotFound.Newf("secret %q is not set", name), ErrInternal.Error())
	}
	return c.env.Secret(c.ctx, name)
}

// Log writes to the endpoint's log; every record carries the request's id.
func (c *Context) Log() *slog.Logger {
	if c.env.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	if c.requestID == "" {
		return c.env.Log
	}
	return c.env.Log.With("request_id", c.requestID)
}

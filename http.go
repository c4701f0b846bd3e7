package gateway

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

// defaultMaxFetch bounds the body of a fetched response, in bytes.
const defaultMaxFetch = 32 << 20

// HTTP is a client for other hosts. Requests made with it end with c, at most
// ten redirects are followed, and reading more of a response body than the
// gateway allows (32 MiB unless configured) fails with [ErrPayloadTooLarge].
// Connections are pooled by the gateway across requests and endpoints.
func (c *Context) HTTP() *http.Client {
	transport := c.env.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	limit := c.env.MaxFetch
	if limit <= 0 {
		limit = defaultMaxFetch
	}
	return &http.Client{Transport: &boundTransport{ctx: c.ctx, next: transport, limit: limit}}
}

// boundTransport ends every exchange with the request it was made for.
type boundTransport struct {
	ctx   context.Context // the request's; a transport lives no longer than it
	next  http.RoundTripper
	limit int64
}

func (t *boundTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	stop := context.AfterFunc(t.ctx, func() { cancel(context.Cause(t.ctx)) })
	release := func() { stop(); cancel(nil) }
	if err := t.ctx.Err(); err != nil {
		release()
		return nil, err
	}
	res, err := t.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		release()
		return nil, err
	}
	res.Body = &boundBody{ReadCloser: res.Body, left: t.limit, limit: t.limit, release: release}
	return res, nil
}

type boundBody struct {
	io.ReadCloser
	left, limit int64
	release     func()
}

func (b *boundBody) Read(p []byte) (int, error) {
	// One byte beyond the limit tells a body that ends there from a longer one.
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if int64(n) > b.left {
		n = int(b.left)
		err = ErrPayloadTooLarge.Wrap(fmt.Errorf("fetched body is larger than %d bytes", b.limit), ErrInternal.Error())
	}
	b.left -= int64(n)
	return n, err
}

func (b *boundBody) Close() error {
	defer b.release()
	return b.ReadCloser.Close()
}

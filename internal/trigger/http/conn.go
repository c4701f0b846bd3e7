package http

import (
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// connections are those of a server: all that listeners have accepted and that are not closed.
type connections struct {
	proxies proxies
	write   time.Duration

	mu        sync.Mutex // guards what follows
	listeners []*listener
	open      map[*conn]struct{}
	closed    bool
	empty     chan struct{} // closed when closed is set and open has become empty
}

func newConnections(opts Options) *connections {
	return &connections{
		proxies: opts.TrustedProxies, write: opts.WriteTimeout, open: make(map[*conn]struct{}), empty: make(chan struct{}),
	}
}

var errShutDown = errors.New("http trigger: the server was shut down")

func (cs *connections) listen(ln net.Listener) (net.Listener, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.closed {
		return nil, errShutDown
	}
	l := &listener{Listener: ln, conns: cs}
	cs.listeners = append(cs.listeners, l)
	return l, nil
}

// close refuses connections and listeners from now on.
func (cs *connections) close() {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.closed {
		return
	}
	cs.closed = true
	if len(cs.open) == 0 {
		close(cs.empty)
	}
	for _, l := range cs.listeners {
		_ = l.Close()
	}
}

// cut closes every connection.
func (cs *connections) cut() {
	cs.mu.Lock()
	open := make([]*conn, 0, len(cs.open))
	for c := range cs.open {
		open = append(open, c)
	}
	cs.mu.Unlock()
	for _, c := range open {
		_ = c.Close()
	}
}

// wait waits, after close, until all connections are closed.
func (cs *connections) wait() { <-cs.empty }

func (cs *connections) add(c *conn) bool {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.closed {
		return false
	}
	cs.open[c] = struct{}{}
	return true
}

func (cs *connections) remove(c *conn) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	delete(cs.open, c)
	if cs.closed && len(cs.open) == 0 {
		close(cs.empty)
	}
}

type listener struct {
	net.Listener
	conns *connections
	once  sync.Once
}

// Close closes the listener. Closing again is no failure: both the server and what is below it do.
func (l *listener) Close() (err error) {
	l.once.Do(func() { err = l.Listener.Close() })
	return err
}

func (l *listener) Accept() (net.Conn, error) {
	accepted, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: accepted, conns: l.conns}
	addr := peerAddr(accepted)
	if addr.IsValid() {
		c.client = addr.WithZone("").String()
		c.proxy = l.conns.proxies.trust(addr)
	}
	if !l.conns.add(c) {
		_ = accepted.Close()
		return nil, net.ErrClosed
	}
	return c, nil
}

// conn is an accepted connection.
type conn struct {
	net.Conn
	conns  *connections
	client string // address of the peer; empty for what is not TCP
	proxy  bool   // the peer is a trusted proxy
	gone   atomic.Bool
}

// Write sends under a deadline of its own: a stream may last for hours, but not without the client taking something.
func (c *conn) Write(p []byte) (int, error) {
	if err := c.Conn.SetWriteDeadline(time.Now().Add(c.conns.write)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func (c *conn) Close() error {
	err := c.Conn.Close()
	if !c.gone.Swap(true) {
		c.conns.remove(c)
	}
	return err
}

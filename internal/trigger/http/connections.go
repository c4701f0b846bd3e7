package http

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// connections are those of a server: all that its listeners have accepted and that are not closed.
type connections struct {
	proxies  proxies
	period   time.Duration         // of a tick
	patience [1 << phaseBits]int64 // how many ticks a phase may last; 0 for ever
	tick     atomic.Int64          // the time that phases are measured in
	closing  atomic.Bool           // connections that wait for a request are to end

	stop     chan struct{} // ends watch
	watching sync.WaitGroup

	mu     sync.Mutex // guards what follows
	lns    []*listener
	open   map[*conn]struct{}
	closed bool          // nothing more is accepted
	empty  chan struct{} // closed when closed is set and open has become empty
}

var errShutDown = errors.New("http trigger: the server was shut down")

func newConnections(opts Options) *connections {
	cs := &connections{
		proxies: opts.TrustedProxies, open: make(map[*conn]struct{}), stop: make(chan struct{}), empty: make(chan struct{}),
	}
	// A tick is short enough that the shortest timeout is kept to within an eighth.
	shortest := min(opts.ReadTimeout, opts.WriteTimeout, opts.IdleTimeout)
	cs.period = min(max(shortest/8, time.Millisecond), time.Second)
	ticks := func(d time.Duration) int64 { return int64((d + cs.period - 1) / cs.period) }
	cs.patience[fresh] = ticks(opts.ReadTimeout)
	cs.patience[idle] = ticks(opts.IdleTimeout)
	cs.patience[receiving] = ticks(opts.ReadTimeout)
	cs.patience[sending] = ticks(opts.WriteTimeout)
	return cs
}

// listen begins to keep the connections of a listener.
func (cs *connections) listen(ln net.Listener) (net.Listener, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.closed {
		return nil, errShutDown
	}
	if len(cs.lns) == 0 {
		cs.watching.Go(cs.watch)
	}
	l := &listener{Listener: ln, conns: cs}
	cs.lns = append(cs.lns, l)
	return l, nil
}

// watch ends what waits for too long and posts lookouts, until stop.
func (cs *connections) watch() {
	ticker := time.NewTicker(cs.period)
	defer ticker.Stop()
	for {
		select {
		case <-cs.stop:
			return
		case <-ticker.C:
		}
		now := cs.tick.Add(1)
		for _, c := range cs.all() {
			p, since := c.now()
			if most := cs.patience[p]; most > 0 && now-since > most {
				c.interrupt(p)
			}
			c.lookOut()
		}
	}
}

func (cs *connections) all() []*conn {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	list := make([]*conn, 0, len(cs.open))
	for c := range cs.open {
		list = append(list, c)
	}
	return list
}

// close refuses connections and listeners from now on, and ends the connections that wait for a request.
func (cs *connections) close() {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.closed {
		return
	}
	cs.closed = true
	cs.closing.Store(true) // those that begin to wait after this see it, the others are found below
	if len(cs.open) == 0 {
		close(cs.empty)
	}
	for _, l := range cs.lns {
		_ = l.Close()
	}
	for c := range cs.open {
		if p, _ := c.now(); p == fresh || p == idle {
			c.interrupt(p)
		}
	}
}

// cut ends the requests of every connection and closes it under its goroutine. That ends then, or when the handler
// that it is in has been stopped.
func (cs *connections) cut() {
	for _, c := range cs.all() {
		c.end()
		_ = c.Conn.Close()
	}
}

// cutGrace is how long handlers may take to notice that their connections were cut.
const cutGrace = time.Second

// wait waits, after close, until the goroutines of all connections have ended. Handlers that do not notice that
// their connections were cut are left to whoever stops them.
func (cs *connections) wait(cut bool) {
	var patience <-chan time.Time
	if cut {
		patience = time.After(cutGrace)
	}
	select {
	case <-cs.empty:
	case <-patience:
	}
	cs.mu.Lock()
	select {
	case <-cs.stop:
	default:
		close(cs.stop)
	}
	cs.mu.Unlock()
	cs.watching.Wait()
}

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

// listener gives connections that are kept.
type listener struct {
	net.Listener
	conns *connections
	once  sync.Once
}

func (l *listener) Accept() (net.Conn, error) {
	accepted, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: accepted, conns: l.conns, between: fresh}
	ctx, end := context.WithCancel(context.Background())
	c.life, c.end = life{ctx, c}, end
	if addr := peerAddr(accepted); addr.IsValid() {
		c.client = addr.WithZone("").String()
		c.proxy = l.conns.proxies.trust(addr)
	}
	if !l.conns.add(c) {
		c.end()
		_ = accepted.Close()
		return nil, net.ErrClosed
	}
	return c, nil
}

// Close closes the listener. Closing again is no failure: both the server and what is below it do.
func (l *listener) Close() (err error) {
	l.once.Do(func() { err = l.Listener.Close() })
	return err
}

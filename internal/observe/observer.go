package observe

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Options of an [Observer]. The zero Options are usable.
type Options struct {
	// Log is the gateway's own log; where nil, nothing is forwarded.
	Log *slog.Logger
	// Requests forwards request lines to Log too, not only into the endpoints' logs.
	Requests bool
	// ScriptLevel is the least level of what scripts log that is kept.
	ScriptLevel slog.Level
	// Keep is how many records every endpoint's log keeps; none where negative, 1,000 where zero.
	Keep int
	// KeepBytes bounds the log of one endpoint, in bytes; 4 MiB where zero.
	KeepBytes int64
	// KeepTotal bounds all logs together, in bytes; 256 MiB where zero. Beyond it every log still has 16 records.
	KeepTotal int64
}

// Observer holds the logs and numbers of all endpoints. It is safe for concurrent use.
type Observer struct {
	log         *slog.Logger
	requests    bool
	scriptLevel slog.Level
	keep        int
	keepBytes   int64
	shared      budget
	started     time.Time
	registry    *prometheus.Registry

	unmatched [6]atomic.Uint64 // by the first digit of the status

	mu        sync.RWMutex // guards what follows
	endpoints map[string]*Endpoint
	leaving   []*Endpoint // removed, but perhaps with requests in flight
	gone      Stats       // of endpoints that were removed before, so that totals never shrink
	closed    bool
}

// New makes an observer.
func New(opts Options) *Observer {
	o := &Observer{
		log: opts.Log, requests: opts.Requests && opts.Log != nil, scriptLevel: opts.ScriptLevel,
		keep: max(orDefault(opts.Keep, 1000), 0), keepBytes: orDefault(opts.KeepBytes, 4<<20),
		shared:  budget{limit: orDefault(opts.KeepTotal, 256<<20)},
		started: time.Now(), registry: prometheus.NewRegistry(), endpoints: make(map[string]*Endpoint),
	}
	if o.log == nil {
		o.log = slog.New(slog.DiscardHandler)
	}
	o.registry.MustRegister(collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &collector{observer: o})
	return o
}

func orDefault[T int | int64](v, fallback T) T {
	if v == 0 {
		return fallback
	}
	return v
}

// Endpoint gives the endpoint of an id, which it makes where there is none, and renames it where name is another.
func (o *Observer) Endpoint(id, name string) *Endpoint {
	o.mu.RLock()
	e := o.endpoints[id]
	o.mu.RUnlock()
	if e == nil {
		e = o.make(id, name)
	}
	if e.Name() != name {
		e.name.Store(&name)
	}
	return e
}

func (o *Observer) make(id, name string) *Endpoint {
	o.mu.Lock()
	defer o.mu.Unlock()
	if e := o.endpoints[id]; e != nil {
		return e
	}
	e := &Endpoint{id: id, observer: o}
	e.name.Store(&name)
	e.journal.ring = ring{maxLen: o.keep, maxBytes: o.keepBytes, shared: &o.shared}
	if o.closed {
		e.journal.end()
	}
	o.endpoints[id] = e
	return e
}

// Find gives the endpoint of an id, nil where there is none.
func (o *Observer) Find(id string) *Endpoint {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.endpoints[id]
}

// Remove forgets an endpoint and ends its log. Its numbers stay in the totals.
func (o *Observer) Remove(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	e := o.endpoints[id]
	if e == nil {
		return
	}
	delete(o.endpoints, id)
	o.leaving = append(o.leaving, e)
	o.settle()
	e.journal.end()
}

// settle adds what removed endpoints did to the totals, once it is all that they do. The caller holds mu.
func (o *Observer) settle() {
	o.leaving = slices.DeleteFunc(o.leaving, func(e *Endpoint) bool {
		if e.inFlight.Load() > 0 {
			return false
		}
		o.gone.add(e.Stats())
		return true
	})
}

// Unmatched counts a request that no endpoint was found for.
func (o *Observer) Unmatched(status int) {
	class := status / 100
	if class < 0 || class >= len(o.unmatched) {
		class = 0
	}
	o.unmatched[class].Add(1)
}

// Stats adds up the numbers of all endpoints, removed ones included.
func (o *Observer) Stats() Stats {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.settle()
	s := o.gone
	for _, e := range o.leaving {
		s.add(e.Stats())
	}
	for _, e := range o.endpoints {
		s.add(e.Stats())
	}
	for i := range o.unmatched {
		s.Unmatched += o.unmatched[i].Load()
	}
	return s
}

// Uptime is how long the observer has been there.
func (o *Observer) Uptime() time.Duration { return time.Since(o.started) }

// Register adds a collector of somebody else to what Prometheus reads.
func (o *Observer) Register(c prometheus.Collector) error { return o.registry.Register(c) }

// Metrics answers a scrape by Prometheus.
func (o *Observer) Metrics() http.Handler {
	return promhttp.HandlerFor(o.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4})
}

// Close ends all logs, so that those who follow them stop.
func (o *Observer) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	for _, e := range o.endpoints {
		e.journal.end()
	}
}

// all gives the endpoints in the order of their names.
func (o *Observer) all() []*Endpoint {
	o.mu.RLock()
	list := make([]*Endpoint, 0, len(o.endpoints))
	for _, e := range o.endpoints {
		list = append(list, e)
	}
	o.mu.RUnlock()
	slices.SortFunc(list, func(a, b *Endpoint) int { return strings.Compare(a.Name()+a.id, b.Name()+b.id) })
	return list
}

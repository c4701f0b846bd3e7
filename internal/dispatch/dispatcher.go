package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch/route"
	"gateway/internal/observe"
	"gateway/internal/quarantine"
	"gateway/interp/check"

	"golang.org/x/sync/semaphore"
)

// Store is what a dispatcher needs of the catalog's store.
type Store interface {
	catalog.EndpointStore
	catalog.LibraryStore
	Collection(ctx context.Context, id string) (catalog.Collection, error)
	Domains(ctx context.Context, filter catalog.DomainFilter) ([]catalog.Domain, int, error)
}

// Options of a [Dispatcher]. Engine, Store and Observer are needed.
type Options struct {
	Engine   Engine
	Store    Store
	Observer *observe.Observer
	// Log takes what concerns no single endpoint; nil drops it.
	Log *slog.Logger
	// Environment gives what the handlers of an endpoint see beside their requests: services, settings and secrets.
	// Its Log is set by the dispatcher. It is asked again whenever the endpoint's settings have changed. Where nil,
	// handlers have a log only.
	Environment func(e *catalog.Endpoint) gateway.Environment
	// Modules adds to the source of an endpoint the packages of third-party modules that it imports. dependencies say
	// which modules, path to version. What cannot be had it reports in the source. Where nil, there are none.
	Modules func(ctx context.Context, src check.Source, dependencies ...map[string]string) (check.Source, error)
	// Quarantine is the code that is not to be run because it ended the process. Where nil, there is none.
	Quarantine *quarantine.List
	// Limits are those of endpoints that do not set their own. Zero fields mean: a timeout and a drain timeout of
	// 30 s, 1,024 requests at once, one instance, bodies of 10 MiB.
	Limits catalog.Limits
	// IdleTimeout is after how much time without requests an endpoint's instances are dropped; zero for never.
	IdleTimeout time.Duration
}

// A Dispatcher knows which endpoint answers a request, and has it answered. It is safe for concurrent use.
type Dispatcher struct {
	opts     Options
	table    atomic.Pointer[route.Table[*endpoint]]
	compiles chan struct{} // has a place for every source that may be compiled at once
	freed    chan struct{} // see RoutesFreed; one value, others are dropped

	// libraries is held by whoever compiles an endpoint until what was compiled is published, and whole by whoever
	// changes a library. It is taken before the saving lock of a source.
	libraries *semaphore.Weighted

	mu        sync.Mutex // guards what follows, and publishing a table; never held while something is waited for
	sources   map[string]*source
	endpoints map[string]*endpoint
	shapes    map[string]reservation // by catalog.Route.Shape; of endpoints that are not served too
	closed    bool

	life         context.Context // ends when Close has waited long enough
	end          context.CancelFunc
	checking     context.Context // of the check after a start; ends with Close
	stopChecking context.CancelFunc
	workers      sync.WaitGroup // goroutines of the dispatcher
}

// reservation says who has a route, or is about to get it.
type reservation struct {
	owner string        // source id
	name  string        // of the endpoint, for messages
	route catalog.Route // as its owner writes it
}

// New makes a dispatcher that serves nothing yet; see [Dispatcher.Restore].
func New(opts Options) (*Dispatcher, error) {
	if opts.Engine == nil || opts.Store == nil || opts.Observer == nil {
		return nil, errors.New("dispatch: engine, store and observer are needed")
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Quarantine == nil {
		opts.Quarantine = &quarantine.List{}
	}
	opts.Limits = withDefaults(opts.Limits, catalog.Limits{
		Timeout: 30 * time.Second, DrainTimeout: 30 * time.Second, MaxConcurrency: 1024, MaxWorkers: 1, MaxBodyBytes: 10 << 20,
	})
	d := &Dispatcher{
		opts: opts, compiles: make(chan struct{}, runtime.GOMAXPROCS(0)), freed: make(chan struct{}, 1), sources: make(map[string]*source),
		endpoints: make(map[string]*endpoint), shapes: make(map[string]reservation),
		libraries: semaphore.NewWeighted(allLibraries),
	}
	d.life, d.end = context.WithCancel(context.Background())
	d.checking, d.stopChecking = context.WithCancel(d.life)
	d.table.Store(nil)
	return d, nil
}

// withDefaults fills in the limits that are not set.
func withDefaults(l, defaults catalog.Limits) catalog.Limits {
	if l.Timeout == 0 {
		l.Timeout = defaults.Timeout
	}
	if l.DrainTimeout == 0 {
		l.DrainTimeout = defaults.DrainTimeout
	}
	if l.MaxConcurrency == 0 {
		l.MaxConcurrency = defaults.MaxConcurrency
	}
	if l.MinWorkers == 0 {
		l.MinWorkers = defaults.MinWorkers
	}
	if l.MaxWorkers == 0 {
		l.MaxWorkers = defaults.MaxWorkers
	}
	if l.MaxBodyBytes == 0 {
		l.MaxBodyBytes = defaults.MaxBodyBytes
	}
	l.MaxWorkers = max(l.MaxWorkers, l.MinWorkers)
	return l
}

// Close ends what the dispatcher runs: requests in flight may finish until ctx ends and are stopped then; later ones
// are refused. Triggers should have been stopped before. Closing again does nothing.
func (d *Dispatcher) Close(ctx context.Context) error {
	d.mu.Lock()
	d.closed = true
	d.table.Store(nil)
	var slots []Slot
	for _, s := range d.sources {
		if slot := s.takeSlot(); slot != nil {
			slots = append(slots, slot)
		}
	}
	d.mu.Unlock()
	d.stopChecking()

	for _, s := range slots {
		s.Stop()
	}
	var errs []error
	for _, s := range slots { // all of them are draining by now
		errs = append(errs, s.Close(ctx))
	}
	stop := context.AfterFunc(ctx, d.end)
	defer stop()
	d.workers.Wait()
	d.end()
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close the dispatcher: requests were stopped: %w", err)
	}
	return nil
}

// retire ends a slot that takes no more requests: those in flight have until drain has passed.
func (d *Dispatcher) retire(slot Slot, drain time.Duration) {
	if slot == nil {
		return
	}
	slot.Stop()
	d.workers.Go(func() {
		ctx, cancel := context.WithTimeout(d.life, drain)
		defer cancel()
		_ = slot.Close(ctx) // what had to be stopped has been logged by the slot
	})
}

// compile checks and lowers a source, when it is its turn.
func (d *Dispatcher) compile(ctx context.Context, src check.Source) (Program, error) {
	select {
	case d.compiles <- struct{}{}:
		defer func() { <-d.compiles }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return d.opts.Engine.Compile(ctx, src)
}

// RoutesFreed has a value after routes have been given up, by an endpoint or by a save that failed, so that somebody
// who wanted one may try again. It is for one receiver.
func (d *Dispatcher) RoutesFreed() <-chan struct{} { return d.freed }

func (d *Dispatcher) tellFreed() {
	select {
	case d.freed <- struct{}{}:
	default: // it is told already
	}
}

// reserve keeps routes for a source, all or none. A route that another source has, served or not, is a conflict. undo
// gives back those that the source did not have before.
func (d *Dispatcher) reserve(owner string, endpoints []*catalog.Endpoint) (undo func(), err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil, errClosed()
	}
	var made []string
	release := func() {
		for _, shape := range made {
			delete(d.shapes, shape)
		}
	}
	for _, e := range endpoints {
		r := e.Route()
		shape := r.Shape()
		if other, taken := d.shapes[shape]; taken && other.owner != owner {
			release()
			return nil, &catalog.Error{
				Code: catalog.CodeAlreadyExists, Field: "path",
				Message: fmt.Sprintf("route %s conflicts with endpoint %q, which has %s", r, other.name, other.route),
				Hint:    "choose another path, method or domain, or change that endpoint",
			}
		} else if !taken {
			d.shapes[shape] = reservation{owner: owner, name: e.Name, route: r}
			made = append(made, shape)
		}
	}
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		release()
	}, nil
}

func errClosed() error {
	return &catalog.Error{Code: catalog.CodeUnavailable, Message: "the gateway is shutting down"}
}

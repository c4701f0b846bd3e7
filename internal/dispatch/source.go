package dispatch

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch/route"
	"gateway/internal/observe"
	"gateway/interp"
	"gateway/interp/check"
)

// source is one script: the owner of a slot, and of the endpoints whose handlers are in it. The code of an endpoint of
// the catalog is a source with one endpoint; a script of the scripts folder may have many.
type source struct {
	id     string // of its endpoint, or of the script
	name   string
	script bool
	saving lock                    // held while the source changes: one change at a time
	slot   atomic.Pointer[slotBox] // nil while nothing is compiled or nothing is served

	// What follows is guarded by Dispatcher.mu.

	endpoints []*endpoint
	state     state
	held      *check.Source // of a script in quarantine, for who starts it
}

// slotBox holds the interface for an atomic pointer.
type slotBox struct{ Slot }

// state is what a source's status is made of, beside what its slot knows.
type state struct {
	compiled bool  // the current version passes the check
	stopped  bool  // it was served, and was stopped
	failure  error // why the current version cannot be served
	retryAt  time.Time
	refused  error // why the last change was refused, while the version before it goes on
}

// endpoint is one route and the handler behind it.
type endpoint struct {
	id       string
	source   *source
	log      *observe.Endpoint
	settings atomic.Pointer[settings]
}

// settings are what an endpoint is to be. They are never changed, only replaced.
type settings struct {
	stored  catalog.Endpoint
	limits  catalog.Limits // of stored, with the defaults
	handler string
	env     gateway.Environment
}

// lock is a mutex that can be waited for under a context.
type lock chan struct{}

func newLock() lock { return make(lock, 1) }

func (l lock) acquire(ctx context.Context) error {
	select {
	case l <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l lock) release() { <-l }

func newSource(id, name string, script bool) *source {
	return &source{id: id, name: name, script: script, saving: newLock()}
}

// current is the slot, nil where there is none.
func (s *source) current() Slot {
	if box := s.slot.Load(); box != nil {
		return box.Slot
	}
	return nil
}

// takeSlot takes the slot away from the source.
func (s *source) takeSlot() Slot {
	if box := s.slot.Swap(nil); box != nil {
		return box.Slot
	}
	return nil
}

// serves reports whether any endpoint of the source is served.
func serves(list []*settings) bool {
	return slices.ContainsFunc(list, func(s *settings) bool { return s.stored.Serves() })
}

func (d *Dispatcher) newSettings(e *catalog.Endpoint, log *observe.Endpoint) *settings {
	s := &settings{stored: *e, limits: withDefaults(e.Limits, d.opts.Limits), handler: e.Source.Function}
	if s.handler == "" {
		s.handler = "Handle"
	}
	if d.opts.Environment != nil {
		s.env = d.opts.Environment(e)
	}
	s.env.Log = log.Logger()
	return s
}

// slotOptions are those of the endpoints of a source together.
func (d *Dispatcher) slotOptions(list []*settings, log *slog.Logger) interp.SlotOptions {
	o := interp.SlotOptions{Log: log, IdleTimeout: d.opts.IdleTimeout}
	for _, s := range list {
		o.DrainTimeout = max(o.DrainTimeout, s.limits.DrainTimeout)
		o.MinWorkers = max(o.MinWorkers, s.limits.MinWorkers)
		o.MaxWorkers = max(o.MaxWorkers, s.limits.MaxWorkers)
	}
	return o
}

// change is what a source is to become. It was checked whole: publishing it cannot fail.
type change struct {
	source   *source
	settings []*settings // of all endpoints that the source has from now on, served or not
	program  Program     // nil where it stays the one it is
	loaded   []Instance  // of program, none where the next request is to load
	state    state
	held     *check.Source // see source
}

// publish makes changes take effect: all of them at once for requests that are matched from now on. What is replaced
// drains. The result is that of the first change's slot. The caller holds the sources' saving locks.
func (d *Dispatcher) publish(changes ...change) interp.Swapped {
	defer d.lift(changes)
	d.mu.Lock()
	defer d.mu.Unlock()
	edit := d.table.Load().Edit()
	drain := make([]time.Duration, len(changes))
	for i, c := range changes {
		for _, e := range c.source.endpoints {
			drain[i] = max(drain[i], e.settings.Load().limits.DrainTimeout)
			d.unpublish(edit, e, c.settings)
		}
	}
	var swapped interp.Swapped
	for i, c := range changes {
		did := d.publishOne(edit, c)
		if i == 0 {
			swapped = did
		}
	}
	if !d.closed {
		d.table.Store(edit.Table())
	}
	for i, c := range changes { // their routes are gone by now
		if !serves(c.settings) {
			d.retire(c.source.takeSlot(), drain[i])
		}
	}
	return swapped
}

// unpublish takes away the route of an endpoint that is not to have it any more.
func (d *Dispatcher) unpublish(edit *route.Edit[*endpoint], e *endpoint, next []*settings) {
	was := &e.settings.Load().stored
	i := slices.IndexFunc(next, func(s *settings) bool { return s.stored.ID == e.id })
	if i >= 0 && next[i].stored.Serves() && next[i].stored.Route() == was.Route() {
		return
	}
	if found := edit.Find(was.Route()); found != nil && found.Value == e {
		edit.Remove(was.Route())
	}
	if r := was.Route(); i < 0 || next[i].stored.Route().Shape() != r.Shape() {
		if d.shapes[r.Shape()].owner == e.source.id {
			delete(d.shapes, r.Shape())
			d.tellFreed()
		}
	}
	if i < 0 {
		delete(d.endpoints, e.id)
		d.opts.Observer.Remove(e.id)
	}
}

// publishOne gives a source its new program and endpoints.
func (d *Dispatcher) publishOne(edit *route.Edit[*endpoint], c change) (swapped interp.Swapped) {
	s := c.source
	s.state, s.held = c.state, c.held
	before := s.endpoints
	s.endpoints = nil
	for _, next := range c.settings {
		i := slices.IndexFunc(before, func(e *endpoint) bool { return e.id == next.stored.ID })
		var e *endpoint
		if i >= 0 {
			e = before[i]
		} else {
			e = &endpoint{id: next.stored.ID, source: s, log: d.opts.Observer.Endpoint(next.stored.ID, next.stored.Name)}
		}
		d.opts.Observer.Endpoint(e.id, next.stored.Name) // its name may have changed
		e.settings.Store(next)
		s.endpoints = append(s.endpoints, e)
		d.endpoints[e.id] = e
		r := next.stored.Route()
		d.shapes[r.Shape()] = reservation{owner: s.id, name: next.stored.Name, route: r}
	}
	if len(s.endpoints) == 0 {
		delete(d.sources, s.id)
	} else {
		d.sources[s.id] = s
	}
	if !serves(c.settings) {
		for _, i := range c.loaded {
			i.Kill("not served")
		}
		return swapped
	}
	opts := d.slotOptions(c.settings, s.endpoints[0].log.Logger())
	slot := s.current()
	switch {
	case slot == nil && c.program != nil:
		slot = d.opts.Engine.NewSlot(c.program, opts)
		if len(c.loaded) > 0 {
			slot.Swap(c.program, c.loaded...)
		}
		s.slot.Store(&slotBox{slot})
	case slot != nil:
		slot.Configure(opts)
		if c.program != nil {
			swapped = slot.Swap(c.program, c.loaded...)
		}
	}
	for _, e := range s.endpoints {
		stored := &e.settings.Load().stored
		if !stored.Serves() || edit.Find(stored.Route()) != nil {
			continue
		}
		if err := edit.Add(stored.Route(), e); err != nil { // reservations keep this from happening
			s.state.failure = err
			e.log.Event(slog.LevelError, "route not served", slog.Any("error", err))
		}
	}
	return swapped
}

// ready gives the slot of a source, which it compiles at the first request after a start of the gateway.
func (d *Dispatcher) ready(ctx context.Context, e *endpoint) (Slot, error) {
	s := e.source
	if box := s.slot.Load(); box != nil {
		return box.Slot, nil
	}
	if err := d.libraries.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer d.libraries.Release(1)
	if err := s.saving.acquire(ctx); err != nil {
		return nil, err
	}
	defer s.saving.release()
	if slot := s.current(); slot != nil {
		return slot, nil
	}
	d.mu.Lock()
	known := s.state
	gone := d.closed || d.endpoints[e.id] != e || !e.settings.Load().stored.Serves()
	d.mu.Unlock()
	if gone || s.script && known.failure == nil {
		return nil, interp.ErrStopped
	}
	if known.failure != nil && (known.retryAt.IsZero() || time.Now().Before(known.retryAt)) {
		return nil, &unservedError{known.failure}
	}
	stored := e.settings.Load()
	program, err := d.compileStored(ctx, &stored.stored)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err() // the request's own time was up: nothing is known about the source
		}
		d.fail(s, err)
		return nil, &unservedError{err}
	}
	slot := d.opts.Engine.NewSlot(program, d.slotOptions([]*settings{stored}, e.log.Logger()))
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil, interp.ErrStopped
	}
	s.state.compiled, s.state.failure = true, nil
	s.slot.Store(&slotBox{slot})
	return slot, nil
}

// unservedError tells that an endpoint cannot answer because its current version cannot be served.
type unservedError struct{ cause error }

func (e *unservedError) Error() string { return "endpoint cannot be served: " + e.cause.Error() }
func (e *unservedError) Unwrap() error { return e.cause }

// retryFailed is after how much time a version is tried again that failed for a reason outside of it.
const retryFailed = time.Second

// fail records why a source cannot be served. A refused source stays refused until it is saved again; other failures,
// such as a store that cannot be read, are tried again.
func (d *Dispatcher) fail(s *source, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s.state.compiled = false
	s.state.failure, s.state.retryAt = err, time.Time{}
	var refused *interp.DiagnosticsError
	if !errors.As(err, &refused) {
		s.state.retryAt = time.Now().Add(retryFailed)
	}
	for _, e := range s.endpoints {
		e.log.Event(slog.LevelError, "version cannot be served", slog.Int("version", e.settings.Load().stored.Version), slog.Any("error", err))
	}
}

// compileStored compiles the current version of an endpoint.
func (d *Dispatcher) compileStored(ctx context.Context, e *catalog.Endpoint) (Program, error) {
	v, err := d.opts.Store.Version(ctx, e.ID, e.Version)
	if err != nil {
		return nil, err
	}
	return d.compileVersion(ctx, e, &v, nil)
}

// codeFile is what diagnostics and panics call the code of an endpoint.
const codeFile = "handler.go"

// compileVersion compiles a version of an endpoint, with the libraries and modules that it imports. next is a change
// of a library that counts already; nil for none.
func (d *Dispatcher) compileVersion(ctx context.Context, e *catalog.Endpoint, v *catalog.Version, next *shelf) (Program, error) {
	src := check.Source{Name: e.Name, Kind: check.Handler, Files: []check.File{{Name: codeFile, Code: v.Code}}}
	if e.ID != "" {
		ctx = labelled(ctx, e.ID, e.Name, versionLabel(cmp.Or(v.Number, e.Version+1))) // as the store will number it
	}
	src, err := d.withImports(ctx, src, v.Dependencies, next)
	if err != nil {
		return nil, err
	}
	return d.compile(ctx, src)
}

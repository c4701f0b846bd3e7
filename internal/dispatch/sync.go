package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"gateway/internal/catalog"
)

// Restore begins to serve what the store says is to be served. It returns as soon as all routes are there: code is
// compiled at its endpoint's first request, and in the background, where what does not pass the check any more is
// found. An endpoint that cannot be served has the status error and answers 503; it never keeps others from starting.
func (d *Dispatcher) Restore(ctx context.Context) error {
	restored, err := d.sync(ctx)
	if err != nil {
		return fmt.Errorf("restore endpoints: %w", err)
	}
	d.forget()
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.workers.Go(func() { d.checkAll(restored) })
	}
	return nil
}

// Sync reads all endpoints again and makes what is served equal to them. It is for changes that others made in the
// store: of domains and collections, which move or suspend their endpoints.
func (d *Dispatcher) Sync(ctx context.Context) error {
	if _, err := d.sync(ctx); err != nil {
		return fmt.Errorf("read endpoints again: %w", err)
	}
	return nil
}

// sync gives the ids of the endpoints that are now served and have not been compiled.
func (d *Dispatcher) sync(ctx context.Context) (fresh []string, err error) {
	list, _, err := d.opts.Store.Endpoints(ctx, catalog.EndpointFilter{})
	if err != nil {
		return nil, err
	}
	stored := make(map[string]bool, len(list))
	for _, e := range list {
		stored[e.ID] = true
	}
	var gone []*source
	d.mu.Lock()
	for _, s := range d.sources {
		if !s.script && !stored[s.id] {
			gone = append(gone, s)
		}
	}
	d.mu.Unlock()
	for _, s := range gone {
		if err := d.syncGone(ctx, s); err != nil {
			return nil, err
		}
	}
	// Endpoints that nobody knows yet are published together: one table for ten thousand of them.
	var changes []change
	for i := range list {
		e := &list[i]
		if s := d.sourceOf(e.ID); s != nil {
			if err := d.syncOne(ctx, s); err != nil {
				return nil, err
			}
			continue
		}
		s := newSource(e.ID, e.Name, false)
		_ = s.saving.acquire(context.Background()) // nobody else has it
		changes = append(changes, d.syncChange(s, e))
		if e.Serves() {
			fresh = append(fresh, e.ID)
		}
	}
	d.publish(changes...)
	for _, c := range changes {
		c.source.saving.release()
	}
	return fresh, nil
}

// syncGone ends a source whose endpoint is no longer stored.
func (d *Dispatcher) syncGone(ctx context.Context, s *source) error {
	if err := s.saving.acquire(ctx); err != nil {
		return err
	}
	defer s.saving.release()
	if _, err := d.opts.Store.Endpoint(ctx, s.id); catalog.CodeOf(err) == catalog.CodeNotFound {
		d.publish(change{source: s})
	}
	return nil
}

// syncOne makes a source equal to what is stored now.
func (d *Dispatcher) syncOne(ctx context.Context, s *source) error {
	if err := d.libraries.Acquire(ctx, 1); err != nil {
		return err
	}
	defer d.libraries.Release(1)
	if err := s.saving.acquire(ctx); err != nil {
		return err
	}
	defer s.saving.release()
	e, err := d.opts.Store.Endpoint(ctx, s.id)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		d.publish(change{source: s})
		return nil
	}
	if err != nil {
		return err
	}
	d.mu.Lock()
	var was catalog.Endpoint
	if len(s.endpoints) > 0 {
		was = s.endpoints[0].settings.Load().stored
	}
	d.mu.Unlock()
	if was.Revision == e.Revision && was.Route() == e.Route() && was.Suspended == e.Suspended {
		return nil
	}
	c := d.syncChange(s, &e)
	if was.Version != e.Version && s.current() != nil && e.Serves() {
		program, err := d.compileStored(ctx, &e)
		if err != nil {
			c.state.refused = err
		} else {
			c.program, c.state.compiled = program, true
		}
	}
	d.publish(c)
	return nil
}

// syncChange is the change to what is stored. A route that is taken, as by a script, leaves the endpoint unserved.
func (d *Dispatcher) syncChange(s *source, e *catalog.Endpoint) change {
	d.mu.Lock()
	c := change{source: s, state: s.state}
	d.mu.Unlock()
	settings := d.newSettings(e, d.opts.Observer.Endpoint(e.ID, e.Name))
	c.settings = append(c.settings, settings)
	if e.Serves() {
		c.state.stopped = false
	}
	d.hold(&c, e)
	if _, err := d.reserve(s.id, []*catalog.Endpoint{e}); err != nil {
		if !c.state.quarantined() {
			c.state.failure = err
		}
		settings.stored.Started = false // for this run only
		d.opts.Observer.Endpoint(e.ID, e.Name).Event(slog.LevelError, "endpoint cannot be served", slog.Any("error", err))
	}
	return c
}

// checkAll compiles endpoints that were restored, one after another, to find those that cannot be served any more.
// Programs are kept for the first ones, so that their first request is fast, and for those that keep instances.
func (d *Dispatcher) checkAll(ids []string) {
	const keep = 1000
	for i, id := range ids {
		if d.checking.Err() != nil {
			return
		}
		d.mu.Lock()
		e := d.endpoints[id]
		d.mu.Unlock()
		if e == nil || !e.settings.Load().stored.Serves() || e.source.current() != nil {
			continue
		}
		eager := e.settings.Load().limits.MinWorkers > 0
		if i < keep || eager {
			slot, err := d.ready(d.checking, e)
			if err == nil && eager {
				err = slot.Load(d.checking)
			}
			d.logUnchecked(e, err)
			continue
		}
		d.checkOne(e)
	}
}

// checkOne compiles an endpoint and keeps nothing but whether it can be served.
func (d *Dispatcher) checkOne(e *endpoint) {
	s := e.source
	if d.libraries.Acquire(d.checking, 1) != nil {
		return
	}
	defer d.libraries.Release(1)
	if s.saving.acquire(d.checking) != nil {
		return
	}
	defer s.saving.release()
	stored := e.settings.Load().stored
	d.mu.Lock()
	held := s.state.quarantined()
	d.mu.Unlock()
	if held || s.current() != nil || !stored.Serves() {
		return
	}
	if _, err := d.compileStored(d.checking, &stored); err != nil {
		if d.checking.Err() == nil {
			d.fail(s, err)
		}
		return
	}
	d.mu.Lock()
	s.state.compiled, s.state.failure = true, nil
	d.mu.Unlock()
}

// logUnchecked logs what ready and fail have not logged.
func (d *Dispatcher) logUnchecked(e *endpoint, err error) {
	var known *unservedError
	if err == nil || errors.As(err, &known) || d.checking.Err() != nil {
		return
	}
	e.log.Event(slog.LevelError, "endpoint cannot be loaded", slog.Any("error", err))
}

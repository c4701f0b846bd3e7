package dispatch

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gateway/internal/catalog"
	"gateway/interp"
	"gateway/interp/check"
)

// ServeScripts serves scripts of the scripts folder in place of their former versions: all, or none where one of them
// is refused. The functions under the route directives of a script are endpoints of their own, which share its
// package state. A refusal is logged, kept for the scripts' status, and returned.
func (d *Dispatcher) ServeScripts(ctx context.Context, scripts []check.Source) error {
	scripts = slices.SortedFunc(slices.Values(scripts), func(a, b check.Source) int { return strings.Compare(a.Name, b.Name) })
	var changes []change
	undo := func() {}
	defer func() {
		undo()
		for _, c := range changes {
			c.source.saving.release()
		}
	}()
	for _, src := range scripts { // in the order of their names, so that two calls cannot wait for each other
		s := d.script(src.Name)
		if err := s.saving.acquire(ctx); err != nil {
			return err
		}
		changes = append(changes, change{source: s})
	}
	for i, src := range scripts {
		release, err := d.prepareScript(ctx, &changes[i], src)
		if err != nil {
			for _, c := range changes {
				for _, instance := range c.loaded {
					instance.Kill("not served")
				}
			}
			d.refuseScript(changes[i].source, err)
			return fmt.Errorf("script %s: %w", src.Name, err)
		}
		before := undo
		undo = func() { before(); release() }
	}
	undo = func() {}
	d.publish(changes...)
	for _, c := range changes {
		d.tellServed(c)
	}
	return nil
}

// tellServed logs what has become of a script.
func (d *Dispatcher) tellServed(c change) {
	for _, e := range c.settings {
		log := d.opts.Observer.Endpoint(e.stored.ID, e.stored.Name)
		if c.state.failure != nil {
			log.Event(slog.LevelError, "script is in quarantine", slog.String("script", c.source.name), slog.Any("error", c.state.failure))
			continue
		}
		log.Event(slog.LevelInfo, "script is live", slog.String("script", c.source.name), slog.String("route", e.stored.Route().String()))
	}
	if c.program == nil {
		return
	}
	for _, w := range c.program.Warnings() {
		d.opts.Log.Warn("script warning", "script", c.source.name, "at", w.String())
	}
}

// RemoveScript stops serving a script and takes its routes away.
func (d *Dispatcher) RemoveScript(ctx context.Context, name string) error {
	s := d.script(name)
	if err := s.saving.acquire(ctx); err != nil {
		return err
	}
	defer s.saving.release()
	d.publish(change{source: s})
	d.opts.Log.Info("script removed", "script", name)
	return nil
}

// script gives the source of a script, which it makes where there is none.
func (d *Dispatcher) script(name string) *source {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := "script:" + name
	s := d.sources[id]
	if s == nil {
		s = newSource(id, name, true)
		d.sources[id] = s
	}
	return s
}

// prepareScript compiles and loads a script and keeps its routes for it. release gives them back.
func (d *Dispatcher) prepareScript(ctx context.Context, c *change, src check.Source) (release func(), err error) {
	src.Kind = check.Script
	version := scriptVersion(src)
	held := d.holds(c.source, version)
	if held != nil && held.Times > 1 {
		return nil, fmt.Errorf("%w, and again when it was only checked; save it anew", held)
	}
	ctx = labelled(ctx, c.source.id, src.Name, version)
	if c.program, err = d.compile(ctx, src); err != nil {
		return nil, err
	}
	var endpoints []*catalog.Endpoint
	for _, h := range c.program.Handlers() {
		for _, r := range h.Routes {
			e, err := scriptEndpoint(src.Name, h, r)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", r.File, r.Line, err)
			}
			endpoints = append(endpoints, e)
		}
	}
	if len(endpoints) == 0 {
		return nil, &catalog.Error{Code: catalog.CodeInvalid, Message: "no function has a route", Hint: "write //gateway:route GET /path above one"}
	}
	if release, err = d.reserve(c.source.id, endpoints); err != nil {
		return nil, err
	}
	for _, e := range endpoints {
		c.settings = append(c.settings, d.newSettings(e, d.opts.Observer.Endpoint(e.ID, e.Name)))
	}
	c.state = state{compiled: true}
	if held != nil {
		c.program, c.held = nil, &src
		c.state.failure = &quarantinedError{held}
		return release, nil
	}
	instance, err := d.load(ctx, endpoints[0], c.program)
	if err != nil {
		release()
		return nil, err
	}
	c.loaded = []Instance{instance}
	return release, nil
}

// scriptVersion tells contents of a script from each other, of all that is compiled into it.
func scriptVersion(src check.Source) string {
	h := sha256.New()
	sum := func(files []check.File) {
		for _, f := range files {
			fmt.Fprintf(h, "%d %s %d %s", len(f.Name), f.Name, len(f.Code), f.Code)
		}
	}
	sum(src.Files)
	for _, path := range slices.Sorted(maps.Keys(src.Packages)) {
		fmt.Fprintf(h, "%d %s", len(path), path)
		sum(src.Packages[path])
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// scriptEndpoint is the endpoint of a route directive.
func scriptEndpoint(script string, h interp.Handler, r check.Route) (*catalog.Endpoint, error) {
	e := &catalog.Endpoint{
		Name: script + ":" + h.Name, Method: r.Method, Path: r.Path, Domain: r.Settings["domain"],
		Source:  catalog.Source{Kind: catalog.SourceFile, File: script, Function: h.Name},
		Enabled: true, Started: true, Version: 1,
	}
	if len(h.Routes) > 1 {
		e.Name += " " + r.Method + " " + r.Path
	}
	if name := r.Settings["name"]; name != "" {
		e.Name = name
	}
	e.Normalize()
	e.ID = scriptEndpointID(script, h.Name, e.Route())
	var errs []error
	duration := func(key string, to *time.Duration) {
		if text, ok := r.Settings[key]; ok {
			v, err := time.ParseDuration(text)
			errs, *to = append(errs, wrap(key, err)), v
		}
	}
	number := func(key string, set func(int64)) {
		if text, ok := r.Settings[key]; ok {
			v, err := strconv.ParseInt(text, 10, 64)
			errs = append(errs, wrap(key, err))
			set(v)
		}
	}
	duration("timeout", &e.Timeout)
	duration("drain_timeout", &e.DrainTimeout)
	number("max_concurrency", func(n int64) { e.MaxConcurrency = int(n) })
	number("min_workers", func(n int64) { e.MinWorkers = int(n) })
	number("max_workers", func(n int64) { e.MaxWorkers = int(n) })
	number("max_body_bytes", func(n int64) { e.MaxBodyBytes = n })
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return e, e.Validate()
}

func wrap(key string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("setting %s: %w", key, err)
}

// scriptEndpointID gives the same id to the same route of the same function after every restart. It has the form of
// a UUID of version 8 (RFC 9562, section 5.8).
func scriptEndpointID(script, function string, r catalog.Route) string {
	sum := sha256.Sum256([]byte(script + "\x00" + function + "\x00" + r.String()))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// refuseScript logs and remembers why a script was refused.
func (d *Dispatcher) refuseScript(s *source, err error) {
	var refused *interp.DiagnosticsError
	if errors.As(err, &refused) {
		for _, diagnostic := range refused.Diagnostics {
			d.opts.Log.Error("script refused", "script", s.name, "at", diagnostic.String(), "hint", diagnostic.Hint)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(s.endpoints) == 0 {
		s.state.failure = err
		return
	}
	s.state.refused = err
	for _, e := range s.endpoints {
		e.log.Event(slog.LevelWarn, "new version of the script refused, the one before stays", slog.Any("error", err))
	}
}

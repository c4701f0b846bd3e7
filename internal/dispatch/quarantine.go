package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/pprof"
	"strconv"

	"gateway/internal/catalog"
	"gateway/internal/quarantine"
)

// labelled gives a context under which code is compiled, so that a traceback of the process tells whose it is.
func labelled(ctx context.Context, source, name, version string) context.Context {
	return pprof.WithLabels(ctx, quarantine.Labels(source, name, version))
}

// versionLabel is what labels and the quarantine call a version of an endpoint of the catalog.
func versionLabel(number int) string { return strconv.Itoa(number) }

// quarantinedError is why a source in quarantine cannot be served.
type quarantinedError struct{ *quarantine.Entry }

func (e *quarantinedError) Error() string { return e.Entry.Error() + "; save it anew or start it" }

// quarantined reports that the source is not to be run.
func (s *state) quarantined() bool {
	var held *quarantinedError
	return errors.As(s.failure, &held)
}

// hold has a restored endpoint whose code is in quarantine not served. An entry of another version is about one that
// ended the process while it was saved, which has kept it from being saved.
func (d *Dispatcher) hold(c *change, e *catalog.Endpoint) {
	if c.state.quarantined() {
		return
	}
	for _, entry := range d.opts.Quarantine.Find(e.ID) {
		log := d.opts.Observer.Endpoint(e.ID, e.Name)
		if entry.Version == versionLabel(e.Version) {
			c.state.failure = &quarantinedError{&entry}
			log.Event(slog.LevelError, "endpoint is in quarantine", slog.Int("version", e.Version), slog.Any("error", c.state.failure))
			continue
		}
		c.state.refused = fmt.Errorf("version %s was not saved: %w", entry.Version, &entry)
		log.Event(slog.LevelError, "version was not saved, the one before stays", slog.Any("error", c.state.refused))
	}
}

// holds gives the entry of a version of a script, nil where it may be run.
func (d *Dispatcher) holds(s *source, version string) *quarantine.Entry {
	for _, entry := range d.opts.Quarantine.Find(s.id) {
		if entry.Version == version {
			return &entry
		}
	}
	return nil
}

// lift takes out of quarantine what is to be run, or was removed. Whatever is held is not changed by it.
func (d *Dispatcher) lift(changes []change) {
	for _, c := range changes {
		if c.state.quarantined() {
			continue
		}
		if err := d.opts.Quarantine.Lift(c.source.id); err != nil {
			d.opts.Log.Error("code is served, but will be in quarantine after a restart", "source", c.source.name, "error", err)
		}
	}
}

// forget takes out of quarantine the endpoints that are not in the store any more.
func (d *Dispatcher) forget() {
	for _, entry := range d.opts.Quarantine.Entries() {
		if catalog.ValidID(entry.Source) && d.sourceOf(entry.Source) == nil {
			d.lift([]change{{source: newSource(entry.Source, entry.Name, false)}})
		}
	}
}

// startScript serves a script that is in quarantine.
func (d *Dispatcher) startScript(ctx context.Context, s *source, id string) (Saved, error) {
	if err := s.saving.acquire(ctx); err != nil {
		return Saved{}, err
	}
	defer s.saving.release()
	d.mu.Lock()
	held, e := s.held, d.endpoints[id]
	d.mu.Unlock()
	if held == nil || e == nil {
		return Saved{}, inFolder(s)
	}
	c := change{source: s}
	d.lift([]change{c})
	if _, err := d.prepareScript(ctx, &c, *held); err != nil {
		d.refuseScript(s, err)
		return Saved{}, refusal(err)
	}
	d.publish(c)
	d.tellServed(c)
	return Saved{Endpoint: e.settings.Load().stored, Warnings: c.program.Warnings()}, nil
}

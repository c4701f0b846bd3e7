package dispatch

import (
	"errors"
	"slices"
	"strings"

	"gateway/internal/catalog"
	"gateway/internal/observe"
	"gateway/interp"
	"gateway/interp/check"
)

// EndpointStatus is how an endpoint is doing.
type EndpointStatus struct {
	Status      catalog.Status
	Reason      string             // of StatusError; or why the last change was refused while the version before goes on
	Diagnostics []check.Diagnostic // of the code that was refused
	Slot        interp.SlotStats   // of its source; zero while nothing is compiled
	Requests    observe.Stats
}

// Status says how an endpoint is doing; false where the dispatcher does not know it.
func (d *Dispatcher) Status(id string) (EndpointStatus, bool) {
	d.mu.Lock()
	e := d.endpoints[id]
	if e == nil {
		d.mu.Unlock()
		return EndpointStatus{}, false
	}
	known := e.source.state
	d.mu.Unlock()

	st := EndpointStatus{Requests: e.log.Stats()}
	if slot := e.source.current(); slot != nil {
		st.Slot = slot.Stats()
	}
	st.Status, st.Reason = statusOf(&e.settings.Load().stored, known, st.Slot)
	for _, err := range []error{known.failure, known.refused} {
		var refused *interp.DiagnosticsError
		if errors.As(err, &refused) {
			st.Diagnostics = refused.Diagnostics
		}
	}
	return st, true
}

func statusOf(e *catalog.Endpoint, s state, slot interp.SlotStats) (catalog.Status, string) {
	reason := ""
	if s.refused != nil {
		reason = s.refused.Error()
	}
	switch {
	case s.failure != nil:
		return catalog.StatusError, s.failure.Error()
	case e.Version == 0:
		return catalog.StatusCreated, reason
	case !e.Serves() && s.compiled && !s.stopped && e.Enabled && !e.Suspended:
		return catalog.StatusCompiled, reason
	case !e.Serves():
		return catalog.StatusStopped, reason
	case slot.LastError != nil:
		return catalog.StatusError, slot.LastError.Error()
	case slot.Draining > 0:
		return catalog.StatusDraining, reason
	}
	return catalog.StatusRunning, reason
}

// Summary counts endpoints by what they do, scripts' included.
type Summary struct {
	Endpoints int
	ByStatus  map[catalog.Status]int
	Slots     interp.SlotStats // added up; LastError and RetryAt are not set
}

// Summary counts all endpoints.
func (d *Dispatcher) Summary() Summary {
	d.mu.Lock()
	defer d.mu.Unlock()
	sum := Summary{Endpoints: len(d.endpoints), ByStatus: make(map[catalog.Status]int)}
	for _, s := range d.sources {
		var stats interp.SlotStats
		if slot := s.current(); slot != nil {
			stats = slot.Stats()
			addStats(&sum.Slots, stats)
		}
		for _, e := range s.endpoints {
			status, _ := statusOf(&e.settings.Load().stored, s.state, stats)
			sum.ByStatus[status]++
		}
	}
	return sum
}

func addStats(to *interp.SlotStats, s interp.SlotStats) {
	to.Loaded += s.Loaded
	to.InFlight += s.InFlight
	to.Waiting += s.Waiting
	to.Draining += s.Draining
	to.Goroutines += s.Goroutines
	to.Stuck += s.Stuck
	to.Calls += s.Calls
	to.Timeouts += s.Timeouts
	to.Panics += s.Panics
	to.Kills += s.Kills
	to.Loads += s.Loads
	to.LoadErrors += s.LoadErrors
	to.Swaps += s.Swaps
}

// Endpoints lists all endpoints that the dispatcher knows, in the order of their names: those of the store and those of
// scripts, served or not.
func (d *Dispatcher) Endpoints() []catalog.Endpoint {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := make([]catalog.Endpoint, 0, len(d.endpoints))
	for _, e := range d.endpoints {
		list = append(list, e.settings.Load().stored)
	}
	slices.SortFunc(list, func(a, b catalog.Endpoint) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return list
}

// Script is a script of the scripts folder.
type Script struct {
	Name        string
	Endpoints   []catalog.Endpoint // that it serves
	Reason      string             // why it, or its last change, was refused; empty where nothing was
	Diagnostics []check.Diagnostic // of what was refused
}

// Scripts lists the scripts of the scripts folder, by name.
func (d *Dispatcher) Scripts() []Script {
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []Script
	for _, s := range d.sources {
		if !s.script {
			continue
		}
		script := Script{Name: s.name}
		for _, e := range s.endpoints {
			script.Endpoints = append(script.Endpoints, e.settings.Load().stored)
		}
		for _, err := range []error{s.state.refused, s.state.failure} {
			if err == nil {
				continue
			}
			script.Reason = err.Error()
			var refused *interp.DiagnosticsError
			if errors.As(err, &refused) {
				script.Diagnostics = refused.Diagnostics
			}
		}
		list = append(list, script)
	}
	slices.SortFunc(list, func(a, b Script) int { return strings.Compare(a.Name, b.Name) })
	return list
}

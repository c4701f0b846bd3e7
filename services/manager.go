package services

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gateway/internal/catalog"
)

// Options configures a manager.
type Options struct {
	Kinds    []Kind // their types must differ
	Resolver Resolver
	DataDir  string       // relative paths in configurations are below it
	Log      *slog.Logger // nil: nothing is logged
	Timing   Timing

	// RequireBindings makes endpoints see only what is bound to them. Otherwise a
	// name that is not bound means the service of that name.
	RequireBindings bool
	// Records makes the handle of Context.Records from one of the SDK's handles for
	// databases, storage or files; nil: there are no records.
	Records RecordsFunc
}

// Manager runs the actors of all services. Safe for concurrent use.
type Manager struct {
	kinds    map[string]Kind
	order    []string // of kinds, as given
	resolver Resolver
	options  Options
	log      *slog.Logger

	mu      sync.Mutex // guards entries and closed
	entries map[string]*entry
	closed  bool

	// index is what requests look names up in. It is replaced whole.
	index atomic.Pointer[index]
}

// entry is one service. Its mutex serialises changes of the one service.
type entry struct {
	changing sync.Mutex

	// Guarded by Manager.mu.
	service catalog.Service
	actor   *Actor  // nil while not running
	failure error   // why an enabled service has no actor
	setting Setting // what actor runs with
}

// index finds services by what endpoints call them.
type index struct {
	byID   map[string]target
	byName map[string]target
}

// target is what a name leads to.
type target struct {
	name    string
	typ     string
	actor   *Actor // nil while not running
	failure error
}

// NewManager makes a manager without services.
func NewManager(options Options) (*Manager, error) {
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	m := &Manager{
		kinds:    make(map[string]Kind),
		resolver: options.Resolver,
		options:  options,
		log:      options.Log,
		entries:  make(map[string]*entry),
	}
	for _, k := range options.Kinds {
		if _, ok := m.kinds[k.Type]; ok {
			return nil, fmt.Errorf("kind %q is there twice", k.Type)
		}
		m.kinds[k.Type] = k
		m.order = append(m.order, k.Type)
	}
	m.publish()
	return m, nil
}

// Kinds lists what types of services there are.
func (m *Manager) Kinds() []Kind {
	kinds := make([]Kind, len(m.order))
	for i, typ := range m.order {
		kinds[i] = m.kinds[typ]
	}
	return kinds
}

// Kind gives one type of service.
func (m *Manager) Kind(typ string) (Kind, bool) {
	k, ok := m.kinds[typ]
	return k, ok
}

// Check reports what is wrong with a service's name, type and configuration, as a
// *catalog.Error that names the field. References need not be resolvable.
func (m *Manager) Check(svc catalog.Service) error {
	if err := checkName(svc.Name); err != nil {
		return err
	}
	kind, err := m.kindOf(svc)
	if err != nil {
		return err
	}
	if _, err := kind.decode(svc.Config, true); err != nil {
		return invalid(err)
	}
	return nil
}

func checkName(name string) error {
	if name == "" || len(name) > 128 || strings.TrimSpace(name) != name {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "name", Message: "a service needs a name of 1 to 128 bytes without spaces around it"}
	}
	return nil
}

func (m *Manager) kindOf(svc catalog.Service) (Kind, error) {
	kind, ok := m.kinds[svc.Type]
	if !ok {
		return Kind{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "service_type",
			Message: fmt.Sprintf("unknown type %q; known are %s", svc.Type, strings.Join(m.order, ", "))}
	}
	return kind, nil
}

// invalid makes the error of a configuration that cannot be used.
func invalid(err error) error {
	e := &catalog.Error{Code: catalog.CodeInvalid, Field: "config", Message: strings.ReplaceAll(err.Error(), "\n", "; ")}
	if f, ok := errors.AsType[*FieldError](err); ok {
		e.Field = "config." + f.Field
	}
	return e
}

// setting resolves and decodes a configuration.
func (m *Manager) setting(ctx context.Context, svc catalog.Service) (Kind, Setting, error) {
	kind, err := m.kindOf(svc)
	if err != nil {
		return Kind{}, Setting{}, err
	}
	plain, secrets, err := m.resolver.resolve(ctx, svc.ID, svc.Config)
	if err != nil {
		return kind, Setting{}, invalid(err)
	}
	s, err := kind.Setting(plain, secrets...)
	if err != nil {
		return kind, Setting{}, invalid(err)
	}
	return kind, s, nil
}

// Start runs the enabled ones of all services the gateway knows. It does not wait
// for any of them; one whose configuration cannot be used is logged and failed.
func (m *Manager) Start(ctx context.Context, all []catalog.Service) {
	for _, svc := range all {
		if err := m.Apply(ctx, svc); err != nil {
			m.log.Error("service cannot start", "service", svc.Name, "type", svc.Type, "error", err)
		}
	}
}

// Apply makes the running state follow a service that was created or changed:
// started where it is enabled, stopped where it is not, and reconfigured without
// losing requests where only its configuration changed. It waits for the backend
// only when a working service is reconfigured; see [Actor.Reconfigure] for what
// happens when the new configuration does not work.
func (m *Manager) Apply(ctx context.Context, svc catalog.Service) error {
	if err := checkName(svc.Name); err != nil {
		return err
	}
	e, err := m.entry(svc)
	if err != nil {
		return err
	}
	e.changing.Lock()
	defer e.changing.Unlock()
	if !svc.Enabled {
		m.update(e, func() { e.service, e.failure = svc, nil })
		return m.stop(ctx, e)
	}
	return m.run(ctx, e, svc)
}

// entry finds or makes the entry of a service and reserves its name.
func (m *Manager) entry(svc catalog.Service) (*entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, &catalog.Error{Code: catalog.CodeUnavailable, Message: "the gateway is stopping"}
	}
	for id, other := range m.entries {
		if id != svc.ID && other.service.Name == svc.Name {
			return nil, &catalog.Error{Code: catalog.CodeAlreadyExists, Field: "name", Message: fmt.Sprintf("there is another service %q", svc.Name)}
		}
	}
	e, ok := m.entries[svc.ID]
	if !ok {
		e = &entry{service: svc}
		e.service.Enabled = false // until it runs
		m.entries[svc.ID] = e     // requests see it with the first update
	}
	return e, nil
}

// update changes an entry and what requests see of it.
func (m *Manager) update(e *entry, change func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change()
	m.publishLocked()
}

// run starts or reconfigures a service. e.changing is held.
func (m *Manager) run(ctx context.Context, e *entry, svc catalog.Service) error {
	kind, setting, err := m.setting(ctx, svc)
	if err != nil {
		if e.actor == nil { // nothing runs that could go on
			m.update(e, func() { e.service, e.failure = svc, err })
		}
		return err
	}
	if old := e.actor; old != nil && (e.service.Type != svc.Type || e.service.Name != svc.Name) {
		a := m.actor(kind, setting, svc)
		m.update(e, func() { e.service, e.setting, e.actor, e.failure = svc, setting, a, nil })
		if err := old.Stop(ctx); err != nil {
			m.log.Warn("service did not stop cleanly", "service", svc.Name, "error", err)
		}
		return nil
	} else if old != nil {
		// Compared resolved: what a reference stands for may have changed.
		if !reflect.DeepEqual(e.setting, setting) {
			if err := old.Reconfigure(ctx, setting); err != nil {
				return &catalog.Error{Code: catalog.CodeUnavailable, Message: "the new configuration does not work; the old one stays in use", Err: err}
			}
		}
		m.update(e, func() { e.service, e.setting, e.failure = svc, setting, nil })
		return nil
	}
	a := m.actor(kind, setting, svc)
	m.update(e, func() { e.service, e.setting, e.actor, e.failure = svc, setting, a, nil })
	return nil
}

func (m *Manager) actor(kind Kind, setting Setting, svc catalog.Service) *Actor {
	return NewActor(kind, setting, Environment{Name: svc.Name, DataDir: m.options.DataDir, Log: m.log}, m.options.Timing)
}

// stop ends the actor of a service, if it has one. e.changing is held.
func (m *Manager) stop(ctx context.Context, e *entry) error {
	a := e.actor
	if a == nil {
		return nil
	}
	m.update(e, func() { e.actor = nil })
	return a.Stop(ctx)
}

// Activate runs a service until the gateway ends, whether it is enabled or not.
// One that waits before its next attempt to reach the backend tries at once. With
// wait it gives the backend until ctx ends to answer, and returns the reason where
// it does not; the service keeps trying all the same.
func (m *Manager) Activate(ctx context.Context, svc catalog.Service, wait bool) error {
	e, err := m.entry(svc)
	if err != nil {
		return err
	}
	e.changing.Lock()
	err = m.run(ctx, e, svc)
	a := e.actor
	e.changing.Unlock()
	if err != nil {
		return err
	}
	a.Connect()
	if !wait {
		return nil
	}
	return a.Await(ctx)
}

// Refresh looks up again what the references of running services stand for, and
// reconfigures those for which something changed. It is for use after a secret was
// changed. The error tells of all that could not be reconfigured.
func (m *Manager) Refresh(ctx context.Context) error {
	m.mu.Lock()
	entries := slices.Collect(maps.Values(m.entries))
	m.mu.Unlock()
	var errs []error
	for _, e := range entries {
		e.changing.Lock()
		if e.actor != nil || e.failure != nil {
			if err := m.run(ctx, e, e.service); err != nil {
				errs = append(errs, fmt.Errorf("service %q: %w", e.service.Name, err))
			}
		}
		e.changing.Unlock()
	}
	return errors.Join(errs...)
}

// Deactivate stops a service until it is activated or changed. Operations in
// flight may finish until ctx ends.
func (m *Manager) Deactivate(ctx context.Context, id string) error {
	e, err := m.find(id)
	if err != nil {
		return err
	}
	e.changing.Lock()
	defer e.changing.Unlock()
	m.update(e, func() { e.failure = nil })
	return m.stop(ctx, e)
}

// Remove stops and forgets a service. One that is not known is no error.
func (m *Manager) Remove(ctx context.Context, id string) error {
	e, err := m.find(id)
	if err != nil {
		return nil
	}
	e.changing.Lock()
	defer e.changing.Unlock()
	a := e.actor
	m.mu.Lock()
	e.actor = nil
	delete(m.entries, id)
	m.publishLocked()
	m.mu.Unlock()
	if a == nil {
		return nil
	}
	return a.Stop(ctx)
}

func (m *Manager) find(id string) (*entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.entries[id]
	if !ok {
		return nil, &catalog.Error{Code: catalog.CodeNotFound, Message: "there is no such service"}
	}
	return e, nil
}

// Service gives a service as it was last applied, including those from files.
func (m *Manager) Service(id string) (catalog.Service, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.entries[id]
	if !ok {
		return catalog.Service{}, false
	}
	return e.service, true
}

// Services lists all services as they were last applied, by name.
func (m *Manager) Services() []catalog.Service {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]catalog.Service, 0, len(m.entries))
	for _, e := range m.entries {
		all = append(all, e.service)
	}
	slices.SortFunc(all, func(a, b catalog.Service) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Stats gives the figures of a service. One that does not run has only a state
// and, where its configuration cannot be used, the reason.
func (m *Manager) Stats(id string) (Stats, error) {
	e, err := m.find(id)
	if err != nil {
		return Stats{}, err
	}
	m.mu.Lock()
	a, failure := e.actor, e.failure
	m.mu.Unlock()
	switch {
	case a != nil:
		return a.Stats(), nil
	case failure != nil:
		return Stats{State: StateFailed, LastError: failure.Error()}, nil
	default:
		return Stats{State: StateInactive}, nil
	}
}

// TestResult is the outcome of a connection test.
type TestResult struct {
	Connected bool
	Latency   time.Duration // of one round trip over the open connection
	Err       error         // why not, without secrets
}

// Test opens a connection of its own with the service's configuration, whether the
// service runs or not, asks the backend and closes it again.
func (m *Manager) Test(ctx context.Context, svc catalog.Service) TestResult {
	kind, setting, err := m.setting(ctx, svc)
	if err != nil {
		return TestResult{Err: err}
	}
	scrub := newScrubber(setting.secrets)
	ctx, cancel := context.WithTimeout(ctx, m.options.Timing.orDefaults().OpenLimit)
	defer cancel()
	env := Environment{Name: svc.Name, DataDir: m.options.DataDir, Log: m.log, Testing: true}
	d, err := kind.openAndPing(ctx, setting, env)
	if err != nil {
		return TestResult{Err: scrub.error(err)}
	}
	defer func() {
		if err := guardedClose(d); err != nil {
			m.log.Warn("service driver did not close cleanly", "service", svc.Name, "error", scrub.error(err))
		}
	}()
	began := time.Now()
	if err := guardedPing(ctx, d); err != nil {
		return TestResult{Err: scrub.error(err)}
	}
	return TestResult{Connected: true, Latency: time.Since(began)}
}

// Close stops all services at once. Operations in flight may finish until ctx ends.
func (m *Manager) Close(ctx context.Context) error {
	m.mu.Lock()
	m.closed = true
	entries := slices.Collect(maps.Values(m.entries))
	m.mu.Unlock()
	errs := make([]error, len(entries))
	var stopping sync.WaitGroup
	for i, e := range entries {
		stopping.Go(func() {
			e.changing.Lock()
			defer e.changing.Unlock()
			errs[i] = m.stop(ctx, e)
		})
	}
	stopping.Wait()
	return errors.Join(errs...)
}

func (m *Manager) publish() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.publishLocked()
}

// publishLocked makes the index follow the entries. m.mu is held.
func (m *Manager) publishLocked() {
	ix := &index{byID: make(map[string]target), byName: make(map[string]target)}
	for id, e := range m.entries {
		t := target{name: e.service.Name, typ: e.service.Type, actor: e.actor, failure: e.failure}
		ix.byID[id] = t
		ix.byName[t.name] = t
	}
	m.index.Store(ix)
}

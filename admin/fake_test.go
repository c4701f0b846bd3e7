package admin_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"gateway/admin"
	"gateway/internal/catalog"
)

// fakeDeployer saves what it is given, and finds code that says so wrong. Code is refused where it contains BROKEN,
// warned about where it contains WARNING.
type fakeDeployer struct {
	store   catalog.Store
	mu      sync.Mutex // guards what follows
	status  map[string]catalog.Status
	scripts []admin.Script
	syncs   int
	updates int
	fail    error         // of the next change, which then changes nothing
	hold    chan struct{} // while not nil, changes wait for it to be closed
	held    chan struct{} // gets a value when a change waits
}

var _ admin.Deployer = (*fakeDeployer)(nil)

func newFakeDeployer(store catalog.Store) *fakeDeployer {
	return &fakeDeployer{store: store, status: make(map[string]catalog.Status), held: make(chan struct{}, 16)}
}

func (f *fakeDeployer) Check(_ context.Context, name string, v *catalog.Version) ([]admin.Diagnostic, error) {
	code := v.Code
	switch {
	case strings.Contains(code, "BROKEN"):
		return []admin.Diagnostic{
			{File: "handler.go", Line: 3, Column: 5, Severity: "error", Code: "type", Message: "undefined: BROKEN", Hint: "declare it"},
			{File: "handler.go", Line: 9, Column: 1, Severity: "error", Code: "syntax", Message: "expected }"},
		}, nil
	case strings.Contains(code, "WARNING"):
		return []admin.Diagnostic{{File: "handler.go", Line: 1, Column: 1, Severity: "warning", Code: "serial", Message: "careful with " + name}}, nil
	case strings.Contains(code, "PANIC"):
		panic("the deployer panics")
	}
	return nil, nil
}

// before is what every change does first.
func (f *fakeDeployer) before(ctx context.Context, v *catalog.Version) ([]admin.Diagnostic, error) {
	f.mu.Lock()
	hold, fail := f.hold, f.fail
	f.fail = nil
	f.updates++
	f.mu.Unlock()
	if hold != nil {
		f.held <- struct{}{}
		<-hold
	}
	if fail != nil || v == nil {
		return nil, fail
	}
	found, err := f.Check(ctx, "x", v)
	if len(found) > 0 && found[0].Severity == "error" {
		return nil, &catalog.Error{Code: catalog.CodeUnprocessable, Field: "code", Message: "the code does not pass the check", Diagnostics: found}
	}
	return found, err
}

func (f *fakeDeployer) saved(e *catalog.Endpoint, warnings []admin.Diagnostic) admin.Saved {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case e.Serves():
		f.status[e.ID] = catalog.StatusRunning
	case e.Version == 0:
		f.status[e.ID] = catalog.StatusCreated
	case f.status[e.ID] == catalog.StatusRunning:
		f.status[e.ID] = catalog.StatusStopped
	default:
		f.status[e.ID] = catalog.StatusCompiled
	}
	return admin.Saved{Endpoint: *e, Warnings: warnings}
}

func (f *fakeDeployer) Create(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) (admin.Saved, error) {
	warnings, err := f.before(ctx, v)
	if err == nil {
		err = f.store.CreateEndpoint(ctx, e, v)
	}
	if err != nil {
		return admin.Saved{}, err
	}
	return f.saved(e, warnings), nil
}

func (f *fakeDeployer) Update(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) (admin.Saved, error) {
	warnings, err := f.before(ctx, v)
	if err == nil {
		err = f.store.UpdateEndpoint(ctx, e, v)
	}
	if err != nil {
		return admin.Saved{}, err
	}
	saved := f.saved(e, warnings)
	saved.Swapped = v != nil && e.Serves()
	if saved.Swapped {
		saved.Pending = 2
	}
	return saved, nil
}

func (f *fakeDeployer) toggle(ctx context.Context, id string, started bool) (admin.Saved, error) {
	e, err := f.store.Endpoint(ctx, id)
	if err != nil {
		return admin.Saved{}, err
	}
	if started && e.Version == 0 {
		return admin.Saved{}, &catalog.Error{Code: catalog.CodeConflict, Message: "the endpoint has no code to start"}
	}
	e.Started = started
	return f.Update(ctx, &e, nil)
}

func (f *fakeDeployer) Start(ctx context.Context, id string, _ int64) (admin.Saved, error) {
	for _, script := range f.Scripts() {
		for _, e := range script.Endpoints {
			if e.ID == id { // as one in quarantine
				return admin.Saved{Endpoint: e}, nil
			}
		}
	}
	return f.toggle(ctx, id, true)
}

func (f *fakeDeployer) Stop(ctx context.Context, id string, _ int64) (admin.Saved, error) {
	return f.toggle(ctx, id, false)
}

func (f *fakeDeployer) Compile(ctx context.Context, id string) (admin.Saved, error) {
	e, err := f.store.Endpoint(ctx, id)
	return admin.Saved{Endpoint: e}, err
}

func (f *fakeDeployer) Delete(ctx context.Context, id string, revision int64) error {
	return f.store.DeleteEndpoint(ctx, id, revision)
}

func (f *fakeDeployer) Sync(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.syncs++
	return nil
}

func (f *fakeDeployer) Status(id string) (admin.EndpointStatus, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	st, known := f.status[id]
	return admin.EndpointStatus{Status: st, Instances: admin.Instances{Loaded: 1}}, known
}

func (f *fakeDeployer) Summary() admin.Summary {
	f.mu.Lock()
	defer f.mu.Unlock()
	sum := admin.Summary{Endpoints: len(f.status), ByStatus: make(map[catalog.Status]int)}
	for _, st := range f.status {
		sum.ByStatus[st]++
	}
	return sum
}

func (f *fakeDeployer) Scripts() []admin.Script {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.scripts
}

// fakeServices keeps what it is told in memory. The field password is secret; sealed it begins with "sealed:".
type fakeServices struct {
	mu      sync.Mutex // guards what follows
	applied map[string]catalog.Service
	active  map[string]bool
	files   []catalog.Service
	broken  error // of everything that reaches the backend
	stores  map[string]*fakeObjects
	outbox  *fakeOutbox
}

var _ admin.Services = (*fakeServices)(nil)

func newFakeServices() *fakeServices {
	return &fakeServices{applied: make(map[string]catalog.Service), active: make(map[string]bool), stores: make(map[string]*fakeObjects)}
}

func (f *fakeServices) Types() any { return []string{"postgres", "sqlite"} }

func (f *fakeServices) Check(v catalog.Service) error {
	if v.Type != "postgres" && v.Type != "sqlite" {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "service_type", Message: "there is no service type " + v.Type}
	}
	for name := range v.Config {
		if name != "host" && name != "password" && name != "path" {
			return &catalog.Error{Code: catalog.CodeInvalid, Field: "config." + name, Message: "there is no field " + name}
		}
	}
	return nil
}

func withPassword(v catalog.Service, change func(string) string) catalog.Service {
	v.Config = maps.Clone(v.Config)
	if p, ok := v.Config["password"].(string); ok {
		v.Config["password"] = change(p)
	}
	return v
}

const mask = "********"

func (f *fakeServices) Mask(v catalog.Service) catalog.Service {
	return withPassword(v, func(string) string { return mask })
}

func (f *fakeServices) Seal(v catalog.Service) (catalog.Service, error) {
	return withPassword(v, func(p string) string { return "sealed:" + p }), nil
}

func (f *fakeServices) Unseal(v catalog.Service) (catalog.Service, error) {
	return withPassword(v, func(p string) string { return strings.TrimPrefix(p, "sealed:") }), nil
}

func (f *fakeServices) Merge(_ string, stored, update map[string]any) map[string]any {
	if p, given := update["password"]; !given || p == mask {
		update["password"] = stored["password"]
	}
	return update
}

func (f *fakeServices) Apply(_ context.Context, v catalog.Service) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.applied[v.ID] = v
	f.active[v.ID] = v.Enabled
	return f.broken
}

func (f *fakeServices) Activate(_ context.Context, v catalog.Service) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active[v.ID] = true
	return f.broken
}

func (f *fakeServices) Deactivate(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active[id] = false
	return nil
}

func (f *fakeServices) Remove(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.applied, id)
	delete(f.active, id)
	return nil
}

func (f *fakeServices) Test(_ context.Context, v catalog.Service) admin.ServiceTest {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := v.Config["password"]; f.broken == nil && p != nil && p != secret {
		return admin.ServiceTest{Err: fmt.Errorf("the test did not get the plain password")}
	}
	return admin.ServiceTest{Connected: f.broken == nil, Latency: 1500 * time.Microsecond, Err: f.broken}
}

func (f *fakeServices) Status(id string) admin.ServiceStatus {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.active[id] {
		return admin.ServiceStatus{State: "active", Active: true, Detail: map[string]int{"operations": 7}}
	}
	return admin.ServiceStatus{State: "inactive"}
}

func (f *fakeServices) Services() []catalog.Service {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.files
}

var errBackend = errors.New("connection refused")

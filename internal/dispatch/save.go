package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"gateway/internal/catalog"
	"gateway/interp"
	"gateway/interp/check"
)

// Saved is what a change of an endpoint did.
type Saved struct {
	Endpoint catalog.Endpoint // as it is stored now
	Warnings []check.Diagnostic
	Swapped  bool // new code is live in place of the one before
	Pending  int  // requests that finish on the code before
}

// Check says everything that is wrong with the code of an endpoint, without saving it.
func (d *Dispatcher) Check(ctx context.Context, name string, v *catalog.Version) ([]check.Diagnostic, error) {
	program, err := d.compileVersion(ctx, &catalog.Endpoint{Name: name}, v, nil)
	var refused *interp.DiagnosticsError
	switch {
	case errors.As(err, &refused):
		return refused.Diagnostics, nil
	case err != nil:
		return nil, err
	}
	return program.Warnings(), nil
}

// Create saves a new endpoint and, unless v is nil, its first version, and serves it where it is to be served. e and v
// are set as the store does. Code that is refused is a *catalog.Error with CodeUnprocessable and the diagnostics, a
// route that another endpoint has one with CodeAlreadyExists; nothing is saved then.
func (d *Dispatcher) Create(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) (Saved, error) {
	if e.ID == "" {
		e.ID = catalog.NewID()
	}
	e.Source.Kind = catalog.SourceAPI
	return d.save(ctx, save{e: e, v: v, persist: func() error { return d.opts.Store.CreateEndpoint(ctx, e, v) }})
}

// Update saves an endpoint and, unless v is nil, a new version of its code. Requests that come after Update has
// returned are answered by it; requests in flight finish on the version before. e's Revision is the one that the
// change was made from. Errors are those of Create, and the version before stays as it is.
func (d *Dispatcher) Update(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) (Saved, error) {
	was, err := d.opts.Store.Endpoint(ctx, e.ID)
	if err != nil {
		return Saved{}, d.notStored(e.ID, err)
	}
	return d.save(ctx, save{was: &was, e: e, v: v, persist: func() error { return d.opts.Store.UpdateEndpoint(ctx, e, v) }})
}

// Start begins to serve an endpoint, also one that is in quarantine: a script's then too. revision is the one that the
// caller knows, 0 for any.
func (d *Dispatcher) Start(ctx context.Context, id string, revision int64) (Saved, error) {
	return d.toggle(ctx, id, revision, true)
}

// Stop ends serving an endpoint: its route is gone at once, requests in flight may finish.
func (d *Dispatcher) Stop(ctx context.Context, id string, revision int64) (Saved, error) {
	return d.toggle(ctx, id, revision, false)
}

func (d *Dispatcher) toggle(ctx context.Context, id string, revision int64, started bool) (Saved, error) {
	e, err := d.opts.Store.Endpoint(ctx, id)
	if s := d.sourceOf(id); s != nil && s.script && started && catalog.CodeOf(err) == catalog.CodeNotFound {
		return d.startScript(ctx, s, id)
	}
	if err != nil {
		return Saved{}, d.notStored(id, err)
	}
	switch {
	case revision != 0 && revision != e.Revision:
		return Saved{}, mismatch(&e)
	case started && e.Version == 0:
		return Saved{}, &catalog.Error{Code: catalog.CodeConflict, Message: "the endpoint has no code to start", Hint: "save its code first"}
	case started && !e.Enabled:
		return Saved{}, &catalog.Error{Code: catalog.CodeConflict, Message: "the endpoint is disabled", Hint: `set "enabled" first`}
	case started && e.Suspended:
		return Saved{}, &catalog.Error{Code: catalog.CodeConflict, Message: "the endpoint's domain or collection is disabled", Hint: "enable it first"}
	}
	was := e
	e.Started = started
	return d.save(ctx, save{was: &was, e: &e, start: started, persist: func() error {
		if e.Started == was.Started {
			return nil // what could not be served is tried again
		}
		return d.opts.Store.UpdateEndpoint(ctx, &e, nil)
	}})
}

// Compile checks the current version of an endpoint again and loads it once, without serving it.
func (d *Dispatcher) Compile(ctx context.Context, id string) (Saved, error) {
	e, err := d.opts.Store.Endpoint(ctx, id)
	if err != nil {
		return Saved{}, d.notStored(id, err)
	}
	if e.Version == 0 {
		return Saved{}, &catalog.Error{Code: catalog.CodeConflict, Message: "the endpoint has no code", Hint: "save its code first"}
	}
	if err := d.libraries.Acquire(ctx, 1); err != nil {
		return Saved{}, err
	}
	defer d.libraries.Release(1)
	s := d.sourceOf(id)
	if s == nil {
		s = newSource(id, e.Name, false)
	}
	if err := s.saving.acquire(ctx); err != nil {
		return Saved{}, err
	}
	defer s.saving.release()
	program, err := d.compileStored(ctx, &e)
	if err == nil {
		err = d.tryLoad(ctx, &e, program)
	}
	if err != nil {
		if ctx.Err() == nil && !e.Serves() {
			d.fail(s, err)
		}
		return Saved{}, refusal(err)
	}
	d.mu.Lock()
	if s.state.compiled = true; !s.state.quarantined() {
		s.state.failure = nil
	}
	d.mu.Unlock()
	return Saved{Endpoint: e, Warnings: program.Warnings()}, nil
}

// Delete deletes an endpoint. Its route is gone at once, requests in flight may finish.
func (d *Dispatcher) Delete(ctx context.Context, id string, revision int64) error {
	s := d.sourceOf(id)
	if s == nil || s.script {
		s = newSource(id, "", false)
	}
	if err := s.saving.acquire(ctx); err != nil {
		return err
	}
	defer s.saving.release()
	if err := d.opts.Store.DeleteEndpoint(ctx, id, revision); err != nil {
		return d.notStored(id, err)
	}
	d.publish(change{source: s})
	return nil
}

// save is a change of an endpoint that is to be made.
type save struct {
	was     *catalog.Endpoint // as it is stored; nil for a new one
	e       *catalog.Endpoint // as it is to be
	v       *catalog.Version  // new code; nil where it stays
	start   bool              // the endpoint is to be served when this is done, or it fails
	persist func() error
}

// save is the way of every change of an endpoint: check, load, persist, publish.
func (d *Dispatcher) save(ctx context.Context, change save) (Saved, error) {
	was, e, v := change.was, change.e, change.v
	e.Normalize()
	if err := e.Validate(); err != nil {
		return Saved{}, err
	}
	if v != nil {
		if err := v.Validate(); err != nil {
			return Saved{}, err
		}
	}
	if was != nil && e.Revision != was.Revision {
		return Saved{}, mismatch(was)
	}
	if v != nil {
		if err := d.fetch(ctx, []check.File{{Code: v.Code}}, v.Dependencies); err != nil {
			return Saved{}, err
		}
	}
	if err := d.libraries.Acquire(ctx, 1); err != nil {
		return Saved{}, err
	}
	defer d.libraries.Release(1)
	s := d.sourceOf(e.ID)
	if s == nil {
		s = newSource(e.ID, e.Name, false)
	}
	if err := s.saving.acquire(ctx); err != nil {
		return Saved{}, err
	}
	defer s.saving.release()
	if err := d.place(ctx, e); err != nil {
		return Saved{}, err
	}
	undo, err := d.reserve(s.id, []*catalog.Endpoint{e})
	if err != nil {
		return Saved{}, err
	}
	next, err := d.prepare(ctx, s, change)
	if err == nil {
		basePath, suspended := e.BasePath, e.Suspended
		if err = change.persist(); err == nil {
			e.BasePath, e.Suspended = basePath, suspended
		}
	}
	if err != nil {
		undo()
		d.tellFreed()
		for _, i := range next.loaded {
			i.Kill("not saved")
		}
		d.refuse(s, v, err)
		return Saved{}, refusal(err)
	}
	log := d.opts.Observer.Endpoint(e.ID, e.Name)
	next.settings = []*settings{d.newSettings(e, log)}
	swapped := d.publish(next)
	saved := Saved{Endpoint: *e, Swapped: next.program != nil && was != nil && was.Serves() && e.Serves(), Pending: swapped.Pending}
	if next.program != nil {
		saved.Warnings = next.program.Warnings()
	}
	logSaved(log, was, e, swapped)
	return saved, nil
}

// prepare compiles what the endpoint needs and loads it where it is to be served.
func (d *Dispatcher) prepare(ctx context.Context, s *source, save save) (change, error) {
	was, e, v := save.was, save.e, save.v
	d.mu.Lock()
	c := change{source: s, state: s.state}
	d.mu.Unlock()
	c.state.refused = nil
	after := *e // as it will be when it is saved
	if v != nil {
		after.Version++
	}
	if was != nil && was.Started && !e.Started {
		c.state.stopped = true
	}
	if after.Serves() {
		c.state.stopped = false
	}
	var err error
	switch {
	case v != nil:
		c.program, err = d.compileVersion(ctx, e, v, nil)
	case after.Serves() && s.current() == nil && (save.start || was == nil || !was.Serves()):
		c.program, err = d.compileStored(ctx, e)
	default:
		return c, nil
	}
	if err != nil {
		return c, err
	}
	c.state.compiled, c.state.failure = true, nil
	if !after.Serves() {
		return c, d.tryLoad(ctx, e, c.program)
	}
	instance, err := d.load(ctx, e, c.program)
	if err != nil {
		return c, err
	}
	c.loaded = []Instance{instance}
	return c, nil
}

func (d *Dispatcher) load(ctx context.Context, e *catalog.Endpoint, p Program) (Instance, error) {
	log := d.opts.Log.With("endpoint", e.Name)
	if known := d.opts.Observer.Find(e.ID); known != nil {
		log = known.Logger()
	}
	return p.Load(ctx, interp.LoadOptions{Log: log})
}

// tryLoad loads a program only to know that it can be.
func (d *Dispatcher) tryLoad(ctx context.Context, e *catalog.Endpoint, p Program) error {
	instance, err := d.load(ctx, e, p)
	if err != nil {
		return err
	}
	instance.Kill("only tried")
	return nil
}

// place fills in what the store fills in on reading: where the endpoint's collection puts it, and whether its domain
// and collection are enabled.
func (d *Dispatcher) place(ctx context.Context, e *catalog.Endpoint) error {
	e.BasePath, e.Suspended = "", false
	if e.CollectionID != "" {
		c, err := d.opts.Store.Collection(ctx, e.CollectionID)
		if err != nil {
			return err
		}
		e.BasePath, e.Suspended = c.BasePath, !c.Enabled
	}
	if e.Domain == catalog.AnyDomain {
		return nil
	}
	domains, _, err := d.opts.Store.Domains(ctx, catalog.DomainFilter{Host: e.Domain})
	if err != nil {
		return err
	}
	for _, domain := range domains {
		e.Suspended = e.Suspended || !domain.Enabled
	}
	return nil
}

// refuse remembers why a change was refused, for the endpoint's status and log.
func (d *Dispatcher) refuse(s *source, v *catalog.Version, err error) {
	if v == nil || !isRefusal(err) {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	s.state.refused = err
	for _, e := range s.endpoints {
		e.log.Event(slog.LevelWarn, "new version refused, the one before stays", slog.Any("error", err))
	}
}

func (d *Dispatcher) sourceOf(endpointID string) *source {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e := d.endpoints[endpointID]; e != nil {
		return e.source
	}
	return nil
}

// notStored explains why an endpoint that is served is not in the store.
func (d *Dispatcher) notStored(id string, err error) error {
	if s := d.sourceOf(id); s != nil && s.script && catalog.CodeOf(err) == catalog.CodeNotFound {
		return inFolder(s)
	}
	return err
}

func inFolder(s *source) error {
	return &catalog.Error{
		Code: catalog.CodeConflict, Message: "this endpoint lives in the scripts folder, in " + s.name, Hint: "edit or delete the file",
	}
}

func mismatch(stored *catalog.Endpoint) error {
	return &catalog.Error{
		Code: catalog.CodeVersionMismatch, Message: "somebody else has changed endpoint \"" + stored.Name + "\" in between",
		Hint: "read it again and repeat the change",
	}
}

// isRefusal reports whether an error is about the code.
func isRefusal(err error) bool {
	var refused *interp.DiagnosticsError
	var load *interp.LoadError
	return errors.As(err, &refused) || errors.As(err, &load)
}

// refusal turns what is wrong with code into the error that its author is to see.
func refusal(err error) error {
	var refused *interp.DiagnosticsError
	var load *interp.LoadError
	switch {
	case errors.As(err, &refused):
		return &catalog.Error{
			Code: catalog.CodeUnprocessable, Message: "the code does not pass the check: " + refused.Error(), Field: "code",
			Diagnostics: refused.Diagnostics,
		}
	case errors.As(err, &load):
		diagnostic := loadDiagnostic(load)
		return &catalog.Error{
			Code: catalog.CodeUnprocessable, Message: "the code cannot be loaded: " + diagnostic.Message, Field: "code",
			Diagnostics: []check.Diagnostic{diagnostic},
		}
	}
	return err
}

// loadDiagnostic says where the initialisation of a script failed.
func loadDiagnostic(err *interp.LoadError) check.Diagnostic {
	d := check.Diagnostic{
		File: codeFile, Severity: check.Error, Code: "load", Message: err.Err.Error(),
		Hint: "package variables and init functions run when the code is loaded, and must end",
	}
	var panicked *interp.PanicError
	if errors.As(err.Err, &panicked) {
		d.Message = "panic: " + panicked.Text
		if len(panicked.Stack) > 0 {
			at := panicked.Stack[0]
			d.File, d.Line, d.Column = at.File, at.Line, 1
		}
	}
	return d
}

func logSaved(log interface {
	Event(slog.Level, string, ...slog.Attr)
}, was, e *catalog.Endpoint, swapped interp.Swapped) {
	what := "saved"
	switch {
	case e.Serves() && (was == nil || !was.Serves()):
		what = "started"
	case e.Serves() && was.Version != e.Version:
		what = "new version is live"
	case !e.Serves() && was != nil && was.Serves():
		what = "stopped"
	}
	attrs := []slog.Attr{slog.Int("version", e.Version), slog.String("route", e.Route().String())}
	if swapped.Pending > 0 {
		attrs = append(attrs, slog.Int("draining", swapped.Pending))
	}
	log.Event(slog.LevelInfo, strings.TrimSpace(what), attrs...)
}

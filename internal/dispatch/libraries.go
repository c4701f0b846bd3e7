package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"gateway/internal/catalog"
	"gateway/interp"
	"gateway/interp/check"

	"golang.org/x/sync/errgroup"
)

// allLibraries is the weight of libraries whole; endpoints that are compiled take 1 each.
const allLibraries = 1 << 30

// SavedLibrary is what a change of a library did.
type SavedLibrary struct {
	Library  catalog.Library // as it is stored now
	Reloaded []string        // names of the endpoints that run with it now
	Warnings []check.Diagnostic
}

// SaveLibrary saves a library, a new one where its ID is empty, with a new version unless v is nil. The endpoints that
// import it, directly or through other libraries, are compiled with it and swapped, all or none: where one of them
// does not work with it, that is a *catalog.Error with CodeUnprocessable and the diagnostics of all, and nothing
// changes. Endpoints that do not work as things are do not keep a library from being saved.
func (d *Dispatcher) SaveLibrary(ctx context.Context, l *catalog.Library, v *catalog.LibraryVersion) (SavedLibrary, error) {
	persist := d.opts.Store.UpdateLibrary
	if l.ID == "" {
		persist = d.opts.Store.CreateLibrary
	}
	l.Normalize()
	if err := l.Validate(); err != nil {
		return SavedLibrary{}, err
	}
	if v != nil {
		if err := v.Validate(); err != nil {
			return SavedLibrary{}, err
		}
	}
	if v != nil {
		if err := d.fetch(ctx, (&shelf{}).with(l.Name, v).files(l.Name), v.Dependencies); err != nil {
			return SavedLibrary{}, err
		}
	}
	if err := d.libraries.Acquire(ctx, allLibraries); err != nil {
		return SavedLibrary{}, err
	}
	defer d.libraries.Release(allLibraries)
	if l.ID != "" {
		stored, err := d.opts.Store.Library(ctx, l.ID)
		if err != nil {
			return SavedLibrary{}, err
		}
		if stored.Name != l.Name {
			return SavedLibrary{}, &catalog.Error{
				Code: catalog.CodeInvalid, Field: "name", Message: fmt.Sprintf("library %q keeps its name, by which it is imported", stored.Name),
				Hint: "create another library, and delete this one when nothing imports it any more",
			}
		}
	}
	if v == nil { // nothing that runs changes
		err := persist(ctx, l, nil)
		return SavedLibrary{Library: *l}, err
	}
	now, err := d.readShelf(ctx)
	if err != nil {
		return SavedLibrary{}, err
	}
	r := &reload{dispatcher: d, name: l.Name, now: now, next: now.with(l.Name, v)}
	defer r.end()
	saved := SavedLibrary{}
	if saved.Warnings, err = r.prepare(ctx); err != nil {
		return SavedLibrary{}, err
	}
	if err := persist(ctx, l, v); err != nil {
		return SavedLibrary{}, err
	}
	saved.Library, saved.Reloaded = *l, r.publish(l.Version)
	return saved, nil
}

// DeleteLibrary deletes a library that nothing imports.
func (d *Dispatcher) DeleteLibrary(ctx context.Context, id string, revision int64) error {
	if err := d.libraries.Acquire(ctx, allLibraries); err != nil {
		return err
	}
	defer d.libraries.Release(allLibraries)
	l, err := d.opts.Store.Library(ctx, id)
	if err != nil {
		return err
	}
	users, err := d.LibraryUsers(ctx, l.Name)
	if err != nil {
		return err
	}
	if len(users) > 0 {
		return &catalog.Error{
			Code: catalog.CodeConflict, Message: fmt.Sprintf("library %q is imported by %s", l.Name, listed(users)),
			Hint: "change them first",
		}
	}
	return d.opts.Store.DeleteLibrary(ctx, id, revision)
}

// LibraryUsers names what imports a library: other libraries, as lib/NAME, and endpoints, served or not.
func (d *Dispatcher) LibraryUsers(ctx context.Context, name string) ([]string, error) {
	now, err := d.readShelf(ctx)
	if err != nil {
		return nil, err
	}
	var users []string
	only := map[string]bool{name: true}
	for other := range now.versions {
		if other != name && importsAny(now.files(other), only) {
			users = append(users, libraryPrefix+other)
		}
	}
	slices.Sort(users)
	list, err := d.importing(ctx, only)
	for _, u := range list {
		users = append(users, u.endpoint.Name)
	}
	return users, err
}

// user is an endpoint that imports a library.
type user struct {
	endpoint catalog.Endpoint
	version  catalog.Version
}

// importing finds the endpoints of the store whose current code imports one of the libraries, in the order of their
// ids.
func (d *Dispatcher) importing(ctx context.Context, names map[string]bool) ([]user, error) {
	list, _, err := d.opts.Store.Endpoints(ctx, catalog.EndpointFilter{})
	if err != nil {
		return nil, err
	}
	var users []user
	for _, e := range list {
		if e.Version == 0 {
			continue
		}
		v, err := d.opts.Store.Version(ctx, e.ID, e.Version)
		if catalog.CodeOf(err) == catalog.CodeNotFound {
			continue // deleted in between
		}
		if err != nil {
			return nil, err
		}
		if strings.Contains(v.Code, `"`+libraryPrefix) && importsAny([]check.File{{Code: v.Code}}, names) {
			users = append(users, user{e, v})
		}
	}
	slices.SortFunc(users, func(a, b user) int { return strings.Compare(a.endpoint.ID, b.endpoint.ID) })
	return users, nil
}

// reload is a change of a library on its way to the endpoints that use it.
type reload struct {
	dispatcher *Dispatcher
	name       string
	now, next  *shelf

	locked  []*source // whose saving locks are held
	users   []user
	changes []change // by user
	errs    []error  // by user; why it does not work with the change
}

// end gives back what prepare took.
func (r *reload) end() {
	for _, c := range r.changes {
		for _, i := range c.loaded {
			i.Kill("not saved")
		}
	}
	for _, s := range r.locked {
		s.saving.release()
	}
}

// prepare checks the library and whatever imports it, and loads the endpoints that are to be swapped.
func (r *reload) prepare(ctx context.Context) (warnings []check.Diagnostic, err error) {
	d := r.dispatcher
	affected := r.next.importers(r.name)
	if warnings, err = r.checkLibraries(ctx, affected); err != nil {
		return nil, err
	}
	found, err := d.importing(ctx, affected)
	if err != nil {
		return nil, err
	}
	for _, u := range found {
		s := d.sourceOf(u.endpoint.ID)
		if s == nil {
			s = newSource(u.endpoint.ID, u.endpoint.Name, false)
		}
		if err := s.saving.acquire(ctx); err != nil {
			return nil, err
		}
		r.locked = append(r.locked, s)
		if u.endpoint, err = d.opts.Store.Endpoint(ctx, u.endpoint.ID); catalog.CodeOf(err) == catalog.CodeNotFound {
			continue // deleted in between
		} else if err != nil {
			return nil, err
		}
		r.users = append(r.users, u)
		r.changes = append(r.changes, change{source: s})
	}
	r.errs = make([]error, len(r.users))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range r.users {
		group.Go(func() error {
			r.errs[i] = r.prepareUser(ctx, i)
			if r.errs[i] != nil && !isRefusal(r.errs[i]) {
				return r.errs[i]
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return warnings, r.refusal()
}

// checkLibraries checks the library and those that import it.
func (r *reload) checkLibraries(ctx context.Context, affected map[string]bool) (warnings []check.Diagnostic, err error) {
	var all []check.Diagnostic
	for _, name := range slices.Sorted(maps.Keys(affected)) {
		src := check.Source{Name: libraryPrefix + name, Kind: check.Library, Path: libraryPrefix + name, Files: r.next.files(name)}
		src, err := r.dispatcher.withImports(ctx, src, r.next.versions[name].Dependencies, r.next)
		if err != nil {
			return nil, err
		}
		all = append(all, r.dispatcher.opts.Engine.Check(src)...)
	}
	all = distinct(all)
	for _, found := range all {
		if found.Severity == check.Error {
			return nil, &catalog.Error{
				Code: catalog.CodeUnprocessable, Field: "files", Diagnostics: all,
				Message: fmt.Sprintf("library %q does not pass the check: %s", r.name, found),
			}
		}
	}
	return all, nil
}

// prepareUser compiles an endpoint with the changed library, and loads it where it runs.
func (r *reload) prepareUser(ctx context.Context, i int) error {
	d, u, c := r.dispatcher, &r.users[i], &r.changes[i]
	program, err := d.compileVersion(ctx, &u.endpoint, &u.version, r.next)
	var instance Instance
	if err == nil {
		instance, err = d.load(ctx, &u.endpoint, program)
	}
	if err != nil {
		if isRefusal(err) && !r.worksNow(ctx, u) {
			return nil // it does not work as things are either
		}
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !u.endpoint.Serves() || c.source.current() == nil && c.source.state.failure == nil {
		instance.Kill("only tried") // it is compiled when it is next needed
		return nil
	}
	c.program, c.loaded = program, []Instance{instance}
	c.state = c.source.state
	c.state.compiled, c.state.failure, c.state.refused = true, nil, nil
	for _, e := range c.source.endpoints {
		c.settings = append(c.settings, e.settings.Load())
	}
	return nil
}

// worksNow reports whether an endpoint can be loaded with the libraries as they are.
func (r *reload) worksNow(ctx context.Context, u *user) bool {
	program, err := r.dispatcher.compileVersion(ctx, &u.endpoint, &u.version, r.now)
	return err == nil && r.dispatcher.tryLoad(ctx, &u.endpoint, program) == nil
}

// refusal is the error of a library that endpoints do not work with.
func (r *reload) refusal() error {
	var names []string
	var all []check.Diagnostic
	for i, err := range r.errs {
		if err == nil {
			continue
		}
		name := r.users[i].endpoint.Name
		names = append(names, name)
		var refused *interp.DiagnosticsError
		var load *interp.LoadError
		var found []check.Diagnostic
		if errors.As(err, &refused) {
			found = refused.Diagnostics
		} else if errors.As(err, &load) {
			found = []check.Diagnostic{loadDiagnostic(load)}
		}
		for _, diagnostic := range found {
			if diagnostic.File == codeFile { // say whose
				diagnostic.File = path.Join(name, codeFile)
			}
			all = append(all, diagnostic)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return &catalog.Error{
		Code: catalog.CodeUnprocessable, Field: "files", Diagnostics: distinct(all),
		Message: fmt.Sprintf("library %q is not saved, because it does not work in %s", r.name, listed(names)),
		Hint:    "nothing has changed; change the library so that they work, or save them first so that they work with both",
	}
}

// publish has the endpoints that run go on with the change, and gives their names.
func (r *reload) publish(version int) (names []string) {
	d := r.dispatcher
	var changes []change
	for i, c := range r.changes {
		if c.program != nil {
			changes = append(changes, c)
			names = append(names, r.users[i].endpoint.Name)
		}
		r.changes[i].loaded = nil // no longer end's
	}
	if len(changes) > 0 {
		d.publish(changes...)
	}
	for _, c := range changes {
		for _, e := range c.settings {
			log := d.opts.Observer.Endpoint(e.stored.ID, e.stored.Name)
			log.Event(slog.LevelInfo, "new version of a library is live", slog.String("library", r.name), slog.Int("library_version", version))
		}
	}
	slices.Sort(names)
	return names
}

// distinct leaves out what is there twice: several endpoints may have the same trouble with one library.
func distinct(list []check.Diagnostic) []check.Diagnostic {
	var kept []check.Diagnostic
	for _, found := range list {
		if !slices.ContainsFunc(kept, func(k check.Diagnostic) bool { return reflect.DeepEqual(k, found) }) {
			kept = append(kept, found)
		}
	}
	return kept
}

// listed names the first few of a list.
func listed(names []string) string {
	const shown = 5
	text := strings.Join(names[:min(len(names), shown)], ", ")
	if more := len(names) - shown; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

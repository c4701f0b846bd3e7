package admin

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"time"

	"gateway/internal/catalog"
)

// endpointFields are what a client may say about an endpoint. Those it leaves out stay as they are, or get their
// defaults in a new endpoint.
type endpointFields struct {
	Name           *string       `json:"name"`
	Path           *string       `json:"path"`
	Method         *string       `json:"method"`
	Domain         *string       `json:"domain"`
	CollectionID   *string       `json:"collection_id"` // empty: in no collection
	Description    *string       `json:"description"`
	Code           *string       `json:"code"`
	Dependencies   *dependencies `json:"dependencies"`
	Enabled        *bool         `json:"enabled"`
	Timeout        *duration     `json:"timeout"`
	DrainTimeout   *duration     `json:"drain_timeout"`
	MaxConcurrency *int          `json:"max_concurrency"`
	MinWorkers     *int          `json:"min_workers"`
	MaxWorkers     *int          `json:"max_workers"`
	MaxBodyBytes   *int64        `json:"max_body_bytes"`
	Note           *string       `json:"note"` // kept with the version
}

// endpointUpdate is the body of an update.
type endpointUpdate struct {
	endpointFields
	Version  *int   `json:"version"`  // the change was made from
	Revision *int64 `json:"revision"` // the change was made from
	readOnlyEndpoint
}

// readOnlyEndpoint are the fields of an endpointView that cannot be changed.
type readOnlyEndpoint struct {
	ID          ignored `json:"id"`
	Status      ignored `json:"status"`
	Reason      ignored `json:"reason"`
	Diagnostics ignored `json:"diagnostics"`
	Warnings    ignored `json:"warnings"`
	Swapped     ignored `json:"swapped"`
	Pending     ignored `json:"pending"`
	FullPath    ignored `json:"full_path"`
	URL         ignored `json:"url"`
	Source      ignored `json:"source"`
	Services    ignored `json:"services"`
	Started     ignored `json:"started"`
	CreatedAt   ignored `json:"created_at"`
	UpdatedAt   ignored `json:"updated_at"`
}

// apply changes an endpoint.
func (f *endpointFields) apply(e *catalog.Endpoint) {
	set(&e.Name, f.Name)
	set(&e.Path, f.Path)
	set(&e.Method, f.Method)
	set(&e.Domain, f.Domain)
	set(&e.CollectionID, f.CollectionID)
	set(&e.Description, f.Description)
	set(&e.Enabled, f.Enabled)
	set(&e.Timeout, (*time.Duration)(f.Timeout))
	set(&e.DrainTimeout, (*time.Duration)(f.DrainTimeout))
	set(&e.MaxConcurrency, f.MaxConcurrency)
	set(&e.MinWorkers, f.MinWorkers)
	set(&e.MaxWorkers, f.MaxWorkers)
	set(&e.MaxBodyBytes, f.MaxBodyBytes)
}

// set gives a value where there is one.
func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// version makes the version that the fields ask for; nil where the code stays what it is. current is nil where the
// endpoint has none.
func (f *endpointFields) version(current *catalog.Version) (*catalog.Version, error) {
	if f.Code == nil && f.Dependencies == nil {
		return nil, nil
	}
	v := &catalog.Version{}
	if current != nil {
		v.Code, v.Dependencies = current.Code, current.Dependencies
	}
	set(&v.Code, f.Code)
	set(&v.Note, f.Note)
	if f.Dependencies != nil {
		v.Dependencies = *f.Dependencies
	}
	if f.Code == nil && v.Code == "" {
		return nil, &catalog.Error{Code: catalog.CodeInvalid, Field: "dependencies", Message: "dependencies belong to code, and the endpoint has none"}
	}
	if current != nil && v.ContentHash() == current.ContentHash() {
		return nil, nil
	}
	return v, nil
}

func (s *Server) listEndpoints(r *http.Request) (answer, error) {
	q, err := parameters(r, "name", "domain", "collection_id", "service_id", "enabled", "source", "code", "page", "limit")
	if err != nil {
		return answer{}, err
	}
	return s.endpointsWhere(r.Context(), q, catalog.EndpointFilter{
		Name: q.Get("name"), Domain: q.Get("domain"), CollectionID: q.Get("collection_id"), ServiceID: q.Get("service_id"),
	})
}

// endpointsWhere lists endpoints of the catalog, and after them those of the scripts folder.
func (s *Server) endpointsWhere(ctx context.Context, q url.Values, filter catalog.EndpointFilter) (answer, error) {
	var err error
	if filter.Page, err = page(q); err != nil {
		return answer{}, err
	}
	if filter.Enabled, err = boolean(q, "enabled"); err != nil {
		return answer{}, err
	}
	withCode, err := boolean(q, "code")
	if err != nil {
		return answer{}, err
	}
	source := catalog.SourceKind(q.Get("source"))
	if source != "" && source != catalog.SourceAPI && source != catalog.SourceFile {
		return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "source", Message: `source must be "api" or "file"`}
	}
	var found []catalog.Endpoint
	total := 0
	if source != catalog.SourceFile {
		if found, total, err = s.store.Endpoints(ctx, filter); err != nil {
			return answer{}, err
		}
	}
	if source != catalog.SourceAPI {
		var files []catalog.Endpoint
		for _, e := range s.scriptEndpoints() {
			if filter.Match(&e) {
				files = append(files, e)
			}
		}
		skip := min(max(filter.Page.Offset-total, 0), len(files))
		take := min(filter.Page.Limit-len(found), len(files)-skip)
		found = append(found, files[skip:skip+take]...)
		total += len(files)
	}
	views := make([]endpointView, 0, len(found))
	for _, e := range found {
		if withCode != nil && !*withCode {
			views = append(views, s.viewEndpoint(e))
			continue
		}
		v, err := s.viewSource(ctx, e, nil)
		if catalog.CodeOf(err) == catalog.CodeNotFound {
			continue // deleted while the list was made
		}
		if err != nil {
			return answer{}, err
		}
		views = append(views, v)
	}
	return list(views, total)
}

// scriptEndpoints are the endpoints of the scripts folder.
func (s *Server) scriptEndpoints() []catalog.Endpoint {
	var all []catalog.Endpoint
	for _, script := range s.deployer.Scripts() {
		all = append(all, script.Endpoints...)
	}
	return all
}

// endpoint finds an endpoint by its ID or its name, those of the scripts folder too.
func (s *Server) endpoint(ctx context.Context, ref string) (catalog.Endpoint, error) {
	var e catalog.Endpoint
	err := error(&catalog.Error{Code: catalog.CodeNotFound})
	if catalog.ValidID(ref) {
		e, err = s.store.Endpoint(ctx, ref)
	}
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		e, err = s.store.EndpointByName(ctx, ref)
	}
	if catalog.CodeOf(err) != catalog.CodeNotFound {
		return e, err
	}
	for _, e := range s.scriptEndpoints() {
		if e.ID == ref || e.Name == ref {
			return e, nil
		}
	}
	return e, &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is no endpoint %q", catalog.Clip(ref))}
}

// stored finds an endpoint of the catalog. One of the scripts folder cannot be changed here.
func (s *Server) stored(ctx context.Context, ref string) (catalog.Endpoint, error) {
	e, err := s.endpoint(ctx, ref)
	if err == nil && e.Source.Kind == catalog.SourceFile {
		return e, &catalog.Error{
			Code:    catalog.CodeConflict,
			Message: fmt.Sprintf("endpoint %q lives in the scripts folder", e.Name),
			Hint:    "edit or delete " + e.Source.File + " there",
		}
	}
	return e, err
}

func (s *Server) getEndpoint(r *http.Request) (answer, error) {
	e, err := s.endpoint(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	v, err := s.viewSource(r.Context(), e, nil)
	return answer{data: v, etag: etagOf(e.Revision)}, err
}

func (s *Server) createEndpoint(r *http.Request) (answer, error) {
	var in endpointFields
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	if in.Code != nil && *in.Code == "" {
		in.Code = nil // made now, written later
	}
	saved, err := s.create(r.Context(), in, false)
	if err != nil {
		return answer{}, err
	}
	return s.changed(r.Context(), saved, http.StatusCreated)
}

// create makes a new endpoint.
func (s *Server) create(ctx context.Context, in endpointFields, started bool) (Saved, error) {
	e := catalog.Endpoint{Enabled: true, Started: started}
	in.apply(&e)
	if err := s.inheritDomain(ctx, &e); err != nil {
		return Saved{}, err
	}
	v, err := in.version(nil)
	if err != nil {
		return Saved{}, err
	}
	return s.deployer.Create(ctx, &e, v)
}

// inheritDomain gives an endpoint of a collection that names no domain the collection's.
func (s *Server) inheritDomain(ctx context.Context, e *catalog.Endpoint) error {
	if e.CollectionID == "" {
		return nil
	}
	c, err := s.store.Collection(ctx, e.CollectionID)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "collection_id", Message: "collection_id: there is no such collection"}
	}
	if err != nil || e.Domain != "" {
		return err
	}
	d, err := s.store.Domain(ctx, c.DomainID)
	e.Domain = d.Host
	return err
}

func (s *Server) updateEndpoint(r *http.Request) (answer, error) {
	var in endpointUpdate
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	want, err := expect(r, in.Revision, in.Version)
	if err != nil {
		return answer{}, err
	}
	saved, err := s.change(r.Context(), r.PathValue("id"), want, in.edit)
	if err != nil {
		return answer{}, err
	}
	return s.changed(r.Context(), saved, http.StatusOK)
}

// edit is an edit of an endpoint; see change.
func (f *endpointFields) edit(e *catalog.Endpoint, current *catalog.Version) (*catalog.Version, error) {
	f.apply(e)
	return f.version(current)
}

// edit changes an endpoint and makes the new version of its code, nil where that stays. current is nil where there is
// none.
type edit func(e *catalog.Endpoint, current *catalog.Version) (*catalog.Version, error)

// change is the way of every change of an endpoint of the catalog. A change that changes nothing saves nothing.
func (s *Server) change(ctx context.Context, ref string, want expected, do edit) (saved Saved, err error) {
	e, err := s.stored(ctx, ref)
	if err != nil {
		return saved, err
	}
	defer s.saves.lock(e.ID)()
	err = want.retry(func() error {
		e, err := s.stored(ctx, e.ID)
		if err != nil {
			return err
		}
		if err := want.check(e.Revision, e.Version); err != nil {
			return err
		}
		var current *catalog.Version
		if e.Version > 0 {
			v, err := s.store.Version(ctx, e.ID, e.Version)
			if err != nil {
				return err
			}
			current = &v
		}
		before := e
		e.Bindings = slices.Clone(before.Bindings)
		v, err := do(&e, current)
		if err != nil {
			return err
		}
		if e.CollectionID != before.CollectionID {
			if err := s.inheritDomain(ctx, &e); err != nil {
				return err
			}
		}
		e.Normalize()
		if v == nil && reflect.DeepEqual(e, before) {
			saved = Saved{Endpoint: before, current: current}
			return nil
		}
		saved, err = s.deployer.Update(ctx, &e, v)
		saved.current = cmp.Or(v, current)
		return err
	})
	return saved, err
}

// changed answers with an endpoint that was just saved.
func (s *Server) changed(ctx context.Context, saved Saved, status int) (answer, error) {
	v, err := s.viewSource(ctx, saved.Endpoint, saved.current)
	v.Warnings, v.Swapped, v.Pending = saved.Warnings, saved.Swapped, saved.Pending
	return answer{status: status, data: v, etag: etagOf(saved.Endpoint.Revision)}, err
}

func (s *Server) deleteEndpoint(r *http.Request) (answer, error) {
	want, err := expect(r, nil, nil)
	if err != nil {
		return answer{}, err
	}
	return answer{}, s.toggle(r, want, func(e catalog.Endpoint) error { return s.deployer.Delete(r.Context(), e.ID, e.Revision) })
}

// toggle carries out a change that has no body, on the endpoint the request names.
func (s *Server) toggle(r *http.Request, want expected, do func(catalog.Endpoint) error) error {
	e, err := s.stored(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	defer s.saves.lock(e.ID)()
	return want.retry(func() error {
		e, err := s.stored(r.Context(), e.ID)
		if err != nil {
			return err
		}
		if err := want.check(e.Revision, e.Version); err != nil {
			return err
		}
		return do(e)
	})
}

// stateView is how an endpoint is doing.
type stateView struct {
	ID          string         `json:"id"`
	Status      catalog.Status `json:"status"`
	Message     string         `json:"message,omitempty"`
	Reason      string         `json:"reason,omitempty"`
	Version     int            `json:"version"`
	Revision    int64          `json:"revision"`
	Diagnostics []Diagnostic   `json:"diagnostics,omitempty"`
	Warnings    []Diagnostic   `json:"warnings,omitempty"`
	Instances   *Instances     `json:"instances,omitempty"`
}

func (s *Server) viewState(e catalog.Endpoint) stateView {
	st := s.statusOf(e)
	return stateView{ID: e.ID, Status: st.Status, Reason: st.Reason, Version: e.Version, Revision: e.Revision, Diagnostics: st.Diagnostics}
}

func (s *Server) endpointStatus(r *http.Request) (answer, error) {
	e, err := s.endpoint(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	v := s.viewState(e)
	st := s.statusOf(e)
	v.Instances = &st.Instances
	return answer{data: v, etag: etagOf(e.Revision)}, nil
}

func (s *Server) compileEndpoint(r *http.Request) (answer, error) {
	return s.run(r, "compilation successful", func(e catalog.Endpoint) (Saved, error) { return s.deployer.Compile(r.Context(), e.ID) })
}

func (s *Server) startEndpoint(r *http.Request) (answer, error) {
	if e, err := s.endpoint(r.Context(), r.PathValue("id")); err == nil && e.Source.Kind == catalog.SourceFile {
		saved, err := s.deployer.Start(r.Context(), e.ID, 0) // refused, unless its script is in quarantine
		if err != nil {
			return answer{}, err
		}
		v := s.viewState(saved.Endpoint)
		v.Warnings = saved.Warnings
		return answer{data: v}, nil
	}
	return s.run(r, "", func(e catalog.Endpoint) (Saved, error) { return s.deployer.Start(r.Context(), e.ID, e.Revision) })
}

func (s *Server) stopEndpoint(r *http.Request) (answer, error) {
	return s.run(r, "", func(e catalog.Endpoint) (Saved, error) { return s.deployer.Stop(r.Context(), e.ID, e.Revision) })
}

// run answers a change that has no body with how the endpoint is doing after it.
func (s *Server) run(r *http.Request, message string, do func(catalog.Endpoint) (Saved, error)) (answer, error) {
	want, err := expect(r, nil, nil)
	if err != nil {
		return answer{}, err
	}
	var saved Saved
	err = s.toggle(r, want, func(e catalog.Endpoint) (err error) {
		saved, err = do(e)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	v := s.viewState(saved.Endpoint)
	v.Message, v.Warnings = message, saved.Warnings
	return answer{data: v, etag: etagOf(saved.Endpoint.Revision)}, nil
}

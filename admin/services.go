package admin

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"gateway/internal/catalog"
)

// serviceView is a service as this API sends it: what must not be seen is masked.
type serviceView struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Type        string         `json:"service_type"`
	Description string         `json:"description,omitempty"`
	Config      map[string]any `json:"config"`
	Enabled     bool           `json:"enabled"`
	Active      bool           `json:"active"`
	State       string         `json:"state"`
	Reason      string         `json:"reason,omitempty"`
	Source      string         `json:"source"` // "api", or "file" for a service that a file configures
	Revision    int64          `json:"revision"`
	CreatedAt   *time.Time     `json:"created_at,omitempty"`
	UpdatedAt   *time.Time     `json:"updated_at,omitempty"`
	Message     string         `json:"message,omitempty"`
}

// serviceFields are what a client may say about a service.
type serviceFields struct {
	Name        *string        `json:"name"`
	Type        *string        `json:"service_type"`
	Description *string        `json:"description"`
	Config      map[string]any `json:"config"`
	Enabled     *bool          `json:"enabled"`
}

func (f *serviceFields) apply(v *catalog.Service) {
	set(&v.Name, f.Name)
	set(&v.Type, f.Type)
	set(&v.Description, f.Description)
	set(&v.Enabled, f.Enabled)
}

// running gives what runs services, or an error where nothing does.
func (s *Server) running() (Services, error) {
	if s.services == nil {
		return nil, &catalog.Error{Code: catalog.CodeUnavailable, Message: "this gateway runs no services"}
	}
	return s.services, nil
}

func viewService(run Services, v catalog.Service) serviceView {
	v = run.Mask(v)
	st := run.Status(v.ID)
	view := serviceView{
		ID: v.ID, Name: v.Name, Type: v.Type, Description: v.Description, Config: v.Config, Enabled: v.Enabled,
		Active: st.Active, State: st.State, Reason: st.Reason, Source: "api", Revision: v.Revision,
	}
	if view.Config == nil {
		view.Config = map[string]any{}
	}
	if v.Revision == 0 {
		view.Source = "file"
	} else {
		view.CreatedAt, view.UpdatedAt = &v.CreatedAt, &v.UpdatedAt
	}
	return view
}

func (s *Server) serviceTypes(*http.Request) (answer, error) {
	run, err := s.running()
	if err != nil {
		return answer{}, err
	}
	return ok(run.Types())
}

// listServices lists the services of the catalog, and after them those that files configure.
func (s *Server) listServices(r *http.Request) (answer, error) {
	run, err := s.running()
	if err != nil {
		return answer{}, err
	}
	q, err := parameters(r, "service_type", "enabled", "page", "limit")
	if err != nil {
		return answer{}, err
	}
	filter := catalog.ServiceFilter{Type: q.Get("service_type")}
	if filter.Page, err = page(q); err != nil {
		return answer{}, err
	}
	if filter.Enabled, err = boolean(q, "enabled"); err != nil {
		return answer{}, err
	}
	found, total, err := s.store.Services(r.Context(), filter)
	if err != nil {
		return answer{}, err
	}
	var files []catalog.Service
	for _, v := range run.Services() {
		if v.Revision == 0 && filter.Match(&v) {
			files = append(files, v)
		}
	}
	skip := min(max(filter.Page.Offset-total, 0), len(files))
	take := min(filter.Page.Limit-len(found), len(files)-skip)
	var views []serviceView
	for _, v := range slices.Concat(found, files[skip:skip+take]) {
		views = append(views, viewService(run, v))
	}
	return list(views, total+len(files))
}

// service finds a service by its ID or its name, with its plain configuration.
func (s *Server) service(ctx context.Context, ref string) (Services, catalog.Service, error) {
	run, err := s.running()
	if err != nil {
		return nil, catalog.Service{}, err
	}
	v, err := s.store.Service(ctx, ref)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		v, err = s.store.ServiceByName(ctx, ref)
	}
	switch catalog.CodeOf(err) {
	case "":
		v, err = run.Unseal(v)
		return run, v, err
	case catalog.CodeNotFound:
		for _, v := range run.Services() {
			if v.Revision == 0 && (v.ID == ref || v.Name == ref) {
				return run, v, nil
			}
		}
		err = &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is no service %q", catalog.Clip(ref))}
	}
	return nil, v, err
}

// storedService finds a service of the catalog. One that a file configures cannot be changed here.
func (s *Server) storedService(ctx context.Context, ref string) (Services, catalog.Service, error) {
	run, v, err := s.service(ctx, ref)
	if err == nil && v.Revision == 0 {
		err = &catalog.Error{Code: catalog.CodeConflict, Message: fmt.Sprintf("service %q is configured by a file", v.Name), Hint: "edit or delete the file"}
	}
	return run, v, err
}

func (s *Server) getService(r *http.Request) (answer, error) {
	run, v, err := s.service(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	return answer{data: viewService(run, v), etag: etagOf(v.Revision)}, nil
}

func (s *Server) createService(r *http.Request) (answer, error) {
	run, err := s.running()
	if err != nil {
		return answer{}, err
	}
	var in serviceFields
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	v := catalog.Service{ID: catalog.NewID(), Enabled: true, Config: in.Config}
	in.apply(&v)
	for _, other := range run.Services() {
		if other.Revision == 0 && other.Name == strings.TrimSpace(v.Name) {
			return answer{}, &catalog.Error{Code: catalog.CodeAlreadyExists, Field: "name", Message: fmt.Sprintf("a file configures a service called %q", v.Name)}
		}
	}
	if err := s.saveService(r.Context(), run, &v, s.store.CreateService); err != nil {
		return answer{}, err
	}
	return s.savedService(r, run, v, http.StatusCreated), nil
}

// updateService changes what is said about a service. Secrets that the new configuration leaves out, or gives as they
// were shown, stay.
func (s *Server) updateService(r *http.Request) (answer, error) {
	var in struct {
		serviceFields
		Revision *int64 `json:"revision"`
		readOnly
		Active  ignored `json:"active"`
		State   ignored `json:"state"`
		Reason  ignored `json:"reason"`
		Source  ignored `json:"source"`
		Message ignored `json:"message"`
	}
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	want, err := expect(r, in.Revision, nil)
	if err != nil {
		return answer{}, err
	}
	var run Services
	var v catalog.Service
	err = want.retry(func() (err error) {
		if run, v, err = s.storedService(r.Context(), r.PathValue("id")); err != nil {
			return err
		}
		if err := want.check(v.Revision, 0); err != nil {
			return err
		}
		before := v.Config
		in.apply(&v)
		if in.Config != nil {
			// Merge may keep what it is given, and a retry must begin with what the client sent.
			v.Config = run.Merge(v.Type, before, maps.Clone(in.Config))
		}
		return s.saveService(r.Context(), run, &v, s.store.UpdateService)
	})
	if err != nil {
		return answer{}, err
	}
	return s.savedService(r, run, v, http.StatusOK), nil
}

// saveService checks a service and saves it sealed. v keeps its plain configuration.
func (s *Server) saveService(ctx context.Context, run Services, v *catalog.Service, save func(context.Context, *catalog.Service) error) error {
	v.Normalize()
	if err := v.Validate(); err != nil {
		return err
	}
	if err := run.Check(*v); err != nil {
		return err
	}
	sealed, err := run.Seal(*v)
	if err != nil {
		return err
	}
	if err := save(ctx, &sealed); err != nil {
		return err
	}
	sealed.Config = v.Config
	*v = sealed
	return nil
}

// savedService has a saved service run as it says. Where that does not work the answer says why: it is saved.
func (s *Server) savedService(r *http.Request, run Services, v catalog.Service, status int) answer {
	err := run.Apply(context.WithoutCancel(r.Context()), v)
	view := viewService(run, v)
	if err != nil {
		view.Message = "saved, but it does not run as configured: " + err.Error()
	}
	return answer{status: status, data: view, etag: etagOf(v.Revision)}
}

func (s *Server) deleteService(r *http.Request) (answer, error) {
	q, err := parameters(r, "force")
	if err != nil {
		return answer{}, err
	}
	force, err := boolean(q, "force")
	if err != nil {
		return answer{}, err
	}
	want, err := expect(r, nil, nil)
	if err != nil {
		return answer{}, err
	}
	var run Services
	var v catalog.Service
	var unbound []catalog.Endpoint
	err = want.retry(func() (err error) {
		if run, v, err = s.storedService(r.Context(), r.PathValue("id")); err != nil {
			return err
		}
		if err := want.check(v.Revision, 0); err != nil {
			return err
		}
		unbound, err = s.store.DeleteService(r.Context(), v.ID, v.Revision, force != nil && *force)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	if len(unbound) > 0 {
		s.sync(r.Context())
	}
	if err := run.Remove(context.WithoutCancel(r.Context()), v.ID); err != nil {
		s.log.Warn("deleted service did not stop cleanly", "service", v.Name, "error", err)
	}
	return answer{}, nil
}

func (s *Server) activateService(r *http.Request) (answer, error) {
	run, v, err := s.service(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), activateTimeout)
	defer cancel()
	err = run.Activate(ctx, v)
	view := viewService(run, v)
	if !view.Active && err != nil {
		return answer{}, err
	}
	view.Message = "service is active"
	if err != nil {
		view.Message = "service is active and keeps trying to reach its backend: " + err.Error()
	}
	return ok(view)
}

// activateTimeout is how long an activation waits for the backend to answer.
const activateTimeout = 10 * time.Second

func (s *Server) deactivateService(r *http.Request) (answer, error) {
	run, v, err := s.service(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	if err := run.Deactivate(r.Context(), v.ID); err != nil {
		return answer{}, err
	}
	view := viewService(run, v)
	view.Message = "service deactivated"
	return ok(view)
}

// testService tries to reach the backend. That it cannot be reached is a result, not a failure of the call.
func (s *Server) testService(r *http.Request) (answer, error) {
	run, v, err := s.service(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	result := run.Test(r.Context(), v)
	if result.Err != nil {
		return ok(struct {
			Connected bool   `json:"connected"`
			Error     string `json:"error"`
		}{false, result.Err.Error()})
	}
	return ok(struct {
		Connected bool    `json:"connected"`
		LatencyMS float64 `json:"latency_ms"`
		Message   string  `json:"message"`
	}{true, milliseconds(result.Latency), "connection successful"})
}

func (s *Server) serviceStats(r *http.Request) (answer, error) {
	run, v, err := s.service(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	st := run.Status(v.ID)
	return ok(struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		State  string `json:"state"`
		Active bool   `json:"active"`
		Reason string `json:"reason,omitempty"`
		Stats  any    `json:"stats,omitempty"`
	}{v.ID, v.Name, st.State, st.Active, st.Reason, st.Detail})
}

// milliseconds gives a duration with microseconds behind the point.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

package admin

import (
	"context"
	"net/http"

	"gateway/internal/catalog"
)

// deployView is what a deployment did.
type deployView struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Status   catalog.Status `json:"status"`
	Version  int            `json:"version"`
	Revision int64          `json:"revision"`
	URL      string         `json:"url"`
	Created  bool           `json:"created"`
	Reason   string         `json:"reason,omitempty"` // why it is not served, where it is not
	Warnings []Diagnostic   `json:"warnings,omitempty"`
	Swapped  bool           `json:"swapped,omitempty"` // see endpointView
	Pending  int            `json:"pending,omitempty"`
}

// deployRequest is an endpoint to be there and to be served when the call has ended.
type deployRequest struct {
	endpointFields
	Version  *int   `json:"version"`
	Revision *int64 `json:"revision"`
}

// deploy creates the endpoint of a name, or changes what is said about it, and has it served. Repeating a deployment
// changes nothing.
func (s *Server) deploy(r *http.Request) (answer, error) {
	var in deployRequest
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	for _, field := range []struct {
		name  string
		value *string
	}{{"name", in.Name}, {"code", in.Code}} {
		if field.value == nil || *field.value == "" {
			return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: field.name, Message: field.name + " is missing"}
		}
	}
	want, err := expect(r, in.Revision, in.Version)
	if err != nil {
		return answer{}, err
	}
	saved, created, err := s.deployNamed(r.Context(), in.endpointFields, want)
	if err != nil {
		return answer{}, err
	}
	e := saved.Endpoint
	st := s.statusOf(e)
	return answer{
		data: deployView{
			ID: e.ID, Name: e.Name, Status: st.Status, Version: e.Version, Revision: e.Revision, URL: s.urlOf(e),
			Created: created, Reason: st.Reason, Warnings: saved.Warnings, Swapped: saved.Swapped, Pending: saved.Pending,
		},
		etag: etagOf(e.Revision),
	}, nil
}

func (s *Server) deployNamed(ctx context.Context, in endpointFields, want expected) (saved Saved, created bool, err error) {
	name := catalog.Endpoint{Name: *in.Name}
	name.Normalize() // as it is stored
	defer s.saves.lock("name " + name.Name)()
	e, err := s.store.EndpointByName(ctx, name.Name)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		if err := want.check(0, 0); err != nil {
			return saved, false, err
		}
		saved, err = s.create(ctx, in, true)
		return saved, true, err
	}
	if err != nil {
		return saved, false, err
	}
	saved, err = s.change(ctx, e.ID, want, func(e *catalog.Endpoint, current *catalog.Version) (*catalog.Version, error) {
		v, err := in.edit(e, current)
		if err == nil && !e.Enabled {
			err = &catalog.Error{Code: catalog.CodeConflict, Message: "the endpoint is disabled", Hint: `deploy it with "enabled": true`}
		}
		e.Started = true
		return v, err
	})
	if err != nil {
		return saved, false, err
	}
	if st := s.statusOf(saved.Endpoint); st.Status == catalog.StatusError {
		saved, err = s.deployer.Start(ctx, saved.Endpoint.ID, saved.Endpoint.Revision) // what failed is tried again
	}
	return saved, false, err
}

// check says what is wrong with code, without saving it.
func (s *Server) check(r *http.Request) (answer, error) {
	var in struct {
		Code         *string      `json:"code"`
		Name         string       `json:"name"` // for messages
		Dependencies dependencies `json:"dependencies"`
	}
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	if err := checkCode(in.Code); err != nil {
		return answer{}, err
	}
	if in.Name == "" {
		in.Name = "handler"
	}
	found, err := s.deployer.Check(r.Context(), in.Name, &catalog.Version{Code: *in.Code, Dependencies: in.Dependencies})
	if err != nil {
		return answer{}, err
	}
	if found == nil {
		found = []Diagnostic{}
	}
	return ok(struct {
		Diagnostics []Diagnostic `json:"diagnostics"`
	}{found})
}

// health answers everybody, so it says nothing that is worth knowing.
func (s *Server) health(*http.Request) (answer, error) {
	return ok(struct {
		Status  string `json:"status"`
		Version string `json:"version"`
	}{"healthy", s.version})
}

// checkCode refuses code that is missing or longer than any that can be saved.
func checkCode(code *string) error {
	if code == nil {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "code", Message: "code is missing"}
	}
	if len(*code) > catalog.MaxCodeBytes {
		return &catalog.Error{Code: catalog.CodePayloadTooLarge, Field: "code", Message: "code is too long"}
	}
	return nil
}

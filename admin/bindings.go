package admin

import (
	"fmt"
	"net/http"
	"slices"

	"gateway/internal/catalog"
)

func (s *Server) listBindings(r *http.Request) (answer, error) {
	e, err := s.endpoint(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	return list(viewBindings(e.Bindings), len(e.Bindings))
}

// bind makes a service known to an endpoint. Binding it again under the same name changes nothing.
func (s *Server) bind(r *http.Request) (answer, error) {
	var in struct {
		ServiceID string `json:"service_id"`
		PoolID    string `json:"pool_id"`
		Revision  *int64 `json:"revision"`
	}
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	switch {
	case in.ServiceID == "":
		return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "service_id", Message: "service_id is missing"}
	case in.PoolID == "":
		return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "pool_id", Message: "pool_id is missing", Hint: "it is the name that the handler uses"}
	}
	if _, err := s.store.Service(r.Context(), in.ServiceID); catalog.CodeOf(err) == catalog.CodeNotFound {
		return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "service_id", Message: "service_id: there is no such service"}
	} else if err != nil {
		return answer{}, err
	}
	want, err := expect(r, in.Revision, nil)
	if err != nil {
		return answer{}, err
	}
	saved, err := s.change(r.Context(), r.PathValue("id"), want, func(e *catalog.Endpoint, _ *catalog.Version) (*catalog.Version, error) {
		if b, bound := e.Binding(in.PoolID); bound && b.ServiceID == in.ServiceID {
			return nil, nil
		}
		e.Bindings = append(e.Bindings, catalog.Binding{Name: in.PoolID, ServiceID: in.ServiceID, CreatedAt: s.now().UTC()})
		return nil, nil
	})
	if err != nil {
		return answer{}, err
	}
	return s.changed(r.Context(), saved, http.StatusOK)
}

// unbind takes away every binding of a service to an endpoint.
func (s *Server) unbind(r *http.Request) (answer, error) {
	want, err := expect(r, nil, nil)
	if err != nil {
		return answer{}, err
	}
	service := r.PathValue("service_id")
	saved, err := s.change(r.Context(), r.PathValue("id"), want, func(e *catalog.Endpoint, _ *catalog.Version) (*catalog.Version, error) {
		n := len(e.Bindings)
		e.Bindings = slices.DeleteFunc(e.Bindings, func(b catalog.Binding) bool { return b.ServiceID == service })
		if len(e.Bindings) == n {
			return nil, &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("service %q is not bound to this endpoint", catalog.Clip(service))}
		}
		return nil, nil
	})
	if err != nil {
		return answer{}, err
	}
	return answer{etag: etagOf(saved.Endpoint.Revision)}, nil
}

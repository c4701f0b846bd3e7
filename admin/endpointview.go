package admin

import (
	"context"
	"net"
	"net/url"
	"strings"
	"time"

	"gateway/internal/catalog"
)

// endpointView is an endpoint as this API sends it.
type endpointView struct {
	ID           string            `json:"id"`
	Name         string            `json:"name"`
	Path         string            `json:"path"`
	Method       string            `json:"method"`
	Domain       string            `json:"domain"`
	CollectionID string            `json:"collection_id,omitempty"`
	Description  string            `json:"description"`
	Code         *string           `json:"code,omitempty"` // absent where it was not asked for, or there is none
	Dependencies map[string]string `json:"dependencies,omitempty"`
	Enabled      bool              `json:"enabled"`

	Status      catalog.Status `json:"status"`
	Reason      string         `json:"reason,omitempty"`
	Diagnostics []Diagnostic   `json:"diagnostics,omitempty"`

	Version  int   `json:"version"`
	Revision int64 `json:"revision"`

	Timeout        duration `json:"timeout,omitempty"` // limits that are left out are the gateway's
	DrainTimeout   duration `json:"drain_timeout,omitempty"`
	MaxConcurrency int      `json:"max_concurrency,omitempty"`
	MinWorkers     int      `json:"min_workers,omitempty"`
	MaxWorkers     int      `json:"max_workers,omitempty"`
	MaxBodyBytes   int64    `json:"max_body_bytes,omitempty"`

	FullPath string        `json:"full_path"` // with the base path of the collection
	URL      string        `json:"url,omitempty"`
	Source   sourceView    `json:"source"`
	Services []bindingView `json:"services,omitempty"`
	Started  bool          `json:"started"`

	CreatedAt *time.Time `json:"created_at,omitempty"` // absent for endpoints of the scripts folder
	UpdatedAt *time.Time `json:"updated_at,omitempty"`

	// Of the change that this answers, where it was one.
	Warnings []Diagnostic `json:"warnings,omitempty"`
	Swapped  bool         `json:"swapped,omitempty"` // new code took the place of code that was being served
	Pending  int          `json:"pending,omitempty"` // requests that finish on the old code
}

type sourceView struct {
	Kind     catalog.SourceKind `json:"kind"`
	File     string             `json:"file,omitempty"`
	Function string             `json:"function,omitempty"`
}

type bindingView struct {
	ServiceID string    `json:"service_id"`
	PoolID    string    `json:"pool_id"` // the name that the handler uses
	CreatedAt time.Time `json:"created_at"`
}

// viewEndpoint makes the view of an endpoint, without its code.
func (s *Server) viewEndpoint(e catalog.Endpoint) endpointView {
	v := endpointView{
		ID: e.ID, Name: e.Name, Path: e.Path, Method: e.Method, Domain: e.Domain, CollectionID: e.CollectionID,
		Description: e.Description, Enabled: e.Enabled, Version: e.Version, Revision: e.Revision,
		Timeout: duration(e.Timeout), DrainTimeout: duration(e.DrainTimeout), MaxConcurrency: e.MaxConcurrency,
		MinWorkers: e.MinWorkers, MaxWorkers: e.MaxWorkers, MaxBodyBytes: e.MaxBodyBytes,
		FullPath: e.FullPath(), URL: s.urlOf(e), Source: sourceView(e.Source), Services: viewBindings(e.Bindings), Started: e.Started,
	}
	if !e.CreatedAt.IsZero() {
		v.CreatedAt, v.UpdatedAt = &e.CreatedAt, &e.UpdatedAt
	}
	st := s.statusOf(e)
	v.Status, v.Reason, v.Diagnostics = st.Status, st.Reason, st.Diagnostics
	return v
}

// viewSource makes the view of an endpoint with its current code, which is read where it is not known.
func (s *Server) viewSource(ctx context.Context, e catalog.Endpoint, current *catalog.Version) (endpointView, error) {
	v := s.viewEndpoint(e)
	if e.Version == 0 || e.Source.Kind == catalog.SourceFile {
		return v, nil
	}
	if current == nil {
		stored, err := s.store.Version(ctx, e.ID, e.Version)
		if err != nil {
			return v, err
		}
		current = &stored
	}
	v.Code, v.Dependencies = &current.Code, current.Dependencies
	return v, nil
}

// statusOf asks the deployer, and for an endpoint that it does not know yet says what the catalog says.
func (s *Server) statusOf(e catalog.Endpoint) EndpointStatus {
	if st, known := s.deployer.Status(e.ID); known {
		return st
	}
	if e.Version == 0 {
		return EndpointStatus{Status: catalog.StatusCreated}
	}
	return EndpointStatus{Status: catalog.StatusStopped}
}

// urlOf gives the address of an endpoint, with its parameters as they are in the pattern. An endpoint of a host gets
// that host in place of the base's own.
func (s *Server) urlOf(e catalog.Endpoint) string {
	base, err := url.Parse(s.baseURL)
	if err != nil || s.baseURL == "" {
		return ""
	}
	if e.Domain != catalog.AnyDomain && e.Domain != "" {
		host := e.Domain
		if port := base.Port(); port != "" {
			host = net.JoinHostPort(host, port)
		} else if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		base.Host = host
	}
	return strings.TrimSuffix(base.String(), "/") + e.FullPath()
}

func viewBindings(bindings []catalog.Binding) []bindingView {
	var list []bindingView
	for _, b := range bindings {
		list = append(list, bindingView{ServiceID: b.ServiceID, PoolID: b.Name, CreatedAt: b.CreatedAt})
	}
	return list
}

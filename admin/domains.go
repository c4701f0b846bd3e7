package admin

import (
	"context"
	"net/http"
	"time"

	"gateway/internal/catalog"
)

// domainView is a domain as this API sends it.
type domainView struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Host        string    `json:"host"`
	Description string    `json:"description"`
	Enabled     bool      `json:"enabled"`
	Revision    int64     `json:"revision"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// domainFields are what a client may say about a domain.
type domainFields struct {
	Name        *string `json:"name"`
	Host        *string `json:"host"`
	Description *string `json:"description"`
	Enabled     *bool   `json:"enabled"`
}

func (f *domainFields) apply(d *catalog.Domain) {
	set(&d.Name, f.Name)
	set(&d.Host, f.Host)
	set(&d.Description, f.Description)
	set(&d.Enabled, f.Enabled)
}

// readOnly are the fields of every object that cannot be changed.
type readOnly struct {
	ID        ignored `json:"id"`
	CreatedAt ignored `json:"created_at"`
	UpdatedAt ignored `json:"updated_at"`
}

func (s *Server) domains() resource[catalog.Domain] {
	return resource[catalog.Domain]{
		load:   s.store.Domain,
		mark:   func(d *catalog.Domain) (string, int64) { return d.ID, d.Revision },
		update: s.store.UpdateDomain,
		delete: func(ctx context.Context, id string, revision int64) error {
			_, err := s.store.DeleteDomain(ctx, id, revision)
			return err
		},
	}
}

func (s *Server) listDomains(r *http.Request) (answer, error) {
	q, err := parameters(r, "host", "enabled", "page", "limit")
	if err != nil {
		return answer{}, err
	}
	filter := catalog.DomainFilter{Host: q.Get("host")}
	if filter.Page, err = page(q); err != nil {
		return answer{}, err
	}
	if filter.Enabled, err = boolean(q, "enabled"); err != nil {
		return answer{}, err
	}
	found, total, err := s.store.Domains(r.Context(), filter)
	if err != nil {
		return answer{}, err
	}
	var views []domainView
	for _, d := range found {
		views = append(views, domainView(d))
	}
	return list(views, total)
}

func (s *Server) getDomain(r *http.Request) (answer, error) {
	d, err := s.store.Domain(r.Context(), r.PathValue("id"))
	return answer{data: domainView(d), etag: etagOf(d.Revision)}, err
}

func (s *Server) createDomain(r *http.Request) (answer, error) {
	var in domainFields
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	d := catalog.Domain{Enabled: true}
	in.apply(&d)
	if err := s.store.CreateDomain(r.Context(), &d); err != nil {
		return answer{}, err
	}
	if !d.Enabled {
		s.sync(r.Context()) // endpoints of the host may have been there before
	}
	return answer{status: http.StatusCreated, data: domainView(d), etag: etagOf(d.Revision)}, nil
}

func (s *Server) updateDomain(r *http.Request) (answer, error) {
	var in struct {
		domainFields
		Revision *int64 `json:"revision"`
		readOnly
	}
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	d, err := s.domains().edit(r, in.Revision, func(d *catalog.Domain) error {
		in.apply(d)
		return nil
	})
	if err != nil {
		return answer{}, err
	}
	s.sync(r.Context())
	return answer{data: domainView(d), etag: etagOf(d.Revision)}, nil
}

// deleteDomain deletes a domain with its collections and endpoints.
func (s *Server) deleteDomain(r *http.Request) (answer, error) {
	if err := s.domains().remove(r); err != nil {
		return answer{}, err
	}
	s.sync(r.Context())
	return answer{}, nil
}

func (s *Server) listDomainCollections(r *http.Request) (answer, error) {
	if _, err := s.store.Domain(r.Context(), r.PathValue("id")); err != nil {
		return answer{}, err
	}
	q, err := parameters(r, "enabled", "page", "limit")
	if err != nil {
		return answer{}, err
	}
	return s.collectionsWhere(r, q, catalog.CollectionFilter{DomainID: r.PathValue("id")})
}

// sync makes what is served follow a change that is already stored, whether its client still waits or not. Endpoints
// that cannot follow have the status error, so a failure is for the log.
func (s *Server) sync(ctx context.Context) {
	if err := s.deployer.Sync(context.WithoutCancel(ctx)); err != nil {
		s.log.Error("endpoints do not follow the catalog", "error", err)
	}
}

package admin

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"gateway/internal/catalog"
)

// collectionView is a collection as this API sends it.
type collectionView struct {
	ID          string    `json:"id"`
	DomainID    string    `json:"domain_id"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	BasePath    string    `json:"base_path"`
	Enabled     bool      `json:"enabled"`
	Revision    int64     `json:"revision"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// collectionFields are what a client may say about a collection.
type collectionFields struct {
	DomainID    *string `json:"domain_id"` // of an existing one: only the same
	Name        *string `json:"name"`
	Description *string `json:"description"`
	BasePath    *string `json:"base_path"`
	Enabled     *bool   `json:"enabled"`
}

func (f *collectionFields) apply(c *catalog.Collection) {
	set(&c.DomainID, f.DomainID)
	set(&c.Name, f.Name)
	set(&c.Description, f.Description)
	set(&c.BasePath, f.BasePath)
	set(&c.Enabled, f.Enabled)
}

func (s *Server) collections() resource[catalog.Collection] {
	return resource[catalog.Collection]{
		load:   s.store.Collection,
		mark:   func(c *catalog.Collection) (string, int64) { return c.ID, c.Revision },
		update: s.store.UpdateCollection,
		delete: func(ctx context.Context, id string, revision int64) error {
			_, err := s.store.DeleteCollection(ctx, id, revision)
			return err
		},
	}
}

func (s *Server) listCollections(r *http.Request) (answer, error) {
	q, err := parameters(r, "domain_id", "enabled", "page", "limit")
	if err != nil {
		return answer{}, err
	}
	return s.collectionsWhere(r, q, catalog.CollectionFilter{DomainID: q.Get("domain_id")})
}

func (s *Server) collectionsWhere(r *http.Request, q url.Values, filter catalog.CollectionFilter) (answer, error) {
	var err error
	if filter.Page, err = page(q); err != nil {
		return answer{}, err
	}
	if filter.Enabled, err = boolean(q, "enabled"); err != nil {
		return answer{}, err
	}
	found, total, err := s.store.Collections(r.Context(), filter)
	if err != nil {
		return answer{}, err
	}
	var views []collectionView
	for _, c := range found {
		views = append(views, collectionView(c))
	}
	return list(views, total)
}

func (s *Server) getCollection(r *http.Request) (answer, error) {
	c, err := s.store.Collection(r.Context(), r.PathValue("id"))
	return answer{data: collectionView(c), etag: etagOf(c.Revision)}, err
}

func (s *Server) createCollection(r *http.Request) (answer, error) {
	var in collectionFields
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	c := catalog.Collection{Enabled: true}
	in.apply(&c)
	if err := s.store.CreateCollection(r.Context(), &c); err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusCreated, data: collectionView(c), etag: etagOf(c.Revision)}, nil
}

func (s *Server) updateCollection(r *http.Request) (answer, error) {
	var in struct {
		collectionFields
		Revision *int64 `json:"revision"`
		readOnly
	}
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	c, err := s.collections().edit(r, in.Revision, func(c *catalog.Collection) error {
		in.apply(c)
		return nil
	})
	if err != nil {
		return answer{}, err
	}
	s.sync(r.Context())
	return answer{data: collectionView(c), etag: etagOf(c.Revision)}, nil
}

// deleteCollection deletes a collection with its endpoints.
func (s *Server) deleteCollection(r *http.Request) (answer, error) {
	if err := s.collections().remove(r); err != nil {
		return answer{}, err
	}
	s.sync(r.Context())
	return answer{}, nil
}

func (s *Server) listCollectionEndpoints(r *http.Request) (answer, error) {
	c, err := s.store.Collection(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	q, err := parameters(r, "enabled", "code", "page", "limit")
	if err != nil {
		return answer{}, err
	}
	return s.endpointsWhere(r.Context(), q, catalog.EndpointFilter{CollectionID: c.ID})
}

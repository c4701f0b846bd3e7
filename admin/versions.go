package admin

import (
	"context"
	"net/http"
	"time"

	"gateway/internal/catalog"
)

// versionView is one saved state of an endpoint's code.
type versionView struct {
	Version      int               `json:"version"`
	Current      bool              `json:"current"`
	Code         *string           `json:"code,omitempty"` // not in lists
	Dependencies map[string]string `json:"dependencies,omitempty"`
	Hash         string            `json:"hash"`
	Note         string            `json:"note,omitempty"`
	RollbackOf   int               `json:"rollback_of,omitempty"`
	CreatedAt    time.Time         `json:"created_at"`
}

func viewVersion(v catalog.Version, current int, whole bool) any {
	view := versionView{
		Version: v.Number, Current: v.Number == current, Dependencies: v.Dependencies, Hash: v.Hash, Note: v.Note,
		RollbackOf: v.RollbackOf, CreatedAt: v.CreatedAt,
	}
	if whole {
		view.Code = &v.Code
	}
	return view
}

// versions are those of an endpoint.
func (s *Server) versions() history[catalog.Version] {
	return history[catalog.Version]{
		of: func(ctx context.Context, ref string) (string, int, error) {
			e, err := s.stored(ctx, ref)
			return e.ID, e.Version, err
		},
		list: s.store.Versions, load: s.store.Version, view: viewVersion, restore: s.restore,
	}
}

// restore saves the content of an old version as a new one.
func (s *Server) restore(r *http.Request, number int, want expected) (answer, error) {
	saved, err := s.change(r.Context(), r.PathValue("id"), want, func(e *catalog.Endpoint, current *catalog.Version) (*catalog.Version, error) {
		n, err := versionToRestore(number, e.Version)
		if err != nil {
			return nil, err
		}
		old, err := s.store.Version(r.Context(), e.ID, n)
		if err != nil || old.Hash == current.Hash {
			return nil, err
		}
		return &catalog.Version{Code: old.Code, Dependencies: old.Dependencies, Note: old.Note, RollbackOf: n}, nil
	})
	if err != nil {
		return answer{}, err
	}
	return s.changed(r.Context(), saved, http.StatusOK)
}

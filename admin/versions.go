package admin

import (
	"net/http"
	"strconv"
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

func viewVersion(v catalog.Version, current int) versionView {
	return versionView{
		Version: v.Number, Current: v.Number == current, Dependencies: v.Dependencies, Hash: v.Hash, Note: v.Note,
		RollbackOf: v.RollbackOf, CreatedAt: v.CreatedAt,
	}
}

func (s *Server) listVersions(r *http.Request) (answer, error) {
	p, err := pageOf(r)
	if err != nil {
		return answer{}, err
	}
	e, err := s.stored(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	found, total, err := s.store.Versions(r.Context(), e.ID, p)
	if err != nil {
		return answer{}, err
	}
	var views []versionView
	for _, v := range found {
		views = append(views, viewVersion(v, e.Version))
	}
	return list(views, total)
}

func (s *Server) getVersion(r *http.Request) (answer, error) {
	e, err := s.stored(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	n, err := versionNumber(r)
	if err != nil {
		return answer{}, err
	}
	v, err := s.store.Version(r.Context(), e.ID, n)
	if err != nil {
		return answer{}, err
	}
	view := viewVersion(v, e.Version)
	view.Code = &v.Code
	return ok(view)
}

func versionNumber(r *http.Request) (int, error) {
	n, err := strconv.Atoi(r.PathValue("number"))
	if err != nil || n < 1 {
		return 0, &catalog.Error{Code: catalog.CodeNotFound, Message: "versions are numbered from 1"}
	}
	return n, nil
}

// rollbackTo brings back the version in the path.
func (s *Server) rollbackTo(r *http.Request) (answer, error) {
	n, err := versionNumber(r)
	if err != nil {
		return answer{}, err
	}
	want, err := expect(r, nil, nil)
	if err != nil {
		return answer{}, err
	}
	return s.bringBack(r, n, want)
}

// rollback brings back the version in the body, or the one before the current one.
func (s *Server) rollback(r *http.Request) (answer, error) {
	n, want, err := readRollback(r)
	if err != nil {
		return answer{}, err
	}
	return s.bringBack(r, n, want)
}

// readRollback reads which version is to be brought back; 0 for the one before the current one.
func readRollback(r *http.Request) (n int, want expected, err error) {
	var in struct {
		Version  *int   `json:"version"` // to bring back
		Revision *int64 `json:"revision"`
	}
	if r.ContentLength != 0 {
		if err := readJSON(r, &in); err != nil {
			return 0, want, err
		}
	}
	if in.Version != nil {
		if n = *in.Version; n < 1 {
			return 0, want, &catalog.Error{Code: catalog.CodeInvalid, Field: "version", Message: "versions are numbered from 1"}
		}
	}
	want, err = expect(r, in.Revision, nil)
	return n, want, err
}

// bringBack saves the content of an old version as a new one. n is 0 for the one before the current one.
func (s *Server) bringBack(r *http.Request, n int, want expected) (answer, error) {
	saved, err := s.change(r.Context(), r.PathValue("id"), want, func(e *catalog.Endpoint, current *catalog.Version) (*catalog.Version, error) {
		n := n
		if n == 0 {
			n = e.Version - 1
		}
		if n < 1 {
			return nil, &catalog.Error{Code: catalog.CodeConflict, Message: "there is no version before the current one"}
		}
		old, err := s.store.Version(r.Context(), e.ID, n)
		if err != nil {
			return nil, err
		}
		if old.Hash == current.Hash {
			return nil, nil
		}
		return &catalog.Version{Code: old.Code, Dependencies: old.Dependencies, Note: old.Note, RollbackOf: n}, nil
	})
	if err != nil {
		return answer{}, err
	}
	return s.changed(r.Context(), saved, http.StatusOK)
}

package admin

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"gateway/internal/catalog"
)

// libraryView is a library as this API sends it.
type libraryView struct {
	ID           string            `json:"id"`
	Name         string            `json:"name"`
	Import       string            `json:"import"` // what scripts write: lib/NAME
	Description  string            `json:"description"`
	Version      int               `json:"version"`
	Revision     int64             `json:"revision"`
	Files        map[string]string `json:"files,omitempty"` // not in lists
	Dependencies map[string]string `json:"dependencies,omitempty"`
	UsedBy       []string          `json:"used_by,omitempty"` // endpoints, and libraries as lib/NAME; not in lists
	CreatedAt    time.Time         `json:"created_at"`
	UpdatedAt    time.Time         `json:"updated_at"`

	// Of the change that this answers, where it was one.
	Reloaded []string     `json:"reloaded,omitempty"` // endpoints that run with it now
	Warnings []Diagnostic `json:"warnings,omitempty"`
}

func viewLibrary(l catalog.Library) libraryView {
	return libraryView{
		ID: l.ID, Name: l.Name, Import: "lib/" + l.Name, Description: l.Description, Version: l.Version, Revision: l.Revision,
		CreatedAt: l.CreatedAt, UpdatedAt: l.UpdatedAt,
	}
}

// viewLibrarySource is the view of a library with its current files and its users.
func (s *Server) viewLibrarySource(ctx context.Context, l catalog.Library) (v libraryView, err error) {
	v = viewLibrary(l)
	if l.Version > 0 {
		current, err := s.store.LibraryVersion(ctx, l.ID, l.Version)
		if err != nil {
			return v, err
		}
		v.Files, v.Dependencies = current.Files, current.Dependencies
	}
	v.UsedBy, err = s.deployer.LibraryUsers(ctx, l.Name)
	return v, err
}

// libraryFields are what a client may say about a library. Those it leaves out stay as they are.
type libraryFields struct {
	Name         *string           `json:"name"`
	Description  *string           `json:"description"`
	Files        map[string]string `json:"files"` // all of them: file name to source
	Code         *string           `json:"code"`  // of a library with one file, in place of files
	Dependencies *dependencies     `json:"dependencies"`
	Note         *string           `json:"note"`
}

// version makes the version that the fields ask for; nil where the source stays what it is. current is nil where the
// library has none.
func (f *libraryFields) version(l *catalog.Library, current *catalog.LibraryVersion) (*catalog.LibraryVersion, error) {
	files := f.Files
	if f.Code != nil {
		if files != nil {
			return nil, &catalog.Error{Code: catalog.CodeInvalid, Field: "code", Message: "give either code or files"}
		}
		files = map[string]string{l.Name + ".go": *f.Code}
	}
	if files == nil && f.Dependencies == nil {
		return nil, nil
	}
	v := &catalog.LibraryVersion{}
	if current != nil {
		v.Files, v.Dependencies = current.Files, current.Dependencies
	}
	if files != nil {
		v.Files = files
	}
	if f.Dependencies != nil {
		v.Dependencies = *f.Dependencies
	}
	set(&v.Note, f.Note)
	if current != nil && v.ContentHash() == current.ContentHash() {
		return nil, nil
	}
	return v, nil
}

func (s *Server) listLibraries(r *http.Request) (answer, error) {
	p, err := pageOf(r)
	if err != nil {
		return answer{}, err
	}
	found, total, err := s.store.Libraries(r.Context(), p)
	if err != nil {
		return answer{}, err
	}
	var views []libraryView
	for _, l := range found {
		views = append(views, viewLibrary(l))
	}
	return list(views, total)
}

// library finds a library by its ID or its name.
func (s *Server) library(ctx context.Context, ref string) (catalog.Library, error) {
	l, err := s.store.Library(ctx, ref)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		l, err = s.store.LibraryByName(ctx, ref)
	}
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		err = &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is no library %q", catalog.Clip(ref))}
	}
	return l, err
}

func (s *Server) getLibrary(r *http.Request) (answer, error) {
	l, err := s.library(r.Context(), r.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	v, err := s.viewLibrarySource(r.Context(), l)
	return answer{data: v, etag: etagOf(l.Revision)}, err
}

func (s *Server) createLibrary(r *http.Request) (answer, error) {
	var in libraryFields
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	l := catalog.Library{}
	set(&l.Name, in.Name)
	set(&l.Description, in.Description)
	v, err := in.version(&l, nil)
	if err != nil {
		return answer{}, err
	}
	if v == nil {
		return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "files", Message: "files are missing", Hint: `{"NAME.go": "package NAME …"}`}
	}
	saved, err := s.deployer.SaveLibrary(r.Context(), &l, v)
	if err != nil {
		return answer{}, err
	}
	return s.savedLibrary(r.Context(), saved, http.StatusCreated)
}

func (s *Server) updateLibrary(r *http.Request) (answer, error) {
	var in struct {
		libraryFields
		Version  *int    `json:"version"`  // the change was made from
		Revision *int64  `json:"revision"` // the change was made from
		Import   ignored `json:"import"`
		UsedBy   ignored `json:"used_by"`
		Reloaded ignored `json:"reloaded"`
		Warnings ignored `json:"warnings"`
		readOnly
	}
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	want, err := expect(r, in.Revision, in.Version)
	if err != nil {
		return answer{}, err
	}
	return s.changeLibrary(r, want, func(l *catalog.Library, current *catalog.LibraryVersion) (*catalog.LibraryVersion, error) {
		set(&l.Name, in.Name)
		set(&l.Description, in.Description)
		return in.version(l, current)
	})
}

// changeLibrary is the way of every change of a library: do changes it and makes the new version of its source, nil
// where that stays. current is nil where there is none.
func (s *Server) changeLibrary(r *http.Request, want expected, do func(l *catalog.Library, current *catalog.LibraryVersion) (*catalog.LibraryVersion, error)) (answer, error) {
	ctx := r.Context()
	var saved SavedLibrary
	err := want.retry(func() error {
		l, err := s.library(ctx, r.PathValue("id"))
		if err != nil {
			return err
		}
		if err := want.check(l.Revision, l.Version); err != nil {
			return err
		}
		var current *catalog.LibraryVersion
		if l.Version > 0 {
			v, err := s.store.LibraryVersion(ctx, l.ID, l.Version)
			if err != nil {
				return err
			}
			current = &v
		}
		before := l
		v, err := do(&l, current)
		if err != nil {
			return err
		}
		if l.Normalize(); v == nil && l == before {
			saved = SavedLibrary{Library: before}
			return nil
		}
		saved, err = s.deployer.SaveLibrary(ctx, &l, v)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	return s.savedLibrary(ctx, saved, http.StatusOK)
}

// savedLibrary answers with a library that was just saved.
func (s *Server) savedLibrary(ctx context.Context, saved SavedLibrary, status int) (answer, error) {
	v, err := s.viewLibrarySource(ctx, saved.Library)
	v.Reloaded, v.Warnings = saved.Reloaded, saved.Warnings
	return answer{status: status, data: v, etag: etagOf(saved.Library.Revision)}, err
}

func (s *Server) deleteLibrary(r *http.Request) (answer, error) {
	want, err := expect(r, nil, nil)
	if err != nil {
		return answer{}, err
	}
	return answer{}, want.retry(func() error {
		l, err := s.library(r.Context(), r.PathValue("id"))
		if err != nil {
			return err
		}
		if err := want.check(l.Revision, l.Version); err != nil {
			return err
		}
		return s.deployer.DeleteLibrary(r.Context(), l.ID, l.Revision)
	})
}

// libraryVersionView is one saved state of a library's source.
type libraryVersionView struct {
	Version      int               `json:"version"`
	Current      bool              `json:"current"`
	FileNames    []string          `json:"file_names"`
	Files        map[string]string `json:"files,omitempty"` // not in lists
	Dependencies map[string]string `json:"dependencies,omitempty"`
	Hash         string            `json:"hash"`
	Note         string            `json:"note,omitempty"`
	RollbackOf   int               `json:"rollback_of,omitempty"`
	CreatedAt    time.Time         `json:"created_at"`
}

func viewLibraryVersion(v catalog.LibraryVersion, current int, whole bool) any {
	view := libraryVersionView{
		Version: v.Number, Current: v.Number == current, FileNames: slices.Sorted(maps.Keys(v.Files)), Dependencies: v.Dependencies,
		Hash: v.Hash, Note: v.Note, RollbackOf: v.RollbackOf, CreatedAt: v.CreatedAt,
	}
	if whole {
		view.Files = v.Files
	}
	return view
}

// libraryVersions are those of a library.
func (s *Server) libraryVersions() history[catalog.LibraryVersion] {
	return history[catalog.LibraryVersion]{
		of: func(ctx context.Context, ref string) (string, int, error) {
			l, err := s.library(ctx, ref)
			return l.ID, l.Version, err
		},
		list: s.store.LibraryVersions, load: s.store.LibraryVersion, view: viewLibraryVersion, restore: s.restoreLibrary,
	}
}

// restoreLibrary saves the content of an old version as a new one.
func (s *Server) restoreLibrary(r *http.Request, number int, want expected) (answer, error) {
	return s.changeLibrary(r, want, func(l *catalog.Library, current *catalog.LibraryVersion) (*catalog.LibraryVersion, error) {
		n, err := versionToRestore(number, l.Version)
		if err != nil {
			return nil, err
		}
		old, err := s.store.LibraryVersion(r.Context(), l.ID, n)
		if err != nil || old.Hash == current.Hash {
			return nil, err
		}
		return &catalog.LibraryVersion{Files: old.Files, Dependencies: old.Dependencies, Note: old.Note, RollbackOf: n}, nil
	})
}

package admin_test

import (
	"context"
	"io"
	"strings"

	"gateway/admin"
	"gateway/internal/catalog"
)

// SaveLibrary refuses what has BROKEN in it, and says that the endpoint "user" runs with the rest.
func (f *fakeDeployer) SaveLibrary(ctx context.Context, l *catalog.Library, v *catalog.LibraryVersion) (admin.SavedLibrary, error) {
	if v != nil {
		for name, code := range v.Files {
			if strings.Contains(code, "BROKEN") {
				return admin.SavedLibrary{}, &catalog.Error{
					Code: catalog.CodeUnprocessable, Field: "files", Message: "the library does not pass the check",
					Diagnostics: []admin.Diagnostic{{File: "lib/" + l.Name + "/" + name, Line: 1, Column: 1, Severity: "error", Message: "BROKEN"}},
				}
			}
		}
	}
	save := f.store.UpdateLibrary
	if l.ID == "" {
		save = f.store.CreateLibrary
	}
	if err := save(ctx, l, v); err != nil {
		return admin.SavedLibrary{}, err
	}
	saved := admin.SavedLibrary{Library: *l}
	if v != nil {
		saved.Reloaded = []string{"user"}
	}
	return saved, nil
}

// DeleteLibrary refuses to delete a library called used.
func (f *fakeDeployer) DeleteLibrary(ctx context.Context, id string, revision int64) error {
	l, err := f.store.Library(ctx, id)
	if err == nil && l.Name == "used" {
		err = &catalog.Error{Code: catalog.CodeConflict, Message: `library "used" is imported by user`}
	}
	if err != nil {
		return err
	}
	return f.store.DeleteLibrary(ctx, id, revision)
}

func (f *fakeDeployer) LibraryUsers(_ context.Context, name string) ([]string, error) {
	if name == "used" {
		return []string{"user"}, nil
	}
	return nil, nil
}

// fakeModules keeps the contents of modules.
type fakeModules struct{ kept map[string]string }

func (f *fakeModules) List() ([]admin.Module, error) {
	var list []admin.Module
	for key, content := range f.kept {
		path, version, _ := strings.Cut(key, "@")
		list = append(list, admin.Module{Path: path, Version: version, Size: int64(len(content))})
	}
	return list, nil
}

func (f *fakeModules) Add(_ context.Context, path, version string, content io.Reader) (admin.Module, error) {
	data, err := io.ReadAll(content)
	if err != nil {
		return admin.Module{}, err
	}
	if !strings.HasPrefix(version, "v") {
		return admin.Module{}, &catalog.Error{Code: catalog.CodeInvalid, Message: "no version"}
	}
	f.kept[path+"@"+version] = string(data)
	return admin.Module{Path: path, Version: version, Size: int64(len(data))}, nil
}

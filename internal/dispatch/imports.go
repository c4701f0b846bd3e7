package dispatch

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gateway/internal/catalog"
	"gateway/interp/check"
)

// libraryPrefix is what the import path of a library begins with.
const libraryPrefix = "lib/"

// shelf is the current version of every library, by name. It is never changed, only replaced.
type shelf struct {
	versions map[string]catalog.LibraryVersion
}

// readShelf reads the libraries of the store.
func (d *Dispatcher) readShelf(ctx context.Context) (*shelf, error) {
	list, _, err := d.opts.Store.Libraries(ctx, catalog.Page{})
	if err != nil {
		return nil, err
	}
	s := &shelf{versions: make(map[string]catalog.LibraryVersion, len(list))}
	for _, l := range list {
		if l.Version == 0 {
			continue
		}
		if s.versions[l.Name], err = d.opts.Store.LibraryVersion(ctx, l.ID, l.Version); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// with is the shelf with another version of a library; nil takes it away.
func (s *shelf) with(name string, v *catalog.LibraryVersion) *shelf {
	next := &shelf{versions: map[string]catalog.LibraryVersion{}}
	maps.Copy(next.versions, s.versions)
	delete(next.versions, name)
	if v != nil {
		next.versions[name] = *v
	}
	return next
}

// files are the files of a library as the check sees them.
func (s *shelf) files(name string) []check.File {
	v := s.versions[name]
	var files []check.File
	for _, file := range slices.Sorted(maps.Keys(v.Files)) {
		files = append(files, check.File{Name: libraryPrefix + name + "/" + file, Code: v.Files[file]})
	}
	return files
}

// importers names the library and those that import it, directly or not.
func (s *shelf) importers(name string) map[string]bool {
	all := map[string]bool{name: true}
	for grown := true; grown; {
		grown = false
		for other := range s.versions {
			if !all[other] && importsAny(s.files(other), all) {
				all[other], grown = true, true
			}
		}
	}
	return all
}

// importsAny reports whether files import one of the libraries.
func importsAny(files []check.File, names map[string]bool) bool {
	return slices.ContainsFunc(check.Imports(files), func(path string) bool {
		name, ok := strings.CutPrefix(path, libraryPrefix)
		return ok && names[name]
	})
}

// fetch has the modules of code fetched that is about to be saved: before any lock is taken, because that may take its
// time. What cannot be fetched is reported when the code is compiled.
func (d *Dispatcher) fetch(ctx context.Context, files []check.File, dependencies map[string]string) error {
	if d.opts.Modules == nil || len(dependencies) == 0 {
		return nil
	}
	_, err := d.opts.Modules(ctx, check.Source{Files: files}, dependencies)
	return err
}

// withImports adds to a source the libraries that it imports, and the modules that these and it depend on. The
// libraries are those of the shelf, where one is given.
func (d *Dispatcher) withImports(ctx context.Context, src check.Source, dependencies map[string]string, libraries *shelf) (check.Source, error) {
	required := []map[string]string{dependencies}
	packages := map[string][]check.File{}
	var add func(files []check.File) error
	add = func(files []check.File) error {
		for _, path := range check.Imports(files) {
			name, ok := strings.CutPrefix(path, libraryPrefix)
			if _, known := packages[path]; !ok || known {
				continue
			}
			if libraries == nil {
				var err error
				if libraries, err = d.readShelf(ctx); err != nil {
					return fmt.Errorf("read libraries: %w", err)
				}
			}
			v, ok := libraries.versions[name]
			if !ok {
				continue // the check reports it
			}
			packages[path] = libraries.files(name)
			required = append(required, v.Dependencies)
			if err := add(packages[path]); err != nil {
				return err
			}
		}
		return nil
	}
	if err := add(src.Files); err != nil {
		return src, err
	}
	src.Packages = packages
	if d.opts.Modules == nil {
		return src, nil
	}
	return d.opts.Modules(ctx, src, required...)
}

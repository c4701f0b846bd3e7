package modules

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"gateway/interp/check"
)

// Resolve returns the source with the packages of modules that it imports, directly or
// through its other packages. Those that cannot be had are in its Missing, which the
// check reports. The error is ctx's.
func (c *Cache) Resolve(ctx context.Context, src check.Source, req Requirements) (check.Source, error) {
	r := &resolution{cache: c, req: req, src: src, visited: map[string]bool{}}
	r.src.Packages, r.src.Versions, r.src.Missing = clone(src.Packages), clone(src.Versions), clone(src.Missing)
	err := r.visit(ctx, src.Files)
	return r.src, err
}

func clone[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	return maps.Clone(m)
}

// resolution is one Resolve.
type resolution struct {
	cache   *Cache
	req     Requirements
	src     check.Source
	visited map[string]bool // import paths

	chosen   map[string]string // versions by module, once selected
	selected bool
	failed   error // why no versions could be selected
}

// visit looks at what files import.
func (r *resolution) visit(ctx context.Context, files []check.File) error {
	for _, path := range check.Imports(files) {
		if r.visited[path] {
			continue
		}
		r.visited[path] = true
		own, isOwn := r.src.Packages[path]
		if !isOwn {
			if !isModulePath(path) {
				continue
			}
			var err error
			if own, err = r.load(ctx, path); err != nil {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				r.src.Missing[path] = missing(err)
				continue
			}
		}
		if err := r.visit(ctx, own); err != nil {
			return err
		}
	}
	return nil
}

// isModulePath tells whether a package comes from a module: the first element of the path
// of a module has a dot.
func isModulePath(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".") && !strings.HasPrefix(first, ".")
}

// load adds a package of a module to the source and returns its files.
func (r *resolution) load(ctx context.Context, path string) ([]check.File, error) {
	if r.req.Invalid != nil {
		return nil, r.req.Invalid
	}
	if !r.selected {
		r.chosen, r.failed = r.cache.selectVersions(ctx, r.req)
		r.selected = true
	}
	if r.failed != nil {
		return nil, r.failed
	}
	list := providers(r.chosen, path)
	for _, m := range list {
		a, err := r.cache.archive(ctx, m, r.req.Sums)
		if err != nil {
			return nil, err
		}
		dir := strings.TrimPrefix(strings.TrimPrefix(path, m.Path), "/")
		if len(a.dirs[dir]) == 0 {
			continue
		}
		files, err := a.files(dir)
		if err != nil {
			return nil, err
		}
		mod, err := r.cache.modFile(ctx, m, r.req.Sums)
		if err != nil {
			return nil, err
		}
		files = check.BuildFiles(files)
		r.src.Packages[path] = files
		r.src.Versions[path] = mod.version
		return files, nil
	}
	if len(list) > 0 {
		return nil, &FetchError{Module: list[0], Reason: fmt.Sprintf("has no package %q", path)}
	}
	return nil, &notRequired{path}
}

// notRequired says that no module was asked for that could have a package.
type notRequired struct{ path string }

func (e *notRequired) Error() string { return fmt.Sprintf("no module provides package %q", e.path) }

// missing is how the check reports an error.
func missing(err error) check.Missing {
	m := check.Missing{Message: err.Error()}
	var fetch *FetchError
	var mismatch *MismatchError
	var unknown *notRequired
	switch {
	case errors.As(err, &unknown):
		m.Hint = "add its module with a version to the dependencies, or to " + ModFile
	case errors.As(err, &fetch):
		m.Hint = fetch.Hint
	case errors.As(err, &mismatch):
		m.Hint = "the hash is mistaken, or somebody has changed what is published as this version"
	}
	return m
}

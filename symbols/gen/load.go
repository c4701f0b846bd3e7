package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"gateway/symbols/internal/allow"
)

// A universe is the compiled packages and everything that they import.
type universe struct {
	fset  *token.FileSet
	list  map[string]*listed
	types map[string]*types.Package
}

// listed is what `go list` says about a package.
type listed struct {
	ImportPath string
	Dir        string
	Export     string // file with the compiled package
	GoFiles    []string
}

// load compiles the packages and reads the types of all of them.
func load(paths []string) (*universe, error) {
	args := append([]string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles"}, paths...)
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "GOAMD64=v1", "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	u := &universe{fset: token.NewFileSet(), list: map[string]*listed{}, types: map[string]*types.Package{}}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		p := &listed{}
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			return u, u.readTypes()
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		u.list[p.ImportPath] = p
	}
}

// readTypes reads the types of the compiled packages.
func (u *universe) readTypes() error {
	compiled := importer.ForCompiler(u.fset, "gc", func(path string) (io.ReadCloser, error) {
		p := u.list[path]
		if p == nil || p.Export == "" {
			return nil, fmt.Errorf("package %q was not compiled", path)
		}
		return os.Open(p.Export)
	})
	for _, path := range slices.Sorted(maps.Keys(u.list)) { // the order shows in what is written
		pkg, err := compiled.Import(path)
		if err != nil {
			return fmt.Errorf("types of %s: %w", path, err)
		}
		u.types[path] = pkg
	}
	return nil
}

// Import makes the universe a types.Importer.
func (u *universe) Import(path string) (*types.Package, error) {
	if p := u.types[path]; p != nil && p.Complete() {
		return p, nil
	}
	return nil, fmt.Errorf("package %q was not loaded", path)
}

// exports returns the exported objects of a package that scripts may see at all, by name.
func (u *universe) exports(p *allow.Package) []types.Object {
	scope := u.types[p.Path].Scope()
	var objs []types.Object
	for _, name := range scope.Names() {
		if word, _ := p.Rule(name); word != allow.Never && token.IsExported(name) {
			objs = append(objs, scope.Lookup(name))
		}
	}
	return objs
}

// checkNames reports the names of the list that do not exist.
func checkNames(u *universe, list *allow.List) error {
	var errs []error
	for path, p := range list.Packages {
		pkg := u.types[path]
		if p.Word == allow.Never || pkg == nil {
			continue
		}
		for name := range p.Names {
			typ, method, _ := strings.Cut(name, ".")
			obj := pkg.Scope().Lookup(typ)
			if obj != nil && method != "" {
				obj, _, _ = types.LookupFieldOrMethod(obj.Type(), true, pkg, method)
			}
			if obj == nil {
				errs = append(errs, fmt.Errorf("allow.txt: %s has no %s", path, name))
			}
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

// checkComplete reports packages of the standard library that the list does not
// decide about, such as those of a new Go release.
func checkComplete(list *allow.List) error {
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		return fmt.Errorf("go list std: %w", err)
	}
	var errs []error
	for path := range strings.FieldsSeq(string(out)) {
		hidden := strings.HasPrefix(path, "vendor/") || slices.Contains(strings.Split(path, "/"), "internal")
		if !hidden && list.Packages[path] == nil {
			errs = append(errs, fmt.Errorf("allow.txt: package %s is not listed", path))
		}
	}
	return errors.Join(errs...)
}

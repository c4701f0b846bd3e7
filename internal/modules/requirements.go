package modules

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

const (
	// ModFile is the name of the file beside scripts that says which modules they use.
	ModFile = "gateway.mod"
	// SumFile is the name of the file of hashes, beside ModFile or in a cache's folder.
	SumFile = "gateway.sum"
)

// Requirements are the modules that a source asks for. The zero value asks for none.
type Requirements struct {
	Modules []module.Version // a path may be there more than once: the highest counts
	Sums    Sums             // hashes that modules must have
	Invalid error            // why they cannot be read; nothing can be imported then
}

// Sums are hashes by "PATH VERSION" and "PATH VERSION/go.mod", as in go.sum.
type Sums map[string]string

// Add asks for what another asks for too.
func (r *Requirements) Add(other Requirements) {
	r.Modules = append(slices.Clip(r.Modules), other.Modules...)
	if len(other.Sums) > 0 {
		sums := maps.Clone(r.Sums)
		if sums == nil {
			sums = Sums{}
		}
		maps.Copy(sums, other.Sums)
		r.Sums = sums
	}
}

// Dependencies is what FromDependencies reads, with the highest version of each module.
func (r Requirements) Dependencies() map[string]string {
	highest := map[string]string{}
	for _, m := range r.Modules {
		if semver.Compare(m.Version, highest[m.Path]) > 0 {
			highest[m.Path] = m.Version
		}
	}
	for path, version := range highest {
		if sum := r.Sums[zipKey(module.Version{Path: path, Version: version})]; sum != "" {
			highest[path] = version + " " + sum
		}
	}
	return highest
}

// FromDependencies reads the dependencies of an endpoint or a library: module path to
// version, after which the hash of the module may be given ("v1.6.0 h1:…").
func FromDependencies(dependencies map[string]string) (Requirements, error) {
	r := Requirements{Sums: Sums{}}
	for _, name := range slices.Sorted(maps.Keys(dependencies)) {
		version, sum, given := strings.Cut(dependencies[name], " ")
		m := module.Version{Path: name, Version: version}
		if err := checkVersion(m); err != nil {
			return Requirements{}, err
		}
		if given {
			if !strings.HasPrefix(sum, "h1:") {
				return Requirements{}, fmt.Errorf("module %s: %q is not a hash, which begins with h1: and has no spaces", name, sum)
			}
			r.Sums[m.Path+" "+m.Version] = sum
		}
		r.Modules = append(r.Modules, m)
	}
	return r, nil
}

// ReadModFile reads the gateway.mod in a folder, and the gateway.sum beside it. Where there
// is none, no module is required. name is what messages call the folder.
func ReadModFile(fsys fs.FS, name string) Requirements {
	mod, err := fs.ReadFile(fsys, ModFile)
	if errors.Is(err, fs.ErrNotExist) {
		return Requirements{}
	}
	var sums []byte
	if err == nil {
		if sums, err = fs.ReadFile(fsys, SumFile); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err != nil {
		return Requirements{Invalid: err}
	}
	r, err := parse(path.Join(name, ModFile), mod, sums)
	if err != nil {
		return Requirements{Invalid: err}
	}
	return r
}

// parse reads a gateway.mod: the syntax of go.mod, of which require counts. Errors name
// file and line.
func parse(name string, mod, sums []byte) (Requirements, error) {
	f, err := modfile.Parse(name, mod, nil)
	if err != nil {
		return Requirements{}, err
	}
	refuse := func(line *modfile.Line, what string) error {
		return fmt.Errorf("%s:%d: %s has no meaning here: require the version you want, or put the code into lib/", name, line.Start.Line, what)
	}
	for _, x := range f.Replace {
		return Requirements{}, refuse(x.Syntax, "replace")
	}
	for _, x := range f.Exclude {
		return Requirements{}, refuse(x.Syntax, "exclude")
	}
	var r Requirements
	for _, x := range f.Require {
		if err := checkVersion(x.Mod); err != nil {
			return Requirements{}, fmt.Errorf("%s:%d: %w", name, x.Syntax.Start.Line, err)
		}
		r.Modules = append(r.Modules, x.Mod)
	}
	if r.Sums, err = parseSums(sums); err != nil {
		return Requirements{}, fmt.Errorf("%s beside %s: %w", SumFile, name, err)
	}
	return r, nil
}

// checkVersion says what is wrong with a path or a version.
func checkVersion(m module.Version) error {
	if err := module.CheckPath(m.Path); err != nil {
		return fmt.Errorf("%q is not a module path", m.Path)
	}
	if !semver.IsValid(m.Version) || module.CanonicalVersion(m.Version) != m.Version {
		hint := "write a whole version such as v1.2.3"
		if v := module.CanonicalVersion("v" + m.Version); v == "v"+m.Version {
			hint = "write " + v
		}
		return fmt.Errorf("module %s: %q is not a version: %s", m.Path, m.Version, hint)
	}
	if err := module.Check(m.Path, m.Version); err != nil {
		var wrong *module.InvalidVersionError
		if errors.As(err, &wrong) {
			return fmt.Errorf("module %s cannot have version %s: %w", m.Path, m.Version, wrong.Err)
		}
		return err
	}
	return nil
}

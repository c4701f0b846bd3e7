package modules

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
	"golang.org/x/sync/errgroup"
)

// modFile is what counts in the go.mod of a module.
type modFile struct {
	hash    string
	version string // the language's, such as "go1.20"
	require []module.Version
	// whole says that require names all modules that the module's packages need, which is
	// so since Go 1.17: those of its requirements need not be looked at.
	whole bool
}

// withoutGo is the language of a module whose go.mod does not say one.
const withoutGo = "1.16"

func parseModFile(m module.Version, data []byte) (*modFile, error) {
	f, err := modfile.ParseLax(m.Path+"@"+m.Version+"/go.mod", data, nil)
	if err != nil {
		return nil, &FetchError{Module: m, Err: err, Reason: fmt.Sprintf("has a go.mod that cannot be read: %v", err)}
	}
	if f.Module != nil && f.Module.Mod.Path != m.Path {
		return nil, &FetchError{
			Module: m, Reason: fmt.Sprintf("calls itself %s", f.Module.Mod.Path), Hint: "require it by that path",
		}
	}
	version := withoutGo
	if f.Go != nil {
		version = f.Go.Version
	}
	p := &modFile{version: "go" + version, whole: semver.Compare("v"+canonical(version), "v1.17") >= 0}
	for _, r := range f.Require {
		p.require = append(p.require, r.Mod)
	}
	return p, nil
}

// canonical cuts a Go version down to what semver compares: "1.21rc2" to "1.21".
func canonical(version string) string {
	if i := strings.IndexFunc(version, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }); i >= 0 {
		return version[:i]
	}
	return version
}

// maxFetches bounds the files that are fetched at once for one source.
const maxFetches = 8

// selectVersions chooses a version for each module that the requirements need, directly or not:
// the highest that anything asks for (minimal version selection). As for the go command,
// the requirements of a module's requirements do not count where its go.mod names them all.
func (c *Cache) selectVersions(ctx context.Context, req Requirements) (map[string]string, error) {
	chosen := map[string]string{}
	seen := map[module.Version]bool{} // whose go.mod is looked at
	next := req.Modules
	note := func(m module.Version) {
		if v, known := chosen[m.Path]; !known || semver.Compare(m.Version, v) > 0 {
			chosen[m.Path] = m.Version
		}
	}
	for len(next) > 0 {
		var level []module.Version
		for _, m := range next {
			note(m)
			if !seen[m] {
				seen[m] = true
				level = append(level, m)
			}
		}
		files := make([]*modFile, len(level))
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(maxFetches)
		for i, m := range level {
			group.Go(func() (err error) {
				files[i], err = c.modFile(ctx, m, req.Sums)
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		next = nil
		for _, f := range files {
			for _, m := range f.require {
				if f.whole {
					note(m)
				} else {
					next = append(next, m)
				}
			}
		}
	}
	return chosen, nil
}

// providers are the selected modules that could have a package, the longest path first.
func providers(chosen map[string]string, importPath string) []module.Version {
	var list []module.Version
	for path, version := range chosen {
		if importPath == path || strings.HasPrefix(importPath, path+"/") {
			list = append(list, module.Version{Path: path, Version: version})
		}
	}
	slices.SortFunc(list, func(a, b module.Version) int { return len(b.Path) - len(a.Path) })
	return list
}

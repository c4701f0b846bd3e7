package main

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/txtar"

	"gateway/symbols/internal/pack"
)

// packTypes makes the type data: export data without positions and function bodies of
// every package that scripts can import and that the reduced sources import. The data
// of a package holds everything of other packages that it refers to. What it needs of
// packages with a reduced source must exist before, so that both are identical.
func packTypes(u *universe, paths []string, sources map[string]*reduced) ([]byte, error) {
	need := slices.Clone(paths)
	for _, src := range sources {
		need = append(need, src.imports...)
	}
	slices.Sort(need)
	var members []pack.Member
	for _, path := range slices.Compact(need) {
		if path == "unsafe" || sources[path] != nil {
			continue // a package with a source is checked from it
		}
		var buf bytes.Buffer
		if err := gcexportdata.Write(&buf, token.NewFileSet(), u.types[path]); err != nil {
			return nil, fmt.Errorf("type data of %s: %w", path, err)
		}
		refs := map[string]*types.Package{}
		if _, err := gcexportdata.Read(bytes.NewReader(buf.Bytes()), token.NewFileSet(), refs, path); err != nil {
			return nil, fmt.Errorf("type data of %s: %w", path, err)
		}
		m := pack.Member{Name: path, Data: buf.Bytes()}
		for ref := range refs {
			if sources[ref] != nil {
				m.Needs = append(m.Needs, ref)
			}
		}
		slices.Sort(m.Needs)
		members = append(members, m)
	}
	return pack.Encode(members)
}

// packSources makes the pack of reduced sources; a member is all files of a package.
func packSources(sources map[string]*reduced) ([]byte, error) {
	var members []pack.Member
	for path, src := range sources {
		members = append(members, pack.Member{Name: path, Needs: src.imports, Data: txtar.Format(&src.archive)})
	}
	slices.SortFunc(members, func(a, b pack.Member) int { return strings.Compare(a.Name, b.Name) })
	return pack.Encode(members)
}

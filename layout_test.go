package gateway_test

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportsFollowTheLayout holds the table of who may import whom: a package
// may import itself, its own sub-packages and what its row lists. Imports from
// outside the module are held only where a row says so.
func TestImportsFollowTheLayout(t *testing.T) {
	const stdlib = "standard library only"
	rows := map[string][]string{
		"gateway":                     {stdlib},
		"gateway/symbols":             {"gateway"},
		"gateway/interp/internal":     {stdlib},
		"gateway/interp/check":        {"gateway", "gateway/symbols", "gateway/interp/internal"},
		"gateway/interp/rtype":        {"gateway", "gateway/symbols", "gateway/interp/internal"},
		"gateway/interp/lower":        {"gateway", "gateway/symbols", "gateway/interp/check", "gateway/interp/rtype", "gateway/interp/internal"},
		"gateway/interp/rt":           {"gateway", "gateway/symbols", "gateway/interp/check", "gateway/interp/lower", "gateway/interp/rtype", "gateway/interp/internal"},
		"gateway/interp":              {"gateway", "gateway/symbols"},
		"gateway/internal/catalog":    {stdlib},
		"gateway/internal/boltstore":  {"gateway/internal/catalog"},
		"gateway/services":            {"gateway", "gateway/internal/catalog"},
		"gateway/internal/observe":    {},
		"gateway/internal/atomicfile": {stdlib},
		"gateway/internal/quarantine": {"gateway/internal/atomicfile"},
		"gateway/internal/supervise":  {stdlib},
		"gateway/internal/config":     {},
		"gateway/internal/modules":    {"gateway/interp", "gateway/internal/atomicfile"},
		"gateway/internal/openapi":    {"gateway/internal/catalog"},
		"gateway/internal/dispatch":   {"gateway", "gateway/interp", "gateway/internal/catalog", "gateway/internal/observe", "gateway/internal/quarantine", "gateway/services"},
		"gateway/internal/scriptdir":  {"gateway/interp", "gateway/internal/dispatch", "gateway/internal/catalog", "gateway/internal/modules"},
		"gateway/internal/trigger":    {"gateway", "gateway/internal/dispatch", "gateway/internal/observe"},
		"gateway/admin":               {"gateway/internal/catalog", "gateway/internal/observe", "gateway/internal/openapi"},
		"gateway/cmd/gateway":         {"gateway"},
		"gateway/scripts":             {"gateway"},
		"gateway/examples":            {"gateway"},
		"gateway/integration":         {"gateway"},
	}
	everything := map[string]bool{"gateway/cmd/gateway": true, "gateway/integration": true}

	for _, pkg := range packages(t) {
		row, ok := longest(rows, pkg.ImportPath)
		if !ok {
			t.Errorf("package %s has no row: give it one, here and in the design", pkg.ImportPath)
			continue
		}
		if everything[row] {
			continue
		}
		for _, imported := range pkg.Imports {
			inModule := imported == "gateway" || strings.HasPrefix(imported, "gateway/")
			switch {
			case !inModule:
				if strings.Contains(strings.Split(imported, "/")[0], ".") && len(rows[row]) == 1 && rows[row][0] == stdlib {
					t.Errorf("%s imports %s, but may import the standard library only", pkg.ImportPath, imported)
				}
			case !allowed(imported, row, rows[row]):
				t.Errorf("%s imports %s, which its row %s does not list", pkg.ImportPath, imported, row)
			}
		}
	}
}

// allowed reports whether a package of a row may import another of the module.
// The root is the SDK and nothing below it, so it is matched exactly.
func allowed(imported, row string, list []string) bool {
	if row != "gateway" && within(imported, row) {
		return true
	}
	for _, prefix := range list {
		if imported == prefix || prefix != "gateway" && within(imported, prefix) {
			return true
		}
	}
	return false
}

func within(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

// longest finds the most specific row of a package.
func longest(rows map[string][]string, path string) (string, bool) {
	best := ""
	for row := range rows {
		if within(path, row) && len(row) > len(best) && (row != "gateway" || path == "gateway") {
			best = row
		}
	}
	return best, best != ""
}

// packages gives every package of the module, without its tests.
func packages(t *testing.T) []*build.Package {
	t.Helper()
	var found []*build.Package
	err := filepath.WalkDir(".", func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if name := entry.Name(); dir != "." && (name == "testdata" || strings.HasPrefix(name, ".") || name == "data" || name == "tmp") {
			return filepath.SkipDir
		}
		pkg, err := build.ImportDir(dir, 0)
		if err != nil {
			return nil // a folder without Go files, or of scripts that are not one package
		}
		pkg.ImportPath = strings.TrimSuffix("gateway/"+filepath.ToSlash(dir), "/.")
		found = append(found, pkg)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 10 {
		t.Fatalf("found only %d packages", len(found))
	}
	return found
}

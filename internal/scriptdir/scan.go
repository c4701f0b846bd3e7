package scriptdir

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"gateway/internal/modules"
	"gateway/interp/check"
)

// libraries is the folder of the packages that scripts share.
const libraries = "lib"

// A Script is a script of the folder, without the packages of modules that it imports.
type Script struct {
	check.Source
	Requires modules.Requirements // of the gateway.mod in its folder, or else in the scripts folder
}

// Scan reads the scripts below dir, in the order of their names. A script's name
// is its path in dir: "hello.go" or "pets".
func Scan(dir string) ([]Script, error) {
	fsys := os.DirFS(dir)
	files, err := sourceFiles(fsys)
	if err != nil {
		return nil, fmt.Errorf("read the scripts folder %s: %w", dir, err)
	}
	units := map[string][]check.File{}
	shared := map[string][]check.File{}
	for _, name := range files {
		code, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted in between
		}
		if err != nil {
			return nil, fmt.Errorf("read the scripts folder %s: %w", dir, err)
		}
		file := check.File{Name: name, Code: string(code)}
		switch folder := path.Dir(name); {
		case folder == ".":
			units[name] = []check.File{file}
		case folder == libraries || strings.HasPrefix(folder, libraries+"/"):
			shared[folder] = append(shared[folder], file)
		default:
			units[folder] = append(units[folder], file)
		}
	}
	requires := modules.ReadModFile(fsys, "")
	var scripts []Script
	for _, name := range slices.Sorted(maps.Keys(units)) {
		s := Script{
			Source:   check.Source{Name: name, Kind: check.Script, Files: units[name], Packages: imported(units[name], shared)},
			Requires: requires,
		}
		if _, err := fs.Stat(fsys, path.Join(name, modules.ModFile)); err == nil {
			folder, err := fs.Sub(fsys, name)
			if err != nil {
				return nil, fmt.Errorf("read the scripts folder %s: %w", dir, err)
			}
			s.Requires = modules.ReadModFile(folder, name)
		}
		scripts = append(scripts, s)
	}
	return scripts, nil
}

// sourceFiles lists the Go files of fsys that belong to scripts.
func sourceFiles(fsys fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != ".":
			return nil // deleted in between
		case err != nil:
			return err
		case name != "." && hidden(entry.Name()) && entry.IsDir():
			return fs.SkipDir
		case !entry.IsDir() && isSource(entry.Name()):
			files = append(files, name)
		}
		return nil
	})
	return files, err
}

func isSource(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !hidden(name)
}

func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata"
}

// imported picks the libraries that files import, directly or through others.
func imported(files []check.File, shared map[string][]check.File) map[string][]check.File {
	picked := map[string][]check.File{}
	var visit func([]check.File)
	visit = func(files []check.File) {
		for _, p := range check.Imports(files) {
			if library, ok := shared[p]; ok && picked[p] == nil {
				picked[p] = library
				visit(library)
			}
		}
	}
	visit(files)
	return picked
}

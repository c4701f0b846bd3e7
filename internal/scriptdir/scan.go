package scriptdir

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"gateway/interp/check"
)

// libraries is the folder of the packages that scripts share.
const libraries = "lib"

// Scan reads the scripts below dir, in the order of their names. A script's name
// is its path in dir: "hello.go" or "pets".
func Scan(dir string) ([]check.Source, error) {
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
	var sources []check.Source
	for _, name := range slices.Sorted(maps.Keys(units)) {
		sources = append(sources, check.Source{
			Name:     name,
			Kind:     check.Script,
			Files:    units[name],
			Packages: imported(units[name], shared),
		})
	}
	return sources, nil
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
		for _, p := range imports(files) {
			if library, ok := shared[p]; ok && picked[p] == nil {
				picked[p] = library
				visit(library)
			}
		}
	}
	visit(files)
	return picked
}

// imports lists the import paths of files. A file that does not parse counts as
// far as it does: the checker reports it.
func imports(files []check.File) []string {
	var paths []string
	for _, f := range files {
		tree, _ := parser.ParseFile(token.NewFileSet(), f.Name, f.Code, parser.ImportsOnly)
		if tree == nil {
			continue
		}
		for _, spec := range tree.Imports {
			if p, err := strconv.Unquote(spec.Path.Value); err == nil {
				paths = append(paths, p)
			}
		}
	}
	return paths
}

// Command gen generates what package symbols embeds: the export tables, the type
// data, the doc comments and the reduced sources of the generic standard library.
//
//	go run ./symbols/gen          write the files
//	go run ./symbols/gen -check   write nothing; exit 1 when a file is stale
//
// The output depends only on allow.txt, the overlay folder, the SDK and the Go
// release: it is made for linux/amd64 without cgo on every machine, and scripts see
// no name that depends on the platform.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"gateway/symbols/internal/allow"
	"gateway/symbols/internal/pack"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("symbols/gen: ")
	check := flag.Bool("check", false, "only tell whether the files are stale")
	flag.Parse()
	dir, err := packageDir("gateway/symbols")
	if err != nil {
		log.Fatal(err)
	}
	files, err := generate(dir)
	if err != nil {
		log.Fatal(err)
	}
	if *check {
		stale, err := compare(dir, files)
		if err != nil {
			log.Fatal(err)
		}
		if len(stale) > 0 {
			log.Fatalf("stale, run go generate ./symbols:\n\t%s", strings.Join(stale, "\n\t"))
		}
		return
	}
	if err := write(dir, files); err != nil {
		log.Fatal(err)
	}
}

// generate returns the generated files by path below the folder of package symbols.
func generate(dir string) (map[string][]byte, error) {
	text, err := os.ReadFile(filepath.Join(dir, "allow.txt"))
	if err != nil {
		return nil, err
	}
	list, err := allow.Parse(string(text))
	if err != nil {
		return nil, err
	}
	if err := checkComplete(list); err != nil {
		return nil, err
	}
	var paths []string
	for path, p := range list.Packages {
		if p.Word != allow.Never {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	u, err := load(paths)
	if err != nil {
		return nil, err
	}
	if err := checkNames(u, list); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	if err := writeTables(files, u, list, paths); err != nil {
		return nil, err
	}
	sources, err := reduceAll(u, list, paths, filepath.Join(dir, "gen", "overlay"))
	if err != nil {
		return nil, err
	}
	if files["source.pack"], err = packSources(sources); err != nil {
		return nil, err
	}
	if files["types.pack"], err = packTypes(u, paths, sources); err != nil {
		return nil, err
	}
	if files["docs.pack"], err = packDocs(u, list, paths); err != nil {
		return nil, err
	}
	return files, nil
}

// generated lists the generated files on disk.
func generated(dir string) ([]string, error) {
	tables, err := filepath.Glob(filepath.Join(dir, tableDir, "pkg_*.go"))
	if err != nil {
		return nil, err
	}
	names := []string{filepath.Join(tableDir, "index.go"), "source.pack", "types.pack", "docs.pack"}
	for _, path := range tables {
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return nil, err
		}
		names = append(names, rel)
	}
	return names, nil
}

func write(dir string, files map[string][]byte) error {
	old, err := generated(dir)
	if err != nil {
		return err
	}
	for _, name := range old {
		if files[name] == nil {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
	}
	for name, data := range files {
		path := filepath.Join(dir, name)
		if old, err := os.ReadFile(path); err == nil && same(name, old, data) {
			continue
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compare returns the names of the files on disk that are not as generated.
func compare(dir string, files map[string][]byte) ([]string, error) {
	old, err := generated(dir)
	if err != nil {
		return nil, err
	}
	var stale []string
	for _, name := range old {
		if files[name] == nil {
			stale = append(stale, name)
		}
	}
	for name, data := range files {
		old, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !os.IsNotExist(err) {
			return nil, err
		}
		if !same(name, old, data) {
			stale = append(stale, name)
		}
	}
	slices.Sort(stale)
	return slices.Compact(stale), nil
}

// same compares two files; packs by content, because a compressor may choose other
// bytes on another machine.
func same(name string, a, b []byte) bool {
	if filepath.Ext(name) != ".pack" {
		return bytes.Equal(a, b)
	}
	ra, err := pack.Open(a)
	if err != nil {
		return false
	}
	rb, err := pack.Open(b)
	if err != nil {
		return false
	}
	return pack.Equal(ra, rb)
}

// packageDir returns the folder of a package of this module.
func packageDir(path string) (string, error) {
	out, err := exec.Command("go", "list", "-find", "-f", "{{.Dir}}", path).Output()
	if err != nil {
		return "", fmt.Errorf("go list %s: %w", path, err)
	}
	dir := strings.TrimSpace(string(out))
	if _, err := os.Stat(filepath.Join(dir, "allow.txt")); err != nil {
		return "", fmt.Errorf("folder of %s: %w", path, fs.ErrNotExist)
	}
	return dir, nil
}

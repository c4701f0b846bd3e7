package modules

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"gateway/interp/check"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	modzip "golang.org/x/mod/zip"
)

// archive is the zip of a module in memory: what was hashed is what is read.
type archive struct {
	version module.Version
	hash    string
	size    int
	reader  *zip.Reader
	dirs    map[string][]*zip.File // Go files by folder in the module; "" is the module itself
	gomod   *zip.File              // nil where there is none
}

// openArchive reads and checks the zip in a file.
func openArchive(m module.Version, name string) (*archive, error) {
	bad := func(err error) error {
		first, _, _ := strings.Cut(err.Error(), "\n") // it may have a line for every file
		return &FetchError{Module: m, Err: err, Reason: "has a zip that is not one of this module: " + first}
	}
	checked, err := modzip.CheckZip(m, name)
	if err == nil {
		err = checked.Err()
	}
	if err != nil {
		return nil, bad(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, bad(err)
	}
	a := &archive{version: m, size: len(data), reader: reader, dirs: map[string][]*zip.File{}}
	prefix := m.Path + "@" + m.Version + "/"
	files := map[string]*zip.File{}
	var names []string
	var total uint64
	for _, f := range reader.File {
		rest := strings.TrimPrefix(f.Name, prefix)
		names, files[f.Name] = append(names, f.Name), f
		if total += f.UncompressedSize64; total > maxFiles {
			return nil, bad(fmt.Errorf("its files have more than %d MiB", maxFiles>>20))
		}
		switch {
		case rest == "go.mod":
			a.gomod = f
		case strings.HasSuffix(rest, ".go") && !strings.HasSuffix(rest, "_test.go"):
			dir := strings.TrimSuffix(path.Dir(rest), ".")
			a.dirs[dir] = append(a.dirs[dir], f)
		}
	}
	a.hash, err = dirhash.Hash1(names, func(name string) (io.ReadCloser, error) { return files[name].Open() })
	if err != nil {
		return nil, bad(err)
	}
	return a, nil
}

// files are the Go files of a folder, named as in a module cache: PATH@VERSION/FILE.
func (a *archive) files(dir string) ([]check.File, error) {
	var list []check.File
	for _, f := range a.dirs[dir] {
		code, err := readZipped(f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
		list = append(list, check.File{Name: f.Name, Code: string(code)})
	}
	return list, nil
}

// mod is the module's go.mod, or what stands for one where it has none.
func (a *archive) mod() ([]byte, error) {
	if a.gomod == nil {
		return []byte("module " + a.version.Path + "\n"), nil
	}
	return readZipped(a.gomod)
}

func readZipped(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

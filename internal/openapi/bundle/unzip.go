package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
)

// The bounds of a bundle.
const (
	MaxFiles = 2000     // with folders, and files that are not used
	MaxBytes = 32 << 20 // of the files that are used, unpacked
)

// Names of the specification and the manifest, the ones that count first in front.
var (
	specNames     = []string{"openapi.yaml", "openapi.yml", "openapi.json", "api.yaml", "api.yml", "api.json", "spec.yaml", "spec.yml", "spec.json"}
	manifestNames = []string{"bundle.yaml", "bundle.yml"}
)

// contents are the files of a bundle that count.
type contents struct {
	spec     *file
	manifest *file
	handlers []*Handler // in the order of their files
	notes    []openapi.Problem
}

type file struct {
	name    string
	content []byte
}

// unzip reads the files of a bundle.
func unzip(zipped []byte) (*contents, error) {
	archive, err := zip.NewReader(bytes.NewReader(zipped), int64(len(zipped)))
	if err != nil {
		return nil, refuse("", 0, 0, "", "the bundle is no ZIP file")
	}
	if len(archive.File) > MaxFiles {
		return nil, refuse("", 0, 0, "", "the bundle has more than %d files", MaxFiles)
	}
	entries := make(map[string]*zip.File)
	for _, f := range archive.File {
		if err := checkEntry(f); err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(f.Name, "/")
		if entries[name] != nil {
			return nil, refuse(name, 0, 0, "", "the file is in the bundle twice")
		}
		if !f.FileInfo().IsDir() && !strings.HasPrefix(name, "__MACOSX/") && !strings.HasPrefix(path.Base(name), ".") {
			entries[name] = f
		}
	}
	u := unzipper{entries: entries, top: topFolder(entries), left: MaxBytes, found: &contents{}}
	return u.found, u.run()
}

// checkEntry refuses what no bundle needs and some use to do harm.
func checkEntry(f *zip.File) error {
	name := strings.TrimSuffix(f.Name, "/")
	switch {
	case !utf8.ValidString(name) || !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") || len(name) > 1000:
		return refuse("", 0, 0, "names are relative, with slashes, without ..", "the bundle has a file of the name %q", catalog.Clip(f.Name))
	case f.Flags&1 != 0:
		return refuse(name, 0, 0, "", "the file is encrypted")
	case !f.Mode().IsRegular() && !f.Mode().IsDir():
		return refuse(name, 0, 0, "", "the bundle has something that is neither file nor folder")
	}
	return nil
}

// topFolder is the folder that everything lies in, with a slash; "" where there is none, or it has a meaning.
func topFolder(entries map[string]*zip.File) string {
	top := ""
	for name := range entries {
		first, _, inFolder := strings.Cut(name, "/")
		if !inFolder || top != "" && first != top {
			return ""
		}
		top = first
	}
	if top == "" || top == "handlers" || top == "src" {
		return ""
	}
	return top + "/"
}

type unzipper struct {
	entries map[string]*zip.File // by name, without folders
	top     string
	left    int64 // bytes
	found   *contents
}

func (u *unzipper) run() (err error) {
	if u.found.spec, err = u.first(specNames, openapi.MaxBytes); err != nil {
		return err
	}
	if u.found.manifest, err = u.first(manifestNames, catalog.MaxCodeBytes); err != nil {
		return err
	}
	names := make([]string, 0, len(u.entries))
	for name := range u.entries {
		names = append(names, name)
	}
	slices.Sort(names)
	siblings := countCode(names)
	for _, full := range names {
		name := strings.TrimPrefix(full, u.top)
		handler, ownFolder, ok := handlerName(name)
		switch {
		case u.found.spec != nil && full == u.found.spec.name || u.found.manifest != nil && full == u.found.manifest.name:
		case strings.HasSuffix(name, "_test.go"):
			u.note(full, "tests are not used", "")
		case !ok:
			u.note(full, "the file is not used", "handlers are .go files at the top, in handlers or in src")
		case ownFolder && siblings[path.Dir(full)] > 1:
			u.note(full, "the file is not used: its folder has several", "a handler is one file; code that handlers share is a library")
		default:
			content, err := u.read(full, catalog.MaxCodeBytes)
			if err != nil {
				return err
			}
			u.found.handlers = append(u.found.handlers, &Handler{File: full, Name: handler, Code: string(content)})
		}
	}
	return nil
}

// countCode counts the Go files of each folder.
func countCode(names []string) map[string]int {
	count := make(map[string]int)
	for _, name := range names {
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			count[path.Dir(name)]++
		}
	}
	return count
}

// handlerName is the name of the handler in a file, and whether the file lies in a folder of that name; false where the
// file is none.
func handlerName(name string) (handler string, ownFolder, ok bool) {
	name, ok = strings.CutSuffix(name, ".go")
	if !ok {
		return "", false, false
	}
	steps := strings.Split(name, "/")
	if len(steps) > 1 && (steps[0] == "handlers" || steps[0] == "src") {
		steps = steps[1:]
	}
	return steps[0], len(steps) == 2, len(steps) <= 2
}

func (u *unzipper) note(file, message, hint string) {
	const most = 100
	if len(u.found.notes) < most {
		u.found.notes = append(u.found.notes, openapi.Problem{File: file, Message: message, Hint: hint})
	}
}

// first reads the first of the files with these names; nil where there is none.
func (u *unzipper) first(names []string, most int64) (*file, error) {
	for _, name := range names {
		full := u.top + name
		if u.entries[full] == nil {
			continue
		}
		content, err := u.read(full, most)
		return &file{name: full, content: content}, err
	}
	return nil, nil
}

// read unpacks a file. What the ZIP file says about its size is not believed.
func (u *unzipper) read(name string, most int64) ([]byte, error) {
	r, err := u.entries[name].Open()
	if err != nil {
		return nil, refuse(name, 0, 0, "", "the file cannot be unpacked: %v", err)
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, min(most, u.left)+1))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, refuse(name, 0, 0, "", "the file cannot be unpacked: %v", err)
	}
	size := int64(len(content))
	switch {
	case size > most:
		return nil, refuse(name, 0, 0, "", "the file is longer than %d bytes", most)
	case size > u.left:
		return nil, refuse("", 0, 0, "", "the files have more than %d bytes", MaxBytes)
	}
	u.left -= size
	return content, nil
}

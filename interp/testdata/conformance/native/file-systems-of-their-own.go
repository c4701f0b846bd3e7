package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"
)

type Tree map[string]string

type file struct {
	name string
	*strings.Reader
}

type info struct {
	name string
	size int64
	dir  bool
}

func (i info) Name() string { return path.Base(i.name) }

func (i info) Size() int64 { return i.size }

func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

func (i info) ModTime() time.Time { return time.Unix(0, 0).UTC() }

func (i info) IsDir() bool { return i.dir }

func (i info) Sys() any { return nil }

func (i info) Type() fs.FileMode { return i.Mode().Type() }

func (i info) Info() (fs.FileInfo, error) { return i, nil }

func (i info) String() string { return fs.FormatDirEntry(i) }

func (f file) Stat() (fs.FileInfo, error) { return info{f.name, f.Size(), false}, nil }

func (f file) Close() error { return nil }

type dir struct {
	info
	entries []fs.DirEntry
}

func (d *dir) Stat() (fs.FileInfo, error) { return d.info, nil }

func (d *dir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}

func (d *dir) Close() error { return nil }

func (d *dir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(d.entries) {
		n = len(d.entries)
	}
	out := d.entries[:n]
	d.entries = d.entries[n:]
	return out, nil
}

func (t Tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if text, ok := t[name]; ok {
		return file{name, strings.NewReader(text)}, nil
	}
	d := &dir{info: info{name: name, dir: true}}
	seen := map[string]bool{}
	for p, text := range t {
		rest, ok := strings.CutPrefix(p, name+"/")
		if name == "." {
			rest, ok = p, true
		}
		if !ok {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		if !seen[first] {
			seen[first] = true
			d.entries = append(d.entries, info{path.Join(name, first), int64(len(text)), deeper})
		}
	}
	if len(d.entries) == 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	sort.Slice(d.entries, func(i, j int) bool { return d.entries[i].Name() < d.entries[j].Name() })
	return d, nil
}

func main() {
	t := Tree{"a.txt": "alpha", "docs/b.md": "# beta", "docs/deep/c.txt": "gamma", "z.go": "package z"}
	err := fs.WalkDir(t, ".", func(p string, d fs.DirEntry, err error) error {
		if d.IsDir() && d.Name() == "deep" {
			return fs.SkipDir
		}
		fmt.Print(p, " ")
		return err
	})
	fmt.Println(err)
	data, err := fs.ReadFile(t, "docs/b.md")
	fmt.Println(string(data), err)
	_, err = fs.ReadFile(t, "docs/none")
	var pe *fs.PathError
	fmt.Println(err, errors.Is(err, fs.ErrNotExist), errors.As(err, &pe) && pe.Path == "docs/none")
	fmt.Println(fs.ReadFile(t, "/abs"))
	matches, err := fs.Glob(t, "*/*.md")
	fmt.Println(matches, err)
	entries, err := fs.ReadDir(t, ".")
	fmt.Println(entries, err)
	sub, err := fs.Sub(t, "docs/deep")
	text, _ := fs.ReadFile(sub, "c.txt")
	st, _ := fs.Stat(sub, "c.txt")
	fmt.Println(string(text), err, st.Name(), st.Size(), st.Mode())
	d, _ := t.Open("docs")
	one, err := d.(fs.ReadDirFile).ReadDir(1)
	fmt.Println(one, err)
	_, err = io.ReadAll(d)
	fmt.Println(err)
	_, err = fs.Stat(t, "missing")
	fmt.Println(err)
	err = fs.WalkDir(t, "missing", func(p string, d fs.DirEntry, err error) error { return fmt.Errorf("walk %s: %w", p, err) })
	fmt.Println(err, errors.Is(err, fs.ErrNotExist))
	fmt.Println(fs.FormatFileInfo(info{"f", 3, false}), path.Join("a", "../b", "/c"), path.Ext("x.tar.gz"))
}

// Output:
// . a.txt docs docs/b.md z.go <nil>
// # beta <nil>
// open docs/none: file does not exist true true
// [] open /abs: invalid argument
// [docs/b.md] <nil>
// [- a.txt d docs/ - z.go] <nil>
// gamma <nil> c.txt 5 -rw-r--r--
// [- b.md] <nil>
// read docs: is a directory
// open missing: file does not exist
// walk missing: open missing: file does not exist true
// -rw-r--r-- 3 1970-01-01 00:00:00 f b/c .gz

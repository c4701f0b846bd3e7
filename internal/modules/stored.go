package modules

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/module"
)

// A Module is one version of a module in the cache's folder.
type Module struct {
	Path    string
	Version string
	Sum     string    // its hash, as in go.sum; empty where it was never used
	Size    int64     // of the zip, in bytes
	At      time.Time // when it got there
}

// List gives the modules in the folder, in the order of their paths.
func (c *Cache) List() ([]Module, error) {
	var list []Module
	err := filepath.WalkDir(c.dir, func(name string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil // nothing was kept yet, or deleted in between
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".zip") {
			return err
		}
		rel, err := filepath.Rel(c.dir, name)
		if err != nil {
			return err
		}
		escapedPath, escaped, ok := strings.Cut(filepath.ToSlash(rel), "/@v/")
		path, err1 := module.UnescapePath(escapedPath)
		version, err2 := module.UnescapeVersion(strings.TrimSuffix(escaped, ".zip"))
		info, err := entry.Info()
		if !ok || err1 != nil || err2 != nil || err != nil {
			return nil // not of the cache
		}
		list = append(list, Module{Path: path, Version: version, Size: info.Size(), At: info.ModTime()})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the modules folder: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, m := range list {
		list[i].Sum = c.sums[m.Path+" "+m.Version]
	}
	return list, nil
}

// Add puts a module into the folder: the zip that a module proxy has of it. One that has
// been there before must be the same. Errors are a *[FetchError] or a *[MismatchError]
// where the upload is at fault.
func (c *Cache) Add(ctx context.Context, path, version string, content io.Reader) (Module, error) {
	m := module.Version{Path: path, Version: version}
	if err := checkVersion(m); err != nil {
		return Module{}, &FetchError{Module: m, Err: err, Reason: "cannot be: " + err.Error()}
	}
	if err := c.keepZip(m, content, nil); err != nil {
		return Module{}, err
	}
	a, err := c.archive(ctx, m, nil)
	if err != nil {
		return Module{}, err
	}
	if err := c.addMod(m, a); err != nil {
		return Module{}, err
	}
	return Module{Path: path, Version: version, Sum: a.hash, Size: int64(a.size), At: time.Now()}, nil
}

// addMod keeps the go.mod of an uploaded module, unless there is one.
func (c *Cache) addMod(m module.Version, a *archive) error {
	name, err := c.file(m, ".mod")
	if err != nil {
		return err
	}
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	data, err := a.mod()
	if err != nil {
		return err
	}
	if _, err := parseModFile(m, data); err != nil {
		return err
	}
	if err := c.checkNew(modKey(m), data, nil); err != nil {
		return err
	}
	return writeFile(name, data)
}

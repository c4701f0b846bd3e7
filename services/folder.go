package services

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gateway/internal/catalog"

	"github.com/fsnotify/fsnotify"
)

// Folder keeps the services of a manager equal to a folder with one file for each:
// NAME.toml, NAME.yaml or NAME.json. A file that cannot be used is logged, and
// what ran before goes on.
type Folder struct {
	dir     string
	manager *Manager
	log     *slog.Logger
	applied map[string]appliedFile // by file name; used by one goroutine at a time
}

// appliedFile is what was last made of a file.
type appliedFile struct {
	digest [sha256.Size]byte
	id     string // of the service; empty where the file could not be used
}

// settle is how long the folder must be quiet before it is read: editors and
// copies write in steps.
const settle = 200 * time.Millisecond

// NewFolder makes a Folder. The folder itself need not exist.
func NewFolder(dir string, m *Manager) *Folder {
	return &Folder{dir: dir, manager: m, log: m.log, applied: make(map[string]appliedFile)}
}

// Load reads the folder and applies what has changed since the last time. The
// error joins those of all files that cannot be used; the others are applied.
func (f *Folder) Load(ctx context.Context) error {
	entries, err := os.ReadDir(f.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read folder of services: %w", err)
	}
	var errs []error
	seen := make(map[string]bool)
	for _, e := range entries {
		if e.IsDir() || !isServiceFile(e.Name()) {
			continue
		}
		seen[e.Name()] = true
		if err := f.apply(ctx, e.Name()); err != nil {
			errs = append(errs, fmt.Errorf("service file %s: %w", e.Name(), err))
		}
	}
	for name, old := range f.applied {
		if seen[name] {
			continue
		}
		delete(f.applied, name)
		if old.id == "" || f.has(old.id) {
			continue
		}
		f.log.Info("service file is gone", "file", name)
		if err := f.manager.Remove(ctx, old.id); err != nil {
			errs = append(errs, fmt.Errorf("service file %s is gone: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// has tells whether a file configures a service: after a change of the format
// another one may.
func (f *Folder) has(id string) bool {
	for _, a := range f.applied {
		if a.id == id {
			return true
		}
	}
	return false
}

// apply applies one file if it has changed.
func (f *Folder) apply(ctx context.Context, name string) error {
	data, err := os.ReadFile(filepath.Join(f.dir, name))
	if err != nil {
		return err
	}
	digest := sha256.Sum256(data)
	old := f.applied[name]
	if old.digest == digest {
		return nil
	}
	now := appliedFile{digest: digest, id: old.id}
	svc, err := Parse(name, data)
	if err == nil {
		err = f.claim(name, svc)
	}
	if err == nil {
		now.id = svc.ID
		err = f.manager.Apply(ctx, svc)
	}
	f.applied[name] = now
	return err
}

// claim refuses a second file for one service.
func (f *Folder) claim(name string, svc catalog.Service) error {
	for other, a := range f.applied {
		if other != name && a.id == svc.ID {
			if _, err := os.Stat(filepath.Join(f.dir, other)); err == nil {
				return fmt.Errorf("%s configures this service already", other)
			}
		}
	}
	return nil
}

// Watch loads the folder again whenever it changes, until ctx ends. It logs what
// cannot be used. A folder that does not exist is made, so that it can be watched.
func (f *Folder) Watch(ctx context.Context) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return fmt.Errorf("watch folder of services: %w", err)
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch folder of services: %w", err)
	}
	defer w.Close()
	if err := w.Add(f.dir); err != nil {
		return fmt.Errorf("watch folder of services: %w", err)
	}
	quiet := time.NewTimer(0) // once at the start, for what changed before the watch
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-w.Events:
			if !ok {
				return errors.New("watch folder of services: the watch ended")
			}
			if isServiceFile(filepath.Base(e.Name)) {
				quiet.Reset(settle)
			}
		case err := <-w.Errors:
			// Events may have been lost.
			f.log.Warn("watch folder of services", "error", err)
			quiet.Reset(settle)
		case <-quiet.C:
			if err := f.Load(ctx); err != nil {
				f.log.Error("service files cannot be used", "error", err)
			}
		}
	}
}

// fileID gives the id of a service that a file configures: a UUID of version 8
// (RFC 9562, section 5.8) that follows from the name, so that bindings outlive
// restarts.
func fileID(name string) string {
	sum := sha256.Sum256([]byte("services.d/" + name))
	b := sum[:16]
	b[6] = b[6]&0x0f | 0x80
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

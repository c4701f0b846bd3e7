package scriptdir

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"gateway/internal/catalog"
	"gateway/internal/modules"
	"gateway/interp"
	"gateway/interp/check"
)

// Server serves scripts.
type Server interface {
	// ServeScripts serves the scripts in place of their former versions: all, or
	// none where one of them is refused.
	ServeScripts(ctx context.Context, scripts []check.Source) error
	// RemoveScript stops serving a script and takes its routes away.
	RemoveScript(ctx context.Context, name string) error
	// RoutesFreed has a value after routes have been given up. A script that was
	// refused with catalog.CodeAlreadyExists, because another had its route, may be
	// served then.
	RoutesFreed() <-chan struct{}
}

// quiet is how long a folder must be still before it is read again: editors write
// a file in several steps.
const quiet = 10 * time.Millisecond

// Modules adds to a source the packages of modules that it imports.
type Modules interface {
	// Resolve reports what cannot be had in the source itself; its error is ctx's.
	Resolve(ctx context.Context, src check.Source, req modules.Requirements) (check.Source, error)
}

// Loader makes a [Server] serve a folder. Its methods must not be called at once.
type Loader struct {
	dir     string
	server  Server
	modules Modules
	log     *slog.Logger
	served  map[string]digests // by script, what was last given to the server, refused or not
	// blocked are the scripts that were refused because a route of theirs is taken, with
	// the library whose change they were given for; empty for their own.
	blocked map[string]string
}

// digests identify a script's content: its own files with what they require, and each
// library.
type digests struct {
	files    [sha256.Size]byte
	packages map[string][sha256.Size]byte
}

// New makes a loader that has served nothing yet. The folder must exist.
func New(dir string, server Server, mods Modules, log *slog.Logger) (*Loader, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("scripts folder: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("scripts folder: %s is not a folder", dir)
	}
	return &Loader{dir: dir, server: server, modules: mods, log: log, served: map[string]digests{}, blocked: map[string]string{}}, nil
}

// Sync reads the folder and has the server serve what changed since the last
// time. Where the server refuses a script its former version stays, and Sync goes on;
// it fails only where the folder cannot be read.
func (l *Loader) Sync(ctx context.Context) error {
	scripts, err := Scan(l.dir)
	if err != nil {
		return err
	}
	present := map[string]bool{}
	together := map[string][]Script{} // changed scripts by the library that changed
	var alone []Script
	for _, src := range scripts {
		present[src.Name] = true
		now := digest(src)
		before, known := l.served[src.Name]
		library := changedLibrary(before, now)
		switch {
		case known && before.files == now.files && library == "":
			continue
		case known && before.files == now.files:
			together[library] = append(together[library], src)
		default:
			alone = append(alone, src)
		}
		l.served[src.Name] = now
	}
	for _, name := range slices.Sorted(maps.Keys(l.served)) {
		if !present[name] {
			delete(l.served, name)
			l.report(name, l.server.RemoveScript(ctx, name))
		}
	}
	for _, src := range alone {
		l.serve(ctx, "", []Script{src})
	}
	for _, library := range slices.Sorted(maps.Keys(together)) {
		l.serve(ctx, library, together[library])
	}
	return nil
}

// serve has the server serve scripts with the modules that they import: one that has
// changed itself, or all that import a library.
func (l *Loader) serve(ctx context.Context, library string, scripts []Script) {
	err := l.resolveAndServe(ctx, scripts)
	taken := catalog.CodeOf(err) == catalog.CodeAlreadyExists
	for _, src := range scripts {
		if taken {
			l.blocked[src.Name] = library
		} else {
			delete(l.blocked, src.Name)
		}
	}
	l.report(cmp.Or(library, scripts[0].Name), err)
}

func (l *Loader) resolveAndServe(ctx context.Context, scripts []Script) error {
	var sources []check.Source
	for _, s := range scripts {
		src, err := l.modules.Resolve(ctx, s.Source, s.Requires)
		if err != nil {
			return err
		}
		if len(src.Missing) > 0 {
			delete(l.served, s.Name) // it is tried again with the next change of the folder
		}
		sources = append(sources, src)
	}
	return l.server.ServeScripts(ctx, sources)
}

// unblock has the next Sync give the server again what was refused because a route was
// taken, and tells whether there is anything.
func (l *Loader) unblock() bool {
	for name, library := range l.blocked {
		d, known := l.served[name]
		switch {
		case !known: // removed since
		case library == "":
			l.served[name] = digests{packages: d.packages}
		default:
			d.packages[library] = [sha256.Size]byte{}
		}
	}
	any := len(l.blocked) > 0
	clear(l.blocked)
	return any
}

// report logs why the server did not do as it was asked. Diagnostics it has logged
// itself, one by one.
func (l *Loader) report(name string, err error) {
	var refused *interp.DiagnosticsError
	if err != nil && !errors.As(err, &refused) {
		l.log.Error("script not served", "script", name, "error", err)
	}
}

// Run follows the folder until ctx ends. Changes between the last Sync and the
// start of Run are seen.
func (l *Loader) Run(ctx context.Context) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch the scripts folder: %w", err)
	}
	defer watcher.Close()
	if err := watch(watcher, l.dir); err != nil {
		return err
	}
	still := time.NewTimer(0) // once at the start, for what changed before the watch
	defer still.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case event := <-watcher.Events:
			if event.Has(fsnotify.Create) {
				// A new folder may have files already; they are seen by the Sync to come.
				if err := watch(watcher, event.Name); err != nil {
					l.log.Error("scripts folder not watched", "folder", event.Name, "error", err)
				}
			}
			still.Reset(quiet)
		case <-l.server.RoutesFreed():
			if l.unblock() {
				still.Reset(quiet)
			}
		case err := <-watcher.Errors:
			// Events may be lost (fsnotify.ErrEventOverflow): reading all makes up for it.
			l.log.Warn("scripts folder read again", "error", err)
			still.Reset(quiet)
		case <-still.C:
			if err := l.Sync(ctx); err != nil {
				l.log.Error("scripts folder not read", "error", err)
			}
		}
	}
}

// watch adds a folder and those below it; a path that is not a folder is nothing.
func watch(watcher *fsnotify.Watcher, root string) error {
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return fmt.Errorf("watch the scripts folder: %w", err)
		case !entry.IsDir():
			return nil
		case name != root && hidden(entry.Name()):
			return fs.SkipDir
		}
		if err := watcher.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("watch the scripts folder: %w", err)
		}
		return nil
	})
}

func digest(src Script) digests {
	d := digests{files: sum(src.Files, fmt.Sprint(src.Requires)), packages: map[string][sha256.Size]byte{}}
	for path, files := range src.Packages {
		d.packages[path] = sum(files, "")
	}
	return d
}

func sum(files []check.File, more string) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s", len(more), more)
	for _, f := range files {
		fmt.Fprintf(h, "%d %s %d %s", len(f.Name), f.Name, len(f.Code), f.Code)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// changedLibrary names the first library whose content differs, or nothing.
func changedLibrary(before, now digests) string {
	paths := slices.AppendSeq(slices.Collect(maps.Keys(now.packages)), maps.Keys(before.packages))
	slices.Sort(paths)
	for _, p := range paths {
		if before.packages[p] != now.packages[p] {
			return p
		}
	}
	return ""
}

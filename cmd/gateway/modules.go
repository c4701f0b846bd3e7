package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"gateway/admin"
	"gateway/internal/catalog"
	"gateway/internal/config"
	"gateway/internal/modules"
	"gateway/interp/check"
)

// newModules opens the modules of a gateway.
func newModules(cfg config.Config, dir string) (*modules.Cache, error) {
	return modules.New(modules.Options{
		Dir:     cmp.Or(cfg.Modules.Dir, dir),
		Proxy:   cmp.Or(cfg.Modules.Proxy, modules.ProxyFromEnvironment(os.Getenv("GOPROXY"))),
		Timeout: cfg.Modules.Timeout,
	})
}

// resolve adds the packages of modules to the source of an endpoint.
func (n *node) resolve(ctx context.Context, src check.Source, dependencies ...map[string]string) (check.Source, error) {
	var all modules.Requirements
	for _, d := range dependencies {
		r, err := modules.FromDependencies(d)
		if err != nil {
			return src, &catalog.Error{Code: catalog.CodeInvalid, Field: "dependencies", Message: err.Error(), Hint: `such as {"github.com/google/uuid": "v1.6.0"}`}
		}
		all.Add(r)
	}
	return n.modules.Resolve(ctx, src, all)
}

// looseModules are the modules of files that no gateway serves: of a gateway.mod beside
// them. They are kept in the user's cache folder, and opened when first needed.
type looseModules struct {
	cmd   *cobra.Command
	cache *modules.Cache
}

func newLooseModules(cmd *cobra.Command) *looseModules { return &looseModules{cmd: cmd} }

// beside adds the packages that a file imports by the gateway.mod in its folder.
func (l *looseModules) beside(src check.Source) (check.Source, error) {
	dir := filepath.Dir(src.Files[0].Name)
	return l.resolve(src, modules.ReadModFile(os.DirFS(dir), filepath.ToSlash(dir)))
}

func (l *looseModules) resolve(src check.Source, req modules.Requirements) (check.Source, error) {
	if len(req.Modules) == 0 && req.Invalid == nil {
		return src, nil
	}
	if l.cache == nil {
		if err := l.open(); err != nil {
			return src, err
		}
	}
	return l.cache.Resolve(l.cmd.Context(), src, req)
}

func (l *looseModules) open() error {
	cfg, err := config.Load(config.Sources{File: "gateway.toml", Optional: true, Environ: os.Environ()})
	if err != nil {
		return err
	}
	dir := cfg.Modules.Dir
	if dir == "" {
		if dir, err = os.UserCacheDir(); err != nil {
			return fmt.Errorf("find a folder for modules: %w (name one with modules.dir)", err)
		}
		dir = filepath.Join(dir, "gateway", "modules")
	}
	l.cache, err = newModules(cfg, dir)
	return err
}

func (l *looseModules) close() {
	if l.cache != nil {
		_ = l.cache.Close() // it only waits for fetches
	}
}

// keptModules are the modules of a gateway as the admin API sees them.
type keptModules struct{ *modules.Cache }

var _ admin.Modules = keptModules{}

func (k keptModules) List() ([]admin.Module, error) {
	found, err := k.Cache.List()
	list := make([]admin.Module, len(found))
	for i, m := range found {
		list[i] = admin.Module(m)
	}
	return list, err
}

func (k keptModules) Add(ctx context.Context, path, version string, content io.Reader) (admin.Module, error) {
	m, err := k.Cache.Add(ctx, path, version, content)
	var refused *modules.FetchError
	var mismatch *modules.MismatchError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		err = &catalog.Error{Code: catalog.CodePayloadTooLarge, Message: fmt.Sprintf("a module's zip has at most %d MiB", modules.MaxZip>>20)}
	case errors.As(err, &refused):
		err = &catalog.Error{Code: catalog.CodeInvalid, Message: err.Error(), Hint: "send the zip that a module proxy has: PATH/@v/VERSION.zip"}
	case errors.As(err, &mismatch):
		err = &catalog.Error{Code: catalog.CodeConflict, Message: err.Error(), Hint: "it is not the module that was kept before"}
	}
	return admin.Module(m), err
}

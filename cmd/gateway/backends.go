package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"gateway"
	"gateway/admin"
	"gateway/internal/catalog"
	"gateway/internal/config"
	"gateway/services"
	"gateway/services/cache"
	"gateway/services/document"
	"gateway/services/files"
	"gateway/services/mail"
	"gateway/services/object"
	"gateway/services/records"
	"gateway/services/secrets"
	"gateway/services/sql"
)

// backends are the services of a gateway, from the catalog and from files, and the
// secrets that their configurations refer to.
type backends struct {
	*services.Manager
	store catalog.Store
	keys  *secrets.Keyring

	unwatch  context.CancelFunc
	watching sync.WaitGroup // the watch of the folder of service files
}

var (
	_ admin.Services = (*backends)(nil)
	_ admin.Secrets  = (*backends)(nil)
)

// newBackends starts the enabled services of the store and of the folder of service
// files, which it watches from then on. It waits for no backend, and a file that
// cannot be used is logged and left out.
func newBackends(ctx context.Context, cfg config.Config, store catalog.Store, log *slog.Logger) (*backends, error) {
	keys, err := secrets.Open(filepath.Join(cfg.Server.Data, "secrets.key"))
	if err != nil {
		return nil, err
	}
	b := &backends{store: store, keys: keys, unwatch: func() {}}
	b.Manager, err = services.NewManager(services.Options{
		Kinds:           kinds(),
		Resolver:        services.Resolver{Env: os.LookupEnv, Secret: b.secret, Sealer: keys},
		DataDir:         cfg.Server.Data,
		Log:             log,
		RequireBindings: cfg.Services.RequireBindings,
		Records:         records.New(),
	})
	if err != nil {
		return nil, err
	}
	stored, _, err := store.Services(ctx, catalog.ServiceFilter{})
	if err != nil {
		return nil, fmt.Errorf("read services: %w", err)
	}
	b.Start(ctx, stored)

	dir := cfg.Services.Dir
	if dir == "" {
		dir = filepath.Join(cfg.Server.Data, "services.d")
	}
	folder := services.NewFolder(dir, b.Manager)
	if err := folder.Load(ctx); err != nil { // now, so that the first request finds them
		log.Error("service files cannot be used", "folder", dir, "error", err)
	}
	watch, cancel := context.WithCancel(context.Background())
	b.unwatch = cancel
	b.watching.Go(func() { b.watchFiles(watch, folder, log) })
	return b, nil
}

// watchFiles applies changes of service files until ctx ends.
func (b *backends) watchFiles(ctx context.Context, folder *services.Folder, log *slog.Logger) {
	if err := folder.Watch(ctx); err != nil {
		log.Error("service files are not watched: changes of them show after a restart", "error", err)
	}
}

// kinds are the types of services there are.
func kinds() []services.Kind {
	var all []services.Kind
	for _, family := range [][]services.Kind{
		sql.Kinds(), cache.Kinds(), object.Kinds(), files.Kinds(), mail.Kinds(), document.Kinds(),
	} {
		all = append(all, family...)
	}
	return all
}

// view is what an endpoint with these bindings sees.
func (b *backends) view(bindings []catalog.Binding) gateway.Services { return b.View(bindings) }

// Encrypt sets the encrypted value of a secret; secret undoes it.
func (b *backends) Encrypt(s *catalog.Secret, value string) (err error) {
	s.KeyID, s.Nonce, s.Ciphertext, err = b.keys.Encrypt([]byte(value), secretContext(s.ID))
	return err
}

// secretContext binds an encrypted value to its secret.
func secretContext(id string) string { return "secret:" + id }

// secret decrypts a stored secret.
func (b *backends) secret(ctx context.Context, name string) (string, error) {
	s, err := b.store.SecretByName(ctx, name)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		return "", gateway.ErrInternal.Wrap(gateway.ErrNotFound.Newf("secret %q is not set", name), "")
	}
	if err != nil {
		return "", gateway.ErrInternal.Wrap(err, "")
	}
	plain, err := b.keys.Decrypt(s.KeyID, s.Nonce, s.Ciphertext, secretContext(s.ID))
	if err != nil {
		return "", gateway.ErrInternal.Wrap(fmt.Errorf("secret %q: %w", name, err), "")
	}
	return string(plain), nil
}

// close ends the watch and stops all services.
func (b *backends) close(ctx context.Context) error {
	b.unwatch()
	b.watching.Wait()
	return b.Manager.Close(ctx)
}

// Types describes the kinds for the admin API.
func (b *backends) Types() any { return b.Kinds() }

// Render writes a service as a service file.
func (b *backends) Render(svc catalog.Service, format string) ([]byte, error) {
	return services.Render(svc, format)
}

func (b *backends) Activate(ctx context.Context, svc catalog.Service) error {
	return b.Manager.Activate(ctx, svc, true)
}

func (b *backends) Test(ctx context.Context, svc catalog.Service) admin.ServiceTest {
	return admin.ServiceTest(b.Manager.Test(ctx, svc))
}

func (b *backends) Status(id string) admin.ServiceStatus {
	stats, err := b.Stats(id)
	if err != nil {
		return admin.ServiceStatus{State: "inactive", Reason: reason(err)}
	}
	return admin.ServiceStatus{
		State:  string(stats.State),
		Active: stats.State != services.StateInactive && stats.State != services.StateFailed,
		Reason: stats.LastError,
		Detail: stats,
	}
}

// reason is why a service has no figures; none where it was never started.
func reason(err error) string {
	var e *catalog.Error
	if errors.As(err, &e) && e.Code == catalog.CodeNotFound {
		return ""
	}
	return err.Error()
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"gateway"
	"gateway/admin"
	"gateway/internal/catalog"
	"gateway/internal/config"
	"gateway/services"
	"gateway/services/files"
	"gateway/services/mail"
	"gateway/services/object"
	"gateway/services/secrets"
	"gateway/services/sql"
)

// backends are the services of a gateway and the secrets that their
// configurations refer to.
type backends struct {
	*services.Manager
	store catalog.Store
	keys  *secrets.Keyring
}

var _ admin.Services = (*backends)(nil)

// newBackends starts the enabled services of the store. It waits for none of them.
func newBackends(ctx context.Context, cfg config.Config, store catalog.Store, log *slog.Logger) (*backends, error) {
	keys, err := secrets.Open(filepath.Join(cfg.Server.Data, "secrets.key"))
	if err != nil {
		return nil, err
	}
	b := &backends{store: store, keys: keys}
	b.Manager, err = services.NewManager(services.Options{
		Kinds:           kinds(),
		Resolver:        services.Resolver{Env: os.LookupEnv, Secret: b.secret, Sealer: keys},
		DataDir:         cfg.Server.Data,
		Log:             log,
		RequireBindings: cfg.Services.RequireBindings,
	})
	if err != nil {
		return nil, err
	}
	stored, _, err := store.Services(ctx, catalog.ServiceFilter{})
	if err != nil {
		return nil, fmt.Errorf("read services: %w", err)
	}
	b.Start(ctx, stored)
	return b, nil
}

// kinds are the types of services there are.
func kinds() []services.Kind {
	var all []services.Kind
	for _, family := range [][]services.Kind{sql.Kinds(), object.Kinds(), files.Kinds(), mail.Kinds()} {
		all = append(all, family...)
	}
	return all
}

// view is what an endpoint with these bindings sees.
func (b *backends) view(bindings []catalog.Binding) gateway.Services { return b.View(bindings) }

// secret decrypts a stored secret.
func (b *backends) secret(ctx context.Context, name string) (string, error) {
	s, err := b.store.SecretByName(ctx, name)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		return "", gateway.ErrInternal.Wrap(gateway.ErrNotFound.Newf("secret %q is not set", name), "")
	}
	if err != nil {
		return "", gateway.ErrInternal.Wrap(err, "")
	}
	plain, err := b.keys.Decrypt(s.KeyID, s.Nonce, s.Ciphertext, "secret:"+s.ID)
	if err != nil {
		return "", gateway.ErrInternal.Wrap(fmt.Errorf("secret %q: %w", name, err), "")
	}
	return string(plain), nil
}

func (b *backends) close(ctx context.Context) error { return b.Manager.Close(ctx) }

// Types describes the kinds for the admin API.
func (b *backends) Types() any { return b.Kinds() }

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

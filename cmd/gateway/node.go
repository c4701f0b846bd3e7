package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"

	"gateway"
	"gateway/admin"
	"gateway/internal/boltstore"
	"gateway/internal/catalog"
	"gateway/internal/config"
	"gateway/internal/dispatch"
	"gateway/internal/modules"
	"gateway/internal/observe"
	"gateway/internal/quarantine"
	"gateway/internal/scriptdir"
	trigger "gateway/internal/trigger/http"
	"gateway/interp"
	"gateway/services/object"
	"gateway/symbols"
)

const (
	keyFile   = admin.KeyFile
	storeFile = "gateway.db"
)

// node is one gateway: its parts, made in the order of the fields and closed in
// reverse.
type node struct {
	cfg    config.Config
	log    *slog.Logger
	newKey string // the admin key, where it was made just now

	store      *boltstore.Store
	engine     *interp.Engine
	observer   *observe.Observer
	backends   *backends
	modules    *modules.Cache
	dispatcher *dispatch.Dispatcher
	scripts    *scriptdir.Loader // nil without a scripts folder
	trigger    *trigger.Server
	admin      *admin.Server
}

// newNode makes a gateway that answers as soon as it is given listeners: stored
// endpoints are restored and scripts served. maxMemory is how many bytes scripts may have
// alive; no limit where zero.
func newNode(ctx context.Context, cfg config.Config, maxMemory int64, log *slog.Logger) (*node, error) {
	n := &node{cfg: cfg, log: log}
	if err := n.make(ctx, maxMemory); err != nil {
		return nil, errors.Join(err, n.stop(ctx))
	}
	return n, nil
}

func (n *node) make(ctx context.Context, maxMemory int64) (err error) {
	cfg := n.cfg
	if err := makeDataFolder(cfg.Server.Data); err != nil {
		return err
	}
	n.store, err = boltstore.Open(filepath.Join(cfg.Server.Data, storeFile), boltstore.Options{Logger: n.log})
	if err != nil {
		return err
	}
	key := cfg.Admin.Key
	if key == "" {
		var created bool
		if key, created, err = admin.LoadOrCreateKey(cfg.Server.Data); err != nil {
			return err
		}
		if created {
			n.newKey = key
		}
	}
	rules, err := symbols.NewRules(cfg.Sandbox.Allow...)
	if err != nil {
		return err
	}
	if n.engine, err = interp.New(interp.Options{Rules: rules, Logger: n.log, MaxMemory: maxMemory}); err != nil {
		return err
	}
	n.observer = observe.New(observe.Options{Log: n.log, Requests: cfg.Log.Requests, Keep: cmp.Or(cfg.Log.Keep, -1)})
	if n.backends, err = newBackends(ctx, cfg, n.store, n.log); err != nil {
		return err
	}
	if n.modules, err = newModules(cfg, filepath.Join(cfg.Server.Data, "modules")); err != nil {
		return err
	}
	held, err := quarantine.Open(cfg.Server.Data)
	if err != nil { // what was in it may end the process again, which is better than to serve nothing
		n.log.Error("the quarantine begins anew", "error", err)
	}
	n.dispatcher, err = dispatch.New(dispatch.Options{
		Engine:      dispatch.Interpreter(n.engine),
		Store:       n.store,
		Observer:    n.observer,
		Log:         n.log,
		Environment: n.environment,
		Modules:     n.resolve,
		Quarantine:  held,
		Limits: catalog.Limits{
			Timeout:        cfg.Endpoints.Timeout,
			DrainTimeout:   cfg.Endpoints.DrainTimeout,
			MaxConcurrency: cfg.Endpoints.MaxConcurrency,
			MaxBodyBytes:   cfg.Server.MaxBodyBytes,
		},
		IdleTimeout: cfg.Endpoints.IdleTimeout,
	})
	if err != nil {
		return err
	}
	if err := n.dispatcher.Restore(ctx); err != nil {
		return err
	}
	if cfg.Server.Scripts != "" {
		if n.scripts, err = scriptdir.New(cfg.Server.Scripts, n.dispatcher, n.modules, n.log); err != nil {
			return err
		}
		if err := n.scripts.Sync(ctx); err != nil {
			return err
		}
	}
	var proxies []netip.Prefix
	for _, p := range cfg.Server.TrustedProxies {
		prefix, err := config.Prefix(p)
		if err != nil {
			return err
		}
		proxies = append(proxies, prefix)
	}
	n.trigger, err = trigger.New(trigger.Options{
		Dispatcher:     n.dispatcher,
		Log:            n.log,
		TrustedProxies: proxies,
		MaxBodyBytes:   cfg.Server.MaxBodyBytes,
		ReadTimeout:    cfg.Server.ReadTimeout,
		IdleTimeout:    cfg.Server.IdleTimeout,
		Mounts: []trigger.Mount{{
			Prefix:  object.DefaultPresignBase + "/",
			Handler: http.StripPrefix(object.DefaultPresignBase, object.PresignHandler(n.backends.Manager)),
		}},
	})
	if err != nil {
		return err
	}
	n.admin, err = admin.New(admin.Options{
		Key:       key,
		Store:     n.store,
		Deployer:  deployer{n.dispatcher},
		Assistant: deployer{n.dispatcher},
		Observer:  n.observer,
		Services:  n.backends,
		Secrets:   n.backends,
		Modules:   keptModules{n.modules},
		BaseURL:   baseURL(cfg.Server.Listen),
		Version:   buildVersion(),
		Log:       n.log,
	})
	return err
}

// environment is what the handlers of an endpoint see beside their requests.
func (n *node) environment(e *catalog.Endpoint) gateway.Environment {
	return gateway.Environment{
		Services: n.backends.view(e.Bindings),
		Env:      func(name string) string { return n.cfg.Env[name] },
		Secret:   n.backends.secret,
	}
}

func (n *node) serveAdmin(ln net.Listener) error { return n.admin.Serve(ln) }

// stop ends what was made, the last first: no more requests, then what answers
// them, then what they use. What has not ended when ctx does is cut off.
func (n *node) stop(ctx context.Context) error {
	var errs []error
	closing := func(name string, made bool, end func(context.Context) error) {
		if !made {
			return
		}
		if err := end(ctx); err != nil {
			errs = append(errs, fmt.Errorf("close %s: %w", name, err))
		}
	}
	closing("admin API", n.admin != nil, func(ctx context.Context) error { return n.admin.Close(ctx) })
	closing("HTTP server", n.trigger != nil, func(ctx context.Context) error { return n.trigger.Shutdown(ctx) })
	closing("dispatcher", n.dispatcher != nil, func(ctx context.Context) error { return n.dispatcher.Close(ctx) })
	closing("modules", n.modules != nil, func(context.Context) error { return n.modules.Close() })
	closing("services", n.backends != nil, func(ctx context.Context) error { return n.backends.close(ctx) })
	closing("engine", n.engine != nil, func(ctx context.Context) error { return n.engine.Close(ctx) })
	closing("logs", n.observer != nil, func(context.Context) error { n.observer.Close(); return nil })
	closing("catalog", n.store != nil, func(context.Context) error { return n.store.Close() })
	return errors.Join(errs...)
}

// baseURL is where a person on this machine reaches the endpoints.
func baseURL(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

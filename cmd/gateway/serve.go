package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"gateway/internal/config"
	"gateway/internal/supervise"
)

func newServe() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve endpoints, the admin API and the scripts folder",
		Long: `Serve the endpoints of the data folder and the scripts of the scripts folder, and
the admin API. Scripts are reloaded when they are saved. An interrupt or a TERM
signal stops taking requests, lets those in flight finish, and ends.

A process of its own runs the scripts. What one of them does can end that process,
which is then started again at once, on the same sockets, without the endpoint that
did it. A second signal kills it. With --supervise=false there is one process.`,
		Example: `  gateway serve
  gateway serve --data /var/lib/gateway --scripts /srv/scripts --listen :80`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			inherited, err := supervise.Attach()
			if err != nil {
				return err
			}
			cfg, err := loadConfig(cmd)
			switch {
			case err != nil:
				return err
			case inherited != nil:
				return serveInherited(cmd.Context(), cfg, inherited, cmd.ErrOrStderr())
			case cfg.Server.Supervise && supervise.Supported:
				return superviseServe(cmd.Context(), cfg, cmd.ErrOrStderr())
			}
			lns, err := listen(cfg)
			if err != nil {
				return err
			}
			return serve(cmd.Context(), cfg, lns, cmd.ErrOrStderr(), func() error { return nil })
		},
	}
	addSettingFlags(cmd)
	cmd.Flags().Bool(superviseFlag, config.Default().Server.Supervise, "run scripts in a process of its own, which is started again when it dies")
	return cmd
}

// serve runs a gateway until ctx ends. The listeners are closed at the end. ready is called
// when they are served.
func serve(ctx context.Context, cfg config.Config, lns listeners, stderr io.Writer, ready func() error) error {
	log := newLogger(cfg.Log, stderr)
	if os.Getenv("GOGC") == "" {
		// A gateway keeps little and makes much: with Go's default of 100 it would
		// collect tens of times a second under load, for some 2 to 5 µs of each
		// request. At 400 its heap may grow to five times what it keeps.
		debug.SetGCPercent(400)
	}
	node, err := newNode(ctx, cfg, limitMemory(cfg.Server.MaxMemoryBytes, log), log)
	if err != nil {
		lns.close()
		return err
	}
	if node.newKey != "" {
		fmt.Fprintf(stderr, "\nThe admin key, shown only now and kept in %s:\n\n    %s\n\n",
			filepath.Join(cfg.Server.Data, keyFile), node.newKey)
	}
	log.Info("serving", "endpoints", lns.endpoints.Addr().String(), "admin", lns.admin.Addr().String(), "version", buildVersion())
	return node.run(ctx, lns, ready)
}

// listeners are the sockets of a gateway. They are opened before anything else, so
// that a taken address is said at once.
type listeners struct {
	endpoints, admin net.Listener
}

func listen(cfg config.Config) (listeners, error) {
	endpoints, err := net.Listen("tcp", cfg.Server.Listen)
	if err != nil {
		return listeners{}, fmt.Errorf("listen for endpoints: %w (choose another address with --listen)", err)
	}
	admin, err := net.Listen("tcp", cfg.Admin.Listen)
	if err != nil {
		endpoints.Close()
		return listeners{}, fmt.Errorf("listen for the admin API: %w (choose another address with --admin-listen)", err)
	}
	return listeners{endpoints, admin}, nil
}

func (l listeners) close() {
	l.endpoints.Close()
	l.admin.Close()
}

// run serves until ctx ends or a part fails, then stops everything in reverse
// order within the shutdown timeout.
func (n *node) run(ctx context.Context, lns listeners, ready func() error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return n.trigger.Serve(lns.endpoints) })
	group.Go(func() error { return n.serveAdmin(lns.admin) })
	if n.scripts != nil {
		group.Go(func() error { return n.scripts.Run(ctx) })
	}
	group.Go(ready)
	<-ctx.Done()
	n.log.Info("stopping")
	deadline, cancel := context.WithTimeout(context.Background(), n.cfg.Server.ShutdownTimeout)
	defer cancel()
	err := n.stop(deadline)
	return errors.Join(group.Wait(), err)
}

func newLogger(cfg config.Log, w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(cfg.Level)) // Validate has seen to it
	opts := &slog.HandlerOptions{Level: level}
	if cfg.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}

// makeDataFolder makes the data folder, for its owner only.
func makeDataFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	return nil
}

package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"time"

	"gateway/internal/config"
	"gateway/internal/quarantine"
	"gateway/internal/supervise"
)

// stopMargin is how much longer than its shutdown timeout the server process may take to end
// before it is killed.
const stopMargin = 5 * time.Second

// superviseServe opens the sockets and has a process of its own serve them, which is started
// again when it dies. No script runs in this one.
func superviseServe(ctx context.Context, cfg config.Config, stderr io.Writer) error {
	lns, err := listen(cfg)
	if err != nil {
		return err
	}
	sockets, err := lns.files()
	if err != nil {
		return err
	}
	log := newLogger(cfg.Log, stderr)
	status, err := supervise.Run(ctx, supervise.Options{
		Args:        os.Args[1:],
		Sockets:     sockets,
		StopTimeout: cfg.Server.ShutdownTimeout + stopMargin,
		Died:        func(d supervise.Death) bool { return isolate(cfg.Server.Data, d.Crash, log) },
		Log:         log,
	})
	if err == nil && status != 0 {
		err = exitCode(status)
	}
	return err
}

// isolate puts the code that ended the server process into quarantine. It tells whether that
// helps: it does not where nobody knows which code it was, and not when code ends the process
// that should not even have been looked at.
func isolate(data string, crash supervise.Crash, log *slog.Logger) bool {
	entry, ok := quarantine.FromLabels(crash.Labels, crash.Reason, time.Now())
	if !ok {
		return false
	}
	list, err := quarantine.Open(data)
	if err != nil {
		log.Error("the quarantine begins anew", "error", err)
	}
	if entry, err = list.Add(entry); err != nil {
		log.Error("code that ended the server process cannot be put into quarantine", "endpoint", entry.Name, "error", err)
		return false
	}
	log.Error("code that ended the server process is in quarantine: save it anew or start it",
		"endpoint", entry.Name, "id", entry.Source, "version", entry.Version, "reason", entry.Reason)
	return entry.Times <= 2
}

// serveInherited serves the sockets that a supervisor hands over, until ctx ends. It does not
// outlive the supervisor.
func serveInherited(ctx context.Context, cfg config.Config, inherited *supervise.Inherited, stderr io.Writer) error {
	go endWith(inherited, stderr)
	var lns listeners
	for i, to := range lns.all() {
		ln, err := net.FileListener(inherited.Sockets[i])
		if err != nil {
			return fmt.Errorf("take over socket %d: %w", i, err)
		}
		if err := inherited.Sockets[i].Close(); err != nil { // ln has its own
			return err
		}
		*to = ln
	}
	return serve(ctx, cfg, lns, stderr, inherited.Ready)
}

// endWith ends the process when its supervisor has died.
func endWith(inherited *supervise.Inherited, stderr io.Writer) {
	<-inherited.Orphaned
	fmt.Fprintln(stderr, "gateway: the supervisor has died, and so ends the server")
	os.Exit(1)
}

// all are the places of the listeners, in the order in which they are handed over.
func (l *listeners) all() []*net.Listener { return []*net.Listener{&l.endpoints, &l.admin} }

// files gives the sockets of the listeners, which it closes.
func (l *listeners) files() ([]*os.File, error) {
	defer l.close()
	var files []*os.File
	for _, ln := range l.all() {
		f, err := (*ln).(*net.TCPListener).File()
		if err != nil {
			return nil, fmt.Errorf("hand over the socket of %s: %w", (*ln).Addr(), err)
		}
		files = append(files, f)
	}
	return files, nil
}

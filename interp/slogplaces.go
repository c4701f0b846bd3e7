package interp

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"

	"gateway/interp/internal/stack"
)

// Package log/slog keeps the program counter of a message in its record. In a program
// that shows sources the functions and methods that log are those below, and the
// counter is one of ours, which stands for the author's place. Handlers of the standard
// library cannot read it, so their ReplaceAttr fills in the source.

// slogLevels are the levels by the functions that log at them.
var slogLevels = map[string]slog.Level{
	"Debug": slog.LevelDebug, "Info": slog.LevelInfo, "Warn": slog.LevelWarn, "Error": slog.LevelError,
}

// slogFunction is the method of a logger that has this name, or the function of package
// slog for the default logger. nil where it logs nothing.
func (i *Instance) slogFunction(l func() *slog.Logger, name string) any {
	plain := func(level slog.Level) any {
		return func(msg string, args ...any) { i.slog(l(), nil, level, msg, args) }
	}
	inContext := func(level slog.Level) any {
		return func(ctx context.Context, msg string, args ...any) { i.slog(l(), ctx, level, msg, args) }
	}
	base, withContext := strings.CutSuffix(name, "Context")
	if level, ok := slogLevels[base]; ok {
		if withContext {
			return inContext(level)
		}
		return plain(level)
	}
	switch name {
	case "Log":
		return func(ctx context.Context, level slog.Level, msg string, args ...any) {
			i.slog(l(), ctx, level, msg, args)
		}
	case "LogAttrs":
		return func(ctx context.Context, level slog.Level, msg string, attrs ...slog.Attr) {
			args := make([]any, len(attrs))
			for k, a := range attrs {
				args[k] = a
			}
			i.slog(l(), ctx, level, msg, args)
		}
	}
	return nil
}

func (i *Instance) slog(l *slog.Logger, ctx context.Context, level slog.Level, msg string, args []any) {
	if ctx == nil {
		ctx = context.Background()
	}
	if !l.Enabled(ctx, level) {
		return
	}
	r := slog.NewRecord(time.Now(), level, msg, i.unwind.trace.pc(i.callers()[0]))
	r.Add(args...)
	_ = i.slogHandle(l.Handler(), ctx, r)
}

// slogHandle gives a record to a handler.
func (i *Instance) slogHandle(h slog.Handler, ctx context.Context, r slog.Record) error {
	defer i.logged.enter(r.PC)()
	return h.Handle(ctx, r)
}

// slogMethod is the method of that name where x is a logger or a handler of package
// slog, else nil.
func (i *Instance) slogMethod(x any, name string) any {
	switch x := x.(type) {
	case *slog.Logger:
		if x != nil {
			return i.slogFunction(func() *slog.Logger { return x }, name)
		}
	case *slog.TextHandler, *slog.JSONHandler:
		if name == "Handle" {
			return func(ctx context.Context, r slog.Record) error { return i.slogHandle(x.(slog.Handler), ctx, r) }
		}
	}
	return nil
}

// slogOptions are the options of a handler, which shows the places of the script.
func (i *Instance) slogOptions(opts *slog.HandlerOptions) *slog.HandlerOptions {
	if opts == nil || !opts.AddSource {
		return opts
	}
	own, replace := *opts, opts.ReplaceAttr
	own.ReplaceAttr = func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.SourceKey && len(groups) == 0 {
			if source, ok := a.Value.Any().(*slog.Source); ok && *source == (slog.Source{}) {
				if p := i.unwind.trace.place(i.logged.current()); p != nil {
					*source = slog.Source{Function: p.fn, File: p.file, Line: p.line}
				}
			}
		}
		if replace != nil {
			a = replace(groups, a)
		}
		return a
	}
	return &own
}

// slogNewHandler is the function of package slog that makes a handler.
func (i *Instance) slogNewHandler(name string) any {
	if name == "NewJSONHandler" {
		return func(w io.Writer, opts *slog.HandlerOptions) *slog.JSONHandler {
			return slog.NewJSONHandler(w, i.slogOptions(opts))
		}
	}
	return func(w io.Writer, opts *slog.HandlerOptions) *slog.TextHandler {
		return slog.NewTextHandler(w, i.slogOptions(opts))
	}
}

// loggedPlaces are the program counters of the records that are being handled, by
// goroutine.
type loggedPlaces struct {
	mu  sync.Mutex // guards pcs
	pcs map[uintptr]uintptr
}

// enter makes pc the current one of the goroutine until the function that it returns
// is called.
func (l *loggedPlaces) enter(pc uintptr) (leave func()) {
	id := stack.G()
	l.mu.Lock()
	defer l.mu.Unlock()
	outer, nested := l.pcs[id]
	if l.pcs == nil {
		l.pcs = map[uintptr]uintptr{}
	}
	l.pcs[id] = pc
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if nested {
			l.pcs[id] = outer
		} else {
			delete(l.pcs, id)
		}
	}
}

func (l *loggedPlaces) current() uintptr {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pcs[stack.G()]
}

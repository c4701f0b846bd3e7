package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"strings"
)

type secret string

func (secret) LogValue() slog.Value { return slog.StringValue("***") }

type user struct {
	ID   int
	Name string
}

func (u user) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("id", u.ID), slog.String("name", u.Name))
}

type countHandler struct {
	slog.Handler
	n *int
}

func (h countHandler) Handle(ctx context.Context, r slog.Record) error {
	*h.n++
	return h.Handler.Handle(ctx, r)
}

func main() {
	var buf bytes.Buffer
	opts := &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			return slog.Attr{}
		}
		return a
	}}
	n := 0
	l := slog.New(countHandler{slog.NewJSONHandler(&buf, opts), &n})
	l.Info("hello", "user", user{1, "ada"}, "password", secret("hunter2"), "err", errors.New("bad"))
	l.With("a", 1).WithGroup("g").Debug("grouped", slog.Group("h", "x", 2.5), "plain", struct{ X, y int }{1, 2})
	slog.New(slog.NewTextHandler(&buf, opts)).Warn("text mode", "k", "v w", "u", &user{2, "bo"})
	fmt.Print(buf.String(), n, "\n")
	fmt.Println(strings.Contains(buf.String(), "hunter2"))
	buf.Reset()
	std := log.New(&buf, "[app] ", log.Lmsgprefix)
	std.Printf("value %d", 7)
	std.Println("x", user{3, "c"})
	fmt.Print(buf.String())
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		std.Panicf("fail %d", 1)
	}()
}

// Output:
// {"level":"INFO","msg":"hello","user":{"id":1,"name":"ada"},"password":"***","err":"bad"}
// {"level":"DEBUG","msg":"grouped","a":1,"g":{"h":{"x":2.5},"plain":{"X":1}}}
// level=WARN msg="text mode" k="v w" u.id=2 u.name=bo
// 1
// false
// [app] value 7
// [app] x {3 c}
// recovered: fail 1

package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
)

type L struct{ n int }

func (l L) LogValue() slog.Value { return slog.IntValue(l.n) }

type h struct{ slog.Handler }

func (h h) Handle(ctx context.Context, r slog.Record) error {
	fmt.Println("H", r.Message, r.NumAttrs())
	return nil
}
func main() {
	l := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == "time" {
			return slog.Attr{}
		}
		return a
	}}))
	l.Info("hi", "a", 1, slog.Group("g", "b", 2))
	slog.New(h{slog.NewTextHandler(os.Stdout, nil)}).Warn("w", "x", 1)
}

// Output:
// level=INFO msg=hi a=1 g.b=2
// H w 1

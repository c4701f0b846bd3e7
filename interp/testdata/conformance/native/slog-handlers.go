package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"
)

type memory struct {
	lines *[]string
	attrs []slog.Attr
	group string
	level slog.Leveler
}

func (m *memory) Enabled(_ context.Context, l slog.Level) bool { return l >= m.level.Level() }

func (m *memory) Handle(ctx context.Context, r slog.Record) error {
	parts := []string{r.Level.String(), r.Message}
	add := func(a slog.Attr) bool {
		parts = append(parts, fmt.Sprintf("%s%s=%v(%v)", m.group, a.Key, a.Value.Resolve(), a.Value.Kind()))
		return true
	}
	for _, a := range m.attrs {
		add(a)
	}
	r.Attrs(add)
	if id := ctx.Value(requestKey{}); id != nil {
		parts = append(parts, fmt.Sprint("request=", id))
	}
	*m.lines = append(*m.lines, strings.Join(parts, " "))
	return nil
}

func (m *memory) WithAttrs(attrs []slog.Attr) slog.Handler {
	c := *m
	c.attrs = append(slices.Clone(m.attrs), attrs...)
	return &c
}

func (m *memory) WithGroup(name string) slog.Handler {
	c := *m
	c.group += name + "."
	return &c
}

type requestKey struct{}

type User struct {
	Name     string `json:"name"`
	Password string
}

func (u User) LogValue() slog.Value {
	return slog.GroupValue(slog.String("name", u.Name), slog.Int("len", len(u.Password)))
}

type secret string

func (secret) LogValue() slog.Value { return slog.StringValue("***") }

type point struct{ X, Y int }

func (p point) String() string { return fmt.Sprintf("(%d,%d)", p.X, p.Y) }

type fanout []slog.Handler

func (f fanout) Enabled(ctx context.Context, l slog.Level) bool {
	return slices.ContainsFunc(f, func(h slog.Handler) bool { return h.Enabled(ctx, l) })
}

func (f fanout) Handle(ctx context.Context, r slog.Record) (err error) {
	for _, h := range f {
		if h.Enabled(ctx, r.Level) {
			err = errors.Join(err, h.Handle(ctx, r.Clone()))
		}
	}
	return err
}

func (f fanout) WithAttrs(attrs []slog.Attr) slog.Handler {
	out := make(fanout, len(f))
	for i, h := range f {
		out[i] = h.WithAttrs(attrs)
	}
	return out
}

func (f fanout) WithGroup(name string) slog.Handler {
	out := make(fanout, len(f))
	for i, h := range f {
		out[i] = h.WithGroup(name)
	}
	return out
}

func noTime(groups []string, a slog.Attr) slog.Attr {
	switch {
	case a.Key == slog.TimeKey && len(groups) == 0:
		return slog.Attr{}
	case a.Key == slog.LevelKey:
		return slog.String("lvl", strings.ToLower(a.Value.String()[:1]))
	}
	return a
}

func main() {
	var lines []string
	level := new(slog.LevelVar)
	mem := &memory{lines: &lines, level: level}
	opts := &slog.HandlerOptions{ReplaceAttr: noTime, Level: slog.LevelInfo}
	logger := slog.New(fanout{mem, slog.NewTextHandler(os.Stdout, opts), slog.NewJSONHandler(os.Stdout, opts)})
	ctx := context.WithValue(context.Background(), requestKey{}, 7)
	logger.Info("login", "user", User{"ann", "pw123"}, "key", secret("k"), "at", point{1, 2})
	sub := logger.With("svc", "api").WithGroup("req").With(slog.Duration("took", 1500*time.Millisecond))
	sub.WarnContext(ctx, "slow request", slog.Group("url", "path", "/a b", "q", []string{"x"}), "err", errors.New("late"))
	logger.Debug("hidden at info", "n", 1)
	level.Set(slog.LevelDebug)
	logger.Debug("only in memory", "n", 1.5, "nil", nil, "odd")
	level.Set(slog.LevelError + 2)
	logger.Error("not in memory", "struct", struct{ A, b int }{1, 2}, "ptr", (*point)(nil) == nil)
	logger.LogAttrs(ctx, slog.Level(11), "custom", slog.Any("v", map[string]any{"k": point{3, 4}}), slog.Bool("ok", true))
	for _, l := range lines {
		fmt.Println(l)
	}
	fmt.Println(logger.Enabled(ctx, slog.LevelDebug), slog.Level(6), slog.LevelInfo-1, slog.AnyValue(secret("x")).Resolve())
}

// Output:
// lvl=i msg=login user.name=ann user.len=5 key=*** at=(1,2)
// {"lvl":"i","msg":"login","user":{"name":"ann","len":5},"key":"***","at":{"X":1,"Y":2}}
// lvl=w msg="slow request" svc=api req.took=1.5s req.url.path="/a b" req.url.q=[x] req.err=late
// {"lvl":"w","msg":"slow request","svc":"api","req":{"took":1500000000,"url":{"path":"/a b","q":["x"]},"err":"late"}}
// lvl=e msg="not in memory" struct="{A:1 b:2}" ptr=true
// {"lvl":"e","msg":"not in memory","struct":{"A":1},"ptr":true}
// lvl=e msg=custom v=map[k:(3,4)] ok=true
// {"lvl":"e","msg":"custom","v":{"k":{"X":3,"Y":4}},"ok":true}
// INFO login user=[name=ann len=5](LogValuer) key=***(LogValuer) at=(1,2)(Any)
// WARN slow request req.svc=api(String) req.took=1.5s(Duration) req.url=[path=/a b q=[x]](Group) req.err=late(Any) request=7
// DEBUG only in memory n=1.5(Float64) nil=<nil>(Any) !BADKEY=odd(String)
// ERROR+3 custom v=map[k:(3,4)](Any) ok=true(Bool) request=7
// false WARN+2 DEBUG+3 ***

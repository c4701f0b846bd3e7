package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"
)

type service struct {
	*log.Logger
	name string
}

func (s service) run() {
	s.Println("running", s.name)
	s.Printf("%d of %d",
		1,
		2)
}

type printer interface{ Println(v ...any) }

type counted struct{ asked int }

func (c *counted) String() string { c.asked++; return "counted" }

// helper logs for its caller.
func helper(l *log.Logger, s string) { l.Output(2, s) }

func recovered(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func lines(l *log.Logger) {
	l.Print("print ", 1, 2, "x")
	l.Println()
	l.Print("")
	l.Print("ends\n")
	args := []any{"a", nil, errors.New("b")}
	l.Println(args...)
	l.Printf("%v %v %v", args...)
	helper(l, "for the caller")
	f, g := l.Printf, (*log.Logger).Println
	f("%s", "value")
	g(l, "expression")
	defer l.Println("deferred")
	func() { l.Println("in a literal") }()
	for i := range 2 {
		l.Println("loop", i)
	}
	recovered(func() { l.Panicf("panic %d", 1) })
	recovered(func() { l.Panicln("panic", 2) })
	recovered(func() {
		l.Panic("panic", 3)
	})
	service{l, "api"}.run()
	var p printer = l
	p.Println("interface")
	p = service{l, "embedded"}
	p.Println("promoted")
	slices.SortFunc([]int{2, 1}, func(a, b int) int { l.Println("compare", a, b); return a - b })
	var wg sync.WaitGroup
	wg.Go(func() { l.Println("goroutine") })
	wg.Wait()
}

func logs() {
	for _, flags := range []int{log.Lshortfile, log.Lshortfile | log.Lmsgprefix, log.Lmsgprefix, 0} {
		lines(log.New(os.Stdout, "prefix: ", flags))
	}
	var b bytes.Buffer
	l := log.New(&b, "", log.LstdFlags|log.Lshortfile|log.LUTC|log.Lmicroseconds)
	l.SetPrefix("p ")
	l.Println("with the time")
	var date, clock string
	fmt.Sscanf(b.String(), "p %s %s", &date, &clock)
	_, err := time.Parse("2006/01/02 15:04:05.000000", date+" "+clock)
	fmt.Println(err, b.String()[len("p ")+len(date)+1+len(clock):], l.Flags(), l.Prefix())
	b.Reset()
	l.SetFlags(log.Llongfile)
	l.Println("long")
	fmt.Println(filepath.Base(b.String()))

	c := &counted{}
	l.SetOutput(io.Discard)
	l.Println(c)
	fmt.Println(c.asked)
	log.SetOutput(os.Stdout)
	log.SetFlags(log.Lshortfile)
	log.Println("standard", c)
	log.Output(1, "output")
	f := log.Print
	f("function value")
	defer log.Println("deferred")
	recovered(func() { log.Panicf("%d", 7) })
}

func withoutTime(_ []string, a slog.Attr) slog.Attr {
	switch v := a.Value.Any().(type) {
	case time.Time:
		return slog.Attr{}
	case *slog.Source:
		v.File = filepath.Base(v.File)
	}
	return a
}

// later hands records to a handler in another goroutine.
type later struct{ slog.Handler }

func (h later) Handle(ctx context.Context, r slog.Record) error {
	done := make(chan error)
	go func() { done <- h.Handler.Handle(ctx, r) }()
	return <-done
}

// sourced tells the source itself.
type sourced struct{ slog.Handler }

func (h sourced) Handle(ctx context.Context, r slog.Record) error {
	f, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
	fmt.Println("handler", f.Function, filepath.Base(f.File), f.Line)
	return h.Handler.Handle(ctx, r)
}

func infof(h slog.Handler, format string, args ...any) {
	var pcs [1]uintptr
	runtime.Callers(2, pcs[:])
	r := slog.NewRecord(time.Time{}, slog.LevelInfo, fmt.Sprintf(format, args...), pcs[0])
	h.Handle(context.Background(), r)
}

func slogs() {
	opts := &slog.HandlerOptions{AddSource: true, ReplaceAttr: withoutTime, Level: slog.LevelDebug}
	for _, h := range []slog.Handler{
		slog.NewTextHandler(os.Stdout, opts), slog.NewJSONHandler(os.Stdout, opts),
		later{slog.NewTextHandler(os.Stdout, opts)}, sourced{slog.NewTextHandler(os.Stdout, opts)},
	} {
		l := slog.New(h)
		l.Debug("debug")
		l.Info("info", "n", 1, slog.String("s", "x"))
		l.WarnContext(context.Background(), "warn", "odd")
		l.With("id", 7).WithGroup("g").Error("error",
			"err", io.EOF)
		l.Log(context.Background(), slog.LevelInfo+1, "log")
		l.LogAttrs(context.Background(), slog.LevelInfo, "attrs", slog.Int("a", 1))
		infof(h, "wrapped %d", 3)
	}
	quiet := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: withoutTime}))
	quiet.Debug("not shown")
	quiet.Info("no source")
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stdout, opts)))
	slog.Info("default", "a", 1)
	slog.ErrorContext(context.Background(), "default")
}

func main() {
	logs()
	slogs()
	defer fmt.Println("not reached")
	log.New(os.Stdout, "fatal: ", log.Lshortfile).Fatalf("%d", 1)
}

// Exit status: 1

// Output:
// prefix: log-places.go:46: print 1 2x
// prefix: log-places.go:47:
// prefix: log-places.go:48:
// prefix: log-places.go:49: ends
// prefix: log-places.go:51: a <nil> b
// prefix: log-places.go:52: a <nil> b
// prefix: log-places.go:53: for the caller
// prefix: log-places.go:55: value
// prefix: log-places.go:56: expression
// prefix: log-places.go:58: in a literal
// prefix: log-places.go:60: loop 0
// prefix: log-places.go:60: loop 1
// prefix: log-places.go:62: panic 1
// recovered: panic 1
// prefix: log-places.go:63: panic 2
// recovered: panic 2
//
// prefix: log-places.go:65: panic3
// recovered: panic3
// prefix: log-places.go:25: running api
// prefix: log-places.go:26: 1 of 2
// prefix: log-places.go:69: interface
// prefix: log-places.go:71: promoted
// prefix: log-places.go:72: compare 1 2
// prefix: log-places.go:74: goroutine
// prefix: log-places.go:76: deferred
// log-places.go:46: prefix: print 1 2x
// log-places.go:47: prefix:
// log-places.go:48: prefix:
// log-places.go:49: prefix: ends
// log-places.go:51: prefix: a <nil> b
// log-places.go:52: prefix: a <nil> b
// log-places.go:53: prefix: for the caller
// log-places.go:55: prefix: value
// log-places.go:56: prefix: expression
// log-places.go:58: prefix: in a literal
// log-places.go:60: prefix: loop 0
// log-places.go:60: prefix: loop 1
// log-places.go:62: prefix: panic 1
// recovered: panic 1
// log-places.go:63: prefix: panic 2
// recovered: panic 2
//
// log-places.go:65: prefix: panic3
// recovered: panic3
// log-places.go:25: prefix: running api
// log-places.go:26: prefix: 1 of 2
// log-places.go:69: prefix: interface
// log-places.go:71: prefix: promoted
// log-places.go:72: prefix: compare 1 2
// log-places.go:74: prefix: goroutine
// log-places.go:76: prefix: deferred
// prefix: print 1 2x
// prefix:
// prefix:
// prefix: ends
// prefix: a <nil> b
// prefix: a <nil> b
// prefix: for the caller
// prefix: value
// prefix: expression
// prefix: in a literal
// prefix: loop 0
// prefix: loop 1
// prefix: panic 1
// recovered: panic 1
// prefix: panic 2
// recovered: panic 2
//
// prefix: panic3
// recovered: panic3
// prefix: running api
// prefix: 1 of 2
// prefix: interface
// prefix: promoted
// prefix: compare 1 2
// prefix: goroutine
// prefix: deferred
// prefix: print 1 2x
// prefix:
// prefix:
// prefix: ends
// prefix: a <nil> b
// prefix: a <nil> b
// prefix: for the caller
// prefix: value
// prefix: expression
// prefix: in a literal
// prefix: loop 0
// prefix: loop 1
// prefix: panic 1
// recovered: panic 1
// prefix: panic 2
// recovered: panic 2
//
// prefix: panic3
// recovered: panic3
// prefix: running api
// prefix: 1 of 2
// prefix: interface
// prefix: promoted
// prefix: compare 1 2
// prefix: goroutine
// prefix: deferred
// <nil>  log-places.go:85: with the time
//  55 p
// log-places.go:92: long
//
// 0
// log-places.go:101: standard counted
// log-places.go:102: output
// log-places.go:104: function value
// log-places.go:106: 7
// recovered: 7
// log-places.go:107: deferred
// level=DEBUG source=log-places.go:151 msg=debug
// level=INFO source=log-places.go:152 msg=info n=1 s=x
// level=WARN source=log-places.go:153 msg=warn !BADKEY=odd
// level=ERROR source=log-places.go:154 msg=error id=7 g.err=EOF
// level=INFO+1 source=log-places.go:156 msg=log
// level=INFO source=log-places.go:157 msg=attrs a=1
// level=INFO source=log-places.go:158 msg="wrapped 3"
// {"level":"DEBUG","source":{"function":"main.slogs","file":"log-places.go","line":151},"msg":"debug"}
// {"level":"INFO","source":{"function":"main.slogs","file":"log-places.go","line":152},"msg":"info","n":1,"s":"x"}
// {"level":"WARN","source":{"function":"main.slogs","file":"log-places.go","line":153},"msg":"warn","!BADKEY":"odd"}
// {"level":"ERROR","source":{"function":"main.slogs","file":"log-places.go","line":154},"msg":"error","id":7,"g":{"err":"EOF"}}
// {"level":"INFO+1","source":{"function":"main.slogs","file":"log-places.go","line":156},"msg":"log"}
// {"level":"INFO","source":{"function":"main.slogs","file":"log-places.go","line":157},"msg":"attrs","a":1}
// {"level":"INFO","source":{"function":"main.slogs","file":"log-places.go","line":158},"msg":"wrapped 3"}
// level=DEBUG source=log-places.go:151 msg=debug
// level=INFO source=log-places.go:152 msg=info n=1 s=x
// level=WARN source=log-places.go:153 msg=warn !BADKEY=odd
// level=ERROR source=log-places.go:154 msg=error id=7 g.err=EOF
// level=INFO+1 source=log-places.go:156 msg=log
// level=INFO source=log-places.go:157 msg=attrs a=1
// level=INFO source=log-places.go:158 msg="wrapped 3"
// handler main.slogs log-places.go 151
// level=DEBUG source=log-places.go:151 msg=debug
// handler main.slogs log-places.go 152
// level=INFO source=log-places.go:152 msg=info n=1 s=x
// handler main.slogs log-places.go 153
// level=WARN source=log-places.go:153 msg=warn !BADKEY=odd
// level=ERROR source=log-places.go:154 msg=error id=7 g.err=EOF
// handler main.slogs log-places.go 156
// level=INFO+1 source=log-places.go:156 msg=log
// handler main.slogs log-places.go 157
// level=INFO source=log-places.go:157 msg=attrs a=1
// handler main.slogs log-places.go 158
// level=INFO source=log-places.go:158 msg="wrapped 3"
// level=INFO msg="no source"
// level=INFO source=log-places.go:164 msg=default a=1
// level=ERROR source=log-places.go:165 msg=default
// fatal: log-places.go:172: 1

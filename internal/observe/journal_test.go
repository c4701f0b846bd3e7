package observe_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"gateway/internal/observe"
)

func messages(records []observe.Record) string {
	var list []string
	for _, r := range records {
		list = append(list, r.Message)
	}
	return strings.Join(list, " ")
}

func TestALogKeepsTheLastRecords(t *testing.T) {
	o := observe.New(observe.Options{Keep: 20})
	e := o.Endpoint("id", "e")
	for i := range 57 {
		e.Event(slog.LevelInfo, fmt.Sprint(i))
	}
	if got := messages(e.Recent(3)); got != "54 55 56" {
		t.Errorf("last three: %s", got)
	}
	all := e.Recent(-1)
	if len(all) != 20 || all[0].Message != "37" || all[0].Seq != 38 || all[19].Seq != 57 {
		t.Errorf("all: %d records from %q", len(all), all[0].Message)
	}
	if len(e.Recent(0)) != 0 {
		t.Error("Recent(0) gave records")
	}
}

func TestALogIsBoundedInBytes(t *testing.T) {
	o := observe.New(observe.Options{Keep: 1000, KeepBytes: 10_000})
	e := o.Endpoint("id", "e")
	for range 100 {
		e.Event(slog.LevelInfo, strings.Repeat("x", 1000))
	}
	if n := len(e.Recent(-1)); n < 5 || n > 9 {
		t.Errorf("%d records of a kilobyte in ten kilobytes", n)
	}
}

func TestLogsShareABudget(t *testing.T) {
	o := observe.New(observe.Options{Keep: 1000, KeepTotal: 50_000})
	total := 0
	for i := range 5 {
		e := o.Endpoint(fmt.Sprint(i), "e")
		for range 100 {
			e.Event(slog.LevelInfo, strings.Repeat("x", 800))
		}
		n := len(e.Recent(-1))
		if n < 16 {
			t.Errorf("log %d has %d records, want at least 16", i, n)
		}
		total += n
	}
	if total > 50+5*16 {
		t.Errorf("%d records of a kilobyte in fifty kilobytes", total)
	}
	for i := range 5 {
		o.Remove(fmt.Sprint(i))
	}
	e := o.Endpoint("new", "e")
	for range 100 {
		e.Event(slog.LevelInfo, strings.Repeat("x", 800))
	}
	if n := len(e.Recent(-1)); n < 40 {
		t.Errorf("removed logs gave nothing back: the next one has %d records", n)
	}
}

func TestARecordOfARequestSaysEverything(t *testing.T) {
	e := observe.New(observe.Options{}).Endpoint("id", "e")
	e.Begin()
	e.End(request("/pets/7", 502, 1500*time.Microsecond))
	r := e.Recent(1)[0]
	if r.Message != "GET /pets/7 502 1.5ms" || r.Level != slog.LevelWarn || r.RequestID != "r-1" || r.Kind != observe.KindRequest {
		t.Errorf("record: %+v", r)
	}
	got, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `"level":"warn","kind":"request","message":"GET /pets/7 502 1.5ms","request_id":"r-1","request":{"method":"GET",` +
		`"path":"/pets/7","status":502,"duration_ms":1.5,"client_ip":"192.0.2.7","bytes_in":10,"bytes_out":20}}`
	if !strings.HasSuffix(string(got), want) {
		t.Errorf("got  %s\nwant …%s", got, want)
	}
}

// stringer panics unless it has a text.
type stringer struct{ text *string }

func (s stringer) String() string { return *s.text }

func TestScriptRecordsHoldCopies(t *testing.T) {
	var out bytes.Buffer
	o := observe.New(observe.Options{Log: slog.New(slog.NewTextHandler(&out, nil))})
	e := o.Endpoint("id", "e")
	list := []int{1, 2}
	loop := map[string]any{}
	loop["self"] = loop
	log := e.Logger().With("request_id", "r-9", "a", 1).WithGroup("g").With("b", true)
	log.Warn("hello", "list", list, "loop", loop, "bad", stringer{}, "err", errors.New("broken"),
		slog.Group("in", "d", time.Second, "nan", math.NaN()), "nothing", nil)
	list[0] = 99

	r := e.Recent(1)[0]
	if r.Kind != observe.KindScript || r.RequestID != "r-9" || r.Level != slog.LevelWarn {
		t.Errorf("record: %+v", r)
	}
	line := r.String()
	for _, want := range []string{" WARN  hello a=1 g.b=true g.list=[1,2] ", "g.loop=", "encountered a cycle", "g.bad=!PANIC", "g.err=broken",
		"g.in.d=1s g.in.nan=NaN", "g.nothing=<nil>", "request_id=r-9"} {
		if !strings.Contains(line, want) {
			t.Errorf("missing %q in %s", want, line)
		}
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
	for _, want := range []string{`msg=hello`, `endpoint=e`, `kind=script`, `request_id=r-9`, `g.err=broken`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("missing %q in the gateway's log: %s", want, &out)
		}
	}
}

func TestScriptRecordsAreBounded(t *testing.T) {
	e := observe.New(observe.Options{ScriptLevel: slog.LevelInfo}).Endpoint("id", "e")
	e.Logger().Debug("below the level")
	var args []any
	for i := range 100 {
		args = append(args, fmt.Sprint("k", i), strings.Repeat("é", 10_000))
	}
	e.Logger().Info(strings.Repeat("m", 100_000), args...)
	records := e.Recent(-1)
	if len(records) != 1 {
		t.Fatalf("%d records", len(records))
	}
	if r := records[0]; len(r.Message) > 8300 || len(r.Attrs) != 32 || len(r.Attrs[0].Value.String()) > 4200 {
		t.Errorf("message of %d bytes, %d attributes, the first of %d bytes", len(r.Message), len(r.Attrs), len(r.Attrs[0].Value.String()))
	}
}

func TestOutputBecomesLines(t *testing.T) {
	e := observe.New(observe.Options{}).Endpoint("id", "e")
	w := e.Output(slog.LevelInfo)
	for _, text := range []string{"on", "e\ntwo\r\n", "\n", "thr", "ee", strings.Repeat("x", 100_000)} {
		if n, err := w.Write([]byte(text)); n != len(text) || err != nil {
			t.Fatal(n, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	records := e.Recent(-1)
	if got := messages(records[:3]); got != "one two " {
		t.Errorf("lines: %q", got)
	}
	if last := records[len(records)-1].Message; !strings.HasPrefix(last, "threexxx") || len(last) > 8300 {
		t.Errorf("last line of %d bytes: %.20s", len(last), last)
	}
	if len(records) != 4 || records[0].Kind != observe.KindOutput {
		t.Errorf("%d records", len(records))
	}
}

func TestFollowersGetEverythingOnce(t *testing.T) {
	e := observe.New(observe.Options{}).Endpoint("id", "e")
	e.Event(slog.LevelInfo, "1")
	e.Event(slog.LevelInfo, "2")
	s, err := e.Follow(1)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	e.Event(slog.LevelInfo, "3")
	for _, want := range []string{"2", "3"} {
		r, lost, err := s.Next(t.Context())
		if err != nil || lost != 0 || r.Message != want {
			t.Fatalf("got %q, %d lost, %v", r.Message, lost, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of ctx: %v", err)
	}
}

func TestASlowFollowerIsToldWhatItLost(t *testing.T) {
	o := observe.New(observe.Options{Keep: 5})
	e := o.Endpoint("id", "e")
	e.Event(slog.LevelInfo, "0")
	s, err := e.Follow(0)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const written = 1000
	for i := range written {
		e.Event(slog.LevelInfo, fmt.Sprint(i))
	}
	got, lost := 0, uint64(0)
	for range 100 { // makes room, so that what comes next is queued
		_, n, err := s.Next(t.Context())
		if err != nil || n != 0 {
			t.Fatalf("%d lost, %v", n, err)
		}
		got++
	}
	e.Event(slog.LevelInfo, "last")
	for {
		r, n, err := s.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got++
		lost += n
		if r.Message == "last" {
			break
		}
	}
	if lost == 0 || uint64(got)+lost != written+1 {
		t.Errorf("got %d and lost %d of %d", got, lost, written+1)
	}
}

func TestFollowersAreBoundedAndEndWithTheLog(t *testing.T) {
	o := observe.New(observe.Options{})
	e := o.Endpoint("id", "e")
	var subs []*observe.Subscription
	for {
		s, err := e.Follow(0)
		if errors.Is(err, observe.ErrTooManyFollowers) {
			break
		}
		if err != nil || len(subs) > 1000 {
			t.Fatal(len(subs), err)
		}
		subs = append(subs, s)
	}
	subs[0].Close()
	subs[0].Close()
	if _, err := e.Follow(0); err != nil {
		t.Errorf("after one left: %v", err)
	}
	o.Close()
	if _, _, err := subs[1].Next(t.Context()); !errors.Is(err, observe.ErrEnded) {
		t.Errorf("after Close: %v", err)
	}
	subs[1].Close()
	if _, err := e.Follow(0); !errors.Is(err, observe.ErrEnded) {
		t.Errorf("follow after Close: %v", err)
	}
	if _, err := o.Endpoint("late", "late").Follow(0); !errors.Is(err, observe.ErrEnded) {
		t.Errorf("follow a new log after Close: %v", err)
	}
}

func BenchmarkEnd(b *testing.B) {
	e := observe.New(observe.Options{}).Endpoint("id", "e")
	r := request("/hello", 200, 123*time.Microsecond)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			e.Begin()
			e.End(r)
		}
	})
}

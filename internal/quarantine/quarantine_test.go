package quarantine_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"gateway/internal/quarantine"
)

var at = time.Date(2026, 11, 29, 12, 0, 0, 500, time.UTC)

func open(t *testing.T, dir string) *quarantine.List {
	t.Helper()
	l, err := quarantine.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestListIsKept(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	entry := quarantine.Entry{Source: "e1", Name: "first", Version: "3", Reason: "fatal error: concurrent map writes", At: at}
	add := func(e quarantine.Entry, times int) {
		t.Helper()
		if got, err := l.Add(e); err != nil || got.Times != times {
			t.Errorf("Add(%v) = %v, %v; want %d times", e, got, err, times)
		}
	}
	add(entry, 1)
	add(entry, 2)
	add(quarantine.Entry{Source: "script:a.go", Version: "abc", Reason: "panic: x", At: at}, 1)

	l = open(t, dir)
	if got := l.Find("e1"); len(got) != 1 || got[0].Name != "first" || got[0].Error() != "it ended the process at 2026-11-29T12:00:00Z: fatal error: concurrent map writes" {
		t.Errorf("Find = %v", got)
	}
	if got := l.Find("e2"); len(got) != 0 {
		t.Errorf("another source is in quarantine: %v", got)
	}
	entry.Version = "4"
	add(entry, 1)
	if got := l.Find("e1"); len(got) != 2 || got[0].Times != 2 || got[1].Times != 1 {
		t.Errorf("Find = %v", got)
	}
	for range 2 {
		if err := l.Lift("e1"); err != nil {
			t.Error(err)
		}
	}
	if got := open(t, dir).Entries(); len(got) != 1 || got[0].Source != "script:a.go" {
		t.Errorf("entries %v", got)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
	if info, err := os.Stat(filepath.Join(dir, quarantine.FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestAFileThatIsNotAList(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, quarantine.FileName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := quarantine.Open(dir)
	if err == nil || !strings.Contains(err.Error(), quarantine.FileName) {
		t.Errorf("got %v", err)
	}
	if _, err := l.Add(quarantine.Entry{Source: "e1", Version: "1"}); err != nil {
		t.Error(err)
	}
	if len(open(t, dir).Find("e1")) != 1 {
		t.Error("not kept")
	}
}

func TestTheZeroListIsKeptNowhere(t *testing.T) {
	var l quarantine.List
	if _, err := l.Add(quarantine.Entry{Source: "e1", Version: "1"}); err != nil {
		t.Error(err)
	}
	if len(l.Find("e1")) != 1 {
		t.Error("not found")
	}
	if err := l.Lift("e1"); err != nil || len(l.Entries()) != 0 {
		t.Error("not lifted:", err)
	}
}

func TestLabels(t *testing.T) {
	labels := map[string]string{}
	ctx := pprof.WithLabels(context.Background(), quarantine.Labels("e1", "first", "3"))
	pprof.ForLabels(ctx, func(k, v string) bool { labels[k] = v; return true })
	got, ok := quarantine.FromLabels(labels, "panic: x", at)
	if want := (quarantine.Entry{Source: "e1", Name: "first", Version: "3", Reason: "panic: x", At: at.Truncate(time.Second)}); !ok || got != want {
		t.Errorf("got %v, %v, want %v", got, ok, want)
	}
	for _, other := range []map[string]string{nil, {"source": "e1"}, {"version": "3"}} {
		if _, ok := quarantine.FromLabels(other, "panic: x", at); ok {
			t.Errorf("%v make an entry", other)
		}
	}
}

package scriptdir_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"gateway/internal/catalog"
	"gateway/internal/modules"
	"gateway/internal/scriptdir"
	"gateway/interp/check"
)

// server records what it is asked to serve.
type server struct {
	calls  chan string // buffered beyond what any test makes
	refuse string      // code that contains this is refused
	freed  chan struct{}

	mu    sync.Mutex // guards taken
	taken string     // code that contains this has a route that is taken
}

// noModules has no modules.
type noModules struct{}

func (noModules) Resolve(_ context.Context, src check.Source, _ modules.Requirements) (check.Source, error) {
	return src, nil
}

func newServer() *server {
	return &server{calls: make(chan string, 100), freed: make(chan struct{}, 1)}
}

func (s *server) RoutesFreed() <-chan struct{} { return s.freed }

// take sets what code has a route that is taken.
func (s *server) take(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken = code
}

func (s *server) isTaken(code string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken != "" && strings.Contains(code, s.taken)
}

func (s *server) ServeScripts(_ context.Context, scripts []check.Source) error {
	var names []string
	for _, src := range scripts {
		var code []string
		for _, f := range src.Files {
			code = append(code, strings.TrimSpace(strings.TrimPrefix(f.Code, "package x\n")))
		}
		names = append(names, src.Name+"("+strings.Join(code, "+")+")")
		if s.refuse != "" && strings.Contains(code[0], s.refuse) {
			s.calls <- "refuse " + src.Name
			return errors.New("refused")
		}
		if s.isTaken(code[0]) {
			s.calls <- "conflict " + src.Name
			return fmt.Errorf("script %s: %w", src.Name, &catalog.Error{Code: catalog.CodeAlreadyExists, Message: "route is taken"})
		}
	}
	s.calls <- "serve " + strings.Join(names, " ")
	return nil
}

func (s *server) RemoveScript(_ context.Context, name string) error {
	s.calls <- "remove " + name
	return nil
}

// made gives the calls made so far.
func (s *server) made() []string {
	var calls []string
	for {
		select {
		case c := <-s.calls:
			calls = append(calls, c)
		default:
			return calls
		}
	}
}

func TestSyncServesWhatChanged(t *testing.T) {
	dir, srv := t.TempDir(), newServer()
	loader, err := scriptdir.New(dir, srv, noModules{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		name   string
		change func()
		want   []string
	}{
		{"empty folder", func() {}, nil},
		{"files and folders", func() {
			write(t, dir, "a.go", "A")
			write(t, dir, "pets/list.go", "List")
			write(t, dir, "pets/get.go", "Get")
			write(t, dir, "pets/deep/x.go", "X")
		}, []string{"serve a.go(A)", "serve pets(Get+List)", "serve pets/deep(X)"}},
		{"what is not a script", func() {
			write(t, dir, "a_test.go", "no")
			write(t, dir, ".hidden.go", "no")
			write(t, dir, "_off.go", "no")
			write(t, dir, "testdata/x.go", "no")
			write(t, dir, ".git/x.go", "no")
			write(t, dir, "notes.txt", "no")
		}, nil},
		{"nothing", func() {}, nil},
		{"the same content again", func() { write(t, dir, "a.go", "A") }, nil},
		{"an edit", func() { write(t, dir, "a.go", "A2") }, []string{"serve a.go(A2)"}},
		{"an edit of one file of a folder", func() { write(t, dir, "pets/get.go", "Get2") }, []string{"serve pets(Get2+List)"}},
		{"a deleted file of a folder", func() { remove(t, dir, "pets/list.go") }, []string{"serve pets(Get2)"}},
		{"a rename", func() {
			if err := os.Rename(filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")); err != nil {
				t.Fatal(err)
			}
		}, []string{"remove a.go", "serve b.go(A2)"}},
		{"a deleted folder", func() { remove(t, dir, "pets") }, []string{"remove pets", "remove pets/deep"}},
	}
	for _, step := range steps {
		step.change()
		if err := loader.Sync(t.Context()); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if got := srv.made(); !slices.Equal(got, step.want) {
			t.Errorf("%s: got %q, want %q", step.name, got, step.want)
		}
	}
}

func TestARefusedScriptIsTriedAgainOnlyWhenItChanges(t *testing.T) {
	dir, srv := t.TempDir(), newServer()
	srv.refuse = "broken"
	loader, err := scriptdir.New(dir, srv, noModules{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ code, want string }{
		{"good", "serve a.go(good)"},
		{"broken", "refuse a.go"},
		{"broken", ""},
		{"good", "serve a.go(good)"},
	} {
		write(t, dir, "a.go", step.code)
		if err := loader.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(srv.made(), ","); got != step.want {
			t.Errorf("after %q: got %q, want %q", step.code, got, step.want)
		}
	}
}

func TestALibraryReplacesItsImportersTogether(t *testing.T) {
	dir, srv := t.TempDir(), newServer()
	loader, err := scriptdir.New(dir, srv, noModules{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "lib/money/money.go", "M")
	write(t, dir, "lib/tax/tax.go", "\nimport \"lib/money\"\n")
	write(t, dir, "a.go", "\nimport \"lib/money\"\n")
	write(t, dir, "b.go", "\nimport _ \"lib/tax\"\n")
	write(t, dir, "c.go", "C")
	if err := loader.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	srv.made()

	sources, err := scriptdir.Scan(dir)
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string][]string{}
	for _, src := range sources {
		for p := range src.Packages {
			packages[src.Name] = append(packages[src.Name], p)
		}
		slices.Sort(packages[src.Name])
	}
	want := map[string][]string{"a.go": {"lib/money"}, "b.go": {"lib/money", "lib/tax"}}
	if !reflect.DeepEqual(packages, want) {
		t.Errorf("packages = %v, want %v", packages, want)
	}

	write(t, dir, "lib/money/money.go", "M2")
	if err := loader.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	calls := srv.made()
	if len(calls) != 1 || !strings.Contains(calls[0], "a.go(") || !strings.Contains(calls[0], "b.go(") || strings.Contains(calls[0], "c.go(") {
		t.Errorf("a changed library gave the calls %q, want one for a.go and b.go", calls)
	}
}

func TestRunFollowsTheFolder(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir, srv := t.TempDir(), newServer()
	write(t, dir, "early.go", "E")
	loader, err := scriptdir.New(dir, srv, noModules{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- loader.Run(ctx) }()
	next := func(want string) {
		t.Helper()
		if got := <-srv.calls; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	next("serve early.go(E)")

	write(t, dir, "new/one.go", "1")
	next("serve new(1)")
	write(t, dir, "new/one.go", "2")
	next("serve new(2)")

	// An editor that writes beside the file and renames over it.
	write(t, dir, "early.go~", "E2")
	if err := os.Rename(filepath.Join(dir, "early.go~"), filepath.Join(dir, "early.go")); err != nil {
		t.Fatal(err)
	}
	next("serve early.go(E2)")

	remove(t, dir, "early.go")
	next("remove early.go")

	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestNewNeedsAFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "file.go", "x")
	for _, path := range []string{filepath.Join(dir, "missing"), filepath.Join(dir, "file.go")} {
		if _, err := scriptdir.New(path, newServer(), noModules{}, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("New(%s) does not fail", path)
		}
	}
}

func write(t *testing.T, dir, name, code string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	// Renamed into place, so that no reader sees half of it.
	if err := os.WriteFile(path+".tmp", []byte("package x\n"+code), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// TestRunRetriesWhenRoutesAreFreed serves a script when the route that it wants is given
// up, and does not ask again for others.
func TestRunRetriesWhenRoutesAreFreed(t *testing.T) {
	dir, srv := t.TempDir(), newServer()
	srv.refuse = "bad"
	write(t, dir, "a.go", "A")
	write(t, dir, "b.go", "B")
	write(t, dir, "c.go", "bad")
	srv.take("B")
	loader, err := scriptdir.New(dir, srv, noModules{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := loader.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := srv.made(), []string{"serve a.go(A)", "conflict b.go", "refuse c.go"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- loader.Run(ctx) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	srv.freed <- struct{}{} // another route
	if got := <-srv.calls; got != "conflict b.go" {
		t.Fatalf("got %q", got)
	}
	srv.take("")
	srv.freed <- struct{}{}
	if got := <-srv.calls; got != "serve b.go(B)" {
		t.Fatalf("got %q", got)
	}
	srv.freed <- struct{}{} // nothing waits for it
	write(t, dir, "d.go", "D")
	if got := <-srv.calls; got != "serve d.go(D)" {
		t.Fatalf("got %q", got)
	}
}

// TestBlockedScriptIsRemoved removes a script that was deleted while it was blocked.
func TestBlockedScriptIsRemoved(t *testing.T) {
	dir, srv := t.TempDir(), newServer()
	write(t, dir, "a.go", "A")
	loader, err := scriptdir.New(dir, srv, noModules{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := loader.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	srv.take("B")
	write(t, dir, "a.go", "B")
	if err := loader.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "a.go")); err != nil {
		t.Fatal(err)
	}
	if err := loader.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := srv.made(), []string{"serve a.go(A)", "conflict a.go", "remove a.go"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}

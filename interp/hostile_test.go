package interp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway"
	"gateway/interp"
	"gateway/interp/check"
)

// Each file of testdata/hostile is a script that tries to take more than its share,
// with a line that says how that ends:
//
//	// Outcome: KIND TEXT
//
//	refused TEXT   a diagnostic contains it
//	load TEXT      the error of the load contains it
//	timeout        the call ends at its deadline and leaves nothing behind
//	abandoned      the same, but a goroutine is left that waits, for nobody
//	stream KIND    the same of the stream of a response
//	panic TEXT     the call ends in a panic with this text and a place in the script
//	error TEXT     the handler's error contains it
//	answer TEXT    the answer is this
//
// While each is loaded and called, a neighbour answers every request.
func TestHostileScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/hostile/*.go")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	e := newEngine(t, interp.Options{
		LoadTimeout:   4 * time.Second, // a deep stack takes a while on a busy machine
		KillGrace:     20 * time.Millisecond,
		MaxGoroutines: 1000,
		MaxStack:      8 << 20,
	})
	neighbour := startNeighbour(t, e)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".go"), func(t *testing.T) {
			code, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			before := neighbour.answered()
			hostile(t, e, string(code))
			neighbour.more(before)
		})
	}
	neighbour.stop()
}

// hostile loads and calls one script.
func hostile(t *testing.T, e *interp.Engine, code string) {
	_, outcome, ok := strings.Cut(code, "// Outcome: ")
	if !ok {
		t.Fatal("the script does not say its outcome")
	}
	outcome, _, _ = strings.Cut(outcome, "\n")
	outcome, stream := strings.CutPrefix(outcome, "stream ")
	kind, text, _ := strings.Cut(outcome, " ")
	p, err := e.Compile(t.Context(), handlerSource(code))
	if err != nil {
		expectRefusal(t, err, kind, text)
		return
	}
	s := interp.NewSlot(p, interp.SlotOptions{})
	abandoned := e.Stats().Abandoned
	for n := range uint64(2) {
		answer := func() (string, error) { return ask(s, "/", hostileTimeout(kind)) }
		if stream {
			answer = func() (string, error) { return "", askStream(s, hostileTimeout(kind)) }
		}
		got, err := answer()
		for late, ok := err.(*interp.TimeoutError); ok && late.Waiting; late, ok = err.(*interp.TimeoutError) {
			got, err = answer() // the machine was too busy to load it in time
		}
		expectOutcome(t, got, err, kind, text)
		if kind == "timeout" || kind == "abandoned" {
			eventually(t, func() bool { return s.Stats().Kills == n+1 })
		}
	}
	if kind == "timeout" || kind == "panic" || kind == "abandoned" {
		if got, err := ask(s, "/fine", time.Minute); got != "fine" {
			t.Error("the endpoint does not go on:", got, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		t.Error("close:", err)
	}
	eventually(t, func() bool { return s.Stats().Stuck == 0 })
	if kind == "abandoned" {
		if e.Stats().Abandoned <= abandoned {
			t.Error("no goroutine was abandoned")
		}
		return
	}
	eventually(t, func() bool { return e.Stats().Abandoned <= abandoned }) // those that wait may take a moment to see the end
}

func askStream(s *interp.Slot, timeout time.Duration) error {
	result, err := s.Call(context.Background(), interp.Call{Request: &gateway.Request{}, Timeout: timeout})
	for errors.As(err, new(*interp.TimeoutError)) { // the machine was too busy to begin in time
		result, err = s.Call(context.Background(), interp.Call{Request: &gateway.Request{}, Timeout: timeout})
	}
	if err != nil {
		return err
	}
	defer result.Release()
	return result.Stream(io.Discard, func() error { return nil })
}

func handlerSource(code string) check.Source {
	return check.Source{Name: "script", Files: []check.File{{Name: "script.go", Code: code}}}
}

// hostileTimeout is short for what never ends, and long enough for the rest on a
// machine that is busy.
func hostileTimeout(kind string) time.Duration {
	if kind == "timeout" || kind == "abandoned" {
		return 100 * time.Millisecond
	}
	return time.Minute
}

func expectRefusal(t *testing.T, err error, kind, text string) {
	t.Helper()
	var refused *interp.DiagnosticsError
	if !errors.As(err, &refused) {
		t.Fatal(err)
	}
	if kind != "refused" || !strings.Contains(fmt.Sprint(refused.Diagnostics), text) {
		t.Errorf("refused: %v", refused.Diagnostics)
	}
	for _, d := range refused.Diagnostics {
		if d.Severity == check.Error && d.Line == 0 {
			t.Error("a diagnostic without a place:", d)
		}
	}
}

func expectOutcome(t *testing.T, got string, err error, kind, text string) {
	t.Helper()
	var panicked *interp.PanicError
	var load *interp.LoadError
	good := false
	switch kind {
	case "timeout", "abandoned":
		good = errors.As(err, new(*interp.TimeoutError))
	case "panic":
		good = errors.As(err, &panicked) && strings.Contains(panicked.Text, text) &&
			slices.ContainsFunc(panicked.Stack, func(f interp.Frame) bool { return f.File == "script.go" && f.Line > 3 })
	case "load":
		good = errors.As(err, &load) && strings.Contains(err.Error(), text)
	case "error":
		good = err != nil && strings.Contains(err.Error(), text)
	case "answer":
		good = err == nil && got == text
	}
	if !good {
		t.Errorf("got %q, %v, want %s %s", got, err, kind, text)
	}
}

func eventually(t *testing.T, done func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); !done(); <-tick.C {
		if time.Now().After(deadline) {
			t.Error("it does not happen")
			return
		}
	}
}

// neighbour is an endpoint that is asked all the time and answers every time.
type neighbour struct {
	t    *testing.T
	slot *interp.Slot
	quit chan struct{}
	done sync.WaitGroup

	mu    sync.Mutex // guards count
	moved *sync.Cond
	count int
}

func startNeighbour(t *testing.T, e *interp.Engine) *neighbour {
	p, err := e.Compile(t.Context(), handlerSource(`package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	return gateway.Text(200, "neighbour"), nil
}
`))
	if err != nil {
		t.Fatal(err)
	}
	n := &neighbour{t: t, slot: interp.NewSlot(p, interp.SlotOptions{}), quit: make(chan struct{})}
	n.moved = sync.NewCond(&n.mu)
	n.done.Go(n.runRequests)
	return n
}

func (n *neighbour) runRequests() {
	for {
		select {
		case <-n.quit:
			return
		default:
		}
		result, err := n.slot.Call(context.Background(), interp.Call{Request: &gateway.Request{}, Timeout: time.Minute})
		if err != nil || string(result.Response.Body) != "neighbour" {
			n.t.Error("the neighbour was disturbed:", err)
		} else {
			result.Release()
		}
		n.mu.Lock()
		n.count++
		n.moved.Broadcast()
		n.mu.Unlock()
	}
}

func (n *neighbour) answered() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.count
}

// more waits until there is an answer beyond those before.
func (n *neighbour) more(before int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for n.count <= before {
		n.moved.Wait()
	}
}

func (n *neighbour) stop() {
	close(n.quit)
	n.done.Wait()
	closeSlot(n.t, n.slot)
	if stats := n.slot.Stats(); stats.Kills+stats.Panics+stats.Timeouts != 0 || stats.Loads != 1 {
		n.t.Errorf("the neighbour was disturbed: %+v", stats)
	}
}

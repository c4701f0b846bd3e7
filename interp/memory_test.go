package interp_test

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
	"weak"

	"gateway"
	"gateway/interp"
	"gateway/interp/check"
)

// memoryRoom is how much more than now may be alive in tests of the memory's limit.
const memoryRoom = 128 << 20

// memoryEngine is an engine for which memory is short soon, and what it logs.
func memoryEngine(t *testing.T) (*interp.Engine, *syncBuffer) {
	limit := int64(heap()) + memoryRoom
	before := debug.SetMemoryLimit(limit + limit/3)
	t.Cleanup(func() { debug.SetMemoryLimit(before) })
	var log syncBuffer
	return newEngine(t, interp.Options{MaxMemory: limit, Logger: slog.New(slog.NewTextHandler(&log, nil))}), &log
}

// greedy has handlers that take 4 MB at a time. They end by themselves after 4 GB, so
// that a test that fails does not take the machine with it.
const greedy = `package handler

import "gateway"

var kept [][]byte

func take(n int) {
	for range n {
		b := make([]byte, 4<<20)
		for k := 0; k < len(b); k += 4096 {
			b[k] = 1
		}
		kept = append(kept, b)
	}
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	switch req.Path {
	case "/fine":
		return gateway.Text(200, "fine"), nil
	case "/stream":
		return gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
			take(1024)
			return nil
		}), nil
	case "/leak":
		take(1)
		return gateway.Text(200, "leaked"), nil
	}
	take(1024)
	return gateway.Text(200, "full"), nil
}
`

func greedySlot(t *testing.T, e *interp.Engine) *interp.Slot {
	t.Helper()
	p, err := e.Compile(t.Context(), check.Source{Name: "greedy", Files: []check.File{{Name: "greedy.go", Code: greedy}}})
	if err != nil {
		t.Fatal(err)
	}
	s := interp.NewSlot(p, interp.SlotOptions{})
	t.Cleanup(func() { closeSlot(t, s) })
	return s
}

func expectShort(t *testing.T, err error) {
	t.Helper()
	var killed *interp.KilledError
	if !errors.As(err, &killed) || !strings.Contains(killed.Reason, "short of memory") {
		t.Errorf("got %v, want a script that was stopped for want of memory", err)
	}
}

func TestACallThatFillsTheMemoryIsStopped(t *testing.T) {
	e, log := memoryEngine(t)
	n := startNeighbour(t, e)
	s := greedySlot(t, e)
	for k := range 3 {
		before := n.answered()
		_, err := ask(s, "/", time.Minute)
		expectShort(t, err)
		n.more(before)
		eventually(t, func() bool { return strings.Count(log.String(), "scripts were stopped") == k+1 }) // and the memory is free
	}
	if got, err := ask(s, "/fine", time.Minute); got != "fine" {
		t.Error("the endpoint does not go on:", got, err)
	}
	n.stop() // and was not stopped by the watch
	if got := log.String(); strings.Count(got, "scripts=[greedy]") != 3 {
		t.Error("logged:", got)
	}
}

func TestAStreamThatFillsTheMemoryIsStopped(t *testing.T) {
	e, _ := memoryEngine(t)
	s := greedySlot(t, e)
	result, err := s.Call(context.Background(), interp.Call{Request: &gateway.Request{Path: "/stream"}, Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer result.Release()
	expectShort(t, result.Stream(new(syncBuffer), func() error { return nil }))
}

func TestCallsThatFillTheMemoryTogetherAreStopped(t *testing.T) {
	e, _ := memoryEngine(t)
	other, s := greedySlot(t, e), greedySlot(t, e)
	if _, err := ask(other, "/fine", time.Minute); err != nil {
		t.Fatal(err)
	}
	for calls := 0; s.Stats().Kills == 0; calls++ {
		if calls == 1000 {
			t.Fatal("4 GB were kept")
		}
		if _, err := ask(s, "/leak", time.Minute); err != nil {
			expectShort(t, err)
		}
	}
	for _, s := range []*interp.Slot{s, other} {
		if got, err := ask(s, "/fine", time.Minute); got != "fine" {
			t.Error("an endpoint does not go on:", got, err)
		}
	}
}

func TestALoadThatFillsTheMemoryIsStopped(t *testing.T) {
	e, _ := memoryEngine(t)
	p, err := e.Compile(t.Context(), handlerSource(greedy+"\nvar _ = func() int { take(1024); return 0 }()\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Load(t.Context(), interp.LoadOptions{})
	if !errors.As(err, new(*interp.LoadError)) {
		t.Error("got", err)
	}
	expectShort(t, err)
}

func TestMemoryThatIsNotTheScripts(t *testing.T) {
	e, log := memoryEngine(t)
	s := greedySlot(t, e)
	if _, err := ask(s, "/fine", time.Minute); err != nil {
		t.Fatal(err)
	}
	taken := make([]byte, 2*memoryRoom)
	for k := 0; k < len(taken); k += 4096 {
		taken[k] = 1
	}
	eventually(t, func() bool {
		runtime.GC()
		return strings.Contains(log.String(), "which is not the scripts'")
	})
	kills := s.Stats().Kills
	for range 5 { // no use to stop it once more
		if got, err := ask(s, "/fine", time.Minute); got != "fine" {
			t.Error("got", got, err)
		}
		runtime.GC()
	}
	if stats := s.Stats(); kills != 1 || stats.Kills != 1 {
		t.Errorf("stopped %d times, then %d", kills, stats.Kills-kills)
	}
	runtime.KeepAlive(taken)
}

// An instance that has ended must not be kept by timers, statistics or pools: what its
// package variables hold would be.
func TestEndedInstancesAreFreed(t *testing.T) {
	const code = `package handler

import "gateway"

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	for req.Path == "/loop" {
	}
	<-ctx.Done()
	return gateway.Text(200, "done"), nil
}
`
	e := newEngine(t, interp.Options{})
	p, err := e.Compile(t.Context(), handlerSource(code))
	if err != nil {
		t.Fatal(err)
	}
	// begin has a call run in a fresh instance of s.
	begin := func(t *testing.T, s *interp.Slot, ctx context.Context, call interp.Call) (instance weak.Pointer[interp.Instance], ended <-chan error) {
		i, err := s.Prepare(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		s.Swap(p, i)
		done := make(chan error, 1)
		go func() {
			result, err := s.Call(ctx, call)
			if err == nil {
				result.Release()
			}
			done <- err
		}()
		eventually(t, func() bool { calls, _ := i.Running(); return calls == 1 })
		return weak.Make(i), done
	}
	tests := map[string]func(t *testing.T, s *interp.Slot) weak.Pointer[interp.Instance]{
		"whose client went": func(t *testing.T, s *interp.Slot) weak.Pointer[interp.Instance] {
			ctx, cancel := context.WithCancel(t.Context())
			instance, ended := begin(t, s, ctx, interp.Call{Request: &gateway.Request{}, Timeout: time.Hour})
			cancel()
			<-ended
			s.Swap(p)
			return instance
		},
		"killed": func(t *testing.T, s *interp.Slot) weak.Pointer[interp.Instance] {
			instance, ended := begin(t, s, t.Context(), interp.Call{Request: &gateway.Request{Path: "/loop"}, Timeout: time.Second})
			if err := <-ended; !errors.As(err, new(*interp.TimeoutError)) {
				t.Error("got", err)
			}
			return instance
		},
		"drained": func(t *testing.T, s *interp.Slot) weak.Pointer[interp.Instance] {
			ctx, cancel := context.WithCancel(t.Context())
			instance, ended := begin(t, s, ctx, interp.Call{Request: &gateway.Request{}})
			if swapped := s.Swap(p); swapped.Pending != 1 {
				t.Error("got", swapped)
			}
			cancel()
			<-ended
			return instance
		},
	}
	for name, run := range tests {
		t.Run(name, func(t *testing.T) {
			s := interp.NewSlot(p, interp.SlotOptions{DrainTimeout: time.Hour})
			defer closeSlot(t, s)
			instance := run(t, s)
			eventually(t, func() bool {
				runtime.GC()
				return instance.Value() == nil
			})
		})
	}
}

package interp_test

import (
	"bytes"
	"context"
	"log/slog"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway"
	"gateway/interp"
	"gateway/interp/check"
)

// labelRecorder notes for each message the labels of the goroutine that logs it.
type labelRecorder struct {
	slog.Handler
	mu     sync.Mutex // guards labels
	labels map[string]string
	heard  chan struct{} // has a value after each message
}

func (r *labelRecorder) Enabled(context.Context, slog.Level) bool { return true }

func (r *labelRecorder) Handle(_ context.Context, record slog.Record) error {
	r.mu.Lock()
	r.labels[record.Message] = ownLabels("labelRecorder).Handle")
	r.mu.Unlock()
	r.heard <- struct{}{}
	return nil
}

// ownLabels gives the labels of the one goroutine that runs the function.
func ownLabels(function string) string {
	var profile bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		return err.Error()
	}
	for _, group := range strings.Split(profile.String(), "\n\n") {
		if !strings.Contains(group, function) {
			continue
		}
		for line := range strings.Lines(group) {
			if labels, ok := strings.CutPrefix(line, "# labels: "); ok {
				return strings.TrimSpace(labels)
			}
		}
		return "none"
	}
	return "no such goroutine"
}

// TestGoroutinesOfAScriptAreLabelled looks at the labels wherever a script's code runs,
// and that they are gone afterwards.
func TestGoroutinesOfAScriptAreLabelled(t *testing.T) {
	e := newEngine(t, interp.Options{})
	labelled := pprof.WithLabels(t.Context(), pprof.Labels("endpoint", "e1"))
	program, err := e.Compile(labelled, check.Source{Name: "labels", Kind: check.Handler, Files: []check.File{{Name: "handler.go", Code: `package handler

import (
	"fmt"
	"sync"
	"time"

	"gateway"
)

func init() { fmt.Println("load") }

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	log := ctx.Log()
	log.Info("call")
	var all sync.WaitGroup
	all.Add(2)
	go func() {
		defer all.Done()
		log.Info("go")
		go func() {
			defer all.Done()
			log.Info("go in go")
		}()
	}()
	all.Wait()
	all.Go(func() { log.Info("WaitGroup.Go") })
	all.Wait()
	all.Add(1)
	time.AfterFunc(0, func() {
		log.Info("AfterFunc")
		all.Done()
	})
	all.Wait()
	return gateway.Stream("text/plain", func(w *gateway.StreamWriter) error {
		log.Info("stream")
		return nil
	}), nil
}
`}}})
	if err != nil {
		t.Fatal(err)
	}
	recorder := &labelRecorder{labels: map[string]string{}, heard: make(chan struct{}, 100)}
	log := slog.New(recorder)
	i, err := program.Load(t.Context(), interp.LoadOptions{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	defer i.Kill("the test is over")
	result, err := i.Call(t.Context(), interp.Call{
		Request: &gateway.Request{}, Env: &gateway.Environment{Log: log}, Timeout: time.Minute, Overdue: func(error) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := result.Stream(&bytes.Buffer{}, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	result.Release()
	places := []string{"load", "call", "go", "go in go", "WaitGroup.Go", "AfterFunc", "stream"}
	for range places {
		<-recorder.heard
	}
	for _, where := range places {
		if got, want := recorder.labels[where], `{"endpoint":"e1"}`; got != want {
			t.Errorf("%s: labels %q, want %s", where, got, want)
		}
	}
	if got := ownLabels("TestGoroutinesOfAScriptAreLabelled"); got != "none" {
		t.Errorf("after the call its goroutine has the labels %s", got)
	}
}

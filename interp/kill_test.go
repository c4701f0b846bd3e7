package interp_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway"
	"gateway/interp"
)

// runaways are bodies that never end by themselves and can be stopped.
var runaways = map[string]string{
	"spin":            `for { }`,
	"work":            `s := 0; for { s++ }`,
	"call":            `for { spin() }`,
	"receive":         `c := make(chan int); <-c; return nil, nil`,
	"send":            `c := make(chan int); c <- 1; return nil, nil`,
	"range over chan": `c := make(chan int); for range c { }; return nil, nil`,
	"nil channel":     `var c chan int; <-c; return nil, nil`,
	"deferred spin":   `defer func() { for { } }(); for { }`,
	"recovering spin": `for { func() { defer func() { Sprint(recover()) }(); for { } }() }`,
	"callback":        `Map(func(r rune) rune { for { } }, "abc"); return nil, nil`,
	"recursion":       `for { down(100) }`,
	"panics":          `for { Catch(func() { panic("again") }) }`,
	"goroutines":      `for k := 0; k < 3; k++ { Go(func() { for { } }) }; for { }`,
}

func TestRunawaysAreStopped(t *testing.T) {
	for name, body := range runaways {
		t.Run(name, func(t *testing.T) {
			e := newEngine(t, interp.Options{KillGrace: time.Millisecond})
			i := rawInstance(t, e, "func spin() int { return 1 }\n"+
				"func down(n int) int { if n == 0 { return 0 }; return down(n-1) + 1 }\n"+handlerHead+"{ "+body+" }")
			_, err := call(i, 20*time.Millisecond)
			var late *interp.TimeoutError
			if !errors.As(err, &late) || !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal("want a timeout, got", err)
			}
			waitGone(t, i)
			if calls, goroutines := i.Running(); calls+goroutines != 0 {
				t.Errorf("still running: %d calls, %d goroutines", calls, goroutines)
			}
			if _, err := call(i, time.Second); !errors.As(err, new(*interp.KilledError)) {
				t.Error("a killed instance took a call:", err)
			}
		})
	}
}

func waitGone(t *testing.T, i *interp.Instance) {
	t.Helper()
	select {
	case <-i.Gone():
	case <-time.After(10 * time.Second):
		buf := make([]byte, 1<<20)
		t.Fatalf("the instance still runs:\n%s", buf[:runtime.Stack(buf, true)])
	}
}

// A kill takes every call of the instance with it, and none of them is a success:
// stopped code returns zero values without an error.
func TestNoKilledCallIsASuccess(t *testing.T) {
	e := newEngine(t, interp.Options{KillGrace: time.Millisecond})
	i := rawInstance(t, e, handlerHead+`{
		if req.Path == "/spin" { for { } }
		c := make(chan int)
		<-c
		return Text(200, "wrong"), nil
	}`)
	const innocent = 20
	errs := make(chan error, innocent)
	for range innocent {
		go func() {
			_, err := i.Call(context.Background(), interp.Call{Request: &gateway.Request{Path: "/"}, Timeout: time.Minute})
			errs <- err
		}()
	}
	for calls, _ := i.Running(); calls < innocent; calls, _ = i.Running() {
		runtime.Gosched()
	}
	_, err := i.Call(context.Background(), interp.Call{Request: &gateway.Request{Path: "/spin"}, Timeout: 10 * time.Millisecond})
	if !errors.As(err, new(*interp.TimeoutError)) {
		t.Error("runaway:", err)
	}
	for range innocent {
		if err := <-errs; !errors.As(err, new(*interp.KilledError)) {
			t.Error("innocent:", err)
		}
	}
	waitGone(t, i)
}

// A handler that heeds its context is late but harmless: the instance stays.
func TestLateCallWithinGraceKeepsTheInstance(t *testing.T) {
	e := newEngine(t, interp.Options{KillGrace: time.Minute})
	i := rawInstance(t, e, handlerHead+`{
		if req.Path == "/wait" { <-ctx.Done(); return nil, ctx.Err() }
		return Text(200, "fine"), nil
	}`)
	_, err := i.Call(context.Background(), interp.Call{Request: &gateway.Request{Path: "/wait"}, Timeout: time.Millisecond})
	if !errors.As(err, new(*interp.TimeoutError)) {
		t.Fatal(err)
	}
	if got, err := call(i, time.Second); err != nil || got != "fine" {
		t.Fatal(got, err)
	}
}

func TestClientThatGoesAway(t *testing.T) {
	e := newEngine(t, interp.Options{KillGrace: time.Millisecond})
	i := rawInstance(t, e, handlerHead+`{ for { } }`)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(5*time.Millisecond, cancel)
	_, err := i.Call(ctx, interp.Call{Request: &gateway.Request{}})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	waitGone(t, i) // without a deadline the client's going is the end
}

func TestStuckCallIsCountedAndLetGo(t *testing.T) {
	e := newEngine(t, interp.Options{KillGrace: time.Millisecond})
	i := rawInstance(t, e, handlerHead+`{ Forever(); return nil, nil }`)
	if _, err := call(i, time.Millisecond); !errors.As(err, new(*interp.TimeoutError)) {
		t.Fatal(err)
	}
	<-i.Done() // killed
	if calls, _ := i.Running(); calls != 1 {
		t.Errorf("%d calls run, want the one that is stuck", calls)
	}
}

func TestGoexitAndNoResponse(t *testing.T) {
	e := newEngine(t, interp.Options{})
	if _, err := call(rawInstance(t, e, handlerHead+`{ return nil, nil }`), time.Second); !errors.Is(err, interp.ErrNoResponse) {
		t.Error(err)
	}
	i := rawInstance(t, e, handlerHead+`{ return nil, Errorf("no %d", 7) }`)
	if _, err := call(i, time.Second); fmt.Sprint(err) != "no 7" {
		t.Error(err)
	}
}

func TestLoadIsBounded(t *testing.T) {
	e := newEngine(t, interp.Options{LoadTimeout: 10 * time.Millisecond})
	p := rawProgram(e, handlerHead+`{ return nil, nil }; func init() { for { } }`, false)
	if _, err := p.Load(context.Background(), interp.LoadOptions{}); !errors.Is(err, interp.ErrLoadTimeout) {
		t.Error(err)
	}
	p = rawProgram(e, handlerHead+`{ return nil, nil }

func init() {
	var m map[string]int
	m["a"] = 1
}`, false)
	_, err := p.Load(context.Background(), interp.LoadOptions{})
	var panicked *interp.PanicError
	if !errors.As(err, &panicked) || panicked.Stack[0].Line != 9 {
		t.Error(err)
	}
}

func TestLogSaysWhereALateCallWas(t *testing.T) {
	for name, test := range map[string]struct{ body, place string }{
		"calls":    {"for { spin() }", ":7 Handle"},
		"blocked":  {"c := make(chan int); <-c; return nil, nil", ":7 Handle"},
		"elements": {"search([]int{1, 2}); return nil, nil", " search"},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEngine(t, interp.Options{KillGrace: 200 * time.Millisecond})
			var log syncBuffer
			p := rawProgram(e, "func spin() int { return 1 }; func search(s []int) { x := 0; for i := 0; ; i++ { x += s[i&1] } }\n"+
				handlerHead+"{\n"+test.body+"\n}", false)
			i, err := p.Load(context.Background(), interp.LoadOptions{Log: slog.New(slog.NewTextHandler(&log, nil))})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := call(i, 10*time.Millisecond); !errors.As(err, new(*interp.TimeoutError)) {
				t.Fatal(err)
			}
			waitGone(t, i)
			if got := log.String(); !strings.Contains(got, test.place) {
				t.Error(got)
			}
		})
	}
}

// syncBuffer is a buffer that several goroutines may use.
type syncBuffer struct {
	mu sync.Mutex // guards b
	b  strings.Builder
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

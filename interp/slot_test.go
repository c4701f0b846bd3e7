package interp_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/interp"
	"gateway/interp/rt"
)

// version is a program that answers its name, or waits for the end of its context,
// or never ends.
func version(e *interp.Engine, name string) *interp.Program {
	return rawProgram(e, `var count int
`+handlerHead+`{
	switch req.Path {
	case "/count":
		count++
		return Text(200, Sprint(count)), nil
	case "/wait":
		<-ctx.Done()
		return Text(200, "waited"), nil
	case "/block":
		c := make(chan int)
		<-c
	case "/spin":
		for { }
	}
	return Text(200, "`+name+`"), nil
}`, false)
}

func ask(s *interp.Slot, path string, timeout time.Duration) (string, error) {
	result, err := s.Call(context.Background(), interp.Call{Request: &gateway.Request{Path: path}, Timeout: timeout})
	if err != nil {
		return "", err
	}
	defer result.Release()
	return string(result.Response.Body), nil
}

func closeSlot(t *testing.T, s *interp.Slot) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		t.Error("close the slot:", err)
	}
}

func TestSlotLoadsAtFirstCall(t *testing.T) {
	e := newEngine(t, interp.Options{})
	s := interp.NewSlot(version(e, "one"), interp.SlotOptions{})
	if n := s.Stats().Loads; n != 0 {
		t.Fatal("loaded before the first call:", n)
	}
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if got, err := ask(s, "/", time.Minute); err != nil || got != "one" {
				t.Error(got, err)
			}
		})
	}
	wg.Wait()
	if stats := s.Stats(); stats.Loads != 1 || stats.Loaded != 1 || stats.Calls != 10 || stats.InFlight != 0 {
		t.Errorf("%+v", stats)
	}
	closeSlot(t, s)
	if _, err := ask(s, "/", time.Minute); !errors.Is(err, interp.ErrStopped) {
		t.Error("a stopped slot answered:", err)
	}
}

func TestSwapSendsNewCallsToTheNewInstance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, interp.Options{})
		s := interp.NewSlot(version(e, "one"), interp.SlotOptions{})
		waited := make(chan string)
		go func() {
			got, err := ask(s, "/wait", time.Second)
			waited <- fmt.Sprint(got, err)
		}()
		synctest.Wait()
		two := version(e, "two")
		i, err := s.Prepare(t.Context(), two)
		if err != nil {
			t.Fatal(err)
		}
		if swapped := s.Swap(two, i); swapped.Pending != 1 || !swapped.Draining {
			t.Errorf("%+v", swapped)
		}
		if got, err := ask(s, "/", time.Second); err != nil || got != "two" {
			t.Error(got, err)
		}
		if stats := s.Stats(); stats.Draining != 1 || stats.InFlight != 1 {
			t.Errorf("%+v", stats)
		}
		<-waited
		synctest.Wait()
		if stats := s.Stats(); stats.Draining != 0 || stats.InFlight != 0 || stats.Kills != 0 {
			t.Errorf("%+v", stats)
		}
		closeSlot(t, s)
	})
}

func TestDrainTimeoutKills(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, interp.Options{})
		s := interp.NewSlot(version(e, "one"), interp.SlotOptions{DrainTimeout: 30 * time.Second})
		failed := make(chan error)
		start := time.Now()
		go func() {
			_, err := ask(s, "/block", time.Hour)
			failed <- err
		}()
		synctest.Wait()
		s.Swap(version(e, "two"))
		err := <-failed
		var killed *interp.KilledError
		if !errors.As(err, &killed) || time.Since(start) != 30*time.Second {
			t.Error(err, time.Since(start))
		}
		closeSlot(t, s)
	})
}

func TestKilledInstanceIsReplaced(t *testing.T) {
	e := newEngine(t, interp.Options{KillGrace: time.Millisecond})
	s := interp.NewSlot(version(e, "one"), interp.SlotOptions{})
	for want := range 3 {
		if got, err := ask(s, "/count", time.Minute); err != nil || got != "1" {
			t.Fatal("package variables of a fresh instance:", got, err)
		}
		if _, err := ask(s, "/spin", 5*time.Millisecond); !errors.As(err, new(*interp.TimeoutError)) {
			t.Fatal(err)
		}
		// Until the grace is over the doomed instance may still take calls.
		for s.Stats().Kills != uint64(want+1) {
			runtime.Gosched()
		}
	}
	if stats := s.Stats(); stats.Loads != 3 || stats.Timeouts != 3 {
		t.Errorf("%+v", stats)
	}
	closeSlot(t, s)
}

func TestIdleInstancesAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, interp.Options{})
		s := interp.NewSlot(version(e, "one"), interp.SlotOptions{IdleTimeout: time.Minute})
		ask(s, "/count", time.Second)
		time.Sleep(90 * time.Second)
		if got, _ := ask(s, "/count", time.Second); got != "2" {
			t.Error("dropped while in use:", got)
		}
		time.Sleep(121 * time.Second)
		synctest.Wait()
		if stats := s.Stats(); stats.Loaded != 0 || stats.Kills != 0 {
			t.Errorf("%+v", stats)
		}
		if got, _ := ask(s, "/count", time.Second); got != "1" {
			t.Error("not fresh:", got)
		}
		closeSlot(t, s)
	})
}

func TestLoadFailuresBackOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, interp.Options{})
		p := rawProgram(e, handlerHead+`{ return nil, nil }; func init() { panic("not today") }`, false)
		s := interp.NewSlot(p, interp.SlotOptions{})
		try := func() {
			t.Helper()
			var failed *interp.LoadError
			if _, err := ask(s, "/", time.Minute); !errors.As(err, &failed) || !strings.Contains(err.Error(), "not today") {
				t.Error(err)
			}
		}
		for range 10 {
			try()
		}
		if n := s.Stats().LoadErrors; n != 1 {
			t.Errorf("%d loads within the first delay, want 1", n)
		}
		time.Sleep(time.Hour)
		for range 1000 { // 100 seconds, the longest delay is 30
			try()
			time.Sleep(100 * time.Millisecond)
		}
		if n := s.Stats().LoadErrors; n < 4 || n > 20 {
			t.Errorf("%d loads", n)
		}
		s.Swap(version(e, "better"))
		if got, err := ask(s, "/", time.Second); got != "better" {
			t.Error("a new program waits for the old one's delay:", got, err)
		}
		closeSlot(t, s)
	})
}

func TestSerialProgramRunsOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, interp.Options{})
		p := rawProgram(e, `
var running int
var seen = map[int]int{}

func Handle(ctx *Context, req *Request) (*Response, error) {
	running++
	seen[running]++
	Sleep(1000000)
	running--
	return Text(200, Sprint(len(seen))), nil
}`, true)
		s := interp.NewSlot(p, interp.SlotOptions{MaxWaiting: 30})
		var answered, busy, late atomic.Int32
		var wg sync.WaitGroup
		one := func(timeout time.Duration) {
			got, err := ask(s, "/", timeout)
			var waiting *interp.TimeoutError
			switch {
			case errors.Is(err, interp.ErrBusy):
				busy.Add(1)
			case errors.As(err, &waiting) && waiting.Waiting:
				late.Add(1)
			case err != nil || got != "1":
				t.Error(got, err)
			default:
				answered.Add(1)
			}
		}
		wg.Go(func() { one(time.Minute) })
		synctest.Wait()
		for range 20 {
			wg.Go(func() { one(time.Minute) })
		}
		synctest.Wait()
		for range 10 {
			wg.Go(func() { one(time.Microsecond) })
		}
		synctest.Wait()
		for range 5 {
			wg.Go(func() { one(time.Minute) })
		}
		wg.Wait()
		if answered.Load() != 21 || busy.Load() != 5 || late.Load() != 10 {
			t.Errorf("%d answered, %d busy, %d late", answered.Load(), busy.Load(), late.Load())
		}
		closeSlot(t, s)
	})
}

func TestSeveralWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEngine(t, interp.Options{})
		s := interp.NewSlot(version(e, "one"), interp.SlotOptions{MinWorkers: 1, MaxWorkers: 3, IdleTimeout: time.Minute})
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() { ask(s, "/wait", time.Second) })
			synctest.Wait()
		}
		if stats := s.Stats(); stats.Loaded != 3 || stats.InFlight != 6 {
			t.Errorf("%+v", stats)
		}
		wg.Wait()
		time.Sleep(time.Minute)
		ask(s, "/", time.Second)
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := s.Stats().Loaded; n != 1 {
			t.Errorf("%d instances after a quiet minute, want 1", n)
		}
		closeSlot(t, s)
	})
}

func TestStream(t *testing.T) {
	e := newEngine(t, interp.Options{KillGrace: time.Millisecond})
	p := rawProgram(e, handlerHead+`{
	return Stream("text/plain", func(w *Writer) error {
		for k := 0; k < 3; k++ {
			w.WriteString(Sprint(k))
			w.Flush()
		}
		switch req.Path {
		case "/panic":
			panic("half way")
		case "/spin":
			for { w.WriteString("x") }
		}
		return nil
	}), nil
}`, false)
	s := interp.NewSlot(p, interp.SlotOptions{})
	stream := func(path string, timeout time.Duration) (string, error) {
		result, err := s.Call(context.Background(), interp.Call{Request: &gateway.Request{Path: path}, Timeout: timeout})
		if err != nil {
			return "", err
		}
		defer result.Release()
		var b strings.Builder
		err = result.Stream(&b, func() error { b.WriteByte('.'); return nil })
		return b.String(), err
	}
	if got, err := stream("/", time.Minute); got != "0.1.2." || err != nil {
		t.Error(got, err)
	}
	if got, err := stream("/panic", time.Minute); got != "0.1.2." || !errors.As(err, new(*interp.PanicError)) {
		t.Error(got, err)
	}
	if _, err := stream("/spin", 5*time.Millisecond); !errors.As(err, new(*interp.TimeoutError)) {
		t.Error(err)
	}
	closeSlot(t, s)
	if stats := s.Stats(); stats.InFlight != 0 || stats.Panics != 1 {
		t.Errorf("%+v", stats)
	}
}

// A call in the goroutine of its caller is answered at its deadline, and comes back
// when the handler has ended.
func TestOverdueCall(t *testing.T) {
	e := newEngine(t, interp.Options{KillGrace: time.Millisecond})
	s := interp.NewSlot(rawProgram(e, handlerHead+`{
		if req.Path == "/spin" { for { } }
		return Text(200, "fine"), nil
	}`, false), interp.SlotOptions{})
	overdue := make(chan error, 1)
	call := func(path string) (*interp.Result, error) {
		return s.Call(context.Background(), interp.Call{
			Request: &gateway.Request{Path: path}, Timeout: 20 * time.Millisecond, Overdue: func(err error) { overdue <- err },
		})
	}
	for answered := 0; answered < 3; {
		_, err := call("/spin")
		if late, ok := err.(*interp.TimeoutError); ok && late.Waiting {
			continue // the machine was too busy to load it in time
		}
		if err != interp.ErrAnswered {
			t.Fatal("want ErrAnswered, got", err)
		}
		if err := <-overdue; !errors.As(err, new(*interp.TimeoutError)) {
			t.Error("want a timeout, got", err)
		}
		answered++
	}
	result, err := s.Call(context.Background(), interp.Call{
		Request: &gateway.Request{Path: "/fine"}, Overdue: func(err error) { t.Error(err) },
	})
	if err != nil || string(result.Response.Body) != "fine" {
		t.Fatal(result, err)
	}
	result.Release()
	if stats := s.Stats(); stats.Timeouts < 3 || stats.Kills != 3 || stats.InFlight != 0 {
		t.Errorf("%+v", stats)
	}
	if err := s.Close(context.Background()); err != nil {
		t.Error(err)
	}
}

// A kill answers the calls that it cannot stop.
func TestKillAnswersWhatItCannotStop(t *testing.T) {
	e := newEngine(t, interp.Options{KillGrace: time.Millisecond})
	entered, leave := make(chan struct{}), make(chan struct{})
	stuck := func() { close(entered); <-leave }
	p := interp.RawProgram(e, rawSource(handlerHead+"{ Stuck(); return nil, nil }"), false, []string{"Handle"},
		func(host rt.Host) map[string]map[string]reflect.Value {
			exports := rawExports(host)
			exports["h/h"]["Stuck"] = reflect.ValueOf(stuck)
			return exports
		})
	i, err := p.Load(context.Background(), interp.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	overdue, ended := make(chan error), make(chan error)
	go func() {
		_, err := i.Call(context.Background(), interp.Call{
			Request: &gateway.Request{}, Timeout: time.Minute, Overdue: func(err error) { overdue <- err },
		})
		ended <- err
	}()
	<-entered
	i.Kill("test")
	if err := <-overdue; !errors.As(err, new(*interp.KilledError)) {
		t.Error(err)
	}
	close(leave)
	if err := <-ended; err != interp.ErrAnswered {
		t.Error(err)
	}
}

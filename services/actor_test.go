package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/services"
)

// backend stands for a server. Drivers opened on it fail while it is down.
type backend struct {
	mu      sync.Mutex
	down    error
	open    int // drivers open now
	opened  int // drivers opened so far
	maxOpen int
	openErr error
}

func (b *backend) set(change func(b *backend)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(b)
}

func (b *backend) reachable() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.down
}

func (b *backend) drivers() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open
}

// driver is the client of a backend.
type driver struct {
	backend *backend
	config  kindConfig
	closed  atomic.Bool
}

func (d *driver) Ping(context.Context) error { return d.backend.reachable() }

func (d *driver) Close() error {
	if d.closed.Swap(true) {
		panic("closed twice")
	}
	d.backend.set(func(b *backend) { b.open-- })
	return nil
}

type kindConfig struct {
	Host     string            `config:"host,required" doc:"server name"`
	Port     int               `config:"port" min:"1" max:"65535"`
	Password string            `config:"password,secret"`
	Mode     string            `config:"mode" oneof:"fast slow"`
	TLS      bool              `config:"use_tls"`
	Rate     float64           `config:"rate"`
	Hosts    []string          `config:"hosts"`
	Labels   map[string]string `config:"labels"`
	services.ActorConfig
}

// testKind is a cache whose drivers work on b.
func testKind(b *backend) services.Kind {
	return services.NewKind(services.Spec[kindConfig]{
		Type:       "test",
		Capability: services.Cache,
		Defaults:   kindConfig{Port: 1234, Mode: "fast", ActorConfig: services.ActorConfig{Workers: 2, Mailbox: 4}},
		Limits: func(c kindConfig) services.Limits {
			return services.Limits{Workers: c.Workers, Mailbox: c.Mailbox}
		},
		Open: func(ctx context.Context, c kindConfig, env services.Environment) (services.Driver, error) {
			b.mu.Lock()
			defer b.mu.Unlock()
			if b.openErr != nil {
				return nil, b.openErr
			}
			b.open++
			b.opened++
			b.maxOpen = max(b.maxOpen, b.open)
			return &driver{backend: b, config: c}, nil
		},
		Handle: func(ctx context.Context, a *services.Actor) any { return handle{actor: a} },
	})
}

// handle leads tests to the actor; it does nothing itself.
type handle struct {
	gateway.Cache
	actor *services.Actor
}

func newActor(t *testing.T, b *backend, config map[string]any) *services.Actor {
	t.Helper()
	kind := testKind(b)
	if config == nil {
		config = map[string]any{}
	}
	if _, ok := config["host"]; !ok {
		config["host"] = "localhost"
	}
	setting, err := kind.Setting(config)
	if err != nil {
		t.Fatal(err)
	}
	a := services.NewActor(kind, setting, services.Environment{Name: "main"}, services.Timing{})
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := a.Stop(ctx); err != nil {
			t.Errorf("Stop: %v", err)
		}
		if n := b.drivers(); n != 0 {
			t.Errorf("%d drivers are still open after Stop", n)
		}
	})
	return a
}

// active is newActor that has reached its backend.
func active(t *testing.T, b *backend, config map[string]any) *services.Actor {
	t.Helper()
	a := newActor(t, b, config)
	if err := a.Await(t.Context()); err != nil {
		t.Fatalf("Await: %v", err)
	}
	return a
}

// echo is an operation that answers with the driver's host.
func echo(ctx context.Context, a *services.Actor) (string, error) {
	return services.Call(ctx, a, services.Read("echo"), func(ctx context.Context, d *driver) (string, error) {
		if err := d.backend.reachable(); err != nil {
			return "", services.Unreachable(err)
		}
		return d.config.Host, nil
	})
}

// block occupies a worker until release is closed or its context ends.
func block(ctx context.Context, a *services.Actor, release <-chan struct{}) error {
	_, err := services.Call(ctx, a, services.Write("block"), func(ctx context.Context, d *driver) (int, error) {
		select {
		case <-release:
			return 0, nil
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	})
	return err
}

func wantCode(t *testing.T, err error, code gateway.Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("error %v, want %s", err, string(code))
	}
}

func TestCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := active(t, &backend{}, nil)
		got, err := echo(t.Context(), a)
		if got != "localhost" || err != nil {
			t.Errorf("echo = %q, %v", got, err)
		}
		if s := a.Stats(); s.Operations != 1 || s.Errors != 0 || s.State != services.StateActive || s.Workers != 2 || s.Mailbox != 4 {
			t.Errorf("stats %+v", s)
		}
	})
}

func TestCallKeepsCodesAndHidesSecrets(t *testing.T) {
	const password = "hunter2-&-more"
	tests := []struct {
		name    string
		err     error
		code    gateway.Code
		message string // begins the client's message
	}{
		{"foreign", fmt.Errorf("login with %s failed", password), gateway.ErrCache, `cache "main": the operation failed`},
		{"code", gateway.ErrNotFound, gateway.ErrNotFound, "not found"},
		{"gateway error", gateway.ErrConflict.Newf("key %s exists", password), gateway.ErrConflict, "key ******** exists"},
		{"wrapped", fmt.Errorf("set: %w", gateway.ErrConflict.Wrap(errors.New("dsn redis://:hunter2-&-more@host"), "exists")), gateway.ErrConflict, "exists"},
		{"escaped", errors.New("dial redis://:hunter2-%26-more@host"), gateway.ErrCache, `cache "main"`},
		{"quoted", fmt.Errorf("auth %q", "x"+password), gateway.ErrCache, `cache "main"`},
		{"deadline", context.DeadlineExceeded, gateway.ErrTimeout, `cache "main": did not answer in time`},
		{"lost", services.Lost(errors.New("EOF after " + password)), gateway.ErrServiceUnavailable, `cache "main": the connection was lost`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := active(t, &backend{}, map[string]any{"password": password})
				_, err := services.Call(t.Context(), a, services.Write("x"), func(context.Context, *driver) (int, error) { return 0, tt.err })
				wantCode(t, err, tt.code)
				e := gateway.AsError(err)
				if !strings.HasPrefix(e.Message, tt.message) {
					t.Errorf("message %q, want %q…", e.Message, tt.message)
				}
				for _, text := range []string{e.Error(), e.Message, fmt.Sprintf("%+v %#v", err, err), a.Stats().LastError} {
					if strings.Contains(text, "hunter2") {
						t.Errorf("the password is in %q", text)
					}
				}
			})
		})
	}
}

func TestFullMailboxAnswersBeforeTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := active(t, &backend{}, nil) // 2 workers, room for 4
		release := make(chan struct{})
		var blocked sync.WaitGroup
		for range 6 {
			blocked.Go(func() {
				if err := block(t.Context(), a, release); err != nil {
					t.Errorf("block: %v", err)
				}
			})
		}
		synctest.Wait()
		if s := a.Stats(); s.InFlight != 2 || s.Queued != 4 {
			t.Errorf("in flight %d, queued %d; want 2 and 4", s.InFlight, s.Queued)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		began := time.Now()
		_, err := echo(ctx, a)
		wantCode(t, err, gateway.ErrServiceUnavailable)
		if took := time.Since(began); took >= 10*time.Second || took < 9*time.Second {
			t.Errorf("refused after %v, want a little before the deadline of 10 s", took)
		}
		if e := gateway.AsError(err); !strings.Contains(e.Message, "busy") || e.Status != 503 {
			t.Errorf("status %d, message %q", e.Status, e.Message)
		}
		if s := a.Stats(); s.Queued != 4 {
			t.Errorf("queued %d after the refusal, want 4", s.Queued)
		}
		close(release)
		blocked.Wait()
		if _, err := echo(t.Context(), a); err != nil {
			t.Errorf("echo afterwards: %v", err)
		}
	})
}

func TestEndedRequestFreesItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := active(t, &backend{}, nil)
		release := make(chan struct{})
		var waiting sync.WaitGroup
		for range 2 {
			waiting.Go(func() { _ = block(t.Context(), a, release) })
		}
		synctest.Wait()
		killed, kill := context.WithCancel(t.Context())
		ran := false
		for range 4 { // fills the mailbox
			waiting.Go(func() {
				_, err := services.Call(killed, a, services.Read("late"), func(context.Context, *driver) (int, error) {
					ran = true
					return 0, nil
				})
				wantCode(t, err, gateway.ErrTimeout)
			})
		}
		synctest.Wait()
		waiting.Go(func() { // waits outside
			if _, err := echo(t.Context(), a); err != nil {
				t.Errorf("echo: %v", err)
			}
		})
		synctest.Wait()
		if s := a.Stats(); s.Queued != 5 {
			t.Errorf("queued %d, want 5", s.Queued)
		}
		kill()
		synctest.Wait()
		if s := a.Stats(); s.Queued != 1 {
			t.Errorf("queued %d after the requests ended, want 1", s.Queued)
		}
		close(release)
		waiting.Wait()
		if ran {
			t.Error("an operation ran although its request had ended")
		}
	})
}

func TestSlowOperationTimesOutBeforeTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := active(t, &backend{}, nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err := block(ctx, a, nil)
		wantCode(t, err, gateway.ErrTimeout)
		if ctx.Err() != nil {
			t.Error("the request had ended when the error came: nobody could answer with it")
		}
	})
}

func TestDriverThatDoesNotListenIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := active(t, &backend{}, nil)
		release := make(chan struct{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := services.Call(ctx, a, services.Write("deaf"), func(context.Context, *driver) (int, error) {
			<-release
			return 1, nil
		})
		wantCode(t, err, gateway.ErrTimeout)
		if ctx.Err() != nil {
			t.Error("the request had ended when the error came")
		}
		if s := a.Stats(); s.Abandoned != 1 || s.InFlight != 1 {
			t.Errorf("abandoned %d, in flight %d; want 1 and 1", s.Abandoned, s.InFlight)
		}
		close(release)
		synctest.Wait()
		if s := a.Stats(); s.InFlight != 0 {
			t.Errorf("in flight %d at the end", s.InFlight)
		}
	})
}

func TestPanicRestartsTheActor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &backend{}
		a := active(t, b, map[string]any{"password": "hunter2x"})
		crash := func() error {
			_, err := services.Call(t.Context(), a, services.Read("crash"), func(context.Context, *driver) (int, error) {
				panic("nil map with hunter2x")
			})
			return err
		}
		for i := range 3 {
			err := crash()
			wantCode(t, err, gateway.ErrInternal)
			if strings.Contains(err.Error(), "hunter2x") {
				t.Errorf("the password is in %q", err)
			}
			if got, err := echo(t.Context(), a); got != "localhost" || err != nil { // waits for the restart
				t.Errorf("echo after crash %d = %q, %v", i, got, err)
			}
		}
		if s := a.Stats(); s.Restarts != 3 || s.State != services.StateActive {
			t.Errorf("restarts %d, state %s; want 3, active", s.Restarts, s.State)
		}
		if b.opened != 4 || b.drivers() != 1 {
			t.Errorf("%d drivers opened, %d open; want 4 and 1", b.opened, b.drivers())
		}
	})
}

func TestOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &backend{}
		a := active(t, b, nil)
		refused := errors.New("connection refused")
		b.set(func(b *backend) { b.down = refused })

		began := time.Now()
		_, err := echo(t.Context(), a)
		wantCode(t, err, gateway.ErrServiceUnavailable)
		if took := time.Since(began); took != 2*time.Second {
			t.Errorf("refused after %v, want the grace period of 2 s", took)
		}
		if !strings.Contains(err.Error(), "connection refused") {
			t.Errorf("error %q does not say why", err)
		}
		began = time.Now()
		_, err = echo(t.Context(), a)
		wantCode(t, err, gateway.ErrServiceUnavailable)
		if took := time.Since(began); took != 0 {
			t.Errorf("during the outage refused after %v, want at once", took)
		}
		if s := a.Stats(); s.State != services.StateReconnecting || s.Queued != 0 {
			t.Errorf("state %s, queued %d", s.State, s.Queued)
		}

		b.set(func(b *backend) { b.down = nil })
		if err := a.Await(t.Context()); err != nil {
			t.Fatalf("Await: %v", err)
		}
		if _, err := echo(t.Context(), a); err != nil {
			t.Errorf("echo after the outage: %v", err)
		}
		if s := a.Stats(); s.Reconnects != 1 || b.opened != 1 {
			t.Errorf("reconnects %d, drivers opened %d; want 1 and 1", s.Reconnects, b.opened)
		}
	})
}

func TestShortOutageGoesUnnoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &backend{}
		a := active(t, b, nil)
		b.set(func(b *backend) { b.down = errors.New("connection refused") })
		time.AfterFunc(time.Second, func() { b.set(func(b *backend) { b.down = nil }) })
		if _, err := echo(t.Context(), a); err != nil {
			t.Errorf("echo over a restart of the backend: %v", err)
		}
	})
}

func TestRetries(t *testing.T) {
	reset := errors.New("connection reset")
	tests := []struct {
		name  string
		op    services.Op
		err   error
		tries int
	}{
		{"read, nothing sent", services.Read("get"), services.Unreachable(reset), 3},
		{"read, lost", services.Read("get"), services.Lost(reset), 3},
		{"write, nothing sent", services.Write("set"), services.Unreachable(reset), 3},
		{"write, lost", services.Write("set"), services.Lost(reset), 1},
		{"other error", services.Read("get"), reset, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := active(t, &backend{}, nil)
				tries := 0
				_, err := services.Call(t.Context(), a, tt.op, func(context.Context, *driver) (int, error) {
					tries++
					return 0, tt.err
				})
				if err == nil || tries != tt.tries {
					t.Errorf("%d tries, error %v; want %d and an error", tries, err, tt.tries)
				}
				if got := a.Stats().Retries; got != uint64(tt.tries-1) {
					t.Errorf("retries %d, want %d", got, tt.tries-1)
				}
				if _, err := echo(t.Context(), a); err != nil {
					t.Errorf("echo afterwards: %v", err)
				}
			})
		})
	}
}

func TestStartNeverWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &backend{openErr: errors.New("no route to host")}
		began := time.Now()
		a := newActor(t, b, nil)
		if took := time.Since(began); took != 0 {
			t.Errorf("NewActor took %v", took)
		}
		if s := a.Stats(); s.State != services.StateConnecting {
			t.Errorf("state %s, want connecting", s.State)
		}
		time.Sleep(time.Minute) // of the bubble's clock
		_, err := echo(t.Context(), a)
		wantCode(t, err, gateway.ErrServiceUnavailable)
		if s := a.Stats(); s.State != services.StateConnecting || s.LastError != "no route to host" {
			t.Errorf("state %s, last error %q", s.State, s.LastError)
		}
		b.set(func(b *backend) { b.openErr = nil })
		if err := a.Await(t.Context()); err != nil {
			t.Errorf("Await: %v", err)
		}
	})
}

func TestStop(t *testing.T) {
	t.Run("finishes what is queued", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			a := active(t, &backend{}, nil)
			release := make(chan struct{})
			var calls sync.WaitGroup
			for range 5 {
				calls.Go(func() {
					if err := block(t.Context(), a, release); err != nil {
						t.Errorf("block: %v", err)
					}
				})
			}
			synctest.Wait()
			stopped := make(chan error, 1)
			go func() { stopped <- a.Stop(t.Context()) }()
			synctest.Wait()
			_, err := echo(t.Context(), a)
			wantCode(t, err, gateway.ErrServiceUnavailable)
			close(release)
			calls.Wait()
			if err := <-stopped; err != nil {
				t.Errorf("Stop: %v", err)
			}
		})
	})
	t.Run("is bounded", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			a := active(t, &backend{}, nil)
			var calls sync.WaitGroup
			for range 5 {
				calls.Go(func() {
					if err := block(t.Context(), a, nil); err == nil {
						t.Error("an operation succeeded that never ended")
					}
				})
			}
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			began := time.Now()
			if err := a.Stop(ctx); err != nil {
				t.Errorf("Stop: %v", err)
			}
			if took := time.Since(began); took != 3*time.Second {
				t.Errorf("Stop took %v, want 3 s", took)
			}
			calls.Wait()
			if s := a.Stats(); s.State != services.StateInactive {
				t.Errorf("state %s", s.State)
			}
		})
	})
}

func TestReconfigure(t *testing.T) {
	setting := func(t *testing.T, b *backend, host string) services.Setting {
		t.Helper()
		s, err := testKind(b).Setting(map[string]any{"host": host, "workers": 3, "mailbox": 1, "password": "hunter2x"})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	t.Run("loses nothing", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := &backend{}
			a := active(t, b, nil)
			release := make(chan struct{})
			var calls sync.WaitGroup
			for range 2 { // occupy the old driver
				calls.Go(func() {
					if err := block(t.Context(), a, release); err != nil {
						t.Errorf("block: %v", err)
					}
				})
			}
			synctest.Wait()
			for range 6 {
				calls.Go(func() {
					if got, err := echo(t.Context(), a); got != "new" || err != nil {
						t.Errorf("echo = %q, %v; want the new driver", got, err)
					}
				})
			}
			synctest.Wait()
			if err := a.Reconfigure(t.Context(), setting(t, b, "new")); err != nil {
				t.Errorf("Reconfigure: %v", err)
			}
			synctest.Wait()
			if s := a.Stats(); s.Queued != 0 || s.InFlight != 2 || s.Workers != 3 || s.Mailbox != 1 {
				t.Errorf("stats %+v", s)
			}
			if n := b.drivers(); n != 2 {
				t.Errorf("%d drivers open while the old one drains, want 2", n)
			}
			close(release)
			calls.Wait()
			synctest.Wait()
			if n := b.drivers(); n != 1 {
				t.Errorf("%d drivers open at the end, want 1", n)
			}
		})
	})
	t.Run("keeps what works", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := &backend{}
			a := active(t, b, nil)
			b.set(func(b *backend) { b.openErr = errors.New("password hunter2x is wrong") })
			err := a.Reconfigure(t.Context(), setting(t, b, "new"))
			if err == nil || strings.Contains(err.Error(), "hunter2x") {
				t.Errorf("Reconfigure: %v; want an error without the password", err)
			}
			if got, err := echo(t.Context(), a); got != "localhost" || err != nil {
				t.Errorf("echo = %q, %v; want the old driver", got, err)
			}
		})
	})
	t.Run("replaces what does not", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := &backend{openErr: errors.New("no route")}
			a := newActor(t, b, nil)
			synctest.Wait()
			if err := a.Reconfigure(t.Context(), setting(t, b, "new")); err != nil {
				t.Errorf("Reconfigure: %v", err)
			}
			b.set(func(b *backend) { b.openErr = nil })
			if got, err := echo(t.Context(), a); got != "new" || err != nil {
				t.Errorf("echo = %q, %v", got, err)
			}
		})
	})
}

func TestHold(t *testing.T) {
	type journal struct {
		mu    sync.Mutex
		lines []string
	}
	note := func(j *journal, line string) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.lines = append(j.lines, line)
	}
	hold := func(ctx context.Context, a *services.Actor, j *journal) (*services.Session, error) {
		return services.Hold(ctx, a, services.Write("transaction"), func(ctx context.Context, d *driver) (func(context.Context), error) {
			note(j, "begin")
			return func(ctx context.Context) {
				if ctx.Err() != nil {
					t.Error("the context of end has ended")
				}
				note(j, "end")
			}, nil
		})
	}
	within := func(s *services.Session, j *journal, line string) error {
		_, err := services.Within(s, func(context.Context) (int, error) { note(j, line); return 0, nil })
		return err
	}

	t.Run("occupies one worker", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var j journal
			a := active(t, &backend{}, nil)
			s, err := hold(t.Context(), a, &j)
			if err != nil {
				t.Fatal(err)
			}
			if n := a.Stats().InFlight; n != 1 {
				t.Errorf("in flight %d, want 1", n)
			}
			for _, line := range []string{"a", "b"} {
				if err := within(s, &j, line); err != nil {
					t.Error(err)
				}
			}
			s.Close()
			s.Close()
			wantCode(t, within(s, &j, "late"), gateway.ErrTimeout)
			if got := fmt.Sprint(j.lines); got != "[begin a b end]" {
				t.Errorf("journal %s", got)
			}
			if n := a.Stats().InFlight; n != 0 {
				t.Errorf("in flight %d, want 0", n)
			}
		})
	})
	t.Run("ends with the request", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var j journal
			a := active(t, &backend{}, nil)
			ctx, kill := context.WithCancel(t.Context())
			s, err := hold(ctx, a, &j)
			if err != nil {
				t.Fatal(err)
			}
			kill()
			synctest.Wait()
			if got := fmt.Sprint(j.lines); got != "[begin end]" {
				t.Errorf("journal %s", got)
			}
			if s.Err() == nil {
				t.Error("Err is nil although the request has ended")
			}
			wantCode(t, within(s, &j, "late"), gateway.ErrTimeout)
			s.Close()
		})
	})
	t.Run("crash ends it and restarts the actor", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var j journal
			a := active(t, &backend{}, nil)
			s, err := hold(t.Context(), a, &j)
			if err != nil {
				t.Fatal(err)
			}
			_, err = services.Within(s, func(context.Context) (int, error) { panic("oops") })
			wantCode(t, err, gateway.ErrInternal)
			wantCode(t, within(s, &j, "late"), gateway.ErrServiceUnavailable)
			s.Close()
			synctest.Wait() // until the supervisor knows
			if got := fmt.Sprint(j.lines); got != "[begin end]" {
				t.Errorf("journal %s", got)
			}
			if _, err := echo(t.Context(), a); err != nil {
				t.Errorf("echo: %v", err)
			}
			if n := a.Stats().Restarts; n != 1 {
				t.Errorf("restarts %d, want 1", n)
			}
		})
	})
	t.Run("refused when busy", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			var j journal
			a := active(t, &backend{}, nil)
			for range 2 {
				s, err := hold(t.Context(), a, &j)
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := hold(ctx, a, &j)
			wantCode(t, err, gateway.ErrServiceUnavailable)
		})
	})
}

// TestManyCallers has many goroutines send, give up and crash at once; at the end
// everything is counted and nothing is left.
func TestManyCallers(t *testing.T) {
	b := &backend{}
	a := active(t, b, map[string]any{"workers": 4, "mailbox": 8})
	var callers sync.WaitGroup
	var sent atomic.Uint64
	for i := range 16 {
		callers.Go(func() {
			for n := range 200 {
				ctx, cancel := context.WithCancel(t.Context())
				if (n+i)%5 == 0 {
					cancel() // some are over before they begin
				}
				want := fmt.Sprint(i, n)
				got, err := services.Call(ctx, a, services.Read("x"), func(context.Context, *driver) (string, error) { return want, nil })
				sent.Add(1)
				if err == nil && got != want {
					t.Errorf("got %q, want %q: a reply went astray", got, want)
				}
				if err != nil && ctx.Err() == nil {
					t.Errorf("call: %v", err)
				}
				cancel()
			}
		})
	}
	callers.Wait()
	s := a.Stats()
	if s.Operations != sent.Load() || s.Queued != 0 || s.InFlight != 0 {
		t.Errorf("operations %d of %d, queued %d, in flight %d", s.Operations, sent.Load(), s.Queued, s.InFlight)
	}
}

func BenchmarkCall(b *testing.B) {
	kind := testKind(&backend{})
	setting, err := kind.Setting(map[string]any{"host": "h", "workers": 8})
	if err != nil {
		b.Fatal(err)
	}
	a := services.NewActor(kind, setting, services.Environment{Name: "bench"}, services.Timing{})
	defer a.Stop(context.Background())
	if err := a.Await(b.Context()); err != nil {
		b.Fatal(err)
	}
	op := services.Read("nothing")
	nothing := func(context.Context, *driver) (int, error) { return 1, nil }
	ctx, cancel := context.WithTimeout(b.Context(), time.Hour)
	defer cancel()
	b.Run("one caller", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := services.Call(ctx, a, op, nothing); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("many callers", func(b *testing.B) {
		b.ReportAllocs()
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := services.Call(ctx, a, op, nothing); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

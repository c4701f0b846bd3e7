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

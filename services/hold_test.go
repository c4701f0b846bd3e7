package services_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/services"
)

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

package services_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
)

// TestFirstAttemptIsWaitedFor: a service that is being opened makes requests wait as
// long as they can, and not only for the grace period.
func TestFirstAttemptIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &backend{opening: make(chan struct{})}
		a := newActor(t, b, nil)
		results := make(chan error)
		go func() {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			_, err := echo(ctx, a)
			results <- err
		}()
		time.Sleep(5 * time.Second)

		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := echo(impatient, a)
		wantCode(t, err, gateway.ErrServiceUnavailable)
		if impatient.Err() != nil {
			t.Error("the answer came after the deadline")
		}
		close(b.opening)
		if err := <-results; err != nil {
			t.Errorf("the patient request got %v", err)
		}
	})
}

// TestCorrectedConfigurationIsWaitedFor: once the configuration of a service that
// refuses requests was changed, they wait for what comes of it.
func TestCorrectedConfigurationIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &backend{openErr: errors.New("wrong password")}
		a := newActor(t, b, nil)
		_, err := echo(t.Context(), a)
		wantCode(t, err, gateway.ErrServiceUnavailable)

		b.set(func(b *backend) { b.openErr, b.opening = nil, make(chan struct{}) })
		setting, err := testKind(b).Setting(map[string]any{"host": "right"})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Reconfigure(t.Context(), setting); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(3*time.Second, func() { close(b.opening) })
		if host, err := echo(t.Context(), a); host != "right" || err != nil {
			t.Errorf("echo = %q, %v", host, err)
		}
	})
}

// TestActivationTriesAtOnce: who activates a service that waits for its next attempt
// does not wait for it too.
func TestActivationTriesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &backend{openErr: errors.New("connection refused")}
		m, err := services.NewManager(services.Options{
			Kinds: []services.Kind{testKind(b)}, Timing: services.Timing{MinBackoff: time.Hour, MaxBackoff: time.Hour, Grace: time.Hour},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close(context.Background())
		svc := catalog.Service{ID: "1", Name: "main", Type: "test", Config: map[string]any{"host": "h"}, Enabled: true}
		m.Start(t.Context(), []catalog.Service{svc})
		synctest.Wait()
		b.set(func(b *backend) { b.openErr = nil })
		began := time.Now()
		if err := m.Activate(t.Context(), svc, true); err != nil {
			t.Errorf("Activate: %v", err)
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("active after %v, want at once", took)
		}
	})
}

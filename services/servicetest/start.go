package servicetest

import (
	"context"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
)

// Name is the name of the service that [Start] runs.
const Name = "under-test"

// Start runs a service of one of kinds until the test ends, and waits until its
// backend answers. dataDir is where relative paths of its configuration are.
func Start(t testing.TB, kinds []services.Kind, typ, dataDir string, config map[string]any) *services.Manager {
	t.Helper()
	return StartWith(t, services.Options{Kinds: kinds, DataDir: dataDir}, typ, config)
}

// StartWith is [Start] with all options of the manager.
func StartWith(t testing.TB, options services.Options, typ string, config map[string]any) *services.Manager {
	t.Helper()
	m, err := services.NewManager(options)
	if err != nil {
		t.Fatalf("make a manager: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := m.Close(ctx); err != nil {
			t.Errorf("close the manager: %v", err)
		}
	})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	service := catalog.Service{ID: "service-under-test", Name: Name, Type: typ, Config: config, Enabled: true}
	if err := m.Activate(ctx, service, true); err != nil {
		t.Fatalf("activate a service of type %s: %v", typ, err)
	}
	return m
}

// within gives a context for one test.
func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// view is what an endpoint sees of a manager.
func view(m *services.Manager) gateway.Services { return m.View(nil) }

func wantCode(t testing.TB, err error, code gateway.Code, what string) {
	t.Helper()
	if e := gateway.AsError(err); err == nil || e.Code != code {
		t.Errorf("%s: got error %v, want code %s", what, err, code)
	}
}

func must(t testing.TB, err error, what string) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

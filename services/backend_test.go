package services_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
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
	opening chan struct{} // where not nil, drivers are open once it is closed
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
			opening := b.opening
			b.mu.Unlock()
			if opening != nil {
				select {
				case <-opening:
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			}
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

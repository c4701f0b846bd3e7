package mail

import (
	"context"
	"path/filepath"

	"gateway/services"
)

// Kinds gives the kinds of this package: email and outbox.
func Kinds() []services.Kind {
	return []services.Kind{
		services.NewKind(services.Spec[Config]{
			Type: "email", Title: "Mail (SMTP)", Capability: services.Email,
			Defaults: DefaultConfig(),
			Validate: Config.validate,
			Limits:   func(c Config) services.Limits { return limits(c.ActorConfig, c.PoolSize) },
			Open: func(_ context.Context, c Config, env services.Environment) (services.Driver, error) {
				c.CACertPath = below(env.DataDir, c.CACertPath)
				return OpenSMTP(c)
			},
			Handle: newHandle,
		}),
		services.NewKind(services.Spec[OutboxConfig]{
			Type: "outbox", Title: "Outbox folder", Capability: services.Email, Embedded: true,
			Defaults: OutboxConfig{
				ActorConfig: services.DefaultActorConfig(), FromAddress: "gateway@localhost",
				Path: "outbox", MaxMessages: 1000, MaxMessageMB: 25,
			},
			Validate: func(c OutboxConfig) error { return c.identity().validate() },
			Limits:   func(c OutboxConfig) services.Limits { return limits(c.ActorConfig, 0) },
			Open: func(_ context.Context, c OutboxConfig, env services.Environment) (services.Driver, error) {
				return OpenFolder(below(env.DataDir, c.Path), c)
			},
			Handle: func(ctx context.Context, actor *services.Actor) any { return outboxHandle{handle{ctx, actor}} },
		}),
	}
}

// below gives a relative file name its place in the data folder.
func below(folder, name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(folder, name)
}

// limits gives an actor as many workers as there may be connections, unless set.
func limits(c services.ActorConfig, pool int) services.Limits {
	workers := c.Workers
	if workers == 0 {
		workers = pool
	}
	return services.Limits{Workers: workers, Mailbox: c.Mailbox}
}

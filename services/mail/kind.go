package mail

import (
	"context"

	"gateway/services"
	"gateway/services/internal/setup"
)

// Kinds gives the kinds of this package: email and outbox.
func Kinds() []services.Kind {
	return []services.Kind{
		services.NewKind(services.Spec[Config]{
			Type: "email", Title: "Mail (SMTP)", Capability: services.Email,
			Defaults: DefaultConfig(),
			Validate: Config.validate,
			Limits:   func(c Config) services.Limits { return setup.Limits(c.ActorConfig, c.PoolSize) },
			Open: func(_ context.Context, c Config, env services.Environment) (services.Driver, error) {
				c.SSLRootCert = setup.Below(env.DataDir, c.SSLRootCert)
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
			Limits:   func(c OutboxConfig) services.Limits { return setup.Limits(c.ActorConfig, 0) },
			Open: func(_ context.Context, c OutboxConfig, env services.Environment) (services.Driver, error) {
				return OpenFolder(setup.Below(env.DataDir, c.Path), c)
			},
			Handle: func(ctx context.Context, actor *services.Actor) any { return outboxHandle{handle{ctx, actor}} },
		}),
	}
}

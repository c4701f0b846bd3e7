// Package services runs the backends that handlers use: databases, caches,
// object stores, file servers, mail.
//
// # Concepts
//
// A [Kind] is a type of backend ("postgres", "redis", …): its configuration with
// defaults, what handlers use it for ([Capability]), how to open its client
// ([Driver]) and how to make the SDK handle. The sub-packages provide kinds; a
// program lists the ones it wants in [Options].
//
// An [Actor] is one configured backend at run time. It owns the driver, and
// nothing else touches it: handlers send messages to the actor's bounded mailbox,
// and its workers carry them out. A message has the context of the request it
// serves, so that it leaves the queue when its request ends. Use [Call] for one
// operation, and [Hold] for several on one worker (a transaction, a stream).
//
// The [Manager] has all actors. It starts them without waiting, applies changes of
// their configuration, and gives each endpoint its view of them, which implements
// gateway.Services.
//
// # States
//
// An actor is connecting until its backend has answered for the first time, then
// active. When an operation finds the connection gone the actor asks the backend
// itself: while that fails it is reconnecting. Messages wait during the first
// attempt to connect as long as their requests have; once the backend turns out to
// be away they wait for the grace period ([Timing]), after which they, and all that
// follow, are refused with gateway.ErrServiceUnavailable until it answers. A driver that
// panics is closed and opened anew, which shows as restarting.
//
// # Writing a kind
//
// A kind is a config struct with its defaults, a driver, and a handle:
//
//	type Config struct {
//		Host string `config:"host,required" doc:"server name"`
//		Password string `config:"password,secret"`
//	}
//
//	func Kind() services.Kind {
//		return services.NewKind(services.Spec[Config]{
//			Type: "example", Capability: services.Cache, Defaults: Config{…},
//			Open:   func(ctx context.Context, c Config, env services.Environment) (services.Driver, error) { … },
//			Handle: func(ctx context.Context, a *services.Actor) any { return handle{ctx, a} },
//		})
//	}
//
//	func (h handle) Get(key string) (string, error) {
//		return services.Call(h.ctx, h.actor, services.Read("get"), func(ctx context.Context, d *driver) (string, error) {
//			return d.get(ctx, key)
//		})
//	}
//
// A driver says of a failed connection whether anything had been sent, with
// [Unreachable] and [Lost]: the actor repeats what is safe to repeat.
//
// DESIGN.md beside this file says why things are as they are.
package services

package services

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"gateway"
)

// Capability is what handlers use a kind of service for.
type Capability string

// The capabilities, each with the interface of the SDK that its handles implement.
const (
	Database  Capability = "database"  // gateway.Database
	Cache     Capability = "cache"     // gateway.Cache
	Storage   Capability = "storage"   // gateway.Storage
	Files     Capability = "files"     // gateway.Files
	Email     Capability = "email"     // gateway.Email
	Documents Capability = "documents" // gateway.Documents
)

// code is what an error of a driver becomes that says nothing better itself.
func (c Capability) code() gateway.Code {
	switch c {
	case Database, Documents:
		return gateway.ErrDatabase
	case Cache:
		return gateway.ErrCache
	case Storage, Files:
		return gateway.ErrStorage
	case Email:
		return gateway.ErrEmail
	default:
		return gateway.ErrInternal
	}
}

// Driver is the client of one backend with its pool of connections. The actor
// that opened it owns it, and calls it from several workers at once.
type Driver interface {
	// Ping asks the backend itself, over the network, and fails where it does not answer.
	Ping(ctx context.Context) error
	// Close releases everything. It is called once, after the last operation has
	// ended or was given up.
	Close() error
}

// Environment is what a driver is opened in.
type Environment struct {
	Name    string       // of the service
	DataDir string       // relative paths of a configuration are below it
	Log     *slog.Logger // never nil; secrets do not belong into it
	Testing bool         // only Ping follows: leave out migrations and the like
	State   any          // of the actor, from Spec.NewState; nil when testing
}

// Spec defines a kind whose configuration is C, a struct. Its fields are tagged
//
//	config:"NAME[,required][,secret]"  oneof:"a b c"  min:"1"  max:"65535"  doc:"…"
//
// where NAME is the field in the configuration, required means that it may not be
// left out or empty, secret that it is masked and encrypted, and min and max bound
// numbers. Field types are string, bool, integers, float64, []string and
// map[string]string. Fields of embedded structs count as the struct's own.
type Spec[C any] struct {
	Type       string
	Title      string // for people: "PostgreSQL"
	Capability Capability
	Embedded   bool // works without a server

	// Defaults is the configuration where nothing is said.
	Defaults C
	// Validate reports what the tags cannot express, with [FieldError] where a
	// field is to blame. Nil where there is nothing to report. It also sees
	// configurations whose ${…} references are not resolved: their fields hold
	// the defaults.
	Validate func(C) error
	// Limits says how the actor works under a configuration; a nil function or a
	// zero field stands for the default.
	Limits func(C) Limits
	// Open makes the driver. It may connect, but need not: Ping follows. ctx is for
	// opening only.
	Open func(ctx context.Context, config C, env Environment) (Driver, error)
	// Handle makes the SDK handle of one request; see [Capability] for its type.
	Handle func(ctx context.Context, actor *Actor) any
	// NewState makes what all drivers and handles of one actor share; see
	// [Actor.State]. Nil where there is nothing.
	NewState func() any
}

// Kind is a type of service, made from a [Spec]. It is immutable.
type Kind struct {
	Type       string
	Title      string
	Capability Capability
	Embedded   bool

	fields []Field
	decode func(config map[string]any, references bool) (any, error)
	limits func(config any) Limits
	open   func(ctx context.Context, config any, env Environment) (Driver, error)
	handle func(ctx context.Context, actor *Actor) any
	state  func() any
}

// NewKind makes a kind. It panics where C's tags make no sense, which is a
// mistake of the programmer.
func NewKind[C any](spec Spec[C]) Kind {
	layout := layoutOf(spec.Defaults)
	return Kind{
		Type:       spec.Type,
		Title:      spec.Title,
		Capability: spec.Capability,
		Embedded:   spec.Embedded,
		fields:     layout.fields,
		decode: func(config map[string]any, references bool) (any, error) {
			c := spec.Defaults
			if err := layout.decode(config, &c, references); err != nil {
				return nil, err
			}
			if spec.Validate != nil {
				if err := spec.Validate(c); err != nil {
					return nil, err
				}
			}
			return c, nil
		},
		limits: func(config any) Limits {
			if spec.Limits == nil {
				return Limits{}.orDefaults()
			}
			return spec.Limits(config.(C)).orDefaults()
		},
		open: func(ctx context.Context, config any, env Environment) (Driver, error) {
			return spec.Open(ctx, config.(C), env)
		},
		handle: spec.Handle,
		state:  spec.NewState,
	}
}

// MarshalJSON describes the kind for clients that show forms.
func (k Kind) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Type       string     `json:"service_type"`
		Title      string     `json:"title"`
		Capability Capability `json:"capability"`
		Embedded   bool       `json:"embedded"` // works without a server
		Fields     []Field    `json:"fields"`
	}{k.Type, k.Title, k.Capability, k.Embedded, k.fields})
}

// Fields describes the configuration, in the order of the struct.
func (k Kind) Fields() []Field { return k.fields }

// Limits says how an actor works.
type Limits struct {
	Workers int           // operations at once; 10 where zero
	Mailbox int           // messages waiting for a worker; more wait outside; 1024 where zero
	Timeout time.Duration // of one operation, beside its request's deadline; none where zero
	// HoldTimeout is Timeout for what Hold holds; none where zero.
	HoldTimeout time.Duration
	// Open is the time for opening a driver where Timing's is not enough.
	Open time.Duration
}

func (l Limits) orDefaults() Limits {
	if l.Workers == 0 {
		l.Workers = 10
	}
	if l.Mailbox == 0 {
		l.Mailbox = 1024
	}
	return l
}

// ActorConfig holds the fields every kind has. Kinds embed it in their
// configuration and pass it on in Limits.
type ActorConfig struct {
	Workers int `config:"workers" min:"0" max:"10000" doc:"operations carried out at once; 0: as many as connections"`
	Mailbox int `config:"mailbox" min:"1" max:"1000000" doc:"operations that may wait for a worker"`
}

// DefaultActorConfig is an [ActorConfig] for the defaults of a kind.
func DefaultActorConfig() ActorConfig { return ActorConfig{Mailbox: 1024} }

package document

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"

	"gateway/services"
	"gateway/services/internal/setup"
)

// Config is the configuration of a [Mongo].
type Config struct {
	services.ActorConfig
	Database   string   `config:"database,required" doc:"name of the database"`
	URI        string   `config:"uri,secret" doc:"connection string (mongodb:// or mongodb+srv://), instead of host and port"`
	Host       string   `config:"host" doc:"server name or address"`
	Port       int      `config:"port" min:"1" max:"65535"`
	Hosts      []string `config:"hosts" doc:"members of a replica set as host:port, instead of host and port"`
	ReplicaSet string   `config:"replica_set" doc:"name of the replica set"`
	Username   string   `config:"username" doc:"empty: no login"`
	Password   string   `config:"password,secret"`
	AuthSource string   `config:"auth_source" doc:"database that knows the user"`

	UseSSL        bool   `config:"use_ssl" doc:"connect with TLS"`
	SSLRootCert   string `config:"ssl_root_cert" doc:"file with the certificates of trusted authorities; the system's where empty"`
	SSLSkipVerify bool   `config:"ssl_skip_verify" doc:"accept any certificate of the server"`

	PoolSize       int `config:"pool_size" min:"1" max:"10000" doc:"connections at most, to each server"`
	TimeoutSeconds int `config:"timeout_seconds" min:"1" max:"3600" doc:"limit for connecting"`
}

// DefaultConfig is the configuration where nothing is said.
func DefaultConfig() Config {
	return Config{
		ActorConfig: services.DefaultActorConfig(), Host: "localhost", Port: 27017, AuthSource: "admin",
		PoolSize: 10, TimeoutSeconds: 10,
	}
}

func (c Config) validate() error {
	var errs []error
	if c.Host == "" && len(c.Hosts) == 0 && c.URI == "" {
		errs = append(errs, services.BadField("host", "required, unless there are hosts or a uri"))
	}
	if c.URI != "" && len(c.Hosts) > 0 {
		errs = append(errs, services.BadField("hosts", "uri is set too; want one of them"))
	}
	if c.Username == "" && c.Password != "" {
		errs = append(errs, services.BadField("username", "required, as there is a password"))
	}
	if strings.ContainsAny(c.Database, "/\\. \"$\x00") || len(c.Database) > 63 {
		errs = append(errs, services.BadField("database", "%q is not a name of a database", c.Database))
	}
	return errors.Join(errs...)
}

func (c Config) addresses() []string {
	if len(c.Hosts) > 0 {
		return c.Hosts
	}
	return []string{net.JoinHostPort(c.Host, strconv.Itoa(c.Port))}
}

// Kinds gives the kind of this package: mongodb.
func Kinds() []services.Kind {
	return []services.Kind{services.NewKind(services.Spec[Config]{
		Type: "mongodb", Title: "MongoDB", Capability: services.Documents,
		Defaults: DefaultConfig(),
		Validate: Config.validate,
		Limits:   func(c Config) services.Limits { return setup.Limits(c.ActorConfig, c.PoolSize) },
		Open: func(_ context.Context, c Config, env services.Environment) (services.Driver, error) {
			c.SSLRootCert = setup.Below(env.DataDir, c.SSLRootCert)
			return OpenMongo(c)
		},
		Handle: newHandle,
	})}
}

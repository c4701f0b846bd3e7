package files

import (
	"context"
	"path/filepath"
	"time"

	"gateway/services"
)

// Kinds gives the kinds of this package: ftp and folder.
func Kinds() []services.Kind {
	return []services.Kind{
		services.NewKind(services.Spec[Config]{
			Type: "ftp", Title: "FTP, FTPS or SFTP", Capability: services.Files,
			Defaults: DefaultConfig(),
			Validate: Config.validate,
			Limits:   func(c Config) services.Limits { return limits(c.ActorConfig, c.PoolSize) },
			Open: func(_ context.Context, c Config, env services.Environment) (services.Driver, error) {
				c.PrivateKeyPath = below(env.DataDir, c.PrivateKeyPath)
				c.KnownHostsPath = below(env.DataDir, c.KnownHostsPath)
				c.CACertPath = below(env.DataDir, c.CACertPath)
				return OpenRemote(c)
			},
			Handle: newHandle,
		}),
		services.NewKind(services.Spec[FolderConfig]{
			Type: "folder", Title: "Folder of files", Capability: services.Files, Embedded: true,
			Defaults: FolderConfig{ActorConfig: services.DefaultActorConfig(), Path: "files"},
			Limits:   func(c FolderConfig) services.Limits { return limits(c.ActorConfig, 0) },
			Open: func(_ context.Context, c FolderConfig, env services.Environment) (services.Driver, error) {
				return OpenFolder(below(env.DataDir, c.Path))
			},
			Handle: newHandle,
		}),
	}
}

// FolderConfig is the configuration of a [Folder].
type FolderConfig struct {
	services.ActorConfig
	Path string `config:"path" doc:"folder, made where missing; relative to the gateway's data folder"`
}

// below gives a relative file name its place in the data folder.
func below(folder, name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(folder, name)
}

// limits gives an actor as many workers as there are connections, unless set.
func limits(c services.ActorConfig, pool int) services.Limits {
	workers := c.Workers
	if workers == 0 {
		workers = pool
	}
	return services.Limits{Workers: workers, Mailbox: c.Mailbox, HoldTimeout: time.Hour}
}

package files

import (
	"context"

	"gateway/services"
	"gateway/services/internal/setup"
)

// Kinds gives the kinds of this package: ftp and folder.
func Kinds() []services.Kind {
	return []services.Kind{
		services.NewKind(services.Spec[Config]{
			Type: "ftp", Title: "FTP, FTPS or SFTP", Capability: services.Files,
			Defaults: DefaultConfig(),
			Validate: Config.validate,
			Limits:   func(c Config) services.Limits { return setup.Limits(c.ActorConfig, c.PoolSize) },
			Open: func(_ context.Context, c Config, env services.Environment) (services.Driver, error) {
				c.PrivateKeyPath = setup.Below(env.DataDir, c.PrivateKeyPath)
				c.KnownHostsPath = setup.Below(env.DataDir, c.KnownHostsPath)
				c.SSLRootCert = setup.Below(env.DataDir, c.SSLRootCert)
				return OpenRemote(c)
			},
			Handle: newHandle,
		}),
		services.NewKind(services.Spec[FolderConfig]{
			Type: "folder", Title: "Folder of files", Capability: services.Files, Embedded: true,
			Defaults: FolderConfig{ActorConfig: services.DefaultActorConfig(), Path: "files"},
			Limits:   func(c FolderConfig) services.Limits { return setup.Limits(c.ActorConfig, 0) },
			Open: func(_ context.Context, c FolderConfig, env services.Environment) (services.Driver, error) {
				return OpenFolder(setup.Below(env.DataDir, c.Path))
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

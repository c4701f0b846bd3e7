package object

import (
	"context"
	"strings"

	"gateway/services"
	"gateway/services/internal/setup"
)

// Kinds gives the kinds of this package: local, minio and s3.
func Kinds() []services.Kind {
	minio := S3Config{
		ActorConfig: services.DefaultActorConfig(), Region: "us-east-1", UseSSL: true, PathStyle: true,
		CreateBucket: true, PoolSize: 10, TimeoutSeconds: 30,
	}
	s3 := minio
	s3.Endpoint, s3.PathStyle, s3.CreateBucket = "s3.amazonaws.com", false, false
	return []services.Kind{
		services.NewKind(services.Spec[LocalConfig]{
			Type: "local", Title: "Folder of objects", Capability: services.Storage, Embedded: true,
			Defaults: LocalConfig{ActorConfig: services.DefaultActorConfig(), Path: "objects", BaseURL: DefaultPresignBase},
			Limits:   func(c LocalConfig) services.Limits { return setup.Limits(c.ActorConfig, 0) },
			Open: func(_ context.Context, c LocalConfig, env services.Environment) (services.Driver, error) {
				return OpenLocal(setup.Below(env.DataDir, c.Path), env.Name, c.BaseURL)
			},
			Handle: newHandle,
		}),
		s3Kind("minio", "MinIO", minio),
		s3Kind("s3", "S3", s3),
	}
}

func s3Kind(name, title string, defaults S3Config) services.Kind {
	return services.NewKind(services.Spec[S3Config]{
		Type: name, Title: title, Capability: services.Storage, Defaults: defaults,
		Validate: S3Config.validate,
		Limits:   func(c S3Config) services.Limits { return setup.Limits(c.ActorConfig, c.PoolSize) },
		Open: func(_ context.Context, c S3Config, env services.Environment) (services.Driver, error) {
			c.SSLRootCert = setup.Below(env.DataDir, c.SSLRootCert)
			store, err := OpenS3(c)
			if err != nil {
				return nil, err
			}
			store.testing = env.Testing
			return store, nil
		},
		Handle: newHandle,
	})
}

// LocalConfig is the configuration of a [Local].
type LocalConfig struct {
	services.ActorConfig
	Path    string `config:"path" doc:"folder, made where missing; relative to the gateway's data folder"`
	BaseURL string `config:"base_url" doc:"what presigned URLs begin with; a path, or a URL where clients need a host"`
}

// S3Config is the configuration of an [S3].
type S3Config struct {
	services.ActorConfig
	Endpoint       string `config:"endpoint" doc:"host or host:port of the server, without a scheme"`
	AccessKey      string `config:"access_key,required,secret" doc:"name of the account"`
	SecretKey      string `config:"secret_key,required,secret" doc:"its password"`
	Bucket         string `config:"bucket,required" doc:"where the objects are"`
	Region         string `config:"region" doc:"region of the bucket"`
	UseSSL         bool   `config:"use_ssl" doc:"connect with TLS"`
	PathStyle      bool   `config:"path_style" doc:"put the bucket into the path instead of the host name"`
	CreateBucket   bool   `config:"create_bucket" doc:"make the bucket where it does not exist"`
	SSLRootCert    string `config:"ssl_root_cert" doc:"file with the certificates of trusted authorities; the system's where empty"`
	SSLSkipVerify  bool   `config:"ssl_skip_verify" doc:"accept any certificate of the server"`
	PoolSize       int    `config:"pool_size" min:"1" max:"1000" doc:"connections kept open"`
	TimeoutSeconds int    `config:"timeout_seconds" min:"1" max:"3600" doc:"limit for connecting"`
}

func (c S3Config) validate() error {
	switch {
	case c.Endpoint == "":
		return services.BadField("endpoint", "required")
	case strings.Contains(c.Endpoint, "/"):
		return services.BadField("endpoint", "want host or host:port; use_ssl says whether to use TLS")
	}
	return nil
}

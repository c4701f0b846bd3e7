package files

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"golang.org/x/crypto/ssh"

	"gateway/services"
	"gateway/services/internal/setup"
)

// The protocols of a [Config].
const (
	FTP          = "ftp"
	FTPS         = "ftps"          // TLS after AUTH TLS
	FTPSImplicit = "ftps-implicit" // TLS from the first byte
	SFTP         = "sftp"
)

// Config is the configuration of a [Remote].
type Config struct {
	services.ActorConfig
	Host     string `config:"host,required" doc:"name or address of the server"`
	Port     int    `config:"port" min:"0" max:"65535" doc:"0: 21 for ftp and ftps, 990 for ftps-implicit, 22 for sftp"`
	Protocol string `config:"protocol" oneof:"ftp ftps ftps-implicit sftp" doc:"ftps begins TLS on the usual port, ftps-implicit on one of its own"`
	Username string `config:"username,required" doc:"account on the server"`
	Password string `config:"password,secret" doc:"of the account"`

	PrivateKeyPath       string `config:"private_key_path" doc:"file with an SSH private key (sftp)"`
	PrivateKey           string `config:"private_key,secret" doc:"the SSH private key itself, in PEM (sftp)"`
	PrivateKeyPassphrase string `config:"private_key_passphrase,secret" doc:"of the private key (sftp)"`

	HostKey               string `config:"host_key" doc:"public key or SHA256 fingerprint of the server (sftp)"`
	KnownHostsPath        string `config:"known_hosts_path" doc:"known_hosts file with the server's key (sftp)"`
	InsecureIgnoreHostKey bool   `config:"insecure_ignore_host_key" doc:"accept any server: for tests only (sftp)"`

	SSLRootCert   string `config:"ssl_root_cert" doc:"file with the certificates of trusted authorities; the system's where empty (ftps)"`
	SSLSkipVerify bool   `config:"ssl_skip_verify" doc:"accept any certificate of the server (ftps)"`

	BasePath       string `config:"base_path" doc:"folder that all paths are below; the login folder where empty, and below it where relative"`
	PassiveMode    bool   `config:"passive_mode" doc:"must be true: active mode is not supported (ftp, ftps)"`
	AtomicWrites   bool   `config:"atomic_writes" doc:"write files under another name first and rename them"`
	PoolSize       int    `config:"pool_size" min:"1" max:"100" doc:"connections at most"`
	TimeoutSeconds int    `config:"timeout_seconds" min:"1" max:"3600" doc:"limit for connecting and logging in"`
}

// DefaultConfig is the configuration where nothing is said.
func DefaultConfig() Config {
	return Config{
		ActorConfig: services.DefaultActorConfig(), Protocol: FTP, PassiveMode: true, AtomicWrites: true,
		PoolSize: 4, TimeoutSeconds: 30,
	}
}

func (c Config) validate() error {
	var errs []error
	only := func(protocol bool, field string, set bool) {
		if set && !protocol {
			errs = append(errs, services.BadField(field, "means nothing with protocol %s", c.Protocol))
		}
	}
	sftp := c.Protocol == SFTP
	ftps := c.Protocol == FTPS || c.Protocol == FTPSImplicit
	only(sftp, "private_key_path", c.PrivateKeyPath != "")
	only(sftp, "private_key", c.PrivateKey != "")
	only(sftp, "private_key_passphrase", c.PrivateKeyPassphrase != "")
	only(sftp, "host_key", c.HostKey != "")
	only(sftp, "known_hosts_path", c.KnownHostsPath != "")
	only(sftp, "insecure_ignore_host_key", c.InsecureIgnoreHostKey)
	only(ftps, "ssl_root_cert", c.SSLRootCert != "")
	only(ftps, "ssl_skip_verify", c.SSLSkipVerify)
	if !sftp && !c.PassiveMode {
		errs = append(errs, services.BadField("passive_mode", "active mode is not supported: the server would have to connect back to the gateway; leave it out or set it to true"))
	}
	if c.PrivateKey != "" && c.PrivateKeyPath != "" {
		errs = append(errs, services.BadField("private_key", "private_key_path is set too; want one of them"))
	}
	if _, err := CleanPath(c.BasePath); err != nil {
		errs = append(errs, services.BadField("base_path", "%v", err))
	}
	return errors.Join(errs...)
}

func (c Config) address() string {
	port := c.Port
	if port == 0 {
		port = map[string]int{FTP: 21, FTPS: 21, FTPSImplicit: 990, SFTP: 22}[c.Protocol]
	}
	return net.JoinHostPort(c.Host, strconv.Itoa(port))
}

// dialer prepares connections: whatever can be wrong without asking the server is
// found here.
func (c Config) dialer() (func(ctx context.Context) (connection, error), error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	timeout := time.Duration(c.TimeoutSeconds) * time.Second
	if c.Protocol == SFTP {
		config, err := c.ssh()
		if err != nil {
			return nil, err
		}
		return sftpLogin{address: c.address(), ssh: config, base: c.BasePath, timeout: timeout}.dial, nil
	}
	login := ftpLogin{
		address: c.address(), username: c.Username, password: c.Password,
		base: c.BasePath, timeout: timeout, implicit: c.Protocol == FTPSImplicit,
	}
	if c.Protocol != FTP {
		var err error
		if login.tls, err = setup.TLS(c.Host, c.SSLRootCert, c.SSLSkipVerify); err != nil {
			return nil, err
		}
	}
	return login.dial, nil
}

func (c Config) ssh() (*ssh.ClientConfig, error) {
	config := &ssh.ClientConfig{User: c.Username}
	signer, err := c.signer()
	if err != nil {
		return nil, err
	}
	if signer != nil {
		config.Auth = append(config.Auth, ssh.PublicKeys(signer))
	}
	if c.Password != "" {
		config.Auth = append(config.Auth, ssh.Password(c.Password), ssh.KeyboardInteractive(c.answer))
	}
	if len(config.Auth) == 0 {
		return nil, services.BadField("password", "required, unless there is a private key")
	}
	config.HostKeyCallback, config.HostKeyAlgorithms, err = c.hostKeys(c.address())
	return config, err
}

// answer gives the password to servers that ask for it as a question.
func (c Config) answer(_, _ string, questions []string, echos []bool) ([]string, error) {
	answers := make([]string, len(questions))
	for i := range questions {
		if echos[i] {
			return nil, errors.New("the server asks for more than a password")
		}
		answers[i] = c.Password
	}
	return answers, nil
}

// signer reads the private key, nil where none is configured.
func (c Config) signer() (ssh.Signer, error) {
	field, key := "private_key", []byte(c.PrivateKey)
	if c.PrivateKeyPath != "" {
		field = "private_key_path"
		var err error
		if key, err = os.ReadFile(c.PrivateKeyPath); err != nil {
			return nil, services.BadField(field, "%v", err)
		}
	}
	if len(key) == 0 {
		return nil, nil
	}
	var signer ssh.Signer
	var err error
	if c.PrivateKeyPassphrase != "" {
		signer, err = ssh.ParsePrivateKeyWithPassphrase(key, []byte(c.PrivateKeyPassphrase))
	} else {
		signer, err = ssh.ParsePrivateKey(key)
	}
	if missing := new(ssh.PassphraseMissingError); errors.As(err, &missing) {
		return nil, services.BadField("private_key_passphrase", "required: the private key is encrypted")
	}
	if err != nil {
		return nil, services.BadField(field, "is not a private key that can be read: %v", fmt.Errorf("%w", err))
	}
	return signer, nil
}

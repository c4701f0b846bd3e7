// Package setup has what the configurations of several kinds have in common.
package setup

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"path/filepath"

	"gateway/services"
)

// Below gives a relative file name of a configuration its place in the data
// folder. An empty name stays empty.
func Below(folder, name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(folder, name)
}

// Limits gives an actor as many workers as it has connections, unless its
// configuration says otherwise. Where connections is 0 there is no such number.
func Limits(c services.ActorConfig, connections int) services.Limits {
	workers := c.Workers
	if workers == 0 {
		workers = connections
	}
	return services.Limits{Workers: workers, Mailbox: c.Mailbox}
}

// TLS makes the configuration of a TLS client from the fields ssl_root_cert and
// ssl_skip_verify.
func TLS(serverName, rootCert string, skipVerify bool) (*tls.Config, error) {
	config := &tls.Config{ServerName: serverName, MinVersion: tls.VersionTLS12, InsecureSkipVerify: skipVerify}
	if rootCert == "" {
		return config, nil
	}
	pem, err := os.ReadFile(rootCert)
	if err != nil {
		return nil, services.BadField("ssl_root_cert", "%v", err)
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM(pem) {
		return nil, services.BadField("ssl_root_cert", "%s has no certificate", rootCert)
	}
	return config, nil
}

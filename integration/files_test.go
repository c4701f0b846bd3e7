//go:build integration

package integration

import (
	"crypto/rand"
	"os"
	"strconv"
	"strings"
	"testing"

	"gateway/services/files"
	"gateway/services/servicetest"
)

// number is a port of a real server.
func number(t testing.TB, name string) int {
	n, err := strconv.Atoi(server(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// ftpConfigs are the ways of reaching the real file servers, each in a folder of
// its own.
func ftpConfigs(t testing.TB) map[string]map[string]any {
	ftp := func(port, protocol string) map[string]any {
		config := map[string]any{
			"host": server(t, "FTP_HOST"), "port": number(t, port), "protocol": protocol,
			"username": server(t, "FTP_USERNAME"), "password": server(t, "FTP_PASSWORD"), "base_path": ownFolder(),
		}
		if protocol != "ftp" {
			config["ssl_root_cert"] = server(t, "TLS_CA")
		}
		return config
	}
	hostKey, err := os.ReadFile(server(t, "SFTP_HOST_KEY"))
	if err != nil {
		t.Fatal(err)
	}
	sftp := func(more map[string]any) map[string]any {
		config := map[string]any{
			"host": server(t, "SFTP_HOST"), "port": number(t, "SFTP_PORT"), "protocol": "sftp",
			"username": server(t, "SFTP_USERNAME"), "base_path": ownFolder(), "host_key": string(hostKey),
		}
		for name, value := range more {
			config[name] = value
		}
		return config
	}
	return map[string]map[string]any{
		"ftp":           ftp("FTP_PORT", "ftp"),
		"ftps":          ftp("FTP_PORT", "ftps"),
		"ftps-implicit": ftp("FTPS_IMPLICIT_PORT", "ftps-implicit"),
		"sftp password": sftp(map[string]any{"password": server(t, "SFTP_PASSWORD")}),
		"sftp key":      sftp(map[string]any{"private_key_path": server(t, "SFTP_KEY")}),
	}
}

func ownFolder() string { return "test-" + strings.ToLower(rand.Text()[:12]) }

func TestFileServersConform(t *testing.T) {
	for name, config := range ftpConfigs(t) {
		t.Run(name, func(t *testing.T) {
			m := servicetest.Start(t, files.Kinds(), "ftp", t.TempDir(), config)
			servicetest.Files(t, m)
		})
	}
}

package files_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/files"
	"gateway/services/servicetest"
)

func TestSFTPConforms(t *testing.T) {
	server := newSFTPServer(t, nil)
	servicetest.Files(t, servicetest.Start(t, files.Kinds(), "ftp", t.TempDir(), server.fields(nil)))
}

// test is what a connection test finds wrong.
func test(t *testing.T, config map[string]any) error {
	t.Helper()
	m, err := services.NewManager(services.Options{Kinds: files.Kinds(), DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return m.Test(t.Context(), catalog.Service{ID: "test", Name: "test", Type: "ftp", Config: config}).Err
}

func TestSFTPLogins(t *testing.T) {
	signer, key, encrypted := encryptedKey(t)
	_, another := newKey(t)
	server := newSFTPServer(t, signer.PublicKey())
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte(pemOf(t, key)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		fields map[string]any
		want   string // in the error; "": none
	}{
		"password":         {nil, ""},
		"key file":         {map[string]any{"password": nil, "private_key_path": file}, ""},
		"key":              {map[string]any{"password": nil, "private_key": pemOf(t, key)}, ""},
		"encrypted key":    {map[string]any{"password": nil, "private_key": encrypted, "private_key_passphrase": passphrase}, ""},
		"no passphrase":    {map[string]any{"password": nil, "private_key": encrypted}, "private_key_passphrase"},
		"wrong passphrase": {map[string]any{"password": nil, "private_key": encrypted, "private_key_passphrase": "close sesame"}, "private_key"},
		"not a key":        {map[string]any{"password": nil, "private_key": "no key at all"}, "private_key"},
		"wrong key":        {map[string]any{"password": nil, "private_key": pemOf(t, another)}, "refused the login"},
		"wrong password":   {map[string]any{"password": "wr0ng-password"}, "refused the login"},
		"neither":          {map[string]any{"password": nil}, "password"},
		"two keys":         {map[string]any{"private_key": pemOf(t, key), "private_key_path": file}, "private_key"},
		"no file":          {map[string]any{"private_key_path": "/no/such/file"}, "private_key_path"},
	} {
		t.Run(name, func(t *testing.T) {
			err := test(t, server.fields(c.fields))
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if err != nil {
				for _, secret := range []string{"wr0ng-password", passphrase, "close sesame", "no key at all", "PRIVATE"} {
					if strings.Contains(err.Error(), secret) {
						t.Errorf("%q is in the error %v", secret, err)
					}
				}
			}
		})
	}
}

func TestSFTPHostKeys(t *testing.T) {
	server := newSFTPServer(t, nil)
	other, _ := newKey(t)
	known := func(key ssh.PublicKey) string {
		file := filepath.Join(t.TempDir(), "known_hosts")
		line := knownhosts.Line([]string{server.listener.Addr().String()}, key)
		if err := os.WriteFile(file, []byte(line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	fingerprint := ssh.FingerprintSHA256(server.hostKey.PublicKey())
	for name, c := range map[string]struct {
		fields map[string]any
		want   string
	}{
		"key":                 {nil, ""},
		"fingerprint":         {map[string]any{"host_key": fingerprint}, ""},
		"known hosts":         {map[string]any{"host_key": nil, "known_hosts_path": known(server.hostKey.PublicKey())}, ""},
		"any":                 {map[string]any{"host_key": nil, "insecure_ignore_host_key": true}, ""},
		"nothing known":       {map[string]any{"host_key": nil}, fingerprint},
		"another key":         {map[string]any{"host_key": string(ssh.MarshalAuthorizedKey(other.PublicKey()))}, "host_key"},
		"another fingerprint": {map[string]any{"host_key": ssh.FingerprintSHA256(other.PublicKey())}, "host_key"},
		"another known":       {map[string]any{"host_key": nil, "known_hosts_path": known(other.PublicKey())}, "known_hosts_path"},
		"any does not win":    {map[string]any{"host_key": ssh.FingerprintSHA256(other.PublicKey()), "insecure_ignore_host_key": true}, "host_key"},
		"nonsense":            {map[string]any{"host_key": "nonsense"}, "host_key"},
		"no file":             {map[string]any{"host_key": nil, "known_hosts_path": "/no/such/file"}, "known_hosts_path"},
	} {
		t.Run(name, func(t *testing.T) {
			err := test(t, server.fields(c.fields))
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		config map[string]any
		want   string
	}{
		"active mode":   {map[string]any{"host": "h", "username": "u", "passive_mode": false}, "passive_mode"},
		"protocol":      {map[string]any{"host": "h", "username": "u", "protocol": "scp"}, "protocol"},
		"key over FTP":  {map[string]any{"host": "h", "username": "u", "private_key_path": "/k"}, "private_key_path"},
		"TLS over SFTP": {map[string]any{"host": "h", "username": "u", "protocol": "sftp", "ssl_root_cert": "/c"}, "ssl_root_cert"},
		"base path":     {map[string]any{"host": "h", "username": "u", "base_path": "../.."}, "base_path"},
		"unknown field": {map[string]any{"host": "h", "username": "u", "passiv_mode": true}, "passive_mode"},
		"no host":       {map[string]any{"username": "u"}, "host"},
		"port":          {map[string]any{"host": "h", "username": "u", "port": 70000}, "port"},
		"certificates":  {map[string]any{"host": "h", "username": "u", "protocol": "ftps", "ssl_root_cert": "/no/such/file"}, "ssl_root_cert"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := test(t, c.config); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func handle(t *testing.T, m *services.Manager) gateway.Files {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	t.Cleanup(cancel)
	f, err := m.View(nil).Files(ctx, servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestLostConnectionsAreReplaced(t *testing.T) {
	server := newSFTPServer(t, nil)
	m := servicetest.Start(t, files.Kinds(), "ftp", t.TempDir(), server.fields(nil))
	f := handle(t, m)
	if err := f.Put("file", []byte("x")); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		server.cut()
		if got, err := f.Get("file"); err != nil || string(got) != "x" { // repeated on a new connection
			t.Errorf("get: %q, %v", got, err)
		}
		server.cut()
		if existed, err := f.Delete("none"); err != nil || existed { // asks the connection first
			t.Errorf("delete: %v, %v", existed, err)
		}
	}
	if server.logins > 12 {
		t.Errorf("%d logins", server.logins)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	server := newSFTPServer(t, nil)
	m := servicetest.Start(t, files.Kinds(), "ftp", t.TempDir(), server.fields(nil))
	f := handle(t, m)
	for range 20 {
		if err := f.Put("file", bytes.Repeat([]byte("x"), 1000)); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Get("file"); err != nil {
			t.Fatal(err)
		}
	}
	if server.logins != 1 {
		t.Errorf("%d logins for operations one after another", server.logins)
	}
}

func TestServerThatIsAway(t *testing.T) {
	server := newSFTPServer(t, nil)
	m := servicetest.StartWith(t, services.Options{
		Kinds: files.Kinds(), DataDir: t.TempDir(),
		Timing: services.Timing{Grace: 200 * time.Millisecond, MinBackoff: 10 * time.Millisecond, MaxBackoff: 50 * time.Millisecond},
	}, "ftp", server.fields(nil))
	f := handle(t, m)
	if err := f.Put("file", []byte("x")); err != nil {
		t.Fatal(err)
	}
	address := server.listener.Addr().String()
	server.stop()
	if _, err := f.Get("file"); err == nil || gateway.AsError(err).Code != gateway.ErrServiceUnavailable {
		t.Errorf("got %v", err)
	}
	server.listen(address)
	deadline := time.Now().Add(10 * time.Second)
	for {
		got, err := f.Get("file")
		if err == nil && string(got) == "x" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server is back, but: %v", err)
		}
	}
}

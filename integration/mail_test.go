//go:build integration

package integration

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/services/mail"
	"gateway/services/servicetest"
)

// smtpConfigs are the ways of reaching the real mail server.
func smtpConfigs(t testing.TB) map[string]map[string]any {
	config := func(port, encryption string, login bool) map[string]any {
		config := map[string]any{
			"host": server(t, "SMTP_HOST"), "port": number(t, port), "encryption": encryption,
			"from_address": "gateway@example.com", "hello_name": "gateway.example.com",
		}
		if encryption != "none" {
			config["ssl_root_cert"] = server(t, "TLS_CA")
		}
		if login {
			config["username"], config["password"] = server(t, "SMTP_USERNAME"), server(t, "SMTP_PASSWORD")
		}
		return config
	}
	return map[string]map[string]any{
		"none":               config("SMTP_PORT", "none", false),
		"starttls":           config("SMTP_PORT", "starttls", false),
		"starttls and login": config("SMTP_AUTH_PORT", "starttls", true),
		"tls and login":      config("SMTP_TLS_PORT", "tls", true),
	}
}

func TestMailServerConforms(t *testing.T) {
	for name, config := range smtpConfigs(t) {
		t.Run(name, func(t *testing.T) {
			m := servicetest.Start(t, mail.Kinds(), "email", t.TempDir(), config)
			servicetest.Email(t, m, func(t testing.TB, mark string) [][]byte { return delivered(t, server(t, "SMTP_MAIL"), mark) })
		})
	}
}

// delivered waits for mails with a mark in the mail server's maildir.
func delivered(t testing.TB, folder, mark string) [][]byte {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.After(20 * time.Second)
	for {
		entries, err := os.ReadDir(folder)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		var found [][]byte
		for _, entry := range entries {
			data, err := os.ReadFile(filepath.Join(folder, entry.Name()))
			if err == nil && bytes.Contains(data, []byte(mark)) {
				found = append(found, data)
			}
		}
		if len(found) > 0 {
			return found
		}
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatalf("no mail with %s was delivered", mark)
		}
	}
}

func TestMailServerRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		config map[string]any
		want   string // in the error
	}{
		"wrong password":    {with(smtpConfigs(t)["tls and login"], "password", "wr0ng-password"), "refused the login"},
		"wrong authorities": {with(smtpConfigs(t)["tls and login"], "ssl_root_cert", ""), "certificate"},
		"no TLS there":      {with(smtpConfigs(t)["tls and login"], "port", number(t, "SMTP_PORT")), "tls"},
	} {
		t.Run(name, func(t *testing.T) {
			err := testConnection(t, mail.Kinds(), "email", c.config)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "wr0ng-password") {
				t.Errorf("the password is in the error %v", err)
			}
		})
	}
	t.Run("login needed", func(t *testing.T) {
		config := smtpConfigs(t)["starttls and login"]
		delete(config, "username")
		delete(config, "password")
		m := servicetest.Start(t, mail.Kinds(), "email", t.TempDir(), config)
		email, err := m.View(nil).Email(t.Context(), servicetest.Name)
		if err != nil {
			t.Fatal(err)
		}
		if err := email.Send("ada@example.com", "s", "t"); err == nil || gateway.AsError(err).Code != gateway.ErrEmail {
			t.Errorf("got %v", err)
		}
	})
}

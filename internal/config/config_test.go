package config_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"gateway/internal/config"
)

func TestDefaultsAreValid(t *testing.T) {
	c, err := config.Load(config.Sources{})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(c, config.Default()) {
		t.Errorf("Load of nothing = %+v, want the defaults %+v", c, config.Default())
	}
}

func TestLaterSourcesWin(t *testing.T) {
	path := write(t, `
[server]
listen = ":1"
data = "from-file"
trusted_proxies = ["10.0.0.0/8"]
[admin]
listen = "127.0.0.1:2"
[endpoints]
timeout = "5s"
[env]
API_URL = "https://file.example"
`)
	c, err := config.Load(config.Sources{
		File: path,
		Environ: []string{
			"GATEWAY_SERVER_DATA=from-environment",
			"GATEWAY_SERVER_LISTEN=:3",
			"GATEWAY_SERVER_TRUSTED_PROXIES=192.168.0.1,fd00::/8",
			"GATEWAY_SERVER_SUPERVISE=false",
			"GATEWAY_ADMIN_KEY=secret",
			"GATEWAY_ENV_Region=eu",
			"GATEWAY_PORT_9080_TCP=tcp://10.0.0.1:9080",
			"PATH=/bin",
		},
		Flags: map[string]any{"server.listen": ":4"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.Server.Data = "from-environment"
	want.Server.Listen = ":4"
	want.Server.Supervise = false
	want.Server.TrustedProxies = []string{"192.168.0.1", "fd00::/8"}
	want.Admin.Listen = "127.0.0.1:2"
	want.Admin.Key = "secret"
	want.Endpoints.Timeout = 5 * time.Second
	want.Env = map[string]string{"API_URL": "https://file.example", "Region": "eu"}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

func TestMistakesAreNamed(t *testing.T) {
	tests := []struct {
		name    string
		file    string
		environ string
		want    []string
	}{
		{"unknown key", "[server]\nlitsen = ':1'", "", []string{`unknown key "server.litsen"`}},
		{"unknown section", "[sever]\nlisten = ':1'", "", []string{`unknown key "sever.listen"`}},
		{"unknown variable", "", "GATEWAY_SERVER_LITSEN=:1", []string{`unknown key "server.litsen"`}},
		{"not TOML", "server = [", "", []string{"read configuration"}},
		{"not a duration", "[endpoints]\ntimeout = 'soon'", "", []string{"endpoints.timeout", "soon"}},
		{"several at once", "[endpoints]\ntimeout = '-1s'\n[log]\nlevel = 'loud'", "", []string{"endpoints.timeout", "log.level", `"loud"`}},
		{"address", "[server]\nlisten = '9080'", "", []string{"server.listen", "HOST:PORT"}},
		{"memory", "[server]\nmax_memory_bytes = -1", "", []string{"server.max_memory_bytes", "four fifths"}},
		{"proxy", "[server]\ntrusted_proxies = ['here']", "", []string{"server.trusted_proxies", `"here"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := config.Load(config.Sources{File: write(t, tt.file), Environ: []string{tt.environ}})
			if err == nil {
				t.Fatal("Load accepted it")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "gateway.toml")
	if _, err := config.Load(config.Sources{File: missing, Optional: true}); err != nil {
		t.Errorf("an optional file that is missing: %v", err)
	}
	if _, err := config.Load(config.Sources{File: missing}); err == nil {
		t.Error("a file that was asked for is missing, and Load says nothing")
	}
}

func TestRenderingRoundTripsWithoutSecrets(t *testing.T) {
	c := config.Default()
	c.Admin.Key = "hunter2"
	c.Endpoints.Timeout = 1500 * time.Millisecond
	c.Env["NAME"] = "value"
	text, err := c.TOML()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "hunter2") {
		t.Errorf("the admin key is in\n%s", text)
	}
	back, err := config.Load(config.Sources{File: write(t, text)})
	if err != nil {
		t.Fatalf("Load refuses what TOML renders: %v\n%s", err, text)
	}
	c.Admin.Key = back.Admin.Key
	if !reflect.DeepEqual(back, c) {
		t.Errorf("got  %+v\nwant %+v", back, c)
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gateway.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Package config turns defaults, gateway.toml, the environment and flags into
// one typed [Config]. Later sources win over earlier ones, in that order.
//
// A key of the file is section.key. In the environment it is
// GATEWAY_SECTION_KEY, lists separated by commas. A key nobody knows is an error
// that names it, wherever it comes from; variables beginning with GATEWAY_ whose
// second word is not a section are left alone, because platforms set such names
// for their own purposes.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Config is the effective configuration of a gateway. Durations are written as
// Go writes them ("30s", "5m"); sizes are bytes.
type Config struct {
	Server    Server            `koanf:"server"`
	Admin     Admin             `koanf:"admin"`
	Endpoints Endpoints         `koanf:"endpoints"`
	Sandbox   Sandbox           `koanf:"sandbox"`
	Modules   Modules           `koanf:"modules"`
	Services  Services          `koanf:"services"`
	Log       Log               `koanf:"log"`
	Env       map[string]string `koanf:"env"` // what scripts read with ctx.Env
}

// Server is the part that serves endpoints.
type Server struct {
	Data    string `koanf:"data"`    // folder of everything the gateway keeps
	Scripts string `koanf:"scripts"` // folder of live scripts; none where empty
	Listen  string `koanf:"listen"`  // address of the endpoints

	// TrustedProxies lists addresses or networks (CIDR) whose word on the
	// client's address is taken.
	TrustedProxies []string `koanf:"trusted_proxies"`
	MaxBodyBytes   int64    `koanf:"max_body_bytes"` // largest request body
	// MaxMemoryBytes is how much memory the process that runs scripts may take; 0 for
	// GOMEMLIMIT, or else four fifths of what the machine or container has.
	MaxMemoryBytes  int64         `koanf:"max_memory_bytes"`
	ReadTimeout     time.Duration `koanf:"read_timeout"`     // for a whole request to arrive
	IdleTimeout     time.Duration `koanf:"idle_timeout"`     // between requests of a connection
	ShutdownTimeout time.Duration `koanf:"shutdown_timeout"` // for requests in flight at the end

	// Supervise has two processes serve, where the system can: one that runs scripts, and
	// one that starts it again when a script has ended it.
	Supervise bool `koanf:"supervise"`
}

// Admin is the management API and page.
type Admin struct {
	Listen string `koanf:"listen"`
	// Key is the credential. Where empty, the one in DATA/admin.key is used, and
	// made at the first start.
	Key string `koanf:"key"`
}

// Endpoints holds what an endpoint gets that does not say otherwise.
type Endpoints struct {
	Timeout        time.Duration `koanf:"timeout"`         // a request's deadline
	DrainTimeout   time.Duration `koanf:"drain_timeout"`   // an old version's time to finish
	IdleTimeout    time.Duration `koanf:"idle_timeout"`    // an unused instance is dropped after it; 0: never
	MaxConcurrency int           `koanf:"max_concurrency"` // requests at once
}

// Sandbox widens what scripts may import.
type Sandbox struct {
	// Allow lists packages beyond the default ones, or "all".
	Allow []string `koanf:"allow"`
}

// Modules is about third-party modules.
type Modules struct {
	// Proxy is where modules are fetched from: the URL of a module proxy, or a folder
	// laid out as a module cache's. Where empty, the first entry of GOPROXY counts.
	Proxy   string        `koanf:"proxy"`
	Dir     string        `koanf:"dir"`     // folder they are kept in; DATA/modules where empty
	Timeout time.Duration `koanf:"timeout"` // for one file
}

// Services is about backends.
type Services struct {
	Dir             string `koanf:"dir"`              // folder of service files; DATA/services.d where empty
	RequireBindings bool   `koanf:"require_bindings"` // endpoints see only the services bound to them
}

// Log is the gateway's own log, on standard error.
type Log struct {
	Level    string `koanf:"level"`    // debug, info, warn or error
	Format   string `koanf:"format"`   // text or json
	Requests bool   `koanf:"requests"` // a line for every request here too, not only in the endpoint's log
	Keep     int    `koanf:"keep"`     // records kept for every endpoint
}

// Default is the configuration of a gateway that nobody configured.
func Default() Config {
	return Config{
		Server: Server{
			Data:            "./data",
			Scripts:         "./scripts",
			Listen:          ":9080",
			TrustedProxies:  []string{},
			MaxBodyBytes:    10 << 20,
			ReadTimeout:     30 * time.Second,
			IdleTimeout:     2 * time.Minute,
			ShutdownTimeout: 30 * time.Second,
			Supervise:       true,
		},
		Admin: Admin{Listen: "127.0.0.1:9081"},
		Endpoints: Endpoints{
			Timeout:        30 * time.Second,
			DrainTimeout:   30 * time.Second,
			IdleTimeout:    15 * time.Minute,
			MaxConcurrency: 1024,
		},
		Sandbox: Sandbox{Allow: []string{}},
		Modules: Modules{Timeout: 30 * time.Second},
		Log:     Log{Level: "info", Format: "text", Keep: 1000},
		Env:     map[string]string{},
	}
}

// Validate reports everything that is wrong with c, each with its key.
func (c Config) Validate() error {
	var errs []error
	bad := func(key, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%s: %s", key, fmt.Sprintf(format, args...)))
	}
	if c.Server.Data == "" {
		bad("server.data", "name the folder for the gateway's data")
	}
	for key, addr := range map[string]string{"server.listen": c.Server.Listen, "admin.listen": c.Admin.Listen} {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			bad(key, "%q is not an address: write HOST:PORT or :PORT", addr)
		}
	}
	for _, p := range c.Server.TrustedProxies {
		if _, err := Prefix(p); err != nil {
			bad("server.trusted_proxies", "%v", err)
		}
	}
	for key, d := range map[string]time.Duration{
		"server.read_timeout":     c.Server.ReadTimeout,
		"server.idle_timeout":     c.Server.IdleTimeout,
		"server.shutdown_timeout": c.Server.ShutdownTimeout,
		"endpoints.timeout":       c.Endpoints.Timeout,
		"endpoints.drain_timeout": c.Endpoints.DrainTimeout,
		"modules.timeout":         c.Modules.Timeout,
	} {
		if d <= 0 {
			bad(key, "%v is not a positive duration: write for example \"30s\"", d)
		}
	}
	if c.Endpoints.IdleTimeout < 0 {
		bad("endpoints.idle_timeout", "%v is negative: write 0 to keep unused instances", c.Endpoints.IdleTimeout)
	}
	if c.Server.MaxBodyBytes <= 0 {
		bad("server.max_body_bytes", "%d is not a positive number of bytes", c.Server.MaxBodyBytes)
	}
	if c.Server.MaxMemoryBytes < 0 {
		bad("server.max_memory_bytes", "%d is negative: write 0 for four fifths of what the machine has", c.Server.MaxMemoryBytes)
	}
	if c.Endpoints.MaxConcurrency <= 0 {
		bad("endpoints.max_concurrency", "%d is not a positive number", c.Endpoints.MaxConcurrency)
	}
	if c.Log.Keep < 0 {
		bad("log.keep", "%d is negative", c.Log.Keep)
	}
	if levels := []string{"debug", "info", "warn", "error"}; !slices.Contains(levels, c.Log.Level) {
		bad("log.level", "%q is not one of %s", c.Log.Level, strings.Join(levels, ", "))
	}
	if formats := []string{"text", "json"}; !slices.Contains(formats, c.Log.Format) {
		bad("log.format", "%q is not one of %s", c.Log.Format, strings.Join(formats, ", "))
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

// Prefix reads an address or a network in CIDR form.
func Prefix(s string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("%q is neither an address nor a network: write for example 10.0.0.1 or 10.0.0.0/8", s)
	}
	return p.Masked(), nil
}

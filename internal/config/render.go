package config

import (
	"fmt"
	"net/url"
	"time"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/structs"
	"github.com/knadh/koanf/v2"
)

// mask stands for a secret that is set.
const mask = "********"

// TOML renders c as a configuration file that Load accepts, with secrets masked.
func (c Config) TOML() (string, error) {
	if c.Admin.Key != "" {
		c.Admin.Key = mask
	}
	if u, err := url.Parse(c.Modules.Proxy); err == nil && u.User != nil {
		c.Modules.Proxy = u.Redacted()
	}
	k := koanf.New(".")
	if err := k.Load(structs.Provider(c, "koanf"), nil); err != nil {
		return "", fmt.Errorf("render configuration: %w", err)
	}
	for key, value := range k.All() {
		if d, ok := value.(time.Duration); ok {
			if err := k.Set(key, d.String()); err != nil {
				return "", fmt.Errorf("render configuration: %w", err)
			}
		}
	}
	text, err := k.Marshal(toml.Parser())
	if err != nil {
		return "", fmt.Errorf("render configuration: %w", err)
	}
	return string(text), nil
}

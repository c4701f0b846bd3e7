package config

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/structs"
	"github.com/knadh/koanf/v2"
)

// envPrefix begins the name of every environment variable that is a setting.
const envPrefix = "GATEWAY_"

// Sources is where a configuration comes from.
type Sources struct {
	File     string         // a TOML file; where empty, none
	Optional bool           // File may be missing
	Environ  []string       // "NAME=value", as os.Environ gives them
	Flags    map[string]any // values by key ("server.listen") of the flags that were set
}

// Load reads the sources over the defaults and validates the outcome.
func Load(src Sources) (Config, error) {
	k := koanf.New(".")
	if err := k.Load(structs.Provider(Default(), "koanf"), nil); err != nil {
		return Config{}, fmt.Errorf("load defaults: %w", err)
	}
	if src.File != "" {
		err := k.Load(file.Provider(src.File), toml.Parser())
		if err != nil && !(src.Optional && errors.Is(err, fs.ErrNotExist)) {
			return Config{}, fmt.Errorf("read configuration %s: %w", src.File, err)
		}
	}
	if err := k.Load(confmap.Provider(environment(src.Environ), "."), nil); err != nil {
		return Config{}, fmt.Errorf("read environment: %w", err)
	}
	if err := k.Load(confmap.Provider(src.Flags, "."), nil); err != nil {
		return Config{}, fmt.Errorf("read flags: %w", err)
	}
	if err := refuseUnknown(k.Keys()); err != nil {
		return Config{}, err
	}
	var c Config
	err := k.UnmarshalWithConf("", &c, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		Result:           &c,
		WeaklyTypedInput: true,
		DecodeHook: mapstructure.ComposeDecodeHookFunc(
			duration,
			mapstructure.StringToSliceHookFunc(","),
		),
	}})
	if err != nil {
		return Config{}, fmt.Errorf("configuration: %w", err)
	}
	if err := c.Validate(); err != nil {
		return Config{}, fmt.Errorf("configuration: %w", err)
	}
	return c, nil
}

// duration reads durations with an error that says how to write one.
func duration(from, to reflect.Type, value any) (any, error) {
	if from.Kind() != reflect.String || to != reflect.TypeFor[time.Duration]() {
		return value, nil
	}
	d, err := time.ParseDuration(value.(string))
	if err != nil {
		return nil, fmt.Errorf("%q is not a duration: write for example \"30s\"", value)
	}
	return d, nil
}

// environment picks the settings out of environ, by key.
func environment(environ []string) map[string]any {
	settings := map[string]any{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		rest, ok := strings.CutPrefix(name, envPrefix)
		if !ok {
			continue
		}
		section, key, ok := strings.Cut(rest, "_")
		if section = strings.ToLower(section); !ok || !slices.Contains(sections(), section) {
			continue
		}
		if section != "env" { // names that scripts read keep their case
			key = strings.ToLower(key)
		}
		settings[section+"."+key] = value
	}
	return settings
}

// refuseUnknown names every key that Config does not have.
func refuseUnknown(keys []string) error {
	known := map[string]bool{}
	for section := range fields(reflect.TypeFor[Config]()) {
		for key := range fields(section.Type) {
			known[name(section)+"."+name(key)] = true
		}
	}
	var errs []error
	for _, key := range keys {
		if section, _, _ := strings.Cut(key, "."); known[key] || section == "env" {
			continue
		}
		errs = append(errs, fmt.Errorf("configuration: unknown key %q", key))
	}
	return errors.Join(errs...)
}

func sections() []string {
	var names []string
	for f := range fields(reflect.TypeFor[Config]()) {
		names = append(names, name(f))
	}
	return names
}

func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		if t.Kind() != reflect.Struct {
			return
		}
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

func name(f reflect.StructField) string { return f.Tag.Get("koanf") }

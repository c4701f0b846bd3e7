package services

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"gateway/internal/catalog"

	"github.com/pelletier/go-toml/v2"
	"gopkg.in/yaml.v3"
)

// formats are the formats of service files, by their extensions.
var formats = []string{"json", "yaml", "toml"}

// file is a service as a file has it.
type file struct {
	Name        string         `json:"name,omitempty" yaml:"name,omitempty" toml:"name,omitempty"`
	Type        string         `json:"service_type" yaml:"service_type" toml:"service_type"`
	Description string         `json:"description,omitempty" yaml:"description,omitempty" toml:"description,omitempty"`
	Enabled     *bool          `json:"enabled,omitempty" yaml:"enabled,omitempty" toml:"enabled,omitempty"`
	Config      map[string]any `json:"config" yaml:"config" toml:"config"`
}

// Render writes a service as a file for the folder of services: format is json,
// yaml or toml. Mask the service before where the text is to be seen.
func Render(svc catalog.Service, format string) ([]byte, error) {
	f := file{Name: svc.Name, Type: svc.Type, Description: svc.Description, Enabled: &svc.Enabled, Config: withoutNull(svc.Config)}
	switch format {
	case "json":
		data, err := json.MarshalIndent(f, "", "  ")
		return append(data, '\n'), err
	case "yaml":
		var b bytes.Buffer
		e := yaml.NewEncoder(&b)
		e.SetIndent(2)
		if err := e.Encode(f); err != nil {
			return nil, err
		}
		return b.Bytes(), e.Close()
	case "toml":
		return toml.Marshal(f)
	default:
		return nil, &catalog.Error{Code: catalog.CodeInvalid, Field: "format", Message: fmt.Sprintf("unknown format %q; known are %s", format, strings.Join(formats, ", "))}
	}
}

// withoutNull leaves out fields without a value, which toml cannot express, and
// writes whole numbers as such: JSON has made floats of them.
func withoutNull(config map[string]any) map[string]any {
	out := make(map[string]any, len(config))
	for field, value := range config {
		if n, ok := value.(float64); ok {
			if i, whole := toInt(n); whole {
				value = i
			}
		}
		if value != nil {
			out[field] = value
		}
	}
	return out
}

// Parse reads a service file. Its format follows from the extension of its name,
// and the rest of the name is the service's, which the text may repeat. Fields
// nobody knows are refused. The service has the id that belongs to the name.
func Parse(name string, data []byte) (catalog.Service, error) {
	ext := strings.TrimPrefix(filepath.Ext(name), ".")
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	var f file
	var err error
	switch ext {
	case "json":
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		err = d.Decode(&f)
	case "yaml", "yml":
		d := yaml.NewDecoder(bytes.NewReader(data))
		d.KnownFields(true)
		err = d.Decode(&f)
	case "toml":
		d := toml.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		err = d.Decode(&f)
		if strict, ok := err.(*toml.StrictMissingError); ok {
			err = fmt.Errorf("unknown field %q", strings.Join(strict.Errors[0].Key(), "."))
		}
	default:
		return catalog.Service{}, fmt.Errorf("unknown format %q; known are %s", ext, strings.Join(formats, ", "))
	}
	switch {
	case err != nil:
		return catalog.Service{}, err
	case f.Name != "" && f.Name != base:
		return catalog.Service{}, fmt.Errorf("the service is called %q in the file, but the file %q", f.Name, base)
	case f.Type == "":
		return catalog.Service{}, fmt.Errorf(`field "service_type": required`)
	}
	return catalog.Service{
		ID: fileID(base), Name: base, Type: f.Type, Description: f.Description,
		Enabled: f.Enabled == nil || *f.Enabled, Config: f.Config,
	}, nil
}

// isServiceFile tells service files from what editors and people leave beside them.
func isServiceFile(name string) bool {
	ext := strings.TrimPrefix(filepath.Ext(name), ".")
	return !strings.HasPrefix(name, ".") && (slices.Contains(formats, ext) || ext == "yml")
}

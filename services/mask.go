package services

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"gateway/internal/catalog"
)

// Mask gives a copy of a service whose secret fields are "********". References to
// something kept elsewhere, ${env:…} and ${secret:…}, are shown: they are not
// secret. In a service of an unknown type every field is masked that sounds like a
// secret.
func (m *Manager) Mask(svc catalog.Service) catalog.Service {
	svc.Config = maps.Clone(svc.Config)
	for field, value := range svc.Config {
		if !m.secretField(svc.Type, field) || value == nil || value == "" {
			continue
		}
		if s, ok := value.(string); ok && onlyOpenReferences(s) {
			continue
		}
		svc.Config[field] = masked
	}
	return svc
}

// Merge gives the configuration that an update leaves: update's, with those
// secret fields of stored that update leaves out or gives masked. An empty secret
// removes it.
func (m *Manager) Merge(typ string, stored, update map[string]any) map[string]any {
	merged := maps.Clone(update)
	if merged == nil {
		merged = make(map[string]any)
	}
	for field, value := range stored {
		if !m.secretField(typ, field) {
			continue
		}
		if given, ok := merged[field]; !ok || given == masked {
			merged[field] = value
		}
	}
	return merged
}

// Seal gives a copy of a service whose secret fields are encrypted, for the store.
// Values that are nothing but references are kept. The service's id must be set: the
// values are bound to it. Without a Sealer the service stays as it is.
func (m *Manager) Seal(svc catalog.Service) (catalog.Service, error) {
	if m.resolver.Sealer == nil {
		return svc, nil
	}
	svc.Config = maps.Clone(svc.Config)
	for field, value := range svc.Config {
		plain, ok := value.(string)
		if !ok || plain == "" || !m.secretField(svc.Type, field) || onlyOpenReferences(plain) || strings.Contains(plain, "${sealed:") {
			continue
		}
		sealed, err := m.resolver.Sealer.Seal(plain, svc.ID+"/"+field)
		if err != nil {
			return svc, fmt.Errorf("seal field %q of service %q: %w", field, svc.Name, err)
		}
		svc.Config[field] = "${sealed:" + sealed + "}"
	}
	return svc, nil
}

// Unseal gives a copy of a service whose sealed fields are plain again.
func (m *Manager) Unseal(svc catalog.Service) (catalog.Service, error) {
	svc.Config = maps.Clone(svc.Config)
	for field, value := range svc.Config {
		text, ok := value.(string)
		if !ok {
			continue
		}
		match := reference.FindStringSubmatch(text)
		if match == nil || match[1] != "sealed" || match[0] != text {
			continue
		}
		plain, err := m.resolver.lookup(context.Background(), "sealed", match[2], svc.ID+"/"+field)
		if err != nil {
			return svc, fmt.Errorf("field %q of service %q: %w", field, svc.Name, err)
		}
		svc.Config[field] = plain
	}
	return svc, nil
}

func (m *Manager) secretField(typ, field string) bool {
	kind, ok := m.kinds[typ]
	if !ok {
		return soundsSecret(field)
	}
	for _, f := range kind.fields {
		if f.Name == field {
			return f.Secret
		}
	}
	return soundsSecret(field)
}

func soundsSecret(field string) bool {
	field = strings.ToLower(field)
	for _, word := range []string{"password", "passphrase", "secret", "token", "key", "credential"} {
		if strings.Contains(field, word) {
			return true
		}
	}
	return false
}

// onlyOpenReferences reports whether s is nothing but ${env:…} and ${secret:…}.
func onlyOpenReferences(s string) bool {
	if strings.Contains(s, "${sealed:") {
		return false
	}
	return reference.MatchString(s) && reference.ReplaceAllString(s, "") == ""
}

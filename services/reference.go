package services

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// reference matches what a string of a configuration may refer to:
//
//	${env:NAME}           a setting of the gateway's environment
//	${secret:NAME}        a secret of the gateway
//	${sealed:KEY:DATA}    an encrypted value, see Sealer
var reference = regexp.MustCompile(`\$\{(env|secret|sealed):([^}]*)\}`)

// resolved is a string that stood as a reference in the configuration. Whatever
// it stands for is text, so that fields of other types read it leniently.
type resolved string

// Resolver looks up what references stand for. A nil function knows nothing.
type Resolver struct {
	Env    func(name string) (string, bool)
	Secret func(ctx context.Context, name string) (string, error)
	Sealer Sealer
}

// Sealer encrypts and decrypts single values for storage. context binds a value to
// its place: it cannot be unsealed under another one. Package services/secrets has
// one. Safe for concurrent use.
type Sealer interface {
	Seal(plain, context string) (string, error)
	Unseal(sealed, context string) (string, error)
}

// resolve replaces all references in config. secrets are the plain values that
// must not be seen outside.
func (r Resolver) resolve(ctx context.Context, service string, config map[string]any) (plain map[string]any, secrets []string, err error) {
	plain = make(map[string]any, len(config))
	for field, value := range config {
		v, err := r.value(ctx, service+"/"+field, value, &secrets)
		if err != nil {
			return nil, nil, BadField(field, "%v", err)
		}
		plain[field] = v
	}
	return plain, secrets, nil
}

func (r Resolver) value(ctx context.Context, place string, value any, secrets *[]string) (any, error) {
	switch v := value.(type) {
	case string:
		return r.text(ctx, place, v, secrets)
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			var err error
			if list[i], err = r.value(ctx, place, e, secrets); err != nil {
				return nil, err
			}
		}
		return list, nil
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, e := range v {
			var err error
			if m[k], err = r.value(ctx, place, e, secrets); err != nil {
				return nil, err
			}
		}
		return m, nil
	default:
		return value, nil
	}
}

func (r Resolver) text(ctx context.Context, place, text string, secrets *[]string) (any, error) {
	matches := reference.FindAllStringSubmatchIndex(text, -1)
	if matches == nil {
		return text, nil
	}
	var b strings.Builder
	end := 0
	for _, m := range matches {
		b.WriteString(text[end:m[0]])
		end = m[1]
		kind, name := text[m[2]:m[3]], text[m[4]:m[5]]
		value, err := r.lookup(ctx, kind, name, place)
		if err != nil {
			return nil, err
		}
		if kind == "sealed" { // it may refer to something in its turn
			inner, err := r.text(ctx, place, value, secrets)
			if err != nil {
				return nil, err
			}
			value, _ = toText(inner)
		}
		// The environment holds passwords as much as ports. What is too short to be
		// a password would only make every text unreadable.
		if kind != "env" || len(value) >= minSecret {
			*secrets = append(*secrets, value)
		}
		b.WriteString(value)
	}
	b.WriteString(text[end:])
	return resolved(b.String()), nil
}

func (r Resolver) lookup(ctx context.Context, kind, name, place string) (string, error) {
	switch {
	case kind == "env" && r.Env != nil:
		if value, ok := r.Env(name); ok {
			return value, nil
		}
	case kind == "secret" && r.Secret != nil:
		value, err := r.Secret(ctx, name)
		if err != nil {
			return "", fmt.Errorf("secret %q: %w", name, err)
		}
		return value, nil
	case kind == "sealed" && r.Sealer != nil:
		value, err := r.Sealer.Unseal(name, place)
		if err != nil {
			return "", fmt.Errorf("encrypted value: %w", err)
		}
		return value, nil
	case kind == "sealed":
		return "", fmt.Errorf("encrypted value: the gateway has no key file")
	}
	return "", fmt.Errorf("%s %q is not set", kind, name)
}

// hasReference reports whether a value refers to something kept elsewhere.
func hasReference(value any) bool {
	switch v := value.(type) {
	case string:
		return reference.MatchString(v)
	case []any:
		return slices.ContainsFunc(v, hasReference)
	case map[string]any:
		for _, e := range v {
			if hasReference(e) {
				return true
			}
		}
	}
	return false
}

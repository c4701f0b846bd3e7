package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The limits of fields.
const (
	MaxNameRunes        = 128
	MaxDescriptionRunes = 4096
	MaxCodeBytes        = 1 << 20 // of one script, or of all files of a library
	MaxDependencies     = 256
	MaxBindings         = 64
	MaxConfigFields     = 128

	MaxTimeout     = time.Hour
	MaxWorkers     = 256
	MaxConcurrency = 1 << 20
	MaxBodyBytes   = 1 << 30
)

// invalid returns a CodeInvalid error about a field.
func invalid(field, format string, args ...any) error {
	return &Error{Code: CodeInvalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

func invalidHint(field, hint, format string, args ...any) error {
	return &Error{Code: CodeInvalid, Field: field, Hint: hint, Message: fmt.Sprintf(format, args...)}
}

// Clip shortens what a user gave, for an error message: to 80 bytes of whole characters
// and an ellipsis.
func Clip(s string) string {
	if len(s) <= 80 {
		return s
	}
	return strings.ToValidUTF8(s[:80], "") + "…"
}

// Normalize gives the endpoint its stored form: the method in upper case with * for ANY, the domain in lower case
// with * where it is empty, the path without a slash at its end.
func (e *Endpoint) Normalize() {
	e.Name = strings.TrimSpace(e.Name)
	e.Domain = normalizeHost(e.Domain)
	if e.Domain == "" {
		e.Domain = AnyDomain
	}
	e.Method = strings.ToUpper(strings.TrimSpace(e.Method))
	if e.Method == "*" {
		e.Method = AnyMethod
	}
	e.Path = trimSlash(strings.TrimSpace(e.Path))
	if e.Source.Kind == "" {
		e.Source.Kind = SourceAPI
	}
}

// Validate checks the fields of a normalised endpoint, without what only a Store knows.
func (e *Endpoint) Validate() error {
	if err := validateName(e.Name); err != nil {
		return err
	}
	if err := validateDescription(e.Description); err != nil {
		return err
	}
	if e.Domain != AnyDomain {
		if err := validateHost("domain", e.Domain); err != nil {
			return err
		}
	}
	if err := validateMethod(e.Method); err != nil {
		return err
	}
	if _, err := ParsePath(e.Path); err != nil {
		return err
	}
	if e.CollectionID != "" && !ValidID(e.CollectionID) {
		return invalid("collection_id", "collection_id is not an id")
	}
	if e.Source.Kind != SourceAPI && e.Source.Kind != SourceFile {
		return invalid("source", "source %q is not known", Clip(string(e.Source.Kind)))
	}
	if err := validateBindings(e.Bindings); err != nil {
		return err
	}
	return e.Limits.Validate()
}

// Validate checks that every limit is within the gateway's bounds.
func (l Limits) Validate() error {
	check := func(field string, v, most int64, unit string) error {
		if v < 0 || v > most {
			return invalid(field, "%s must be between 0 and %d%s; 0 means the default", field, most, unit)
		}
		return nil
	}
	if l.Timeout < 0 || l.Timeout > MaxTimeout {
		return invalidHint("timeout", `such as "2s"`, "timeout must be between 0 and %s; 0 means the default", MaxTimeout)
	}
	if l.DrainTimeout < 0 || l.DrainTimeout > MaxTimeout {
		return invalidHint("drain_timeout", `such as "30s"`, "drain_timeout must be between 0 and %s; 0 means the default", MaxTimeout)
	}
	if err := check("max_concurrency", int64(l.MaxConcurrency), MaxConcurrency, ""); err != nil {
		return err
	}
	if err := check("min_workers", int64(l.MinWorkers), MaxWorkers, ""); err != nil {
		return err
	}
	if err := check("max_workers", int64(l.MaxWorkers), MaxWorkers, ""); err != nil {
		return err
	}
	if l.MaxWorkers > 0 && l.MinWorkers > l.MaxWorkers {
		return invalid("min_workers", "min_workers must not be more than max_workers")
	}
	return check("max_body_bytes", l.MaxBodyBytes, MaxBodyBytes, " bytes")
}

func validateBindings(bindings []Binding) error {
	if len(bindings) > MaxBindings {
		return invalid("bindings", "an endpoint has at most %d bindings", MaxBindings)
	}
	seen := make(map[string]bool, len(bindings))
	for _, b := range bindings {
		if err := validateNameOf("pool_id", b.Name); err != nil {
			return err
		}
		if !ValidID(b.ServiceID) {
			return invalid("service_id", "service_id is not an id")
		}
		if seen[b.Name] {
			return &Error{Code: CodeAlreadyExists, Field: "pool_id", Message: fmt.Sprintf("a service is already bound as %q", b.Name)}
		}
		seen[b.Name] = true
	}
	return nil
}

// Validate checks the parts of a version that its author gives.
func (v *Version) Validate() error {
	if len(v.Code) > MaxCodeBytes {
		return &Error{Code: CodePayloadTooLarge, Field: "code", Message: fmt.Sprintf("code is longer than %d bytes", MaxCodeBytes)}
	}
	if strings.TrimSpace(v.Code) == "" {
		return invalid("code", "code is empty")
	}
	if !utf8.ValidString(v.Code) {
		return invalid("code", "code is not UTF-8")
	}
	if utf8.RuneCountInString(v.Note) > MaxDescriptionRunes {
		return invalid("note", "note is longer than %d characters", MaxDescriptionRunes)
	}
	return validateDependencies(v.Dependencies)
}

// validateDependencies checks the form only. What a module path and a version may be in full is known to whoever
// fetches modules.
func validateDependencies(deps map[string]string) error {
	if len(deps) > MaxDependencies {
		return invalid("dependencies", "at most %d dependencies", MaxDependencies)
	}
	for path, version := range deps {
		if path == "" || len(path) > 256 || strings.ContainsFunc(path, notPrintable) || strings.HasPrefix(path, "/") || strings.Contains(path, "..") {
			return invalidHint("dependencies", `an object of Go module path to version, such as {"github.com/google/uuid": "v1.6.0"}`, "%q is not a module path", Clip(path))
		}
		if version == "" || len(version) > 128 || strings.ContainsFunc(version, notPrintable) {
			return invalid("dependencies", "module %s needs a version such as v1.2.3", Clip(path))
		}
	}
	return nil
}

// Normalize gives the domain its stored form.
func (d *Domain) Normalize() {
	d.Name = strings.TrimSpace(d.Name)
	d.Host = normalizeHost(d.Host)
}

// Validate checks the fields of a normalised domain.
func (d *Domain) Validate() error {
	if err := validateName(d.Name); err != nil {
		return err
	}
	if err := validateHost("host", d.Host); err != nil {
		return err
	}
	return validateDescription(d.Description)
}

// Normalize gives the collection its stored form.
func (c *Collection) Normalize() {
	c.Name = strings.TrimSpace(c.Name)
	c.BasePath = strings.TrimSuffix(strings.TrimSpace(c.BasePath), "/")
}

// Validate checks the fields of a normalised collection.
func (c *Collection) Validate() error {
	if err := validateName(c.Name); err != nil {
		return err
	}
	if !ValidID(c.DomainID) {
		return invalid("domain_id", "domain_id is not an id")
	}
	if c.BasePath != "" {
		segments, err := parsePath("base_path", c.BasePath)
		if err != nil {
			return err
		}
		for _, s := range segments {
			if s.Kind == Wildcard {
				return invalid("base_path", "base_path must not have a wildcard")
			}
		}
	}
	return validateDescription(c.Description)
}

// Normalize gives the service its stored form.
func (s *Service) Normalize() {
	s.Name = strings.TrimSpace(s.Name)
	s.Type = strings.ToLower(strings.TrimSpace(s.Type))
}

// Validate checks the fields of a normalised service. Whether the type exists and its configuration is right is
// known to the service manager.
func (s *Service) Validate() error {
	if err := validateName(s.Name); err != nil {
		return err
	}
	if !isIdentifier(s.Type) {
		return invalid("service_type", "service_type %q is not a type of service", Clip(s.Type))
	}
	if len(s.Config) > MaxConfigFields {
		return invalid("config", "config has more than %d fields", MaxConfigFields)
	}
	return validateDescription(s.Description)
}

// Normalize gives the key its stored form.
func (k *Key) Normalize() { k.Name = strings.TrimSpace(k.Name) }

// Validate checks the fields of a normalised key.
func (k *Key) Validate() error {
	if err := validateName(k.Name); err != nil {
		return err
	}
	if len(k.Hash) != sha256.Size {
		return invalid("hash", "hash is not a SHA-256")
	}
	for _, s := range k.Scopes {
		if s == "" || len(s) > MaxNameRunes || strings.ContainsFunc(s, notPrintable) {
			return invalid("scopes", "scope %q is not valid", Clip(s))
		}
	}
	return nil
}

// Normalize gives the secret its stored form.
func (s *Secret) Normalize() { s.Name = strings.TrimSpace(s.Name) }

// Validate checks the fields of a normalised secret. Its name goes into ${secret:NAME}: a letter or _, then letters,
// digits, _, . and -.
func (s *Secret) Validate() error {
	for i, r := range s.Name {
		if r == '_' || r < 0x80 && unicode.IsLetter(r) || i > 0 && (r >= '0' && r <= '9' || r == '.' || r == '-') {
			continue
		}
		return invalid("name", "a secret's name is a letter or _, then letters, digits, _, . and -")
	}
	if s.Name == "" || len(s.Name) > MaxNameRunes {
		return invalid("name", "a secret's name has 1 to %d characters", MaxNameRunes)
	}
	if len(s.Ciphertext) == 0 || s.KeyID == "" {
		return invalid("value", "a secret is stored encrypted only")
	}
	return validateDescription(s.Description)
}

// Normalize gives the library its stored form.
func (l *Library) Normalize() { l.Name = strings.TrimSpace(l.Name) }

// Validate checks the fields of a normalised library. Its name is what a package may be called: lower case letters,
// digits and _, no keyword.
func (l *Library) Validate() error {
	ok := isIdentifier(l.Name) && l.Name == strings.ToLower(l.Name) && len(l.Name) <= 64 && !token.IsKeyword(l.Name) && l.Name != "_"
	if !ok {
		return invalidHint("name", "lower case letters, digits and _, beginning with a letter", "%q is not a library name", Clip(l.Name))
	}
	return validateDescription(l.Description)
}

// Validate checks the parts of a library's version that its author gives.
func (v *LibraryVersion) Validate() error {
	if len(v.Files) == 0 {
		return invalid("files", "a library has at least one file")
	}
	size := 0
	for name, code := range v.Files {
		size += len(code)
		if !strings.HasSuffix(name, ".go") || len(name) > MaxNameRunes || strings.ContainsAny(name, `/\`) || strings.ContainsFunc(name, notPrintable) || name[0] == '.' {
			return invalidHint("files", "such as strings.go", "%q is not a file name", Clip(name))
		}
		if !utf8.ValidString(code) {
			return invalid("files", "%s is not UTF-8", name)
		}
	}
	if size > MaxCodeBytes {
		return &Error{Code: CodePayloadTooLarge, Field: "files", Message: fmt.Sprintf("the files have more than %d bytes", MaxCodeBytes)}
	}
	if utf8.RuneCountInString(v.Note) > MaxDescriptionRunes {
		return invalid("note", "note is longer than %d characters", MaxDescriptionRunes)
	}
	return validateDependencies(v.Dependencies)
}

// ContentHash returns the SHA-256 of source files and dependencies, in hexadecimal. Equal content has equal hashes.
func ContentHash(files, dependencies map[string]string) string {
	h := sha256.New()
	for _, m := range []map[string]string{files, dependencies} {
		fmt.Fprintf(h, "%d\n", len(m))
		for _, k := range slices.Sorted(maps.Keys(m)) {
			fmt.Fprintf(h, "%d %d\n%s%s", len(k), len(m[k]), k, m[k])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ContentHash returns the hash of the version's code and dependencies.
func (v *Version) ContentHash() string {
	return ContentHash(map[string]string{"": v.Code}, v.Dependencies)
}

// ContentHash returns the hash of the version's files and dependencies.
func (v *LibraryVersion) ContentHash() string { return ContentHash(v.Files, v.Dependencies) }

// validateName checks a display name: 1 to MaxNameRunes printable characters. Spaces are allowed inside.
func validateName(name string) error { return validateNameOf("name", name) }

func validateNameOf(field, name string) error {
	switch {
	case name == "":
		return invalid(field, "%s is missing", field)
	case !utf8.ValidString(name) || strings.ContainsFunc(name, notPrintable) || strings.TrimSpace(name) != name:
		return invalid(field, "%s must be printable, without spaces around it", field)
	case utf8.RuneCountInString(name) > MaxNameRunes:
		return invalid(field, "%s is longer than %d characters", field, MaxNameRunes)
	}
	return nil
}

func validateDescription(s string) error {
	if utf8.RuneCountInString(s) > MaxDescriptionRunes {
		return invalid("description", "description is longer than %d characters", MaxDescriptionRunes)
	}
	if !utf8.ValidString(s) {
		return invalid("description", "description is not UTF-8")
	}
	return nil
}

func notPrintable(r rune) bool { return !unicode.IsPrint(r) }

// isIdentifier reports whether s is a letter or _, then letters, digits and _, all ASCII.
func isIdentifier(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && len(s) <= MaxNameRunes
}

func normalizeHost(host string) string {
	return strings.TrimSuffix(strings.ToLower(strings.TrimSpace(host)), ".")
}

func trimSlash(path string) string {
	if len(path) > 1 {
		path = strings.TrimRight(path, "/")
		if path == "" {
			return "/"
		}
	}
	return path
}

package catalog

import "time"

// Domain is a host that endpoints answer on.
type Domain struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"` // for display
	Host        string    `json:"host"` // lower case, without port; unique
	Description string    `json:"description,omitempty"`
	Enabled     bool      `json:"enabled"` // false suspends every endpoint of the host
	Revision    int64     `json:"revision"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// Collection is a group of endpoints under a common base path in a domain.
type Collection struct {
	ID          string    `json:"id"`
	DomainID    string    `json:"domain_id"`
	Name        string    `json:"name"` // unique in the domain
	Description string    `json:"description,omitempty"`
	BasePath    string    `json:"base_path,omitempty"` // empty, or literal segments without a trailing slash
	Enabled     bool      `json:"enabled"`             // false suspends every endpoint of the collection
	Revision    int64     `json:"revision"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// Service is the configuration of a backend. The running thing that owns its connections is an actor.
type Service struct {
	ID          string `json:"id"`
	Name        string `json:"name"` // unique in the gateway
	Type        string `json:"type"` // "sqlite", "postgres", "redis", …; the service manager knows which exist
	Description string `json:"description,omitempty"`
	// Config holds the fields of the Type, as decoded from JSON. A string value may refer to something kept elsewhere:
	// ${env:NAME} and ${secret:NAME}. Values that must not be seen are encrypted by the service manager before a
	// service is stored.
	Config    map[string]any `json:"config,omitempty"`
	Enabled   bool           `json:"enabled"` // starts with the gateway
	Revision  int64          `json:"revision"`
	CreatedAt time.Time      `json:"created_at"`
	UpdatedAt time.Time      `json:"updated_at"`
}

// Key is a credential of the admin API. The credential itself is shown once and never stored.
type Key struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`             // unique; whose key it is
	Prefix    string    `json:"prefix"`           // the first characters of the credential, to recognise it by
	Hash      []byte    `json:"hash"`             // SHA-256 of the credential, which is random and long: no salt needed
	Scopes    []string  `json:"scopes,omitempty"` // what it may do; empty means everything
	Enabled   bool      `json:"enabled"`
	ExpiresAt time.Time `json:"expires_at,omitzero"` // zero: never
	Revision  int64     `json:"revision"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Secret is an encrypted value that scripts and services refer to by name. The Store never sees the plain value.
type Secret struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"` // unique
	Description string    `json:"description,omitempty"`
	KeyID       string    `json:"key_id"` // which key file encrypted it
	Nonce       []byte    `json:"nonce"`
	Ciphertext  []byte    `json:"ciphertext"`
	Revision    int64     `json:"revision"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// Library is shared source that scripts import as lib/NAME. Like an endpoint's, its source is in its versions.
type Library struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"` // unique; the last element of the import path
	Description string    `json:"description,omitempty"`
	Version     int       `json:"version"` // number of the current version; 0 while no source has been saved
	Revision    int64     `json:"revision"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// LibraryVersion is one immutable saved state of a library.
type LibraryVersion struct {
	LibraryID    string            `json:"library_id"`
	Number       int               `json:"number"` // from 1, without gaps
	Files        map[string]string `json:"files"`  // file name to source
	Dependencies map[string]string `json:"dependencies,omitempty"`
	Hash         string            `json:"hash"` // see ContentHash; set by the Store
	Note         string            `json:"note,omitempty"`
	RollbackOf   int               `json:"rollback_of,omitempty"`
	CreatedAt    time.Time         `json:"created_at"`
}

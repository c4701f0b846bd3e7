package catalog

import (
	"context"
	"time"
)

// Store keeps the catalog. Its methods are safe for concurrent use, and each is one transaction: it happens whole or
// not at all, and when a writing method has returned nil the change is durable.
//
// Create methods set ID (where it is empty), Revision, CreatedAt and UpdatedAt of what they are given. Update methods
// want the Revision the change was made from, set the new Revision and UpdatedAt, and keep ID and CreatedAt. Both
// normalise and validate first (see Endpoint.Normalize and Endpoint.Validate), and leave their argument as it was
// when they fail. Delete methods take the revision that must be the stored one, or 0 for any.
//
// Errors are *Error: CodeInvalid (an object that refers to one that does not exist included), CodeNotFound,
// CodeAlreadyExists for a unique name, host or route that is taken,
// CodeVersionMismatch, CodeConflict, CodeUnavailable once the store is closed, CodeCorrupt. A context that has ended
// gives its own error, and nothing was changed unless the method documents otherwise.
//
// Lists are in the order objects were made, and also return how many there are without the page's bounds.
type Store interface {
	EndpointStore
	DomainStore
	CollectionStore
	ServiceStore
	KeyStore
	SecretStore
	LibraryStore
	ReplyStore
	Feed

	// Close waits for transactions under way and releases the store. Closing again does nothing.
	Close() error
}

// Page bounds a list. The zero Page is everything.
type Page struct {
	Offset int // how many to leave out at the start
	Limit  int // how many at most; 0 for no limit
}

// EndpointStore keeps endpoints and their versions.
type EndpointStore interface {
	Endpoint(ctx context.Context, id string) (Endpoint, error)
	EndpointByName(ctx context.Context, name string) (Endpoint, error)
	Endpoints(ctx context.Context, filter EndpointFilter) (list []Endpoint, total int, err error)

	// CreateEndpoint saves a new endpoint, and with it its first version unless that is nil. An endpoint of a
	// collection whose Domain is empty gets the collection's host; another Domain than that or AnyDomain is
	// CodeInvalid. Endpoints whose source is a file are never stored. CreateEndpoint sets the version's
	// EndpointID, Number, Hash and CreatedAt, and the endpoint's Version.
	CreateEndpoint(ctx context.Context, e *Endpoint, v *Version) error
	// UpdateEndpoint saves an endpoint, and with it a new current version unless that is nil. The endpoint's Version
	// must be what is stored; it is set to the new number.
	UpdateEndpoint(ctx context.Context, e *Endpoint, v *Version) error
	// DeleteEndpoint deletes an endpoint and its versions.
	DeleteEndpoint(ctx context.Context, id string, revision int64) error

	Version(ctx context.Context, endpointID string, number int) (Version, error)
	// Versions lists the versions of an endpoint, newest first.
	Versions(ctx context.Context, endpointID string, page Page) (list []Version, total int, err error)
}

// EndpointFilter selects endpoints. Zero fields select everything.
type EndpointFilter struct {
	Name         string
	Domain       string
	CollectionID string
	ServiceID    string // bound to this service
	Enabled      *bool
	Page         Page
}

// Match reports whether the filter selects the endpoint, its Page aside.
func (f EndpointFilter) Match(e *Endpoint) bool {
	if f.Name != "" && e.Name != f.Name ||
		f.Domain != "" && e.Domain != f.Domain ||
		f.CollectionID != "" && e.CollectionID != f.CollectionID ||
		f.Enabled != nil && e.Enabled != *f.Enabled {
		return false
	}
	if f.ServiceID == "" {
		return true
	}
	for _, b := range e.Bindings {
		if b.ServiceID == f.ServiceID {
			return true
		}
	}
	return false
}

// DomainStore keeps domains.
type DomainStore interface {
	Domain(ctx context.Context, id string) (Domain, error)
	Domains(ctx context.Context, filter DomainFilter) (list []Domain, total int, err error)
	CreateDomain(ctx context.Context, d *Domain) error
	// UpdateDomain saves a domain. When its host changes, every endpoint of the old host moves to the new one.
	UpdateDomain(ctx context.Context, d *Domain) error
	// DeleteDomain deletes a domain with its collections, their endpoints and the other endpoints of its host. It
	// returns the deleted endpoints.
	DeleteDomain(ctx context.Context, id string, revision int64) ([]Endpoint, error)
}

// DomainFilter selects domains. Zero fields select everything.
type DomainFilter struct {
	Host    string
	Enabled *bool
	Page    Page
}

// Match reports whether the filter selects the domain, its Page aside.
func (f DomainFilter) Match(d *Domain) bool {
	return (f.Host == "" || d.Host == f.Host) && (f.Enabled == nil || d.Enabled == *f.Enabled)
}

// CollectionStore keeps collections.
type CollectionStore interface {
	Collection(ctx context.Context, id string) (Collection, error)
	Collections(ctx context.Context, filter CollectionFilter) (list []Collection, total int, err error)
	CreateCollection(ctx context.Context, c *Collection) error
	// UpdateCollection saves a collection; its DomainID cannot change. When its base path changes, its endpoints'
	// routes do too, or CodeAlreadyExists tells which of them is taken.
	UpdateCollection(ctx context.Context, c *Collection) error
	// DeleteCollection deletes a collection and its endpoints, which it returns.
	DeleteCollection(ctx context.Context, id string, revision int64) ([]Endpoint, error)
}

// CollectionFilter selects collections. Zero fields select everything.
type CollectionFilter struct {
	DomainID string
	Enabled  *bool
	Page     Page
}

// Match reports whether the filter selects the collection, its Page aside.
func (f CollectionFilter) Match(c *Collection) bool {
	return (f.DomainID == "" || c.DomainID == f.DomainID) && (f.Enabled == nil || c.Enabled == *f.Enabled)
}

// ServiceStore keeps services.
type ServiceStore interface {
	Service(ctx context.Context, id string) (Service, error)
	ServiceByName(ctx context.Context, name string) (Service, error)
	Services(ctx context.Context, filter ServiceFilter) (list []Service, total int, err error)
	CreateService(ctx context.Context, s *Service) error
	UpdateService(ctx context.Context, s *Service) error
	// DeleteService deletes a service. While endpoints are bound to it that is CodeConflict, unless unbind takes
	// their bindings away in the same transaction; the changed endpoints are returned.
	DeleteService(ctx context.Context, id string, revision int64, unbind bool) ([]Endpoint, error)
}

// ServiceFilter selects services. Zero fields select everything.
type ServiceFilter struct {
	Type    string
	Enabled *bool
	Page    Page
}

// Match reports whether the filter selects the service, its Page aside.
func (f ServiceFilter) Match(s *Service) bool {
	return (f.Type == "" || s.Type == f.Type) && (f.Enabled == nil || s.Enabled == *f.Enabled)
}

// KeyStore keeps the credentials of the admin API.
type KeyStore interface {
	Key(ctx context.Context, id string) (Key, error)
	// KeyByHash finds the key whose credential has this SHA-256.
	KeyByHash(ctx context.Context, hash []byte) (Key, error)
	Keys(ctx context.Context, page Page) (list []Key, total int, err error)
	CreateKey(ctx context.Context, k *Key) error
	UpdateKey(ctx context.Context, k *Key) error
	DeleteKey(ctx context.Context, id string, revision int64) error
}

// SecretStore keeps encrypted values.
type SecretStore interface {
	Secret(ctx context.Context, id string) (Secret, error)
	SecretByName(ctx context.Context, name string) (Secret, error)
	Secrets(ctx context.Context, page Page) (list []Secret, total int, err error)
	CreateSecret(ctx context.Context, s *Secret) error
	UpdateSecret(ctx context.Context, s *Secret) error
	DeleteSecret(ctx context.Context, id string, revision int64) error
}

// LibraryStore keeps shared source. CreateLibrary and UpdateLibrary treat versions as those of endpoints do.
type LibraryStore interface {
	Library(ctx context.Context, id string) (Library, error)
	LibraryByName(ctx context.Context, name string) (Library, error)
	Libraries(ctx context.Context, page Page) (list []Library, total int, err error)
	CreateLibrary(ctx context.Context, l *Library, v *LibraryVersion) error
	UpdateLibrary(ctx context.Context, l *Library, v *LibraryVersion) error
	DeleteLibrary(ctx context.Context, id string, revision int64) error

	LibraryVersion(ctx context.Context, libraryID string, number int) (LibraryVersion, error)
	// LibraryVersions lists the versions of a library, newest first.
	LibraryVersions(ctx context.Context, libraryID string, page Page) (list []LibraryVersion, total int, err error)
}

// Reply is the answer to a request that carried an idempotency key. The same request with the same key is answered
// with it again.
type Reply struct {
	Key     string `json:"key"`
	Request string `json:"request"` // fingerprint of the request; another request may not use the key
	Status  int    `json:"status"`
	ETag    string `json:"etag,omitempty"`
	Body    []byte `json:"body"`

	ExpiresAt time.Time `json:"expires_at"` // from then on the key is free
}

// ReplyStore keeps replies until they expire.
type ReplyStore interface {
	// Reply returns the reply saved under a key, or CodeNotFound when there is none or it has expired.
	Reply(ctx context.Context, key string) (Reply, error)
	// SaveReply saves a reply. CodeAlreadyExists when there is one that has not expired. It also drops some that have.
	SaveReply(ctx context.Context, r Reply) error
}

// Kind names a kind of object in a Change.
type Kind string

// The kinds of objects.
const (
	KindEndpoint   Kind = "endpoint"
	KindDomain     Kind = "domain"
	KindCollection Kind = "collection"
	KindService    Kind = "service"
	KindKey        Kind = "key"
	KindSecret     Kind = "secret"
	KindLibrary    Kind = "library"
)

// Change tells that an object was created, updated or deleted. Deleting a domain or collection also gives a change
// for everything deleted with it.
type Change struct {
	Sequence int64  `json:"sequence"` // grows with every change; changes of one transaction are in a row
	Kind     Kind   `json:"kind"`
	ID       string `json:"id"`
	Deleted  bool   `json:"deleted,omitempty"`
}

// Feed tells others, such as the other gateways of a fleet, what changed.
type Feed interface {
	// Sequence returns the sequence number of the last change; 0 when there was none.
	Sequence(ctx context.Context) (int64, error)
	// Changes returns the changes after a sequence number, oldest first, at most 1,000. When there are none it waits
	// for the next one or the end of ctx. Only the latest changes are kept: CodeCompacted tells that those asked for
	// are gone, and that the caller has to read what it needs and go on from Sequence.
	Changes(ctx context.Context, after int64) ([]Change, error)
}

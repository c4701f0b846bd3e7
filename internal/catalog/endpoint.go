package catalog

import (
	"strings"
	"time"
)

// AnyDomain is the Domain of an endpoint that answers on every host.
const AnyDomain = "*"

// AnyMethod is the Method of an endpoint that answers every method which no other endpoint of the same path answers.
const AnyMethod = "ANY"

// Endpoint is a route and the settings of the handler behind it. Its source is in its versions.
type Endpoint struct {
	ID          string `json:"id"`
	Name        string `json:"name"` // unique in the gateway; deploy finds the endpoint by it
	Description string `json:"description,omitempty"`

	Domain       string `json:"domain"`                  // a host in lower case, or AnyDomain
	Method       string `json:"method"`                  // upper case, or AnyMethod
	Path         string `json:"path"`                    // pattern, see ParsePath; below the collection's base path
	CollectionID string `json:"collection_id,omitempty"` // empty: in no collection

	Source   Source    `json:"source"`
	Bindings []Binding `json:"bindings,omitempty"` // names are unique within the endpoint

	// Enabled is the operator's switch: a disabled endpoint is never served.
	Enabled bool `json:"enabled"`
	// Started is set by deploy and start and cleared by stop. It is stored, so that a restart brings back exactly
	// what was being served. See Serves.
	Started bool `json:"started"`

	// Version is the number of the current version; 0 while no source has been saved.
	Version int `json:"version"`

	Limits

	Revision  int64     `json:"revision"` // see the package comment; set by the Store
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`

	// BasePath is the base path of the endpoint's collection, and Suspended tells that its domain or its collection
	// is disabled. The Store fills both in on reading and ignores them on writing.
	BasePath  string `json:"-"`
	Suspended bool   `json:"-"`
}

// Limits bounds what one endpoint may use. A zero field means the gateway's default.
type Limits struct {
	Timeout        time.Duration `json:"timeout,omitempty"`         // of one request, in nanoseconds when stored
	DrainTimeout   time.Duration `json:"drain_timeout,omitempty"`   // how long a replaced instance may finish its requests
	MaxConcurrency int           `json:"max_concurrency,omitempty"` // requests in the handler at once; more get 503
	MinWorkers     int           `json:"min_workers,omitempty"`     // instances kept loaded
	MaxWorkers     int           `json:"max_workers,omitempty"`     // instances at most
	MaxBodyBytes   int64         `json:"max_body_bytes,omitempty"`  // of a request's body; more gets 413
}

// SourceKind tells where an endpoint's source is kept.
type SourceKind string

// The kinds of source.
const (
	SourceAPI  SourceKind = "api"  // saved through the admin API; versions are in the Store
	SourceFile SourceKind = "file" // a file or folder in the scripts folder; never in the Store
)

// Source tells where an endpoint's handler comes from.
type Source struct {
	Kind     SourceKind `json:"kind"`
	File     string     `json:"file,omitempty"`     // SourceFile: slash-separated path below the scripts folder
	Function string     `json:"function,omitempty"` // the handler's name; empty means Handle
}

// Binding makes a service known to an endpoint's handler under a name.
type Binding struct {
	Name      string    `json:"name"` // what the handler passes to ctx.Database, ctx.Cache and so on
	ServiceID string    `json:"service_id"`
	CreatedAt time.Time `json:"created_at"`
}

// Serves reports whether the endpoint is to answer requests: it is enabled, so are its domain and its collection, it
// was started, and it has source.
func (e Endpoint) Serves() bool {
	return e.Enabled && e.Started && !e.Suspended && e.Version > 0
}

// FullPath returns the path pattern that requests are matched against: the base path of the collection, then Path.
// A Path that already lies below the base path is taken as complete.
func (e Endpoint) FullPath() string { return JoinPath(e.BasePath, e.Path) }

// Route returns the endpoint's route.
func (e Endpoint) Route() Route {
	return Route{Domain: e.Domain, Method: e.Method, Path: e.FullPath()}
}

// Binding returns the binding with the given name.
func (e Endpoint) Binding(name string) (Binding, bool) {
	for _, b := range e.Bindings {
		if b.Name == name {
			return b, true
		}
	}
	return Binding{}, false
}

// Version is one immutable saved state of an endpoint's script.
type Version struct {
	EndpointID string `json:"endpoint_id"`
	Number     int    `json:"number"` // from 1, without gaps

	Code string `json:"code"`
	// Dependencies lists the Go modules the script imports: module path to version.
	Dependencies map[string]string `json:"dependencies,omitempty"`

	Hash       string    `json:"hash"`                  // see ContentHash; set by the Store
	Note       string    `json:"note,omitempty"`        // what the author said about it
	RollbackOf int       `json:"rollback_of,omitempty"` // the version whose content this one brought back
	CreatedAt  time.Time `json:"created_at"`
}

// Status is the run-time state of an endpoint. It is never stored.
type Status string

// The states of an endpoint.
const (
	StatusCreated  Status = "created"  // saved, never compiled
	StatusCompiled Status = "compiled" // its current version loads; not started
	StatusRunning  Status = "running"
	StatusDraining Status = "draining" // running, while a replaced instance finishes its requests
	StatusStopped  Status = "stopped"
	StatusError    Status = "error" // its current version does not load, or its handler was quarantined
)

// JoinPath puts a base path before a path. A path that is the base path or lies below it is returned as it is, so
// that both ways of writing an endpoint of a collection mean the same route.
func JoinPath(base, path string) string {
	base = strings.TrimSuffix(base, "/")
	if base == "" || path == base || strings.HasPrefix(path, base+"/") {
		return path
	}
	if path == "/" || path == "" {
		return base
	}
	return base + path
}

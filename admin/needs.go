package admin

import (
	"context"
	"io"
	"time"

	"gateway/internal/catalog"
)

// Deployer changes what is served. Its methods are safe for concurrent use. Errors are *catalog.Error; code that is
// refused has CodeUnprocessable and its diagnostics, and nothing has changed then.
type Deployer interface {
	// Check says everything that is wrong with a handler's code. name is for messages.
	Check(ctx context.Context, name string, v *catalog.Version) ([]Diagnostic, error)
	// Create checks and saves a new endpoint, with its first version unless v is nil, and serves it where it Serves.
	// It sets e and v as the store does.
	Create(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) (Saved, error)
	// Update checks and saves a changed endpoint, with a new version unless v is nil. e.Revision is the one the change
	// was made from. Requests after it has returned are answered by what was saved.
	Update(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) (Saved, error)
	// Start and Stop change whether an endpoint is served; revision is the one the caller knows, or 0 for any.
	Start(ctx context.Context, id string, revision int64) (Saved, error)
	Stop(ctx context.Context, id string, revision int64) (Saved, error)
	// Compile checks and loads the current version without serving it.
	Compile(ctx context.Context, id string) (Saved, error)
	Delete(ctx context.Context, id string, revision int64) error
	// Sync makes what is served equal to the store, after changes of domains, collections or services.
	Sync(ctx context.Context) error

	// Status says how an endpoint is doing; false where nothing is known about it.
	Status(id string) (EndpointStatus, bool)
	// Summary counts all endpoints, those of scripts included.
	Summary() Summary
	// Scripts lists the scripts of the scripts folder with the endpoints they serve.
	Scripts() []Script

	// SaveLibrary saves a library, a new one where its ID is empty, with a new version unless v is nil, and has the
	// endpoints that import it run with it, all or none. It sets l and v as the store does.
	SaveLibrary(ctx context.Context, l *catalog.Library, v *catalog.LibraryVersion) (SavedLibrary, error)
	// DeleteLibrary deletes a library that nothing imports.
	DeleteLibrary(ctx context.Context, id string, revision int64) error
	// LibraryUsers names what imports a library: endpoints, and other libraries as lib/NAME.
	LibraryUsers(ctx context.Context, name string) ([]string, error)
}

// SavedLibrary is what a change of a library did.
type SavedLibrary struct {
	Library  catalog.Library // as it is stored now
	Reloaded []string        // names of the endpoints that run with the new version now
	Warnings []Diagnostic
}

// Assistant answers what an editor asks about a place in code that is being written and may be broken. Its methods are
// safe for concurrent use; errors are *catalog.Error. The place is an offset in bytes. name is for messages. What is
// answered marshals to a JSON object.
type Assistant interface {
	// Complete says what may be written at the place.
	Complete(ctx context.Context, name, code string, offset int) (any, error)
	// Hover describes the name at the place; nil where there is nothing to be said.
	Hover(ctx context.Context, name, code string, offset int) (any, error)
}

// Diagnostic is one thing that is wrong with code, or worth knowing, at one place.
type Diagnostic struct {
	File      string    `json:"file,omitempty"`
	Line      int       `json:"line"`   // from 1; 0 where there is no position
	Column    int       `json:"column"` // from 1, in bytes
	EndLine   int       `json:"end_line,omitempty"`
	EndColumn int       `json:"end_column,omitempty"` // exclusive
	Severity  string    `json:"severity"`             // "error" or "warning"
	Code      string    `json:"code"`
	Message   string    `json:"message"`
	Hint      string    `json:"hint,omitempty"`
	Related   []Related `json:"related,omitempty"`
}

// Related is a further place of a diagnostic.
type Related struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// Saved is what a change of an endpoint did.
type Saved struct {
	Endpoint catalog.Endpoint // as it is stored now
	Warnings []Diagnostic
	Swapped  bool // new code took the place of old code that was being served
	Pending  int  // requests that finish on the old code

	current *catalog.Version // the endpoint's, where it is known
}

// EndpointStatus is how an endpoint is doing.
type EndpointStatus struct {
	Status      catalog.Status
	Reason      string       // of StatusError, or why the last change was refused
	Diagnostics []Diagnostic // of code that was refused
	Instances   Instances
}

// Instances are numbers of the instances that an endpoint's code runs in.
type Instances struct {
	Loaded     int    `json:"loaded"`
	InFlight   int    `json:"in_flight"`
	Waiting    int    `json:"waiting"`  // of those in flight, for their turn
	Draining   int    `json:"draining"` // replaced instances that still work
	Goroutines int    `json:"goroutines"`
	Stuck      int    `json:"stuck"` // calls of killed instances that have not ended
	Calls      uint64 `json:"calls"`
	Timeouts   uint64 `json:"timeouts"`
	Panics     uint64 `json:"panics"`
	Kills      uint64 `json:"kills"`
	Loads      uint64 `json:"loads"`
	LoadErrors uint64 `json:"load_errors"`
	Swaps      uint64 `json:"swaps"`
}

// Summary counts endpoints.
type Summary struct {
	Endpoints int
	ByStatus  map[catalog.Status]int
	Instances Instances
}

// Script is a script of the scripts folder.
type Script struct {
	Name        string
	Endpoints   []catalog.Endpoint
	Reason      string // why it, or its last change, was refused
	Diagnostics []Diagnostic
}

// Modules keeps third-party modules. Its methods are safe for concurrent use; errors are *catalog.Error.
type Modules interface {
	// List gives the modules that are kept, in the order of their paths.
	List() ([]Module, error)
	// Add keeps a module: content is its zip as a module proxy has it. One that was kept before must be the same.
	Add(ctx context.Context, path, version string, content io.Reader) (Module, error)
}

// Module is one version of a module that is kept.
type Module struct {
	Path    string    `json:"path"`
	Version string    `json:"version"`
	Sum     string    `json:"sum,omitempty"` // its hash, as in go.sum
	Size    int64     `json:"size"`          // of its zip, in bytes
	At      time.Time `json:"created_at"`    // when it got here
}

// Services runs backends. Its methods are safe for concurrent use, and no error, and no service that Mask returns,
// contains a credential.
type Services interface {
	// Types describes the types of services there are; it marshals to a JSON array.
	Types() any
	// Check says what is wrong with a service's type and configuration, as a *catalog.Error that names the field.
	Check(svc catalog.Service) error
	// Mask hides what must not be seen, in a service as it was given and as it is stored.
	Mask(svc catalog.Service) catalog.Service
	// Merge makes the configuration that an update leaves, with the secrets that the update left out or gave masked.
	Merge(typ string, stored, update map[string]any) map[string]any
	// Seal encrypts what must not be seen, for the store; Unseal undoes it. The service's ID is set.
	Seal(svc catalog.Service) (catalog.Service, error)
	Unseal(svc catalog.Service) (catalog.Service, error)

	// Apply makes what runs follow a service that was created or changed.
	Apply(ctx context.Context, svc catalog.Service) error
	// Activate runs a service and waits for its backend until ctx ends. Where that does not answer the error says why;
	// the service keeps trying.
	Activate(ctx context.Context, svc catalog.Service) error
	// Deactivate stops a service; what is in flight may finish until ctx ends.
	Deactivate(ctx context.Context, id string) error
	// Remove stops and forgets a service.
	Remove(ctx context.Context, id string) error
	// Test opens a connection of its own and asks the backend.
	Test(ctx context.Context, svc catalog.Service) ServiceTest
	// Status says how a service is doing.
	Status(id string) ServiceStatus
	// Services lists what runs or could, including services that files configure and the store does not have.
	Services() []catalog.Service
	// Render writes a service as a file for the folder of service files; format is json, yaml or toml.
	Render(svc catalog.Service, format string) ([]byte, error)

	// ObjectStores lists the services that keep objects and run, by name.
	ObjectStores() []catalog.Service
	// Objects opens a running service that keeps objects, for as long as ctx lasts. One that does not, or does not
	// run, is CodeConflict or CodeUnavailable.
	Objects(ctx context.Context, id string) (Objects, error)
	// Outbox opens a running service that keeps mail instead of sending it, as Objects does.
	Outbox(ctx context.Context, id string) (Outbox, error)
}

// Objects is an object store. Errors are *catalog.Error: CodeInvalid for a key that cannot be, CodeNotFound,
// CodeUnavailable where the backend does not answer.
type Objects interface {
	// List describes the objects whose keys begin with prefix, in key order.
	List(prefix string) ([]Object, error)
	// Put stores what body yields: all of it or nothing. size is in bytes, -1 where it is not known; the content type
	// is guessed from the key where empty.
	Put(key string, body io.Reader, size int64, contentType string) error
	// Open gives an object as a stream, which the caller closes.
	Open(key string) (io.ReadCloser, Object, error)
	// Delete removes an object and reports whether it existed.
	Delete(key string) (bool, error)
}

// Object describes an object.
type Object struct {
	Key          string    `json:"key"`
	Size         int64     `json:"size"` // bytes
	ContentType  string    `json:"content_type,omitempty"`
	ETag         string    `json:"etag,omitempty"`
	LastModified time.Time `json:"last_modified"`
}

// Outbox is mail that was kept instead of being sent. Errors are *catalog.Error.
type Outbox interface {
	// Messages describes all messages, the newest first.
	Messages() ([]Mail, error)
	// Message gives a message as it would have been sent (RFC 5322).
	Message(id string) ([]byte, error)
	// Remove removes a message and reports whether it existed.
	Remove(id string) (bool, error)
}

// Mail describes a message.
type Mail struct {
	ID         string    `json:"id"`
	From       string    `json:"from"`
	To         string    `json:"to"`
	Recipients []string  `json:"recipients"` // with those who got a blind copy
	Subject    string    `json:"subject"`
	Date       time.Time `json:"date"`
	Size       int64     `json:"size"` // bytes
}

// Secrets keeps values that scripts and services refer to by name. Its methods are safe for concurrent use.
type Secrets interface {
	// Encrypt sets the encrypted value of a secret, to whose ID it is bound.
	Encrypt(s *catalog.Secret, value string) error
	// Refresh has running services look up again what they refer to. The error names those that do not work with it;
	// they go on with what they had.
	Refresh(ctx context.Context) error
}

// ServiceTest is the outcome of a connection test.
type ServiceTest struct {
	Connected bool
	Latency   time.Duration
	Err       error // why not
}

// ServiceStatus is how a service is doing.
type ServiceStatus struct {
	State  string // such as "active", "connecting", "inactive"
	Active bool   // it runs, whether its backend answers or not
	Reason string // why it does not work
	Detail any    // numbers; marshals to a JSON object
}

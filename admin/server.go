package admin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"gateway/internal/catalog"
	"gateway/internal/observe"
)

// Options are what a Server needs.
type Options struct {
	Key      string        // the credential; see LoadOrCreateKey
	Store    catalog.Store // not closed by the server
	Deployer Deployer
	Observer *observe.Observer
	Services Services // nil: the routes of services answer 503
	Secrets  Secrets  // nil: the routes of secrets answer 503
	// Assistant answers what an editor asks; nil: those routes answer 503.
	Assistant Assistant
	Modules   Modules // nil: the routes of modules answer 503

	// BaseURL is where endpoints answer, such as http://localhost:9080: for the "url" of an endpoint.
	BaseURL string
	// Version is the gateway's, for GET /api/health.
	Version string
	// Page answers what is not below /api/ and /metrics, without a credential: the admin page. Nil: 404.
	Page http.Handler
	// Log is the gateway's own; nil drops it. It never gets a credential, a body or a query.
	Log *slog.Logger
	// Now tells the time; nil means time.Now.
	Now func() time.Time
}

// Server is the management API: an http.Handler, which Serve puts on a listener.
type Server struct {
	store      catalog.Store
	deployer   Deployer
	observer   *observe.Observer
	services   Services
	secrets    Secrets
	assistant  Assistant
	modules    Modules
	credential credential
	baseURL    string
	version    string
	page       http.Handler
	log        *slog.Logger
	now        func() time.Time

	mux     *http.ServeMux
	saves   locks // of endpoints, by ID and by name
	replies replies

	life context.Context // ends with Close, and streams with it
	end  context.CancelFunc
	http *http.Server
}

// New makes a server.
func New(o Options) (*Server, error) {
	if o.Store == nil || o.Deployer == nil || o.Observer == nil {
		return nil, errors.New("admin: store, deployer and observer are needed")
	}
	if o.Key == "" {
		return nil, errors.New("admin: there is no key")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{
		store: o.Store, deployer: o.Deployer, observer: o.Observer, services: o.Services, secrets: o.Secrets, assistant: o.Assistant, modules: o.Modules,
		credential: newCredential(o.Key), baseURL: o.BaseURL, version: o.Version, page: o.Page, log: o.Log, now: o.Now,
		mux: http.NewServeMux(),
	}
	s.life, s.end = context.WithCancel(context.Background())
	s.replies.held = make(map[string]bool)
	s.routes()
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	return s, nil
}

// routes lists every route of the API.
func (s *Server) routes() {
	get := func(path string, h handler) { s.handle("GET "+path, h) }
	post := func(path string, h handler) { s.handle("POST "+path, s.idempotent(h)) }
	put := func(path string, h handler) { s.handle("PUT "+path, h) }
	del := func(path string, h handler) { s.handle("DELETE "+path, h) }

	get("/api/health", s.health)
	get("/api/stats", s.stats)
	s.mux.Handle("GET /metrics", s.observer.Metrics())

	post("/api/deploy", s.deploy)
	post("/api/check", s.check)
	post(importPath+"openapi", s.importOpenAPI)
	post(importPath+"bundle", s.importBundle)
	s.handle("POST /api/complete", s.complete)
	s.handle("POST /api/hover", s.hover)

	get("/api/endpoints", s.listEndpoints)
	post("/api/endpoints", s.createEndpoint)
	get("/api/endpoints/{id}", s.getEndpoint)
	put("/api/endpoints/{id}", s.updateEndpoint)
	del("/api/endpoints/{id}", s.deleteEndpoint)
	get("/api/endpoints/{id}/status", s.endpointStatus)
	post("/api/endpoints/{id}/compile", s.compileEndpoint)
	post("/api/endpoints/{id}/start", s.startEndpoint)
	post("/api/endpoints/{id}/stop", s.stopEndpoint)

	versions := s.versions()
	get("/api/endpoints/{id}/versions", versions.listAll)
	get("/api/endpoints/{id}/versions/{number}", versions.get)
	post("/api/endpoints/{id}/versions/{number}/rollback", versions.rollbackTo)
	post("/api/endpoints/{id}/rollback", versions.rollback)

	get("/api/endpoints/{id}/services", s.listBindings)
	post("/api/endpoints/{id}/services", s.bind)
	del("/api/endpoints/{id}/services/{service_id}", s.unbind)

	get("/api/endpoints/{id}/stats", s.endpointStats)
	s.mux.HandleFunc("GET /api/endpoints/{id}/logs", s.logs)
	s.mux.HandleFunc("GET /api/endpoints/{id}/logs/stream", s.streamLogs)

	get("/api/domains", s.listDomains)
	post("/api/domains", s.createDomain)
	get("/api/domains/{id}", s.getDomain)
	put("/api/domains/{id}", s.updateDomain)
	del("/api/domains/{id}", s.deleteDomain)
	get("/api/domains/{id}/collections", s.listDomainCollections)

	get("/api/collections", s.listCollections)
	post("/api/collections", s.createCollection)
	get("/api/collections/{id}", s.getCollection)
	put("/api/collections/{id}", s.updateCollection)
	del("/api/collections/{id}", s.deleteCollection)
	get("/api/collections/{id}/endpoints", s.listCollectionEndpoints)

	get("/api/services", s.listServices)
	post("/api/services", s.createService)
	get("/api/services/types", s.serviceTypes)
	get("/api/services/{id}", s.getService)
	put("/api/services/{id}", s.updateService)
	del("/api/services/{id}", s.deleteService)
	post("/api/services/{id}/activate", s.activateService)
	post("/api/services/{id}/deactivate", s.deactivateService)
	post("/api/services/{id}/test", s.testService)
	get("/api/services/{id}/stats", s.serviceStats)
	s.handleRaw("GET /api/services/{id}/config", s.serviceConfig)
	get("/api/services/{id}/outbox", s.listOutbox)
	s.handleRaw("GET /api/services/{id}/outbox/{message}", s.getOutboxMessage)
	del("/api/services/{id}/outbox/{message}", s.deleteOutboxMessage)

	get("/api/minio/objects", s.listObjects)
	s.handleRaw("POST "+objectsPath, s.uploadObject)
	s.handleRaw("GET /api/minio/objects/{key...}", s.downloadObject)
	del("/api/minio/objects/{key...}", s.deleteObject)

	get("/api/secrets", s.listSecrets)
	post("/api/secrets", s.createSecret)
	get("/api/secrets/{id}", s.getSecret)
	put("/api/secrets/{id}", s.updateSecret)
	del("/api/secrets/{id}", s.deleteSecret)

	get("/api/libraries", s.listLibraries)
	post("/api/libraries", s.createLibrary)
	get("/api/libraries/{id}", s.getLibrary)
	put("/api/libraries/{id}", s.updateLibrary)
	del("/api/libraries/{id}", s.deleteLibrary)
	libraryVersions := s.libraryVersions()
	get("/api/libraries/{id}/versions", libraryVersions.listAll)
	get("/api/libraries/{id}/versions/{number}", libraryVersions.get)
	post("/api/libraries/{id}/rollback", libraryVersions.rollback)
	post("/api/libraries/{id}/versions/{number}/rollback", libraryVersions.rollbackTo)

	get("/api/modules", s.listModules)
	put(modulesPath+"{module...}", s.uploadModule)

	get("/api/scripts", s.listScripts)
}

func (s *Server) handle(pattern string, h handler) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		a, err := h(r)
		if err != nil {
			s.writeError(w, r, err)
			return
		}
		s.writeAnswer(w, r, a)
	})
}

// handleRaw routes to a handler that writes its successes itself.
func (s *Server) handleRaw(pattern string, h func(w http.ResponseWriter, r *http.Request) error) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.writeError(w, r, err)
		}
	})
}

// requestTimeout bounds every request that is not a stream and no import, reading its body and writing its answer included.
const requestTimeout = time.Minute

// timeLimit is how long a request may take.
func timeLimit(r *http.Request) time.Duration {
	if strings.HasPrefix(r.URL.Path, importPath) {
		return importTimeout
	}
	return requestTimeout
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := s.now()
	rec := &recorder{ResponseWriter: w}
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.log.Error("admin request panicked", "method", r.Method, "path", r.URL.Path, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			if rec.status != 0 {
				panic(http.ErrAbortHandler) // too late for another answer: break the connection off
			}
			s.writeError(rec, r, &catalog.Error{Code: catalog.CodeInternal, Message: "internal error", Hint: "the gateway's log says more"})
		}
		level := slog.LevelDebug
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			level = slog.LevelInfo
		}
		s.log.Log(r.Context(), level, "admin request", "method", r.Method, "path", r.URL.Path, "status", rec.status, "duration", s.now().Sub(began))
	}()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(timeLimit(r))) // not every writer can
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	r.Body = http.MaxBytesReader(rec, r.Body, bodyLimit(r))

	switch {
	case !isAPI(r.URL.Path):
		if s.page == nil {
			s.writeError(rec, r, notFoundRoute(r))
			return
		}
		w.Header().Del("Cache-Control")
		s.page.ServeHTTP(rec, r)
		return
	case r.URL.Path != "/api/health":
		if err := s.credential.check(r); err != nil {
			s.writeError(rec, r, err)
			return
		}
	}
	h, pattern := s.mux.Handler(r)
	if pattern == "" {
		s.writeError(rec, r, unrouted(rec, r, h))
		return
	}
	s.mux.ServeHTTP(rec, r)
}

// isAPI reports whether a path belongs to the API and not to the page.
func isAPI(path string) bool {
	return path == "/metrics" || path == "/api" || len(path) > 5 && path[:5] == "/api/"
}

// unrouted tells what is wrong with a request that no route takes, from the answer that the mux has for it. Its header
// Allow is put into the real answer.
func unrouted(w http.ResponseWriter, r *http.Request, h http.Handler) error {
	probe := &probe{header: make(http.Header)}
	h.ServeHTTP(probe, r)
	if probe.status != http.StatusMethodNotAllowed {
		return notFoundRoute(r)
	}
	allow := probe.header.Get("Allow")
	w.Header().Set("Allow", allow)
	return &catalog.Error{Code: catalog.CodeMethodNotAllowed, Message: fmt.Sprintf("%s is not possible here", catalog.Clip(r.Method)), Hint: "possible are: " + allow}
}

func notFoundRoute(r *http.Request) error {
	return &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is nothing at %s", catalog.Clip(r.URL.Path))}
}

// probe takes an answer and drops its body.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int // 0 while nothing was written
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Serve answers on a listener until Close. It returns nil after that.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve admin api: %w", err)
	}
	return nil
}

// Close ends streams, lets other requests finish until ctx ends, and closes the listeners. Closing again does nothing.
func (s *Server) Close(ctx context.Context) error {
	s.end()
	if err := s.http.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("close admin api: %w", err), s.http.Close())
	}
	return nil
}

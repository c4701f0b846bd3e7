package admin_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway/admin"
	"gateway/internal/boltstore"
	"gateway/internal/catalog"
	"gateway/internal/observe"

	"go.uber.org/goleak"
)

// TestMain looks for goroutines that outlive the tests.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Texts that may appear in no answer and no log.
const (
	adminKey = "gw_test-key-0123456789abcdef"
	secret   = "s3cret-password"
)

// world is an admin API over a real store, with what other parts of the gateway do faked.
type world struct {
	t        *testing.T
	server   *admin.Server
	store    *boltstore.Store
	deployer *fakeDeployer
	services *fakeServices
	secrets  *fakeSecrets
	observer *observe.Observer
	log      *lockedBuffer
	ids      map[string]string // of what the test refers to as {name}
}

func newWorld(t *testing.T) *world {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), boltstore.FileName), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		t: t, store: store, deployer: newFakeDeployer(store), services: newFakeServices(), secrets: &fakeSecrets{},
		observer: observe.New(observe.Options{}), log: &lockedBuffer{}, ids: make(map[string]string),
	}
	w.server, err = admin.New(admin.Options{
		Key: adminKey, Store: store, Deployer: w.deployer, Assistant: fakeAssistant{}, Observer: w.observer, Services: w.services, Secrets: w.secrets,
		Modules: &fakeModules{kept: map[string]string{}},
		BaseURL: "http://localhost:9080", Version: "1.2.3",
		Log: slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.observer.Close()
		if err := store.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		for _, text := range []string{adminKey, secret} {
			if strings.Contains(w.log.String(), text) {
				t.Errorf("the log contains %q:\n%s", text, w.log)
			}
		}
	})
	return w
}

// populated is a world with objects: endpoints {hello} (running, two versions) and {draft} (no code), domain {domain},
// collection {collection} with endpoint {pets}, service {service}, bound to hello as "db".
func populated(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.make("service", "POST", "/api/services", `{"name":"main","service_type":"postgres","config":{"host":"db","password":"`+secret+`"}}`)
	w.make("hello", "POST", "/api/deploy", `{"name":"hello","method":"GET","path":"/hello","code":"package handler // one"}`)
	w.make("", "PUT", "/api/endpoints/{hello}", `{"code":"package handler // two"}`)
	w.make("", "POST", "/api/endpoints/{hello}/services", `{"service_id":"{service}","pool_id":"db"}`)
	w.make("draft", "POST", "/api/endpoints", `{"name":"draft","method":"POST","path":"/draft"}`)
	w.make("domain", "POST", "/api/domains", `{"name":"Production","host":"api.example.com"}`)
	w.make("collection", "POST", "/api/collections", `{"domain_id":"{domain}","name":"Pets","base_path":"/v1"}`)
	w.make("pets", "POST", "/api/endpoints", `{"name":"list-pets","method":"GET","path":"/pets","collection_id":"{collection}","code":"package handler"}`)
	return w
}

// make calls the API, which must succeed, and remembers the ID of what it answers with.
func (w *world) make(name, method, path, body string) {
	w.t.Helper()
	res := w.call(method, path, body)
	if res.status >= 300 {
		w.t.Fatalf("%s %s: %d %s", method, path, res.status, res.body)
	}
	if name != "" {
		w.ids[name] = res.data(w.t)["id"].(string)
	}
}

// expand replaces {name} by the ID of that name.
func (w *world) expand(s string) string {
	for name, id := range w.ids {
		s = strings.ReplaceAll(s, "{"+name+"}", id)
	}
	return s
}

type response struct {
	status int
	header http.Header
	body   string
}

// data is the data of a success.
func (r response) data(t *testing.T) map[string]any {
	t.Helper()
	var e struct {
		Data map[string]any `json:"data"`
	}
	if err := json.Unmarshal([]byte(r.body), &e); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	return e.Data
}

// call makes a request with the key. headers are names and values in turn; an empty value takes a header away.
func (w *world) call(method, path, body string, headers ...string) response {
	w.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(w.expand(body))
	}
	r := httptest.NewRequestWithContext(w.t.Context(), method, w.expand(path), reader)
	r.Header.Set("Authorization", "Bearer "+adminKey)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Del(headers[i])
		if headers[i+1] != "" {
			r.Header.Set(headers[i], w.expand(headers[i+1]))
		}
	}
	rec := httptest.NewRecorder()
	w.server.ServeHTTP(rec, r)
	res := response{rec.Code, rec.Header(), rec.Body.String()}
	for _, text := range []string{adminKey, secret} {
		if strings.Contains(res.body, text) {
			w.t.Errorf("%s %s answers with %q: %s", method, path, text, res.body)
		}
	}
	return res
}

// endpoint reads an endpoint from the store.
func (w *world) endpoint(name string) catalog.Endpoint {
	w.t.Helper()
	e, err := w.store.EndpointByName(w.t.Context(), name)
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// scenario is one request to a populated world and what its answer must and must not contain.
type scenario struct {
	name     string
	method   string
	path     string
	body     string
	headers  []string
	status   int
	contains []string
	lacks    []string
	after    func(t *testing.T, w *world, r response)
}

func run(t *testing.T, scenarios []scenario) {
	t.Helper()
	for _, sc := range scenarios {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			w := populated(t)
			res := w.call(sc.method, sc.path, sc.body, sc.headers...)
			if res.status != sc.status {
				t.Errorf("status %d, want %d", res.status, sc.status)
			}
			checkEnvelope(t, res)
			for _, text := range sc.contains {
				if !strings.Contains(res.body, w.expand(text)) {
					t.Errorf("%s is not in %s", w.expand(text), res.body)
				}
			}
			for _, text := range sc.lacks {
				if strings.Contains(res.body, w.expand(text)) {
					t.Errorf("%s is in %s", w.expand(text), res.body)
				}
			}
			if sc.after != nil {
				sc.after(t, w, res)
			}
		})
	}
}

// checkEnvelope holds an answer against the form that all have.
func checkEnvelope(t *testing.T, res response) {
	t.Helper()
	var e struct {
		OK    *bool            `json:"ok"`
		Data  *json.RawMessage `json:"data"`
		Error string           `json:"error"`
		Code  string           `json:"code"`
	}
	if err := json.Unmarshal([]byte(res.body), &e); err != nil {
		t.Fatalf("%v in %q", err, res.body)
	}
	success := res.status < 300
	switch {
	case e.OK == nil || *e.OK != success:
		t.Errorf("status %d and %s", res.status, res.body)
	case success && e.Error+e.Code != "":
		t.Errorf("a success with an error: %s", res.body)
	case !success && (e.Error == "" || e.Code == ""):
		t.Errorf("a failure without error or code: %s", res.body)
	case success && !strings.Contains(res.body, `"data":`):
		t.Errorf("a success without data: %s", res.body)
	}
	if got := res.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("content type %q", got)
	}
}

// lockedBuffer is a buffer for several goroutines.
type lockedBuffer struct {
	mu  sync.Mutex // guards buf
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// patience bounds waits that end by themselves unless something is broken.
const patience = 20 * time.Second

package dispatch_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/internal/boltstore"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/dispatch/route"
	"gateway/internal/observe"
)

// world is a dispatcher with all that it needs.
type world struct {
	t        *testing.T
	d        *dispatch.Dispatcher
	store    *boltstore.Store
	engine   *dispatchtest.Engine
	observer *observe.Observer
}

// says makes a handler that answers with a text and its parameters.
func says(text string) dispatchtest.Handler {
	return func(_ *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		if len(req.Params) > 0 {
			return gateway.Text(200, fmt.Sprint(text, " ", req.Params)), nil
		}
		return gateway.Text(200, text), nil
	}
}

func newWorld(t *testing.T) *world {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "gateway.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	w := &world{t: t, store: store, engine: &dispatchtest.Engine{Handlers: map[string]dispatchtest.Handler{}}}
	for _, text := range []string{"one", "two", "three", "warn"} {
		w.engine.Handlers[text] = says(text)
	}
	w.restart(dispatch.Options{})
	return w
}

// restart makes a new dispatcher over the same store, as after a restart of the gateway.
func (w *world) restart(opts dispatch.Options) {
	w.t.Helper()
	if w.d != nil {
		if err := w.d.Close(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
	w.observer = observe.New(observe.Options{})
	opts.Engine, opts.Store, opts.Observer = w.engine, w.store, w.observer
	d, err := dispatch.New(opts)
	if err != nil {
		w.t.Fatal(err)
	}
	w.d = d
	w.t.Cleanup(func() { _ = d.Close(context.Background()) })
}

// create saves an endpoint that is served; route is "GET /path".
func (w *world) create(route, code string) catalog.Endpoint {
	w.t.Helper()
	e := endpoint(route)
	e.Enabled, e.Started = true, true
	saved, err := w.d.Create(w.t.Context(), &e, &catalog.Version{Code: code})
	if err != nil {
		w.t.Fatalf("create %s: %v", route, err)
	}
	return saved.Endpoint
}

func endpoint(route string) catalog.Endpoint {
	method, rest, _ := strings.Cut(route, " ")
	i := strings.IndexByte(rest, '/')
	return catalog.Endpoint{Name: route, Method: method, Domain: rest[:i], Path: rest[i:]}
}

// ask makes a request and gives "STATUS BODY".
func (w *world) ask(request string) string {
	w.t.Helper()
	method, rest, _ := strings.Cut(request, " ")
	i := strings.IndexByte(rest, '/')
	return ask(w.t.Context(), w.d, method, rest[:i], rest[i:])
}

func ask(ctx context.Context, d *dispatch.Dispatcher, method, host, path string) string {
	var m dispatch.Match
	d.Match(host, method, path, &m)
	if m.Result != route.Found {
		r := d.Unmatched(&m, "id")
		return fmt.Sprint(r.Status, " ", string(r.Body))
	}
	a := d.Invoke(ctx, &m, &gateway.Request{Method: method, Path: m.Path(), Params: m.Params(), RequestID: "id"}, time.Now(), nil)
	defer a.End(int64(len(a.Response.Body)))
	return fmt.Sprint(a.Response.Status, " ", string(a.Response.Body))
}

// expect compares an answer's beginning.
func (w *world) expect(request, want string) {
	w.t.Helper()
	if got := w.ask(request); !strings.HasPrefix(got, want) {
		w.t.Errorf("%s: got %s, want %s", request, got, want)
	}
}

// expectCode compares the code of a catalog error, and what its text has.
func expectCode(t *testing.T, err error, code catalog.Code, texts ...string) {
	t.Helper()
	if catalog.CodeOf(err) != code {
		t.Fatalf("got %v (%s), want %s", err, catalog.CodeOf(err), code)
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("%q is not in: %v", text, err)
		}
	}
}

func (w *world) status(id string) dispatch.EndpointStatus {
	w.t.Helper()
	st, ok := w.d.Status(id)
	if !ok {
		w.t.Fatalf("no status of %s", id)
	}
	return st
}

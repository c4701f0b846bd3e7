package dispatch_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/dispatch/dispatchtest"
	"gateway/internal/observe"
	"gateway/interp/check"
)

// await waits until an event is in an endpoint's log.
func (w *world) await(id, message string) {
	w.t.Helper()
	log := w.observer.Find(id)
	if log == nil {
		w.t.Fatalf("no log of %s", id)
	}
	s, err := log.Follow(1000)
	if err != nil {
		w.t.Fatal(err)
	}
	defer s.Close()
	for {
		r, _, err := s.Next(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if r.Message == message {
			return
		}
	}
}

func TestRestoreBringsBackWhatWasServed(t *testing.T) {
	w := newWorld(t)
	running := w.create("GET /running", "one")
	stopped := w.create("GET /stopped", "two")
	if _, err := w.d.Stop(t.Context(), stopped.ID, 0); err != nil {
		t.Fatal(err)
	}
	broken := w.create("GET /broken", "three")
	if err := w.store.UpdateEndpoint(t.Context(), &broken, &catalog.Version{Code: "refuse"}); err != nil {
		t.Fatal(err)
	}
	w.restart(dispatch.Options{})
	w.expect("GET /running", "404") // not before Restore
	if err := w.d.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /running", "200 one")
	w.expect("GET /stopped", "404")
	w.expect("GET /broken", `503 {"error":"the endpoint cannot be served","code":"service_unavailable","request_id":"id"}`)
	w.await(broken.ID, "version cannot be served")
	for id, want := range map[string]catalog.Status{
		running.ID: catalog.StatusRunning, stopped.ID: catalog.StatusStopped, broken.ID: catalog.StatusError,
	} {
		if st := w.status(id); st.Status != want {
			t.Errorf("status %s (%s), want %s", st.Status, st.Reason, want)
		}
	}
	sum := w.d.Summary()
	if sum.Endpoints != 3 || sum.ByStatus[catalog.StatusRunning] != 1 || sum.ByStatus[catalog.StatusError] != 1 {
		t.Errorf("summary %+v", sum)
	}

	stored, _ := w.store.Endpoint(t.Context(), broken.ID)
	if _, err := w.d.Update(t.Context(), &stored, &catalog.Version{Code: "two"}); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /broken", "200 two")
	if st := w.status(broken.ID); st.Status != catalog.StatusRunning {
		t.Errorf("after a good save: %s %s", st.Status, st.Reason)
	}
}

func TestRestoreCompilesInTheBackground(t *testing.T) {
	w := newWorld(t)
	const n = 50
	for i := range n {
		w.create(fmt.Sprintf("GET /e%d", i), "one")
	}
	w.restart(dispatch.Options{})
	before := w.engine.Compiles.Load()
	if err := w.d.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /e49", "200 one") // at once, although its turn has not come
	if err := w.d.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := w.engine.Compiles.Load() - before; n < 1 || n > 50 {
		t.Errorf("%d compilations", n)
	}
}

// awayStore has one endpoint, and fails to read its code until it is told otherwise.
type awayStore struct {
	dispatch.Store
	away atomic.Bool
}

func (s *awayStore) Endpoints(context.Context, catalog.EndpointFilter) ([]catalog.Endpoint, int, error) {
	e := endpoint("GET */a")
	e.ID, e.Enabled, e.Started, e.Version = "id", true, true, 1
	return []catalog.Endpoint{e}, 1, nil
}

func (s *awayStore) Version(context.Context, string, int) (catalog.Version, error) {
	if s.away.Load() {
		return catalog.Version{}, errors.New("disk is away")
	}
	return catalog.Version{Code: "one"}, nil
}

func TestWhatCouldNotBeReadIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &awayStore{}
		store.away.Store(true)
		engine := &dispatchtest.Engine{Handlers: map[string]dispatchtest.Handler{"one": says("one")}}
		d, err := dispatch.New(dispatch.Options{Engine: engine, Store: store, Observer: observe.New(observe.Options{})})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close(t.Context())
		if err := d.Restore(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := ask(t.Context(), d, "GET", "h", "/a"); !strings.HasPrefix(got, "503") {
			t.Errorf("with the disk away: %s", got)
		}
		if st, _ := d.Status("id"); st.Status != catalog.StatusError || st.Reason != "disk is away" {
			t.Errorf("status %s: %s", st.Status, st.Reason)
		}
		store.away.Store(false)
		if got := ask(t.Context(), d, "GET", "h", "/a"); !strings.HasPrefix(got, "503") {
			t.Errorf("at once: %s", got)
		}
		time.Sleep(2 * time.Second) // of the bubble's clock
		if got := ask(t.Context(), d, "GET", "h", "/a"); got != "200 one" {
			t.Errorf("with the disk back: %s", got)
		}
	})
}

const petsScript = `GET /pets/list one
POST /pets two timeout=3s max_concurrency=1 domain=shop.example.com name=make-pet
GET /pets/{id} three`

func script(name, code string) check.Source {
	return check.Source{Name: name, Files: []check.File{{Name: name, Code: code}}}
}

func TestAScriptHasManyEndpoints(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	if err := w.d.ServeScripts(ctx, []check.Source{script("pets.go", petsScript)}); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /pets/list", "200 one")
	w.expect("GET /pets/7", "200 three map[id:7]")
	w.expect("POST shop.example.com/pets", "200 two")
	w.expect("POST /pets", "404")
	list := w.d.Scripts()
	if len(list) != 1 || len(list[0].Endpoints) != 3 || list[0].Reason != "" {
		t.Fatalf("scripts: %+v", list)
	}
	e := list[0].Endpoints[1]
	if e.Name != "make-pet" || e.Timeout != 3*time.Second || e.MaxConcurrency != 1 || e.Source.Kind != catalog.SourceFile || e.Source.File != "pets.go" {
		t.Errorf("endpoint: %+v", e)
	}
	if !catalog.ValidID(e.ID) || list[0].Endpoints[0].Name != "pets.go:one" {
		t.Errorf("id %s, name %s", e.ID, list[0].Endpoints[0].Name)
	}
	if slots := w.engine.Slots(); len(slots) != 1 {
		t.Errorf("%d slots", len(slots))
	}

	// A good edit replaces all of it, a broken one nothing.
	if err := w.d.ServeScripts(ctx, []check.Source{script("pets.go", "GET /pets/list two\nGET /new one")}); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /pets/list", "200 two")
	w.expect("GET /new", "200 one")
	w.expect("GET /pets/7", "404")
	if err := w.d.ServeScripts(ctx, []check.Source{script("pets.go", "refuse it")}); err == nil {
		t.Error("a broken edit was taken")
	}
	w.expect("GET /pets/list", "200 two")
	if s := w.d.Scripts()[0]; len(s.Diagnostics) != 1 || !strings.Contains(s.Reason, "refuse it") || len(s.Endpoints) != 2 {
		t.Errorf("after a broken edit: %+v", s)
	}
	if slots := w.engine.Slots(); len(slots) != 1 {
		t.Errorf("an edit made another slot: %d", len(slots))
	}

	if err := w.d.RemoveScript(ctx, "pets.go"); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /pets/list", "404")
	if list := w.d.Scripts(); len(list) != 0 {
		t.Errorf("scripts: %+v", list)
	}
	if err := w.d.RemoveScript(ctx, "unknown.go"); err != nil {
		t.Errorf("removing an unknown script: %v", err)
	}
}

func TestRoutesFreed(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	freed := func() bool {
		select {
		case <-w.d.RoutesFreed():
			return true
		default:
			return false
		}
	}
	e := w.create("GET /a", "one")
	x := []check.Source{script("x.go", "GET /b two\nGET /a two")}
	expectCode(t, w.d.ServeScripts(ctx, x), catalog.CodeAlreadyExists)
	if freed() {
		t.Error("a script that was refused has freed a route: it would be tried again without end")
	}
	if err := w.d.Delete(ctx, e.ID, 0); err != nil {
		t.Fatal(err)
	}
	if !freed() {
		t.Error("nothing is freed by a deletion")
	}
	if err := w.d.ServeScripts(ctx, x); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "200 two")
	if freed() {
		t.Error("a script that is served frees a route")
	}
	if err := w.d.ServeScripts(ctx, []check.Source{script("x.go", "GET /b two")}); err != nil {
		t.Fatal(err)
	}
	if !freed() {
		t.Error("nothing is freed by a route that is left out")
	}
	bad := endpoint("GET /c")
	if _, err := w.d.Create(ctx, &bad, &catalog.Version{Code: "refuse"}); err == nil {
		t.Fatal("refused code was saved")
	}
	if !freed() {
		t.Error("nothing is freed by a save that failed")
	}
}

func TestScriptsAndEndpointsShareTheRoutes(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	w.create("GET /a", "one")
	err := w.d.ServeScripts(ctx, []check.Source{script("x.go", "GET /b two"), script("y.go", "GET /c two\nGET /a two")})
	expectCode(t, err, catalog.CodeAlreadyExists, `"GET /a"`, "y.go")
	w.expect("GET /a", "200 one")
	w.expect("GET /b", "404") // all or none
	w.expect("GET /c", "404")

	if err := w.d.ServeScripts(ctx, []check.Source{script("x.go", "GET /b two")}); err != nil {
		t.Fatal(err)
	}
	e := endpoint("GET /b")
	_, err = w.d.Create(ctx, &e, &catalog.Version{Code: "one"})
	expectCode(t, err, catalog.CodeAlreadyExists, `"x.go:two"`)

	id := w.d.Scripts()[0].Endpoints[0].ID
	_, err = w.d.Stop(ctx, id, 0)
	expectCode(t, err, catalog.CodeConflict, "scripts folder")
	expectCode(t, w.d.Delete(ctx, id, 0), catalog.CodeConflict, "scripts folder")
	w.expect("GET /b", "200 two")

	// An endpoint whose route a script has taken meanwhile is in error and harms nobody.
	stopped := w.create("GET /late", "one")
	if err := w.d.Delete(ctx, stopped.ID, 0); err != nil {
		t.Fatal(err)
	}
	if err := w.d.ServeScripts(ctx, []check.Source{script("z.go", "GET /late two")}); err != nil {
		t.Fatal(err)
	}
	late := endpoint("GET /late")
	late.Enabled, late.Started = true, true
	if err := w.store.CreateEndpoint(ctx, &late, &catalog.Version{Code: "one"}); err != nil {
		t.Fatal(err)
	}
	if err := w.d.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /late", "200 two")
	if st := w.status(late.ID); st.Status != catalog.StatusError || !strings.Contains(st.Reason, "z.go:two") {
		t.Errorf("status %s: %s", st.Status, st.Reason)
	}
}

func TestAScriptThatNeverServedSaysWhy(t *testing.T) {
	w := newWorld(t)
	for _, code := range []string{"refuse", "", "GET /x one timeout=soon", "GET //x one", "panic\nGET /x one"} {
		if err := w.d.ServeScripts(t.Context(), []check.Source{script("bad.go", code)}); err == nil {
			t.Errorf("%q is served", code)
		}
		if list := w.d.Scripts(); len(list) != 1 || list[0].Reason == "" || len(list[0].Endpoints) != 0 {
			t.Errorf("%q: %+v", code, list)
		}
	}
	if err := w.d.ServeScripts(t.Context(), []check.Source{script("bad.go", "GET /x one")}); err != nil {
		t.Fatal(err)
	}
	if s := w.d.Scripts()[0]; s.Reason != "" {
		t.Errorf("the reason stays: %s", s.Reason)
	}
	w.expect("GET /x", "200 one")
}

func TestEnvironmentsBelongToEndpoints(t *testing.T) {
	w := newWorld(t)
	w.restart(dispatch.Options{
		Environment: func(e *catalog.Endpoint) gateway.Environment {
			return gateway.Environment{Env: func(name string) string { return name + " of " + e.Name }}
		},
	})
	w.engine.Handlers["env"] = func(ctx *gateway.Context, _ *gateway.Request) (*gateway.Response, error) {
		ctx.Log().Info("logged", "n", 1)
		return gateway.Text(200, ctx.Env("X")), nil
	}
	e := w.create("GET /env", "env")
	w.expect("GET /env", "200 X of GET /env")
	found := false
	for _, r := range w.observer.Find(e.ID).Recent(-1) {
		found = found || r.Message == "logged" && r.RequestID == "id"
	}
	if !found {
		t.Error("the handler's record is not in the endpoint's log")
	}
}

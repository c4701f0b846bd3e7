package dispatch_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/interp/check"
)

func TestASaveIsLive(t *testing.T) {
	w := newWorld(t)
	e := w.create("GET /pets/{id}", "one")
	w.expect("GET /pets/7", "200 one map[id:7]")
	w.expect("GET h/pets/7", "200 one map[id:7]")
	w.expect("POST /pets/7", "405")
	w.expect("GET /pets", "404")
	if e.Version != 1 || w.status(e.ID).Status != catalog.StatusRunning {
		t.Errorf("version %d is %s", e.Version, w.status(e.ID).Status)
	}

	saved, err := w.d.Update(t.Context(), &e, &catalog.Version{Code: "two"})
	if err != nil || !saved.Swapped || saved.Endpoint.Version != 2 {
		t.Fatalf("update: %+v, %v", saved, err)
	}
	w.expect("GET /pets/7", "200 two map[id:7]")
	stored, err := w.store.Version(t.Context(), e.ID, 2)
	if err != nil || stored.Code != "two" {
		t.Errorf("stored: %+v, %v", stored, err)
	}
}

func TestARefusedSaveChangesNothing(t *testing.T) {
	w := newWorld(t)
	e := w.create("GET /a", "one")
	for _, c := range []struct {
		code string
		want check.Diagnostic
	}{
		{"refuse this", check.Diagnostic{File: "handler.go", Line: 3, Column: 1, Severity: "error", Code: "test", Message: "refuse this"}},
		{"panic at load", check.Diagnostic{File: "handler.go", Line: 7, Column: 1, Severity: "error", Code: "load", Message: "panic: panic at load"}},
	} {
		change := e
		change.Path = "/moved"
		_, err := w.d.Update(t.Context(), &change, &catalog.Version{Code: c.code})
		expectCode(t, err, catalog.CodeUnprocessable)
		var refused *catalog.Error
		errors.As(err, &refused)
		diagnostics, ok := refused.Diagnostics.([]check.Diagnostic)
		if !ok || len(diagnostics) != 1 {
			t.Fatalf("diagnostics: %#v", refused.Diagnostics)
		}
		got := diagnostics[0]
		got.Hint = ""
		if fmt.Sprint(got) != fmt.Sprint(c.want) || got.Code != c.want.Code || got.Severity != c.want.Severity {
			t.Errorf("diagnostic %#v, want %#v", got, c.want)
		}
		w.expect("GET /a", "200 one")
		w.expect("GET /moved", "404")
		if stored, _ := w.store.Endpoint(t.Context(), e.ID); stored.Version != 1 || stored.Path != "/a" {
			t.Errorf("stored: %+v", stored)
		}
		if st := w.status(e.ID); st.Status != catalog.StatusRunning || st.Reason == "" {
			t.Errorf("status %s, reason %q", st.Status, st.Reason)
		}
		// The route of the refused save is free again.
		other := w.create("GET /moved", "three")
		if err := w.d.Delete(t.Context(), other.ID, 0); err != nil {
			t.Fatal(err)
		}
	}
	saved, err := w.d.Update(t.Context(), &e, &catalog.Version{Code: "two"})
	if err != nil {
		t.Fatal(err)
	}
	if st := w.status(saved.Endpoint.ID); st.Reason != "" || st.Diagnostics != nil {
		t.Errorf("after a good save the reason is still %q", st.Reason)
	}
}

func TestARefusedCreationLeavesNothing(t *testing.T) {
	w := newWorld(t)
	for _, code := range []string{"refuse", "panic"} {
		e := endpoint("GET /a")
		e.Enabled, e.Started = true, true
		_, err := w.d.Create(t.Context(), &e, &catalog.Version{Code: code})
		expectCode(t, err, catalog.CodeUnprocessable)
		w.expect("GET /a", "404")
		if list, _, err := w.store.Endpoints(t.Context(), catalog.EndpointFilter{}); err != nil || len(list) != 0 {
			t.Errorf("stored: %v, %v", list, err)
		}
	}
	w.create("GET /a", "one")
	w.expect("GET /a", "200 one")
}

func TestConflictsNameTheOtherEndpoint(t *testing.T) {
	w := newWorld(t)
	w.create("GET /pets/{id}", "one")
	e := endpoint("GET /pets/{name}")
	_, err := w.d.Create(t.Context(), &e, &catalog.Version{Code: "two"})
	expectCode(t, err, catalog.CodeAlreadyExists, `"GET /pets/{id}"`, "GET /pets/{name}")

	// One that is not served has its route too.
	idle := endpoint("GET /idle")
	idle.Enabled = true
	if _, err := w.d.Create(t.Context(), &idle, nil); err != nil {
		t.Fatal(err)
	}
	other := w.create("GET /other", "one")
	other.Path = "/idle"
	_, err = w.d.Update(t.Context(), &other, nil)
	expectCode(t, err, catalog.CodeAlreadyExists, `"GET /idle"`)
	w.expect("GET /other", "200 one")
}

func TestRoutesAndSettingsChangeWithoutNewCode(t *testing.T) {
	w := newWorld(t)
	e := w.create("GET /a", "one")
	compiles := w.engine.Compiles.Load()
	e.Path, e.Method, e.Domain, e.Name, e.Timeout = "/b/{x}", "POST", "api.example.com", "renamed", 7*time.Second
	saved, err := w.d.Update(t.Context(), &e, nil)
	if err != nil || saved.Swapped {
		t.Fatalf("%+v, %v", saved, err)
	}
	w.expect("GET /a", "404")
	w.expect("POST api.example.com/b/1", "200 one map[x:1]")
	w.expect("POST other.example.com/b/1", "404")
	if n := w.engine.Compiles.Load(); n != compiles {
		t.Errorf("compiled %d times for a change of settings", n-compiles)
	}
	if got := w.observer.Find(e.ID).Name(); got != "renamed" {
		t.Errorf("the log is called %q", got)
	}
	w.create("GET /a", "two") // the former route is free
	w.expect("GET /a", "200 two")
}

func TestStartStopAndDelete(t *testing.T) {
	w := newWorld(t)
	e := endpoint("GET /a")
	e.Enabled = true
	saved, err := w.d.Create(t.Context(), &e, nil)
	if err != nil {
		t.Fatal(err)
	}
	id := saved.Endpoint.ID
	if st := w.status(id); st.Status != catalog.StatusCreated {
		t.Errorf("without code: %s", st.Status)
	}
	_, err = w.d.Start(t.Context(), id, 0)
	expectCode(t, err, catalog.CodeConflict, "no code")

	e = saved.Endpoint
	if saved, err = w.d.Update(t.Context(), &e, &catalog.Version{Code: "one"}); err != nil {
		t.Fatal(err)
	}
	if st := w.status(id); st.Status != catalog.StatusCompiled {
		t.Errorf("with code, before start: %s", st.Status)
	}
	w.expect("GET /a", "404")

	_, err = w.d.Start(t.Context(), id, saved.Endpoint.Revision+1)
	expectCode(t, err, catalog.CodeVersionMismatch)
	if saved, err = w.d.Start(t.Context(), id, saved.Endpoint.Revision); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "200 one")
	if _, err = w.d.Start(t.Context(), id, 0); err != nil {
		t.Errorf("starting twice: %v", err)
	}

	if _, err = w.d.Stop(t.Context(), id, 0); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "404")
	if st := w.status(id); st.Status != catalog.StatusStopped {
		t.Errorf("after stop: %s", st.Status)
	}
	stored, _ := w.store.Endpoint(t.Context(), id)
	if _, err = w.d.Update(t.Context(), &stored, &catalog.Version{Code: "two"}); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "404")
	if _, err = w.d.Start(t.Context(), id, 0); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "200 two")

	stored, _ = w.store.Endpoint(t.Context(), id)
	stored.Enabled = false
	if _, err = w.d.Update(t.Context(), &stored, nil); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "404")
	_, err = w.d.Start(t.Context(), id, 0)
	expectCode(t, err, catalog.CodeConflict, "disabled")

	err = w.d.Delete(t.Context(), id, stored.Revision+5)
	expectCode(t, err, catalog.CodeVersionMismatch)
	if err := w.d.Delete(t.Context(), id, 0); err != nil {
		t.Fatal(err)
	}
	if _, ok := w.d.Status(id); ok {
		t.Error("a deleted endpoint has a status")
	}
	expectCode(t, w.d.Delete(t.Context(), id, 0), catalog.CodeNotFound)
	_, err = w.d.Stop(t.Context(), id, 0)
	expectCode(t, err, catalog.CodeNotFound)
}

func TestCompileSaysWhatIsWrongWithStoredCode(t *testing.T) {
	w := newWorld(t)
	e := endpoint("GET /a")
	e.Enabled = true
	saved, err := w.d.Create(t.Context(), &e, &catalog.Version{Code: "warn"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.d.Compile(t.Context(), saved.Endpoint.ID)
	if err != nil || len(again.Warnings) != 1 || again.Endpoint.Version != 1 {
		t.Errorf("%+v, %v", again, err)
	}
	// What was stored by a gateway that allowed more.
	e = saved.Endpoint
	if err := w.store.UpdateEndpoint(t.Context(), &e, &catalog.Version{Code: "refuse"}); err != nil {
		t.Fatal(err)
	}
	_, err = w.d.Compile(t.Context(), e.ID)
	expectCode(t, err, catalog.CodeUnprocessable)
	if st := w.status(e.ID); st.Status != catalog.StatusError || len(st.Diagnostics) != 1 {
		t.Errorf("status %s, %v", st.Status, st.Diagnostics)
	}
	diagnostics, err := w.d.Check(t.Context(), "new", &catalog.Version{Code: "refuse me"})
	if err != nil || len(diagnostics) != 1 {
		t.Errorf("check: %v, %v", diagnostics, err)
	}
	if diagnostics, err = w.d.Check(t.Context(), "new", &catalog.Version{Code: "one"}); err != nil || len(diagnostics) != 0 {
		t.Errorf("check of good code: %v, %v", diagnostics, err)
	}
}

func TestOfTwoSavesAtOnceOneWins(t *testing.T) {
	w := newWorld(t)
	e := w.create("GET /a", "one")
	const savers = 8
	var won, lost atomic.Int64
	var wg sync.WaitGroup
	for range savers {
		wg.Go(func() {
			mine := e
			_, err := w.d.Update(t.Context(), &mine, &catalog.Version{Code: "two"})
			switch {
			case err == nil:
				won.Add(1)
			case catalog.CodeOf(err) == catalog.CodeVersionMismatch:
				lost.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 || lost.Load() != savers-1 {
		t.Errorf("%d won, %d lost", won.Load(), lost.Load())
	}
	if stored, _ := w.store.Endpoint(t.Context(), e.ID); stored.Version != 2 {
		t.Errorf("version %d", stored.Version)
	}
}

// TestSavesUnderLoad saves again and again while requests go on. Every answer must be a good one of the version that
// was live when the request began, or of a later one.
func TestSavesUnderLoad(t *testing.T) {
	w := newWorld(t)
	const saves = 100
	var live atomic.Int64
	for i := range saves + 1 {
		w.engine.Handlers[fmt.Sprint("v", i)] = func(*gateway.Context, *gateway.Request) (*gateway.Response, error) {
			return gateway.Text(i+200, ""), nil // the status tells the version, a number is faster to read
		}
	}
	e := w.create("GET /a", "v0")
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				before := live.Load()
				var got int64
				answer := ask(t.Context(), w.d, "GET", "", "/a")
				if _, err := fmt.Sscan(answer, &got); err != nil || got-200 < before {
					t.Errorf("answer %q although version %d was live", answer, before)
					return
				}
			}
		})
	}
	for i := 1; i <= saves; i++ {
		saved, err := w.d.Update(t.Context(), &e, &catalog.Version{Code: fmt.Sprint("v", i)})
		if err != nil {
			t.Fatal(err)
		}
		live.Store(int64(i))
		e = saved.Endpoint
	}
	close(done)
	wg.Wait()
	if s := w.observer.Find(e.ID).Stats(); s.InFlight != 0 || s.Requests == 0 {
		t.Errorf("%d in flight after %d requests", s.InFlight, s.Requests)
	}
}

func TestCollectionsAndDomainsMoveAndSuspend(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	domain := catalog.Domain{Name: "api", Host: "api.example.com", Enabled: true}
	if err := w.store.CreateDomain(ctx, &domain); err != nil {
		t.Fatal(err)
	}
	col := catalog.Collection{DomainID: domain.ID, Name: "v1", BasePath: "/v1", Enabled: true}
	if err := w.store.CreateCollection(ctx, &col); err != nil {
		t.Fatal(err)
	}
	e := endpoint("GET api.example.com/pets")
	e.CollectionID, e.Enabled, e.Started = col.ID, true, true
	if _, err := w.d.Create(ctx, &e, &catalog.Version{Code: "one"}); err != nil {
		t.Fatal(err)
	}
	w.expect("GET api.example.com/v1/pets", "200 one")
	w.expect("GET api.example.com/pets", "404")

	col.BasePath = "/v2"
	if err := w.store.UpdateCollection(ctx, &col); err != nil {
		t.Fatal(err)
	}
	if err := w.d.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	w.expect("GET api.example.com/v1/pets", "404")
	w.expect("GET api.example.com/v2/pets", "200 one")

	domain.Enabled = false
	if err := w.store.UpdateDomain(ctx, &domain); err != nil {
		t.Fatal(err)
	}
	if err := w.d.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	w.expect("GET api.example.com/v2/pets", "404")
	domain.Enabled = true
	if err := w.store.UpdateDomain(ctx, &domain); err != nil {
		t.Fatal(err)
	}
	if err := w.d.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	w.expect("GET api.example.com/v2/pets", "200 one")

	if _, err := w.store.DeleteDomain(ctx, domain.ID, 0); err != nil {
		t.Fatal(err)
	}
	if err := w.d.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	w.expect("GET api.example.com/v2/pets", "404")
	if _, ok := w.d.Status(e.ID); ok {
		t.Error("an endpoint that went with its domain has a status")
	}
}

func TestAfterCloseNothingIsTaken(t *testing.T) {
	w := newWorld(t)
	w.create("GET /a", "one")
	if err := w.d.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "404")
	e := endpoint("GET /b")
	_, err := w.d.Create(t.Context(), &e, nil)
	expectCode(t, err, catalog.CodeUnavailable)
	if err := w.d.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestNewWantsItsParts(t *testing.T) {
	if _, err := dispatch.New(dispatch.Options{}); err == nil {
		t.Error("a dispatcher without a store was made")
	}
}

package dispatch_test

import (
	"strings"
	"testing"
	"time"

	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/quarantine"
	"gateway/interp/check"
)

// crash has code end the process: the gateway is started again with the code in
// quarantine, which is as it was compiled last.
func (w *world) crash(list *quarantine.List, code string) {
	w.t.Helper()
	entry, ok := quarantine.FromLabels(w.engine.Labels(code), "fatal error: concurrent map writes", time.Now())
	if !ok {
		w.t.Fatalf("%q was compiled with the labels %v", code, w.engine.Labels(code))
	}
	if _, err := list.Add(entry); err != nil {
		w.t.Fatal(err)
	}
	w.start(list)
}

// start starts the gateway again.
func (w *world) start(list *quarantine.List) {
	w.t.Helper()
	w.restart(dispatch.Options{Quarantine: list})
	if err := w.d.Restore(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// expectHeld expects an endpoint to be in quarantine.
func (w *world) expectHeld(request, id string) {
	w.t.Helper()
	w.expect(request, `503 {"error":"the endpoint cannot be served","code":"service_unavailable","request_id":"id"}`)
	st := w.status(id)
	if st.Status != catalog.StatusError || !strings.HasPrefix(st.Reason, "it ended the process at ") ||
		!strings.HasSuffix(st.Reason, "fatal error: concurrent map writes; save it anew or start it") {
		w.t.Errorf("%s: status %s, %q", request, st.Status, st.Reason)
	}
}

func TestQuarantineUntilTheCodeIsSavedAnewOrStarted(t *testing.T) {
	var list quarantine.List
	w := newWorld(t)
	w.start(&list)
	w.create("GET /other", "two")
	guilty := w.create("GET /guilty", "one")
	get := func() catalog.Endpoint {
		t.Helper()
		e, err := w.store.Endpoint(t.Context(), guilty.ID)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	w.crash(&list, "one")
	w.expectHeld("GET /guilty", guilty.ID)
	w.await(guilty.ID, "endpoint is in quarantine")
	w.expect("GET /other", "200 two")

	// It stays there through whatever is not new code or a start.
	if _, err := w.d.Compile(t.Context(), guilty.ID); err != nil {
		t.Fatal(err)
	}
	e := get()
	e.Timeout = time.Second
	if _, err := w.d.Update(t.Context(), &e, nil); err != nil {
		t.Fatal(err)
	}
	e = get()
	if _, err := w.d.Update(t.Context(), &e, &catalog.Version{Code: "refuse"}); err == nil {
		t.Fatal("refused code was saved")
	}
	if err := w.d.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.expectHeld("GET /guilty", guilty.ID)
	w.start(&list)
	w.expectHeld("GET /guilty", guilty.ID)

	e = get()
	if _, err := w.d.Update(t.Context(), &e, &catalog.Version{Code: "three"}); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /guilty", "200 three")
	w.start(&list)
	w.expect("GET /guilty", "200 three")

	w.crash(&list, "three")
	w.expectHeld("GET /guilty", guilty.ID)
	if _, err := w.d.Stop(t.Context(), guilty.ID, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := w.d.Start(t.Context(), guilty.ID, 0); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /guilty", "200 three")
	if left := list.Entries(); len(left) != 0 {
		t.Errorf("still in quarantine: %v", left)
	}

	w.crash(&list, "three")
	if err := w.d.Delete(t.Context(), guilty.ID, 0); err != nil {
		t.Fatal(err)
	}
	if left := list.Entries(); len(left) != 0 {
		t.Errorf("a deleted endpoint is in quarantine: %v", left)
	}
}

// TestCodeThatEndsTheProcessWhileItIsSaved has the version before go on.
func TestCodeThatEndsTheProcessWhileItIsSaved(t *testing.T) {
	var list quarantine.List
	w := newWorld(t)
	w.start(&list)
	e := w.create("GET /a", "one")
	fresh := endpoint("GET /new")
	if _, err := w.d.Create(t.Context(), &fresh, &catalog.Version{Code: "panic while it is loaded"}); err == nil {
		t.Fatal("it was loaded")
	}
	if _, err := w.d.Update(t.Context(), &e, &catalog.Version{Code: "panic again"}); err == nil {
		t.Fatal("it was loaded")
	}
	w.crash(&list, "panic while it is loaded")
	w.crash(&list, "panic again")
	w.expect("GET /new", "404")
	w.expect("GET /a", "200 one")
	if st := w.status(e.ID); st.Status != catalog.StatusRunning || !strings.HasPrefix(st.Reason, "version 2 was not saved: it ended the process at ") {
		t.Errorf("status %s, %q", st.Status, st.Reason)
	}
	if left := list.Entries(); len(left) != 0 {
		t.Errorf("in quarantine: %v", left)
	}

	// That does not free a version before that is in quarantine itself.
	w.crash(&list, "one")
	w.crash(&list, "panic again")
	w.expectHeld("GET /a", e.ID)
	if len(list.Entries()) != 2 {
		t.Errorf("in quarantine: %v", list.Entries())
	}
}

func TestQuarantineOfAScript(t *testing.T) {
	var list quarantine.List
	w := newWorld(t)
	w.start(&list)
	source := func(code string) check.Source {
		return check.Source{Name: "a.go", Files: []check.File{{Name: "a.go", Code: code}}}
	}
	serve := func(code string) error { return w.d.ServeScripts(t.Context(), []check.Source{source(code)}) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const guilty, mended = "GET /a one\nGET /b two", "GET /a three\nGET /b two"
	must(serve(guilty))
	id := w.d.Scripts()[0].Endpoints[0].ID
	if _, err := w.d.Start(t.Context(), id, 0); catalog.CodeOf(err) != catalog.CodeConflict {
		t.Errorf("a script that runs was started: %v", err)
	}

	w.crash(&list, guilty)
	must(serve(guilty))
	w.expectHeld("GET /a", id)
	w.expect("GET /b", "503")
	w.await(id, "script is in quarantine")
	if reason := w.d.Scripts()[0].Reason; !strings.HasPrefix(reason, "it ended the process at ") {
		t.Errorf("reason %q", reason)
	}
	must(serve(mended))
	w.expect("GET /a", "200 three")
	id = w.d.Scripts()[0].Endpoints[0].ID

	w.crash(&list, mended)
	must(serve(mended))
	w.expectHeld("GET /a", id)
	if _, err := w.d.Start(t.Context(), id, 0); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "200 three")
	w.expect("GET /b", "200 two")
	if left := list.Entries(); len(left) != 0 {
		t.Errorf("still in quarantine: %v", left)
	}

	// A change of a library is a change of the script.
	w.crash(&list, mended)
	changed := source(mended)
	changed.Packages = map[string][]check.File{"lib/x": {{Name: "lib/x/x.go", Code: "package x"}}}
	must(w.d.ServeScripts(t.Context(), []check.Source{changed}))
	w.expect("GET /a", "200 three")

	// Code that ends the process when it is only checked is not checked any more.
	must(serve(guilty))
	w.crash(&list, guilty)
	w.crash(&list, guilty)
	before := w.engine.Compiles.Load()
	if err := serve(guilty); err == nil || !strings.Contains(err.Error(), "save it anew") {
		t.Errorf("got %v", err)
	}
	if n := w.engine.Compiles.Load() - before; n != 0 {
		t.Errorf("it was compiled %d times", n)
	}
	must(serve(mended))
	w.expect("GET /a", "200 three")
}

package dispatch_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gateway/internal/boltstore"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/internal/observe"
	"gateway/interp"
	"gateway/interp/check"
)

// newShelfWorld is a world whose scripts are Go, because libraries are nothing without it.
func newShelfWorld(t *testing.T) *world {
	t.Helper()
	engine, err := interp.New(interp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "gateway.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: store}
	t.Cleanup(func() {
		if err := errors.Join(w.d.Close(context.Background()), engine.Close(context.Background()), store.Close()); err != nil {
			t.Error(err)
		}
	})
	w.d, err = dispatch.New(dispatch.Options{Engine: dispatch.Interpreter(engine), Store: store, Observer: observe.New(observe.Options{})})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// greets is a handler that answers with what a function of a library says.
func greets(library string) string {
	return fmt.Sprintf(`package handler

import (
	"gateway"
	"lib/%s"
)

func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response {
	return gateway.Text(200, %s.Greet("Ada"))
}
`, library, library)
}

func greeting(text string) *catalog.LibraryVersion {
	return &catalog.LibraryVersion{Files: map[string]string{"greet.go": "package greet\n\nfunc Greet(name string) string { return " + text + " }\n"}}
}

func (w *world) saveLibrary(name string, v *catalog.LibraryVersion) (dispatch.SavedLibrary, error) {
	l := catalog.Library{Name: name}
	if stored, err := w.store.LibraryByName(w.t.Context(), name); err == nil {
		l = stored
	}
	return w.d.SaveLibrary(w.t.Context(), &l, v)
}

// TestALibraryIsLive saves a library and changes it under the endpoints that use it.
func TestALibraryIsLive(t *testing.T) {
	w := newShelfWorld(t)
	if _, err := w.saveLibrary("greet", greeting(`"Hello " + name`)); err != nil {
		t.Fatal(err)
	}
	// A library over the library.
	if _, err := w.saveLibrary("polite", &catalog.LibraryVersion{Files: map[string]string{
		"polite.go": "package polite\n\nimport \"lib/greet\"\n\nfunc Greet(name string) string { return greet.Greet(name) + \", please\" }\n",
	}}); err != nil {
		t.Fatal(err)
	}
	w.create("GET /a", greets("greet"))
	w.create("GET /b", greets("polite"))
	other := w.create("GET /c", strings.ReplaceAll(strings.ReplaceAll(greets("greet"), "\t\"lib/greet\"\n", ""), `greet.Greet("Ada")`, `"alone"`))
	stopped := w.create("GET /d", greets("greet"))
	if _, err := w.d.Stop(t.Context(), stopped.ID, 0); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "200 Hello Ada")
	w.expect("GET /b", "200 Hello Ada, please")

	swaps := w.status(other.ID).Slot.Swaps
	saved, err := w.saveLibrary("greet", greeting(`"Hi " + name`))
	if err != nil || fmt.Sprint(saved.Reloaded) != "[GET /a GET /b]" || saved.Library.Version != 2 {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	w.expect("GET /a", "200 Hi Ada")
	w.expect("GET /b", "200 Hi Ada, please")
	w.expect("GET /c", "200 alone")
	if w.status(other.ID).Slot.Swaps != swaps {
		t.Error("an endpoint without the library was swapped")
	}
	if _, err := w.d.Start(t.Context(), stopped.ID, 0); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /d", "200 Hi Ada")

	users, err := w.d.LibraryUsers(t.Context(), "greet")
	if err != nil || len(users) != 3 || users[0] != "lib/polite" {
		t.Errorf("users are %v, %v", users, err)
	}
	expectCode(t, w.d.DeleteLibrary(t.Context(), saved.Library.ID, 0), catalog.CodeConflict, "lib/polite", "GET /a")
}

// TestALibraryIsSavedForAllOrNone breaks one of several users.
func TestALibraryIsSavedForAllOrNone(t *testing.T) {
	w := newShelfWorld(t)
	both := func(second string) *catalog.LibraryVersion {
		v := greeting(`"Hello " + name`)
		v.Files["more.go"] = "package greet\n\n" + second + "\n"
		return v
	}
	if _, err := w.saveLibrary("greet", both("const Count = 1")); err != nil {
		t.Fatal(err)
	}
	w.create("GET /a", greets("greet"))
	w.create("GET /b", strings.ReplaceAll(greets("greet"), `greet.Greet("Ada")`, `[]string{"zero", "one"}[greet.Count]`))
	w.create("GET /c", strings.ReplaceAll(greets("greet"), `greet.Greet("Ada")`, `"c"+[]string{"zero", "one"}[greet.Count]`))

	for name, test := range map[string]struct {
		version *catalog.LibraryVersion
		texts   []string
		files   string // of the diagnostics
	}{
		"a name that two use is gone": {both("const Counted = 1\n\nfunc Number() int { return 1 }"), []string{"GET /b, GET /c"}, "[GET /b/handler.go GET /c/handler.go]"},
		"the library is no Go":        {both("const Count = x"), []string{"does not pass the check", "undefined: x"}, "[lib/greet/more.go]"},
	} {
		_, err := w.saveLibrary("greet", test.version)
		expectCode(t, err, catalog.CodeUnprocessable, test.texts...)
		refused, _ := errors.AsType[*catalog.Error](err)
		var files []string
		for _, d := range refused.Diagnostics.([]check.Diagnostic) {
			files = append(files, d.File)
		}
		if fmt.Sprint(files) != test.files {
			t.Errorf("%s: diagnostics of %v, want %s", name, files, test.files)
		}
		w.expect("GET /a", "200 Hello Ada")
		w.expect("GET /b", "200 one")
		w.expect("GET /c", "200 cone")
		if l, _ := w.store.LibraryByName(t.Context(), "greet"); l.Version != 1 {
			t.Errorf("%s: version %d is stored", name, l.Version)
		}
	}
}

// TestALibraryThatBreaksAnInitialisation is refused too: what cannot be loaded does not work.
func TestALibraryThatBreaksAnInitialisation(t *testing.T) {
	w := newShelfWorld(t)
	at := func(n string) *catalog.LibraryVersion {
		return &catalog.LibraryVersion{Files: map[string]string{"n.go": "package n\n\nfunc Number() int { return " + n + " }\n"}}
	}
	if _, err := w.saveLibrary("n", at("1")); err != nil {
		t.Fatal(err)
	}
	w.create("GET /a", "package handler\n\nimport \"gateway\"\nimport \"lib/n\"\n\nvar at = []string{\"zero\", \"one\"}[n.Number()]\n\n"+
		"func Handle(ctx *gateway.Context, req *gateway.Request) *gateway.Response { return gateway.Text(200, at) }\n")
	_, err := w.saveLibrary("n", at("7"))
	expectCode(t, err, catalog.CodeUnprocessable, "does not work in GET /a")
	w.expect("GET /a", "200 one")
}

// TestWhatDoesNotWorkAnyway does not keep a library from being saved, and comes to life when it is.
func TestWhatDoesNotWorkAnyway(t *testing.T) {
	w := newShelfWorld(t)
	e := endpoint("GET /a")
	e.Enabled, e.Started = true, true
	_, err := w.d.Create(t.Context(), &e, &catalog.Version{Code: greets("greet")})
	expectCode(t, err, catalog.CodeUnprocessable, `there is no library "greet"`)

	// It gets into the store as by an older gateway.
	e = endpoint("GET /a")
	e.Enabled, e.Started = true, true
	if err := w.store.CreateEndpoint(t.Context(), &e, &catalog.Version{Code: greets("greet")}); err != nil {
		t.Fatal(err)
	}
	if err := w.d.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "503")
	if _, err := w.saveLibrary("greet", &catalog.LibraryVersion{Files: map[string]string{"g.go": "package greet\n\nconst Other = 1\n"}}); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "503")
	if _, err := w.saveLibrary("greet", greeting(`"Hello " + name`)); err != nil {
		t.Fatal(err)
	}
	w.expect("GET /a", "200 Hello Ada")
}

// TestLibrariesAndEndpointsAtOnce saves both side by side: each endpoint ends with the library as it is stored.
func TestLibrariesAndEndpointsAtOnce(t *testing.T) {
	w := newShelfWorld(t)
	if _, err := w.saveLibrary("greet", greeting(`"0"`)); err != nil {
		t.Fatal(err)
	}
	const rounds, endpoints = 8, 4
	var group sync.WaitGroup
	for n := range endpoints {
		e := w.create(fmt.Sprintf("GET /%d", n), greets("greet"))
		group.Go(func() {
			for i := range rounds {
				stored, err := w.store.Endpoint(t.Context(), e.ID)
				if err == nil {
					_, err = w.d.Update(t.Context(), &stored, &catalog.Version{Code: greets("greet") + fmt.Sprintf("\n// %d\n", i)})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Go(func() {
		for i := range rounds {
			if _, err := w.saveLibrary("greet", greeting(fmt.Sprintf(`"%d"`, i+1))); err != nil {
				t.Error(err)
			}
		}
	})
	group.Wait()
	for n := range endpoints {
		w.expect(fmt.Sprintf("GET /%d", n), fmt.Sprintf("200 %d", rounds))
	}
}

// TestALibraryKeepsItsName, because endpoints import it by it.
func TestALibraryKeepsItsName(t *testing.T) {
	w := newShelfWorld(t)
	saved, err := w.saveLibrary("greet", greeting(`name`))
	if err != nil {
		t.Fatal(err)
	}
	l := saved.Library
	l.Name = "other"
	_, err = w.d.SaveLibrary(t.Context(), &l, nil)
	expectCode(t, err, catalog.CodeInvalid, "keeps its name")
	l = saved.Library
	l.Description = "says hello"
	if _, err := w.d.SaveLibrary(t.Context(), &l, nil); err != nil || l.Revision != 2 {
		t.Errorf("revision %d, %v", l.Revision, err)
	}
	stale := saved.Library
	_, err = w.d.SaveLibrary(t.Context(), &stale, greeting(`name + name`))
	expectCode(t, err, catalog.CodeVersionMismatch)
	if err := w.d.DeleteLibrary(t.Context(), l.ID, l.Revision); err != nil {
		t.Error(err)
	}
}

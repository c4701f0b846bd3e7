package records_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gateway"
	"gateway/services"
	"gateway/services/files"
	"gateway/services/object"
	"gateway/services/records"
	"gateway/services/servicetest"
	"gateway/services/sql"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t testing.TB, typ string, config map[string]any) *services.Manager {
	kinds := slices.Concat(sql.Kinds(), object.Kinds(), files.Kinds())
	return servicetest.StartWith(t, services.Options{Kinds: kinds, DataDir: t.TempDir(), Records: records.New()}, typ, config)
}

func TestRecordsConform(t *testing.T) {
	for typ, config := range map[string]map[string]any{
		"sqlite": {"path": "test.db"}, "local": nil, "folder": nil,
	} {
		t.Run(typ, func(t *testing.T) { servicetest.Records(t, start(t, typ, config), true) })
	}
}

func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func open(t testing.TB, m *services.Manager, collection string) gateway.Records {
	t.Helper()
	r, err := m.View(nil).Records(within(t), servicetest.Name, collection)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestUpdatesAreKept changes different fields of one record at the same time.
func TestUpdatesAreKept(t *testing.T) {
	m := start(t, "local", nil)
	r := open(t, m, "counters")
	if err := r.Create("one", gateway.Record{}); err != nil {
		t.Fatal(err)
	}
	const writers = 3
	done := make(chan error, writers)
	for i := range writers {
		field := string(rune('a' + i))
		go func() { done <- r.Update("one", gateway.Record{field: true}) }()
	}
	for range writers {
		if err := <-done; err != nil {
			t.Errorf("update: %v", err)
		}
	}
	got, err := r.Get("one")
	if err != nil || got["a"] != true || got["b"] != true || got["c"] != true {
		t.Errorf("the record is %v, %v", got, err)
	}
}

func TestFilesOfOthersAreRecords(t *testing.T) {
	m := start(t, "local", nil)
	storage, err := m.View(nil).Storage(within(t), servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	for key, data := range map[string]string{
		"pets/a.json": `{"name": "A"}`, "pets/b.txt": "no record", "pets/deep/c.json": `{}`, "pets/.hidden.json": `{}`, "petsX/d.json": `{}`,
	} {
		if err := storage.Put(key, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	r := open(t, m, "/pets/")
	all, err := r.List(gateway.ListOptions{})
	if err != nil || len(all) != 1 || all[0]["id"] != "a" || all[0]["name"] != "A" {
		t.Errorf("the records are %v, %v", all, err)
	}
	if err := storage.Put("pets/broken.json", []byte(`[1]`)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Get("broken"); err == nil || gateway.AsError(err).Code != gateway.ErrSerialization {
		t.Errorf("a file that is no record: %v", err)
	}
}

func TestKindsWithoutRecords(t *testing.T) {
	open := records.New()
	_, err := open(t.Context(), services.Handle{Name: "mail", Value: struct{}{}}, "pets")
	if err == nil || gateway.AsError(err).Code != gateway.ErrServiceNotFound {
		t.Errorf("got %v", err)
	}
}

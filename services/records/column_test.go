package records_test

import (
	"testing"

	"gateway"
	"gateway/services/servicetest"
)

// FuzzTextsComeBack keeps texts in a table, where lists and objects are kept as JSON
// in the same columns, and expects each back as it was.
func FuzzTextsComeBack(f *testing.F) {
	for _, s := range []string{"", "plain", "[1]", `{"a":1}`, `"x"`, `"[1]"`, `"\"[1]\""`, "[", `"`, "null", "1", " [1]", "[1] ", `"\u005b1]"`, "\n", `["a", {"b": null}]`} {
		f.Add(s)
	}
	m := start(f, "sqlite", map[string]any{"path": "test.db"})
	db, err := m.View(nil).Database(within(f), servicetest.Name)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := db.Execute("CREATE TABLE texts (id TEXT PRIMARY KEY, s TEXT)"); err != nil {
		f.Fatal(err)
	}
	if err := open(f, m, "texts").Create("one", gateway.Record{}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := open(t, m, "texts")
		if err := r.Update("one", gateway.Record{"s": s}); err != nil {
			t.Fatal(err)
		}
		got, err := r.Get("one")
		if err != nil {
			t.Fatal(err)
		}
		// JSON replaces what is not UTF-8, on every backend alike.
		if want := string([]rune(s)); got["s"] != want {
			t.Errorf("%q came back as %q", want, got["s"])
		}
		found, err := r.List(gateway.ListOptions{Filter: map[string]any{"s": s}})
		if err != nil || len(found) != 1 {
			t.Errorf("a filter with %q finds %v, %v", s, found, err)
		}
	})
}

package servicetest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"gateway"
	"gateway/services"
)

// recordTables are the table of the suite on each type of database.
var recordTables = map[string]string{
	"sqlite":   `CREATE TABLE %s (id TEXT PRIMARY KEY, name TEXT NOT NULL, tags TEXT, status TEXT, price REAL, stock INTEGER, active BOOLEAN, created TIMESTAMP, "order" TEXT, code TEXT UNIQUE)`,
	"postgres": `CREATE TABLE %s (id TEXT PRIMARY KEY, name TEXT NOT NULL, tags JSONB, status TEXT, price DOUBLE PRECISION, stock BIGINT, active BOOLEAN, created TIMESTAMPTZ, "order" TEXT, code TEXT UNIQUE)`,
	"mysql":    "CREATE TABLE %s (id VARCHAR(128) PRIMARY KEY, name TEXT NOT NULL, tags TEXT, status VARCHAR(50), price DOUBLE, stock BIGINT, active BOOLEAN, created DATETIME(6), `order` TEXT, code VARCHAR(50) UNIQUE)",
}

// Records holds a kind of service to what gateway.Records promises. atomic says
// that two that create one record never both succeed. The manager needs records
// in its options.
func Records(t *testing.T, m *services.Manager, atomic bool) {
	r := recordSuite{manager: m, typ: m.Services()[0].Type}
	t.Run("life of a record", r.life)
	t.Run("values", r.values)
	t.Run("structs", r.structs)
	t.Run("list", r.list)
	t.Run("filter", r.filter)
	t.Run("refused", r.refused)
	t.Run("hostile names", r.hostile)
	if atomic {
		t.Run("one creator", r.oneCreator)
	}
	if _, table := recordTables[r.typ]; table {
		t.Run("columns", r.columns)
		t.Run("other types of id", r.otherIDs)
	}
}

type recordSuite struct {
	manager *services.Manager
	typ     string
}

// open gives an empty collection and its name.
func (r recordSuite) open(t *testing.T) (gateway.Records, string) {
	t.Helper()
	name := "r_" + strings.NewReplacer("-", "_", "/", "").Replace(folder(t))
	if create, ok := recordTables[r.typ]; ok {
		name = "r_" + name[len(name)-8:]
		r.execute(t, fmt.Sprintf(create, name))
		t.Cleanup(func() { r.execute(t, "DROP TABLE "+name) })
	}
	records, err := view(r.manager).Records(within(t), Name, name)
	must(t, err, "open records")
	return records, name
}

func (r recordSuite) execute(t *testing.T, statement string) {
	t.Helper()
	db, err := view(r.manager).Database(within(t), Name)
	must(t, err, "open the database")
	_, err = db.Execute(statement)
	must(t, err, statement)
}

func wantRecord(t *testing.T, got, want gateway.Record) {
	t.Helper()
	for field, value := range want {
		if !reflect.DeepEqual(got[field], value) {
			t.Errorf("%s is %T %v, want %T %v", field, got[field], got[field], value, value)
		}
	}
}

func (r recordSuite) life(t *testing.T) {
	records, _ := r.open(t)
	if all, err := records.List(gateway.ListOptions{}); err != nil || all == nil || len(all) != 0 {
		t.Errorf("an empty collection has %v, %v", all, err)
	}
	_, err := records.Get("pet-1")
	wantCode(t, err, gateway.ErrNotFound, "get of none")
	wantCode(t, records.Update("pet-1", gateway.Record{"name": "x"}), gateway.ErrNotFound, "update of none")
	wantCode(t, records.Update("pet-1", gateway.Record{}), gateway.ErrNotFound, "empty update of none")
	if existed, err := records.Delete("pet-1"); existed || err != nil {
		t.Errorf("delete of none gave %v, %v", existed, err)
	}

	must(t, records.Create("pet-1", gateway.Record{"name": "Rex", "status": "available", "stock": 3, "tags": []string{"a", "b"}}), "create")
	wantCode(t, records.Create("pet-1", gateway.Record{"name": "Other"}), gateway.ErrConflict, "create again")
	got, err := records.Get("pet-1")
	must(t, err, "get")
	wantRecord(t, got, gateway.Record{"id": "pet-1", "name": "Rex", "status": "available", "stock": int64(3), "tags": []any{"a", "b"}})

	must(t, records.Update("pet-1", gateway.Record{"status": "sold", "stock": nil}), "update")
	must(t, records.Update("pet-1", gateway.Record{"status": "sold"}), "update without a change")
	must(t, records.Update("pet-1", gateway.Record{"id": "pet-1"}), "update with the id")
	must(t, records.Update("pet-1", gateway.Record{}), "empty update")
	got, err = records.Get("pet-1")
	must(t, err, "get after update")
	wantRecord(t, got, gateway.Record{"id": "pet-1", "name": "Rex", "status": "sold", "stock": nil, "tags": []any{"a", "b"}})

	if existed, err := records.Delete("pet-1"); !existed || err != nil {
		t.Errorf("delete gave %v, %v", existed, err)
	}
	_, err = records.Get("pet-1")
	wantCode(t, err, gateway.ErrNotFound, "get after delete")
}

func (r recordSuite) values(t *testing.T) {
	records, _ := r.open(t)
	for i, name := range []string{"plain", "", "ünïcödé 日本語 🐕", "quote \" ' ` \\", `[1,2]`, `{"a":1}`, `"quoted"`, `"[1]"`, `"\"[1]\""`, "[not json", "null", "12345", "line\nbreak", strings.Repeat("long ", 2000)} {
		id := fmt.Sprintf("v-%d", i)
		must(t, records.Create(id, gateway.Record{"name": name}), "create")
		got, err := records.Get(id)
		must(t, err, "get")
		if got["name"] != name {
			t.Errorf("name %.40q came back as %.40q", name, got["name"])
		}
	}
	must(t, records.Create("all", map[string]any{
		"name": "x", "price": 19.99, "stock": int64(1) << 53, "active": true, "created": "2026-01-31T12:30:00Z", "order": "by", "tags": map[string]any{"n": 1.5, "deep": []any{true, nil}},
	}), "create")
	got, err := records.Get("all")
	must(t, err, "get")
	wantRecord(t, got, gateway.Record{
		"id": "all", "name": "x", "price": 19.99, "stock": int64(1) << 53, "active": true, "created": "2026-01-31T12:30:00Z", "order": "by",
		"tags": map[string]any{"n": 1.5, "deep": []any{true, nil}},
	})
	must(t, records.Update("all", gateway.Record{"tags": []any{}, "active": false, "price": -1.5}), "update")
	got, err = records.Get("all")
	must(t, err, "get")
	wantRecord(t, got, gateway.Record{"tags": []any{}, "active": false, "price": -1.5, "order": "by"})
}

func (r recordSuite) structs(t *testing.T) {
	type pet struct {
		ID     string   `json:"id,omitempty"`
		Name   string   `json:"name,omitempty"`
		Tags   []string `json:"tags,omitempty"`
		Price  *float64 `json:"price,omitempty"`
		Active bool     `json:"active"`
	}
	records, _ := r.open(t)
	price := 2.5
	must(t, records.Create("s-1", pet{Name: "Rex", Tags: []string{"x"}, Price: &price}), "create")
	must(t, records.Create("s-2", &pet{ID: "s-2", Name: "Tom"}), "create")
	must(t, records.Update("s-1", pet{Active: true}), "update")
	got, err := records.Get("s-1")
	must(t, err, "get")
	var back pet
	must(t, got.Decode(&back), "decode")
	if back.ID != "s-1" || back.Name != "Rex" || !slices.Equal(back.Tags, []string{"x"}) || back.Price == nil || *back.Price != 2.5 || !back.Active {
		t.Errorf("came back as %+v", back)
	}
}

func listedIDs(all []gateway.Record) string {
	var ids []string
	for _, record := range all {
		ids = append(ids, fmt.Sprint(record["id"]))
	}
	return strings.Join(ids, " ")
}

func (r recordSuite) list(t *testing.T) {
	records, _ := r.open(t)
	for i, id := range []string{"b", "a-1", "a", "c", "d"} {
		record := gateway.Record{"name": id, "stock": 10 - i%3, "price": float64(i)}
		if id == "d" {
			record["stock"] = nil
		}
		must(t, records.Create(id, record), "create")
	}
	for name, c := range map[string]struct {
		options gateway.ListOptions
		want    string
	}{
		"all":             {gateway.ListOptions{}, "a a-1 b c d"},
		"by id":           {gateway.ListOptions{Order: "id"}, "a a-1 b c d"},
		"descending":      {gateway.ListOptions{Order: "-id"}, "d c b a-1 a"},
		"first two":       {gateway.ListOptions{Limit: 2}, "a a-1"},
		"from the second": {gateway.ListOptions{Offset: 1}, "a-1 b c d"},
		"page":            {gateway.ListOptions{Limit: 2, Offset: 2}, "b c"},
		"beyond":          {gateway.ListOptions{Offset: 100}, ""},
		"by number":       {gateway.ListOptions{Order: "price"}, "b a-1 a c d"},
		"nil first":       {gateway.ListOptions{Order: "stock"}, "d a a-1 b c"},
		"nil last":        {gateway.ListOptions{Order: "-stock"}, "b c a-1 a d"},
		"ordered page":    {gateway.ListOptions{Order: "-price", Limit: 2, Offset: 1}, "c a"},
	} {
		all, err := records.List(c.options)
		must(t, err, name)
		if got := listedIDs(all); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func (r recordSuite) filter(t *testing.T) {
	records, _ := r.open(t)
	for i, status := range []string{"available", "sold", "available", "", "it's"} {
		record := gateway.Record{"name": fmt.Sprint(i), "status": status, "stock": i % 2, "active": i > 2, "price": 1.5 * float64(i)}
		if status == "" {
			record["status"] = nil
		}
		must(t, records.Create(fmt.Sprintf("f%d", i), record), "create")
	}
	for name, c := range map[string]struct {
		options gateway.ListOptions
		want    string
	}{
		"text":             {gateway.ListOptions{Filter: map[string]any{"status": "available"}}, "f0 f2"},
		"number":           {gateway.ListOptions{Filter: map[string]any{"stock": 1}}, "f1 f3"},
		"float":            {gateway.ListOptions{Filter: map[string]any{"price": 4.5}}, "f3"},
		"boolean":          {gateway.ListOptions{Filter: map[string]any{"active": true}}, "f3 f4"},
		"nil":              {gateway.ListOptions{Filter: map[string]any{"status": nil}}, "f3"},
		"two":              {gateway.ListOptions{Filter: map[string]any{"status": "available", "stock": 0}}, "f0 f2"},
		"none":             {gateway.ListOptions{Filter: map[string]any{"status": "gone"}}, ""},
		"quote":            {gateway.ListOptions{Filter: map[string]any{"status": "it's"}}, "f4"},
		"injection":        {gateway.ListOptions{Filter: map[string]any{"status": "x' OR '1'='1"}}, ""},
		"number as text":   {gateway.ListOptions{Filter: map[string]any{"stock": "1"}}, "f1 f3"},
		"boolean as text":  {gateway.ListOptions{Filter: map[string]any{"active": "true"}}, "f3 f4"},
		"not a number":     {gateway.ListOptions{Filter: map[string]any{"stock": "many"}}, ""},
		"with order, page": {gateway.ListOptions{Filter: map[string]any{"stock": 0}, Order: "-id", Limit: 2}, "f4 f2"},
	} {
		all, err := records.List(c.options)
		must(t, err, name)
		if got := listedIDs(all); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	_, err := records.List(gateway.ListOptions{Filter: map[string]any{"status": []string{"a"}}})
	wantCode(t, err, gateway.ErrBadRequest, "a filter with a list")
}

func (r recordSuite) refused(t *testing.T) {
	records, _ := r.open(t)
	for _, id := range []string{"", ".", "..", ".a", "a/b", "../x", "a b", "a\x00", "ü", "a'b", "a\n", strings.Repeat("x", 129)} {
		_, err := records.Get(id)
		wantCode(t, err, gateway.ErrBadRequest, "get "+id)
		wantCode(t, records.Create(id, gateway.Record{"name": "x"}), gateway.ErrBadRequest, "create "+id)
		wantCode(t, records.Update(id, gateway.Record{"name": "x"}), gateway.ErrBadRequest, "update "+id)
		_, err = records.Delete(id)
		wantCode(t, err, gateway.ErrBadRequest, "delete "+id)
	}
	for name, v := range map[string]any{"nil": nil, "list": []int{1}, "text": "x", "function": func() {}, "another id": gateway.Record{"id": "other", "name": "x"}} {
		wantCode(t, records.Create("good", v), gateway.ErrBadRequest, "create with "+name)
	}
	_, err := records.List(gateway.ListOptions{Limit: -1})
	wantCode(t, err, gateway.ErrBadRequest, "a negative limit")
	long := strings.Repeat("x", 128)
	must(t, records.Create(long, gateway.Record{"name": "x"}), "create with the longest id")
	for _, id := range []string{"A.b_c-1", "0", "-"} {
		must(t, records.Create(id, gateway.Record{"name": "x"}), "create "+id)
	}
}

func (r recordSuite) hostile(t *testing.T) {
	names := []string{"", "../x", "a/../b", "a\x00b", "a\nb"}
	if _, table := recordTables[r.typ]; table {
		names = append(names, "pets; DROP TABLE pets", `pets"`, "pets`", "pets'", "a.b.c", "1a", "sp ace", "pets--", "ü")
	}
	for _, name := range names {
		_, err := view(r.manager).Records(within(t), Name, name)
		wantCode(t, err, gateway.ErrBadRequest, fmt.Sprintf("collection %q", name))
	}
	records, _ := r.open(t)
	must(t, records.Create("a", gateway.Record{"name": "x"}), "create")
	for _, field := range []string{`name" = 'x' --`, "name`", "name; DROP TABLE x", "name'"} {
		all, err := records.List(gateway.ListOptions{Filter: map[string]any{field: "x"}})
		if err == nil && len(all) != 0 {
			t.Errorf("filter on %q found %v", field, all)
		}
		if _, table := recordTables[r.typ]; table {
			wantCode(t, err, gateway.ErrBadRequest, "filter on "+field)
			_, err = records.List(gateway.ListOptions{Order: field})
			wantCode(t, err, gateway.ErrBadRequest, "order by "+field)
			wantCode(t, records.Update("a", gateway.Record{field: "y"}), gateway.ErrBadRequest, "update of "+field)
			wantCode(t, records.Create("b", gateway.Record{"name": "x", field: "y"}), gateway.ErrBadRequest, "create with "+field)
		}
	}
}

func (r recordSuite) oneCreator(t *testing.T) {
	records, _ := r.open(t)
	must(t, records.Create("counter", gateway.Record{"name": "x"}), "create")
	var mu sync.Mutex
	var created []int
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			err := records.Create("same", gateway.Record{"name": fmt.Sprint(i)})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				created = append(created, i)
			} else if gateway.AsError(err).Code != gateway.ErrConflict {
				t.Errorf("create: %v", err)
			}
		})
	}
	all.Wait()
	got, err := records.Get("same")
	must(t, err, "get")
	if len(created) != 1 || got["name"] != fmt.Sprint(created[0]) {
		t.Errorf("created by %v, and the record is %v", created, got)
	}
}

// columns is about what only tables have.
func (r recordSuite) columns(t *testing.T) {
	records, name := r.open(t)
	wantCode(t, records.Create("a", gateway.Record{"name": "x", "colour": "red"}), gateway.ErrBadRequest, "create with no column")
	if err := records.Create("a", gateway.Record{"status": "x"}); err == nil {
		t.Error("a record without a name fits a table that wants one")
	}
	must(t, records.Create("a", gateway.Record{"name": "x", "code": "1"}), "create")
	wantCode(t, records.Create("b", gateway.Record{"name": "x", "code": "1"}), gateway.ErrConflict, "create with another's code")
	must(t, records.Create("b", gateway.Record{"name": "x", "code": "2"}), "create")
	wantCode(t, records.Update("b", gateway.Record{"code": "1"}), gateway.ErrConflict, "update to another's code")
	for field, v := range map[string]any{"stock": "many", "price": []int{1}, "active": "perhaps", "created": 5} {
		wantCode(t, records.Update("a", gateway.Record{field: v}), gateway.ErrValidation, fmt.Sprintf("update of %s to %v", field, v))
	}
	must(t, records.Update("a", gateway.Record{"stock": "7", "active": "true"}), "update with texts")
	got, err := records.Get("a")
	must(t, err, "get")
	wantRecord(t, got, gateway.Record{"stock": int64(7), "active": true})
	missing, err := view(r.manager).Records(within(t), Name, name+"_no")
	must(t, err, "open a missing table")
	_, err = missing.List(gateway.ListOptions{})
	wantCode(t, err, gateway.ErrDatabase, "a missing table")
	r.execute(t, "ALTER TABLE "+name+" DROP COLUMN status")
	if got, err := records.Get("a"); err != nil || got["name"] != "x" {
		t.Errorf("after a column is gone: %v, %v", got, err)
	}
}

func (r recordSuite) otherIDs(t *testing.T) {
	_, name := r.open(t)
	name += "_i"
	r.execute(t, "CREATE TABLE "+name+" (id INTEGER PRIMARY KEY, name VARCHAR(50))")
	t.Cleanup(func() { r.execute(t, "DROP TABLE "+name) })
	records, err := view(r.manager).Records(within(t), Name, name)
	must(t, err, "open records")
	must(t, records.Create("7", gateway.Record{"name": "seven"}), "create")
	got, err := records.Get("7")
	must(t, err, "get")
	wantRecord(t, got, gateway.Record{"id": "7", "name": "seven"})
	_, err = records.Get("x")
	wantCode(t, err, gateway.ErrNotFound, "get of a text")
	_, err = records.Get("07")
	wantCode(t, err, gateway.ErrNotFound, "get of another text for the number")
	wantCode(t, records.Create("x", gateway.Record{"name": "x"}), gateway.ErrBadRequest, "create with a text")
	if existed, err := records.Delete("x"); existed || err != nil {
		t.Errorf("delete of a text gave %v, %v", existed, err)
	}
	if existed, err := records.Delete("7"); !existed || err != nil {
		t.Errorf("delete gave %v, %v", existed, err)
	}
}

package servicetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gateway"
	"gateway/services"
)

// Database is the suite of gateway.Database. It makes and drops tables whose names
// begin with st_.
func Database(t *testing.T, m *services.Manager) {
	d := database{manager: m, typ: m.Services()[0].Type}
	t.Run("types", d.types)
	t.Run("arguments", d.arguments)
	t.Run("placeholders", d.placeholders)
	t.Run("execute", d.execute)
	t.Run("errors", d.errors)
	t.Run("each", d.each)
	t.Run("transaction", d.transaction)
	t.Run("transaction of a stopped handler", d.stopped)
	t.Run("concurrency", d.concurrency)
	t.Run("deadline", d.deadline)
}

type database struct {
	manager *services.Manager
	typ     string // of the service: "sqlite", "postgres" or "mysql"
}

// open gives the handle of a request.
func (d database) open(t *testing.T, ctx context.Context) gateway.Database {
	t.Helper()
	db, err := view(d.manager).Database(ctx, Name)
	ok(t, err)
	return db
}

// dialect picks what the backend understands.
func (d database) dialect(sqlite, postgres, mysql string) string {
	switch d.typ {
	case "postgres":
		return postgres
	case "mysql":
		return mysql
	default:
		return sqlite
	}
}

// table makes an empty table and drops it at the end of the test.
func (d database) table(t *testing.T, columns string) (gateway.Database, string) {
	t.Helper()
	db := d.open(t, within(t))
	name := "st_" + strings.ToLower(strings.NewReplacer("/", "_", " ", "_", "#", "_").Replace(t.Name()[strings.LastIndex(t.Name(), "/")+1:]))
	_, err := db.Execute("DROP TABLE IF EXISTS " + name)
	ok(t, err)
	_, err = db.Execute("CREATE TABLE " + name + " (" + columns + ")")
	ok(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if _, err := d.open(t, ctx).Execute("DROP TABLE " + name); err != nil {
			t.Errorf("drop: %v", err)
		}
	})
	return db, name
}

func (d database) types(t *testing.T) {
	db, table := d.table(t, d.dialect(
		"i INTEGER, f REAL, d DECIMAL(20,4), b BOOLEAN, s TEXT, by_ BLOB, t TIMESTAMP, j JSON, n TEXT",
		"i BIGINT, f DOUBLE PRECISION, d NUMERIC(20,4), b BOOLEAN, s TEXT, by_ BYTEA, t TIMESTAMPTZ, j JSONB, n TEXT",
		"i BIGINT, f DOUBLE, d DECIMAL(20,4), b BOOLEAN, s TEXT, by_ BLOB, t DATETIME(6), j JSON, n TEXT"))
	at := time.Date(2024, 2, 29, 13, 14, 15, 123456000, time.FixedZone("", 2*3600))
	bytes := []byte{0, 1, 0xff, '\'', '"', '\\', '\n'}
	text := "it's \"quoted\" \\ back, ünïcode 🐱\n?$1"
	_, err := db.Execute("INSERT INTO "+table+" (i, f, d, b, s, by_, t, j, n) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		int64(1)<<60+1, 0.1, gateway.Decimal("123456789012.3456"), true, text, bytes, at, json.RawMessage(`{"a": [1, 2]}`), nil)
	ok(t, err)
	row, err := db.QueryOne("SELECT i, f, d, b, s, by_, t, j, n FROM " + table)
	ok(t, err)
	if want := strings.Split("i f d b s by_ t j n", " "); !slices.Equal(row.Columns, want) {
		t.Errorf("columns %v, want %v", row.Columns, want)
	}
	for column, want := range map[string]any{
		"i": int64(1)<<60 + 1, "f": 0.1, "s": text, "by_": bytes, "n": nil,
	} {
		if got := row.Get(column); !reflect.DeepEqual(got, want) {
			t.Errorf("%s = %#v, want %#v", column, got, want)
		}
	}
	if got, is := row.Get("d").(gateway.Decimal); !is || strings.TrimRight(string(got), "0") != "123456789012.3456" {
		t.Errorf("d = %#v, want a Decimal", row.Get("d"))
	}
	if got, err := row.Bool("b"); !got || err != nil { // mysql has no boolean type
		t.Errorf("b = %#v", row.Get("b"))
	}
	if got, is := row.Get("t").(time.Time); !is || !got.Equal(at) {
		t.Errorf("t = %#v, want %v", row.Get("t"), at)
	}
	var j struct{ A []int }
	if err := scanColumn(row, "j", &j); err != nil || !slices.Equal(j.A, []int{1, 2}) {
		t.Errorf("j = %#v: %v", row.Get("j"), err)
	}

	type record struct {
		I     int64
		F     float64
		Price gateway.Decimal `db:"d"`
		B     bool
		Text  string `json:"s"`
		By    []byte
		T     time.Time
		J     map[string][]int
		N     *string
	}
	var records []record
	rows, err := db.Query("SELECT * FROM " + table)
	ok(t, err)
	ok(t, rows.Scan(&records))
	if len(records) != 1 {
		t.Fatalf("%d records", len(records))
	}
	r := records[0]
	if r.I != 1<<60+1 || r.F != 0.1 || !strings.HasPrefix(string(r.Price), "123456789012.3456") || !r.B || r.Text != text ||
		!reflect.DeepEqual(r.By, bytes) || !r.T.Equal(at) || !slices.Equal(r.J["a"], []int{1, 2}) || r.N != nil {
		t.Errorf("scanned %+v", r)
	}
	if _, err := json.Marshal(rows); err != nil {
		t.Errorf("rows as JSON: %v", err)
	}
}

func scanColumn(row gateway.Row, column string, v any) error {
	text, err := row.Text(column)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), v)
}

func (d database) arguments(t *testing.T) {
	db, table := d.table(t, d.dialect(
		"id INTEGER PRIMARY KEY, i INTEGER, s TEXT, j JSON, t TIMESTAMP",
		"id INTEGER PRIMARY KEY, i INTEGER, s TEXT, j JSONB, t TIMESTAMPTZ",
		"id INTEGER PRIMARY KEY, i INTEGER, s TEXT, j JSON, t DATETIME(6)"))
	type named string
	three := 3
	var none *int
	insert := "INSERT INTO " + table + " (id, i, s, j, t) VALUES (?, ?, ?, ?, ?)"
	for _, args := range [][]any{
		{1, uint8(3), named("x"), map[string]any{"a": 1}, time.Unix(0, 0)},
		{2, &three, "x", struct {
			A int `json:"a"`
		}{1}, nil},
		{3, int16(3), "x", []byte(`{"a":1}`), nil},
		{4, none, "x", `{"a":1}`, nil},
		{5, 3, 3, json.RawMessage(`{"a":1}`), nil}, // a number for a text
		{"6", "3", true, nil, nil},                 // a text for a number
	} {
		if _, err := db.Execute(insert, args...); err != nil {
			t.Errorf("insert %v: %v", args, err)
		}
	}
	rows, err := db.Query("SELECT i, s, j FROM " + table + " ORDER BY id")
	ok(t, err)
	if len(rows) != 6 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, row := range rows {
		if n, err := row.Int("i"); err != nil || n != 3 && i != 3 {
			t.Errorf("row %d: i = %#v, %v", i+1, row.Get("i"), err)
		}
		if i == 5 {
			continue
		}
		var j map[string]int
		if err := scanColumn(row, "j", &j); err != nil || j["a"] != 1 {
			t.Errorf("row %d: j = %#v, %v", i+1, row.Get("j"), err)
		}
	}
	if rows[3].Get("i") != nil {
		t.Errorf("a nil pointer became %#v", rows[3].Get("i"))
	}
	if s, _ := rows[4].Text("s"); s != "3" {
		t.Errorf("a number for a text became %q", s)
	}
	_, err = db.Query("SELECT ?", make(chan int))
	fails(t, err, gateway.ErrDatabase)
	_, err = db.Query("SELECT ?", 1, 2)
	fails(t, err, gateway.ErrDatabase)
}

func (d database) placeholders(t *testing.T) {
	db, table := d.table(t, "a VARCHAR(20), b VARCHAR(20)")
	for _, tt := range []struct {
		query string
		args  []any
	}{
		{"INSERT INTO " + table + " (a, b) VALUES (?, ?)", []any{"a1", "b1"}},
		{"INSERT INTO " + table + " (a, b) VALUES ($1, $2)", []any{"a2", "b2"}},
		{"INSERT INTO " + table + " (b, a) VALUES ($2, $1)", []any{"a3", "b3"}},
		{"INSERT INTO " + table + " (a, b) SELECT a, '?' FROM " + table + " WHERE a = $1 AND $1 = a -- ? $1\n", []any{"a3"}},
	} {
		if _, err := db.Execute(tt.query, tt.args...); err != nil {
			t.Errorf("%s: %v", tt.query, err)
		}
	}
	rows, err := db.Query("SELECT a, b FROM "+table+" /* ? */ WHERE a <> ? ORDER BY a, b", "it's")
	ok(t, err)
	got, err := json.Marshal(rows)
	ok(t, err)
	if want := `[{"a":"a1","b":"b1"},{"a":"a2","b":"b2"},{"a":"a3","b":"?"},{"a":"a3","b":"b3"}]`; string(got) != want {
		t.Errorf("rows %s, want %s", got, want)
	}
	_, err = db.Query("SELECT a FROM "+table+" WHERE a = ? AND b = $1", 1)
	fails(t, err, gateway.ErrDatabase)
}

func (d database) execute(t *testing.T) {
	db, table := d.table(t, d.dialect(
		"id INTEGER PRIMARY KEY, n INTEGER", "id SERIAL PRIMARY KEY, n INTEGER", "id INTEGER PRIMARY KEY AUTO_INCREMENT, n INTEGER"))
	r, err := db.Execute("INSERT INTO "+table+" (n) VALUES (?), (?)", 1, 2)
	ok(t, err)
	if r.RowsAffected != 2 {
		t.Errorf("insert: %d rows affected, want 2", r.RowsAffected)
	}
	if d.typ != "postgres" {
		if r, err = db.Execute("INSERT INTO "+table+" (n) VALUES (?)", 3); r.LastInsertID != 3 || err != nil {
			t.Errorf("last insert id %d, %v; want 3", r.LastInsertID, err)
		}
	} else {
		row, err := db.QueryOne("INSERT INTO "+table+" (n) VALUES (?) RETURNING id", 3)
		ok(t, err)
		if row.Get("id") != int64(3) {
			t.Errorf("returned id %v, want 3", row.Get("id"))
		}
	}
	r, err = db.Execute("UPDATE "+table+" SET n = 1 WHERE n < ?", 3) // one of them has 1 already
	ok(t, err)
	if r.RowsAffected != 2 {
		t.Errorf("update: %d rows affected, want 2", r.RowsAffected)
	}
	_, err = db.QueryOne("SELECT n FROM "+table+" WHERE id = ?", 99)
	fails(t, err, gateway.ErrNotFound)
	rows, err := db.Query("SELECT n FROM "+table+" WHERE id = ?", 99)
	ok(t, err)
	if data, _ := json.Marshal(rows); string(data) != "[]" {
		t.Errorf("no rows as JSON: %s", data)
	}
}

func (d database) errors(t *testing.T) {
	db, table := d.table(t, "id INTEGER PRIMARY KEY, name VARCHAR(20) UNIQUE, size INTEGER NOT NULL")
	_, err := db.Execute("INSERT INTO " + table + " (id, name, size) VALUES (1, 'a', 1)")
	ok(t, err)
	_, err = db.Execute("INSERT INTO " + table + " (id, name, size) VALUES (1, 'b', 1)")
	fails(t, err, gateway.ErrConflict)
	_, err = db.Execute("INSERT INTO " + table + " (id, name, size) VALUES (2, 'a', 1)")
	fails(t, err, gateway.ErrConflict)
	_, err = db.Execute("INSERT INTO " + table + " (id, name) VALUES (3, 'c')")
	fails(t, err, gateway.ErrDatabase)
	child := table + "_child"
	_, err = db.Execute("CREATE TABLE " + child + " (id INTEGER PRIMARY KEY, parent INTEGER, FOREIGN KEY (parent) REFERENCES " + table + " (id))")
	ok(t, err)
	t.Cleanup(func() {
		if _, err := db.Execute("DROP TABLE " + child); err != nil {
			t.Errorf("drop: %v", err)
		}
	})
	_, err = db.Execute("INSERT INTO " + child + " (id, parent) VALUES (1, 99)")
	fails(t, err, gateway.ErrConflict)
	for _, query := range []string{"SELECT nothing FROM nowhere", "SELEKT 1"} {
		_, err = db.Query(query)
		fails(t, err, gateway.ErrDatabase)
		if e := gateway.AsError(err); e != nil && strings.Contains(e.Message, "nowhere") {
			t.Errorf("the client would learn of the schema: %q", e.Message)
		}
	}
}

func (d database) each(t *testing.T) {
	db, table := d.table(t, "n INTEGER")
	const count = 1000
	ok(t, db.Transaction(func(tx gateway.Transaction) error {
		for i := range count {
			if _, err := tx.Execute("INSERT INTO "+table+" (n) VALUES (?)", i); err != nil {
				return err
			}
		}
		return nil
	}))
	sum := 0
	ok(t, db.Each(func(row gateway.Row) error {
		n, err := row.Int("n")
		sum += int(n)
		return err
	}, "SELECT n FROM "+table+" WHERE n >= ?", 0))
	if want := count * (count - 1) / 2; sum != want {
		t.Errorf("sum %d, want %d", sum, want)
	}

	enough := errors.New("enough")
	seen := 0
	err := db.Each(func(gateway.Row) error {
		if seen++; seen == 3 {
			return enough
		}
		return nil
	}, "SELECT n FROM "+table)
	if !errors.Is(err, enough) || seen != 3 {
		t.Errorf("%d rows, error %v; want 3 and the callback's own", seen, err)
	}
	fails(t, db.Each(func(gateway.Row) error { return nil }, "SELECT n FROM nowhere"), gateway.ErrDatabase)

	ctx, kill := context.WithCancel(within(t))
	defer kill()
	seen = 0
	err = d.open(t, ctx).Each(func(gateway.Row) error { seen++; kill(); return nil }, "SELECT n FROM "+table)
	if err == nil || seen != 1 {
		t.Errorf("a stopped handler saw %d rows, error %v; want 1 and an error", seen, err)
	}
	// The places are free again.
	for range 20 {
		ok(t, db.Each(func(gateway.Row) error { return nil }, "SELECT n FROM "+table+" WHERE n < 2"))
	}
}

func (d database) count(t *testing.T, db gateway.Database, table string) int64 {
	t.Helper()
	row, err := db.QueryOne("SELECT COUNT(*) AS n FROM " + table)
	ok(t, err)
	n, err := row.Int("n")
	ok(t, err)
	return n
}

func (d database) transaction(t *testing.T) {
	db, table := d.table(t, "id INTEGER PRIMARY KEY, n INTEGER")
	insert := "INSERT INTO " + table + " (id, n) VALUES (?, ?)"
	ok(t, db.Transaction(func(tx gateway.Transaction) error {
		if _, err := tx.Execute(insert, 1, 10); err != nil {
			return err
		}
		row, err := tx.QueryOne("SELECT n FROM "+table+" WHERE id = ?", 1)
		if err != nil {
			return err
		}
		if n, _ := row.Int("n"); n != 10 {
			t.Errorf("the transaction does not see its own change: %v", row)
		}
		return tx.Each(func(row gateway.Row) error {
			_, err := tx.Execute(insert, 2, 20) // within Each of the same transaction
			return err
		}, "SELECT id FROM "+table)
	}))
	if n := d.count(t, db, table); n != 2 {
		t.Errorf("%d rows after the commit, want 2", n)
	}

	failed := errors.New("changed my mind")
	err := db.Transaction(func(tx gateway.Transaction) error {
		if _, err := tx.Execute(insert, 3, 30); err != nil {
			return err
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Errorf("error %v, want the callback's own", err)
	}
	func() {
		defer func() {
			if r := recover(); r != "oops" {
				t.Errorf("recovered %v, want the callback's own panic", r)
			}
		}()
		_ = db.Transaction(func(tx gateway.Transaction) error {
			if _, err := tx.Execute(insert, 4, 40); err != nil {
				t.Error(err)
			}
			panic("oops")
		})
	}()
	if n := d.count(t, db, table); n != 2 {
		t.Errorf("%d rows after two rollbacks, want 2", n)
	}

	var late gateway.Transaction
	ok(t, db.Transaction(func(tx gateway.Transaction) error { late = tx; return nil }))
	if _, err := late.Execute(insert, 5, 50); err == nil {
		t.Error("a transaction works after its end")
	}
	err = db.Transaction(func(tx gateway.Transaction) error {
		_, err := tx.Execute(insert, 1, 0)
		fails(t, err, gateway.ErrConflict)
		return err
	})
	fails(t, err, gateway.ErrConflict)
}

// stopped: a handler that is killed in its callback returns nil from it, and
// nothing it did may stay.
func (d database) stopped(t *testing.T) {
	db, table := d.table(t, "id INTEGER PRIMARY KEY")
	ctx, kill := context.WithCancel(within(t))
	defer kill()
	err := d.open(t, ctx).Transaction(func(tx gateway.Transaction) error {
		if _, err := tx.Execute("INSERT INTO " + table + " (id) VALUES (1)"); err != nil {
			t.Error(err)
		}
		kill()
		return nil
	})
	if err == nil {
		t.Error("the transaction of a stopped handler was committed")
	}
	if n := d.count(t, db, table); n != 0 {
		t.Errorf("%d rows, want 0", n)
	}
}

func (d database) concurrency(t *testing.T) {
	db, table := d.table(t, "id INTEGER PRIMARY KEY, n INTEGER")
	_, err := db.Execute("INSERT INTO " + table + " (id, n) VALUES (1, 0)")
	ok(t, err)
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			db := d.open(t, within(t))
			for range 10 {
				if _, err := db.Execute("UPDATE "+table+" SET n = n + 1 WHERE id = ?", 1); err != nil {
					t.Errorf("update: %v", err)
				}
				if _, err := db.QueryOne("SELECT n FROM "+table+" WHERE id = ?", 1); err != nil {
					t.Errorf("select: %v", err)
				}
			}
		})
	}
	callers.Wait()
	row, err := db.QueryOne("SELECT n FROM " + table)
	ok(t, err)
	if n, _ := row.Int("n"); n != 80 {
		t.Errorf("n = %d, want 80", n)
	}
}

// deadline: a slow statement ends with its request, in time to answer.
func (d database) deadline(t *testing.T) {
	slow := d.dialect(
		"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT COUNT(*) FROM c",
		"SELECT pg_sleep(60)", "SELECT SLEEP(60)")
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := d.open(t, ctx).Query(slow)
	fails(t, err, gateway.ErrTimeout)
	if ctx.Err() != nil {
		t.Error("the request had ended before the error came")
	}
	err = fmt.Errorf("wrapped: %w", err)
	if e := gateway.AsError(err); e.Status != 504 {
		t.Errorf("status %d, want 504", e.Status)
	}
	// The connection serves others again, or was replaced.
	_, err = d.open(t, within(t)).QueryOne("SELECT 1 AS one")
	ok(t, err)
}

// ok stops the test on an error.
func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fails wants an error of a code.
func fails(t testing.TB, err error, code gateway.Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("error %v, want code %s", err, string(code))
	}
}

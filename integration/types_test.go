//go:build integration

package integration

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/servicetest"
	"gateway/services/sql"
)

// database opens the handle of a service under test.
func database(t *testing.T, m *services.Manager) gateway.Database {
	t.Helper()
	db, err := m.View(nil).Database(t.Context(), servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// wantValue wants an expression to have a value of a type.
func wantValue(t *testing.T, db gateway.Database, expression string, want any) {
	t.Helper()
	row, err := db.QueryOne("SELECT " + expression + " AS v")
	if err != nil {
		t.Errorf("%s: %v", expression, err)
		return
	}
	got := row.Get("v")
	if at, ok := want.(time.Time); ok {
		if g, ok := got.(time.Time); !ok || !g.Equal(at) {
			t.Errorf("%s = %#v, want %v", expression, got, at)
		}
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s = %#v, want %#v", expression, got, want)
	}
}

func TestTypesOfPostgres(t *testing.T) {
	db := database(t, servicetest.Start(t, sql.Kinds(), "postgres", t.TempDir(), postgres(t)))
	for expression, want := range map[string]any{
		"1::smallint":                        int64(1),
		"9223372036854775807":                int64(9223372036854775807),
		"1.50::numeric":                      gateway.Decimal("1.50"),
		"'123456789012345678901.5'::numeric": gateway.Decimal("123456789012345678901.5"),
		"'NaN'::numeric":                     gateway.Decimal("NaN"),
		"-0.001::numeric":                    gateway.Decimal("-0.001"),
		"0.1::real":                          0.1,
		"0.1::float8":                        0.1,
		"true":                               true,
		"'x'::char(3)":                       "x  ",
		"'\\x00ff'::bytea":                   []byte{0, 255},
		"NULL::int":                          nil,
		"'2024-02-29'::date":                 time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC),
		"'2024-02-29 01:02:03.5+02'::timestamptz":      time.Date(2024, 2, 28, 23, 2, 3, 500_000_000, time.UTC),
		"'2024-02-29 01:02:03'::timestamp":             time.Date(2024, 2, 29, 1, 2, 3, 0, time.UTC),
		"'13:14:15'::time":                             "13:14:15",
		"'infinity'::timestamptz":                      "infinity",
		"'1 day 02:00'::interval":                      "1 day 02:00:00",
		"'[1,5)'::int4range":                           "[1,5)",
		"point(1,2)":                                   "(1,2)",
		"ARRAY['1 day'::interval]":                     json.RawMessage(`["1 day"]`),
		"ROW(1, 'x')":                                  "(1,x)",
		"12.5::money":                                  "$12.50",
		"'a b'::tsvector":                              "'a' 'b'",
		`ARRAY['{"a":1}'::jsonb]`:                      json.RawMessage(`[{"a":1}]`),
		"ARRAY[ARRAY[1],ARRAY[2]]":                     json.RawMessage("[[1],[2]]"),
		"ARRAY['2024-01-02'::date]":                    json.RawMessage(`["2024-01-02T00:00:00Z"]`),
		"'6f3c1c1e-0000-4000-8000-000000000001'::uuid": "6f3c1c1e-0000-4000-8000-000000000001",
		"'10.0.0.1'::inet":                             "10.0.0.1",
		"'10.0.0.0/8'::cidr":                           "10.0.0.0/8",
		`'{"a": [1]}'::json`:                           json.RawMessage(`{"a": [1]}`),
		`'{"a":[1]}'::jsonb`:                           json.RawMessage(`{"a": [1]}`),
		"ARRAY[1,2,3]":                                 json.RawMessage("[1,2,3]"),
		"ARRAY['a',NULL]":                              json.RawMessage(`["a",null]`),
		"ARRAY[1.5]::numeric[]":                        json.RawMessage("[1.5]"),
	} {
		wantValue(t, db, expression, want)
	}
	// Types that only the database knows come as it writes them.
	if _, err := db.Execute("DROP TYPE IF EXISTS st_mood"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Execute("CREATE TYPE st_mood AS ENUM ('happy', 'sad')"); err != nil {
		t.Fatal(err)
	}
	wantValue(t, db, "'sad'::st_mood", "sad")
	if _, err := db.Execute("DROP TYPE st_mood"); err != nil {
		t.Fatal(err)
	}
	// Arrays and JSON as arguments, and the operators with a question mark.
	for _, tt := range []struct {
		query string
		args  []any
	}{
		{"SELECT 1 WHERE 2 = ANY(?)", []any{[]int{1, 2}}},
		{"SELECT 1 WHERE 'b' = ANY($1)", []any{[]string{"a", "b"}}},
		{`SELECT 1 WHERE '{"a":1}'::jsonb ?? ?`, []any{"a"}},
		{`SELECT 1 WHERE '{"a":1}'::jsonb ? $1`, []any{"a"}},
		{`SELECT 1 WHERE '{"a":1}'::jsonb @> ?`, []any{map[string]int{"a": 1}}},
		{`SELECT 1 WHERE '{"a":1}'::jsonb ??| ?`, []any{[]string{"a", "x"}}},
		{"SELECT 1 WHERE '2024-01-02'::date = ?", []any{"2024-01-02"}},
		{"SELECT 1 WHERE 1.5::numeric = ?", []any{gateway.Decimal("1.50")}},
		{"SELECT 1 WHERE 'a$1' <> ? AND $$?$$ = '?' -- ?", []any{"x"}},
		{"SELECT 1 LIMIT?", []any{1}},
	} {
		if rows, err := db.Query(tt.query, tt.args...); len(rows) != 1 || err != nil {
			t.Errorf("%s: %v, %v", tt.query, rows, err)
		}
	}

	// A table that changes under a prepared statement.
	for _, statement := range []string{"DROP TABLE IF EXISTS st_change", "CREATE TABLE st_change (a INT)", "INSERT INTO st_change VALUES (1)"} {
		if _, err := db.Execute(statement); err != nil {
			t.Fatal(err)
		}
	}
	for range 4 { // on every connection
		if _, err := db.Query("SELECT * FROM st_change"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Execute("ALTER TABLE st_change ADD COLUMN b TEXT DEFAULT 'x'"); err != nil {
		t.Fatal(err)
	}
	if row, err := db.QueryOne("SELECT * FROM st_change"); err != nil || row.Get("b") != "x" {
		t.Errorf("after ALTER TABLE: %v, %v", row, err)
	}
	if _, err := db.Execute("DROP TABLE st_change"); err != nil {
		t.Error(err)
	}
	// A failed statement spoils the transaction, even where the handler does not look.
	err := db.Transaction(func(tx gateway.Transaction) error {
		_, _ = tx.Execute("INSERT INTO nowhere VALUES (1)")
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "rolled back") {
		t.Errorf("commit after a failed statement: %v", err)
	}
}

func TestTypesOfMySQL(t *testing.T) {
	db := database(t, servicetest.Start(t, sql.Kinds(), "mysql", t.TempDir(), mysql(t)))
	for _, statement := range []string{
		"DROP TABLE IF EXISTS st_types",
		"CREATE TABLE st_types (t TINYINT, u BIGINT UNSIGNED, small BIGINT UNSIGNED, f FLOAT, d DECIMAL(20,4), e ENUM('a','b'), y YEAR, " +
			"at DATETIME(6), ts TIMESTAMP NULL, ti TIME, bi BINARY(2), vb VARBINARY(4), bit BIT(1), tx LONGTEXT, da DATE)",
	} {
		if _, err := db.Execute(statement); err != nil {
			t.Fatal(err)
		}
	}
	defer func() {
		if _, err := db.Execute("DROP TABLE st_types"); err != nil {
			t.Error(err)
		}
	}()
	at := time.Date(2024, 2, 29, 1, 2, 3, 500_000_000, time.FixedZone("", 2*3600))
	_, err := db.Execute("INSERT INTO st_types VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		-1, uint64(18446744073709551615), 7, 0.1, gateway.Decimal("1.5000"), "b", 2024, at, at.Truncate(time.Second), "13:14:15",
		[]byte{0, 255}, []byte{'\'', '\\'}, 1, "it's \\ 猫", "2024-02-29")
	if err != nil {
		t.Fatal(err)
	}
	// With and without arguments: two protocols, were it not for interpolation.
	for _, args := range [][]any{nil, {1}} {
		query := "SELECT * FROM st_types"
		if args != nil {
			query += " WHERE ? = 1"
		}
		row, err := db.QueryOne(query, args...)
		if err != nil {
			t.Fatal(err)
		}
		for column, want := range map[string]any{
			"t": int64(-1), "u": gateway.Decimal("18446744073709551615"), "small": int64(7), "f": 0.1, "d": gateway.Decimal("1.5000"),
			"e": "b", "y": int64(2024), "ti": "13:14:15", "bi": []byte{0, 255}, "vb": []byte{'\'', '\\'}, "tx": "it's \\ 猫",
		} {
			if got := row.Get(column); !reflect.DeepEqual(got, want) {
				t.Errorf("%s = %#v, want %#v", column, got, want)
			}
		}
		if bit, err := row.Bool("bit"); !bit || err != nil {
			t.Errorf("bit = %#v, %v", row.Get("bit"), err)
		}
		for column, want := range map[string]time.Time{"at": at, "ts": at.Truncate(time.Second), "da": time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)} {
			if got, err := row.Time(column); err != nil || !got.Equal(want) {
				t.Errorf("%s = %#v, want %v", column, row.Get(column), want)
			}
		}
	}
	row, err := db.QueryOne("SELECT NOW() AS now, @@session.max_statement_time AS max")
	if err != nil {
		t.Fatal(err)
	}
	if now, err := row.Time("now"); err != nil || time.Since(now).Abs() > time.Minute {
		t.Errorf("NOW() = %v, %v; want the time in UTC", now, err)
	}
	if limit, err := row.Float("max"); err != nil || limit != 31 {
		t.Errorf("the server's own limit is %v, %v; want a second more than the gateway's", row.Get("max"), err)
	}
}

func TestMigrationsOfServers(t *testing.T) {
	for typ, config := range map[string]map[string]any{"postgres": postgres(t), "mysql": mysql(t)} {
		t.Run(typ, func(t *testing.T) {
			dir := t.TempDir()
			config := with(config, "database", ownDatabase(t, typ, "st_migrations"))
			files := map[string]string{
				"001.sql": "CREATE TABLE st_migrated (n INTEGER);\n-- comment; with semicolon\nINSERT INTO st_migrated VALUES (1);",
				"002.sql": "INSERT INTO st_migrated VALUES (2)",
			}
			writeFiles(t, dir+"/migrations", files)
			with := with(config, "migrations", "migrations")
			started := make(chan error, 3)
			for range cap(started) { // at once, as gateways of a fleet do
				go func() { started <- startOnce(t.Context(), typ, dir, with) }()
			}
			for range cap(started) {
				if err := <-started; err != nil {
					t.Error(err)
				}
			}
			migrated := database(t, servicetest.Start(t, sql.Kinds(), typ, dir, config))
			row, err := migrated.QueryOne("SELECT COUNT(*) AS n FROM st_migrated")
			if err != nil || row.Get("n") != int64(2) {
				t.Errorf("%v rows, %v; want 2", row.Get("n"), err)
			}
		})
	}
}

// startOnce starts a service, waits for its backend and stops it again.
func startOnce(ctx context.Context, typ, dir string, config map[string]any) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	m, err := services.NewManager(services.Options{Kinds: sql.Kinds(), DataDir: dir})
	if err != nil {
		return err
	}
	err = m.Activate(ctx, catalog.Service{ID: "x", Name: "x", Type: typ, Config: config}, true)
	return errors.Join(err, m.Close(ctx))
}

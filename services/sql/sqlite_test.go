package sql_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/servicetest"
	"gateway/services/sql"
)

func TestSQLite(t *testing.T) {
	for name, path := range map[string]string{"file": "folder/test.db", "memory": ":memory:"} {
		t.Run(name, func(t *testing.T) {
			m := servicetest.Start(t, sql.Kinds(), "sqlite", t.TempDir(), map[string]any{"path": path})
			servicetest.Database(t, m)
		})
	}
}

// open runs a sqlite service and gives a handle.
func open(t *testing.T, dir string, config map[string]any) gateway.Database {
	t.Helper()
	db, err := servicetest.Start(t, sql.Kinds(), "sqlite", dir, config).View(nil).Database(t.Context(), servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// connect is what an administrator's connection test finds wrong.
func connect(t *testing.T, dir string, config map[string]any) error {
	t.Helper()
	m, err := services.NewManager(services.Options{Kinds: sql.Kinds(), DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return m.Test(t.Context(), catalog.Service{ID: "x", Name: "x", Type: "sqlite", Config: config}).Err
}

func wantCode(t *testing.T, err error, code gateway.Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("error %v, want %s", err, string(code))
	}
}

func TestSQLiteFile(t *testing.T) {
	dir := t.TempDir()
	strict := map[string]any{"path": "a.db", "create_if_missing": false}
	if err := connect(t, dir, strict); err == nil {
		t.Error("a missing file was opened")
	}
	if err := connect(t, dir, map[string]any{"path": "folder with ?&#% in it/a.db"}); err != nil {
		t.Errorf("an odd name: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "folder with ?&#% in it", "a.db")); err != nil {
		t.Errorf("the file is elsewhere: %v", err)
	}
	db := open(t, dir, map[string]any{"path": "a.db"})
	if _, err := db.Execute("CREATE TABLE t (x INTEGER)"); err != nil {
		t.Fatal(err)
	}
	if err := connect(t, dir, strict); err != nil {
		t.Errorf("an existing file: %v", err)
	}
	reader := open(t, dir, map[string]any{"path": "a.db", "read_only": true})
	if _, err := reader.Query("SELECT * FROM t"); err != nil {
		t.Errorf("read: %v", err)
	}
	_, err := reader.Execute("INSERT INTO t VALUES (1)")
	wantCode(t, err, gateway.ErrDatabase)
}

// TestSQLiteStaysInItsFile: a statement must not open other files of the machine.
func TestSQLiteStaysInItsFile(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	db := open(t, dir, map[string]any{"path": "a.db"})
	for _, statement := range []string{
		"ATTACH DATABASE '" + other + "' AS other", "/* */ attach '" + other + "' as x", "SELECT 1; ATTACH '" + other + "' AS y", "VACUUM INTO '" + other + "'",
	} {
		if _, err := db.Execute(statement); err == nil {
			t.Errorf("%s: carried out", statement)
		}
	}
	if _, err := os.Stat(other); err == nil {
		t.Error("another file was made")
	}
	if _, err := db.Execute("VACUUM"); err != nil {
		t.Errorf("VACUUM, which needs a temporary file: %v", err)
	}
	free := open(t, dir, map[string]any{"path": "b.db", "allow_attach": true})
	if _, err := free.Execute("VACUUM INTO '" + other + "'"); err != nil {
		t.Errorf("with allow_attach: %v", err)
	}
}

// TestSQLiteTransactionsWaitForEachOther: transactions that read first and write
// then do not stop each other.
func TestSQLiteTransactionsWaitForEachOther(t *testing.T) {
	dir := t.TempDir()
	m := servicetest.Start(t, sql.Kinds(), "sqlite", dir, map[string]any{"path": "a.db"})
	db, err := m.View(nil).Database(t.Context(), servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Execute("CREATE TABLE t (n INTEGER)"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Execute("INSERT INTO t VALUES (0)"); err != nil {
		t.Fatal(err)
	}
	const writers, rounds = 4, 10
	done := make(chan error, writers)
	for range writers {
		go func() {
			done <- func() error {
				for range rounds {
					err := db.Transaction(func(tx gateway.Transaction) error {
						row, err := tx.QueryOne("SELECT n FROM t")
						if err != nil {
							return err
						}
						n, err := row.Int("n")
						if err != nil {
							return err
						}
						_, err = tx.Execute("UPDATE t SET n = ?", n+1)
						return err
					})
					if err != nil {
						return err
					}
				}
				return nil
			}()
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			t.Errorf("transaction: %v", err)
		}
	}
	row, err := db.QueryOne("SELECT n FROM t")
	if err != nil || row.Get("n") != int64(writers*rounds) {
		t.Errorf("n = %v, %v; want %d", row.Get("n"), err, writers*rounds)
	}
}

// TestMemorySurvivesBrokenTransactions: a database in memory is its one connection,
// which must not be given up when transactions are cut off in any state.
func TestMemorySurvivesBrokenTransactions(t *testing.T) {
	m := servicetest.Start(t, sql.Kinds(), "sqlite", t.TempDir(), map[string]any{"path": ":memory:"})
	handle := func(ctx context.Context) gateway.Database {
		db, err := m.View(nil).Database(ctx, servicetest.Name)
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	if _, err := handle(t.Context()).Execute("CREATE TABLE t (n INTEGER)"); err != nil {
		t.Fatal(err)
	}
	committed := int64(0)
	for i := range 300 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*10*time.Microsecond)
		err := handle(ctx).Transaction(func(tx gateway.Transaction) error {
			_, err := tx.Execute("INSERT INTO t VALUES (1)")
			return err
		})
		cancel()
		if err == nil {
			committed++
		}
	}
	row, err := handle(t.Context()).QueryOne("SELECT COUNT(*) AS n FROM t")
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := row.Int("n"); n < committed {
		t.Errorf("%d rows, but %d transactions were committed", n, committed)
	}
}

// TestEndlessSearchIsInterrupted: a query that has found its first row and then
// searches for good ends with its request.
func TestEndlessSearchIsInterrupted(t *testing.T) {
	m := servicetest.Start(t, sql.Kinds(), "sqlite", t.TempDir(), map[string]any{"path": ":memory:"})
	const search = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n = 1"
	for name, run := range map[string]func(db gateway.Database) error{
		"query": func(db gateway.Database) error { _, err := db.Query(search); return err },
		"each":  func(db gateway.Database) error { return db.Each(func(gateway.Row) error { return nil }, search) },
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		db, err := m.View(nil).Database(ctx, servicetest.Name)
		if err != nil {
			t.Fatal(err)
		}
		wantCode(t, run(db), gateway.ErrTimeout)
		cancel()
		// The one connection is free again.
		after, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		if db, err = m.View(nil).Database(after, servicetest.Name); err != nil {
			t.Fatal(err)
		}
		if _, err := db.QueryOne("SELECT 1"); err != nil {
			t.Errorf("after %s: %v", name, err)
		}
		cancel()
	}
}

// TestPreparedStatementsFollowTheTable: statements are kept prepared, so a table
// that changes under them must show as it is.
func TestPreparedStatementsFollowTheTable(t *testing.T) {
	db := open(t, t.TempDir(), map[string]any{"path": "a.db", "pool_size": 1})
	run := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.Execute(statement, args...); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	want := func(text string) {
		t.Helper()
		rows, err := db.Query("SELECT * FROM t")
		if err != nil {
			t.Fatal(err)
		}
		if data, err := json.Marshal(rows); string(data) != text || err != nil {
			t.Errorf("rows %s, %v; want %s", data, err, text)
		}
	}
	run("CREATE TABLE t (a INTEGER)")
	run("INSERT INTO t VALUES (?)", 1)
	want(`[{"a":1}]`)
	run("ALTER TABLE t ADD COLUMN b BOOLEAN DEFAULT 1")
	want(`[{"a":1,"b":true}]`)
	run("DROP TABLE t")
	run("CREATE TABLE t (a TEXT, c BLOB)")
	run("INSERT INTO t VALUES (?, ?)", "x", []byte{})
	want(`[{"a":"x","c":""}]`)
	for i := range 200 { // more than are kept
		if row, err := db.QueryOne(fmt.Sprintf("SELECT %d AS n, a FROM t", i)); err != nil || row.Get("n") != int64(i) || row.Get("a") != "x" {
			t.Fatalf("row %v, %v", row, err)
		}
	}
	want(`[{"a":"x","c":""}]`)
}

func TestMaxRows(t *testing.T) {
	db := open(t, t.TempDir(), map[string]any{"path": ":memory:", "max_rows": 10})
	numbers := "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) SELECT n FROM c"
	if rows, err := db.Query(numbers, 10); len(rows) != 10 || err != nil {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	_, err := db.Query(numbers, 11)
	wantCode(t, err, gateway.ErrDatabase)
	n := 0
	if err := db.Each(func(gateway.Row) error { n++; return nil }, numbers, 1000); n != 1000 || err != nil {
		t.Errorf("Each gave %d rows, %v", n, err)
	}
}

func TestStatementTimeout(t *testing.T) {
	db := open(t, t.TempDir(), map[string]any{"path": ":memory:", "statement_timeout_seconds": 1})
	endless := "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT COUNT(*) FROM c"
	began := time.Now()
	_, err := db.Query(endless)
	wantCode(t, err, gateway.ErrTimeout)
	err = db.Transaction(func(tx gateway.Transaction) error {
		_, err := tx.Query(endless)
		wantCode(t, err, gateway.ErrTimeout)
		return nil
	})
	if err == nil {
		t.Error("a transaction was committed after a statement of it had been cut off")
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("two statements took %v", took)
	}
}

// migrations writes files into a folder.
func migrations(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "migrations"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, "migrations", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMigrations(t *testing.T) {
	dir := t.TempDir()
	config := map[string]any{"path": "a.db", "migrations": "migrations"}
	migrations(t, dir, map[string]string{
		"002_fill.sql":  "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2); -- ; done\n",
		"001_make.sql":  "CREATE TABLE t (n INTEGER);\nCREATE INDEX i ON t (n);",
		"README.md":     "not a migration",
		"010_views.sql": "-- no transaction\nCREATE VIEW v AS SELECT n FROM t;",
	})
	count := func(db gateway.Database, want int64) {
		t.Helper()
		row, err := db.QueryOne("SELECT COUNT(*) AS n FROM v")
		if err != nil || row.Get("n") != want {
			t.Errorf("%v rows, %v; want %d", row.Get("n"), err, want)
		}
	}
	count(open(t, dir, config), 2)
	migrations(t, dir, map[string]string{"011_more.sql": "INSERT INTO t VALUES (3)"})
	db := open(t, dir, config)
	count(db, 3) // the earlier ones were not applied again

	// A migration that fails leaves nothing behind and is reported.
	migrations(t, dir, map[string]string{"012_bad.sql": "INSERT INTO t VALUES (4); INSERT INTO nowhere VALUES (1);"})
	reason := startFailure(t, dir, config)
	if !strings.Contains(reason, "012_bad.sql") || !strings.Contains(reason, "nowhere") {
		t.Errorf("reason %q", reason)
	}
	count(db, 3)
	if err := os.Remove(filepath.Join(dir, "migrations", "012_bad.sql")); err != nil {
		t.Fatal(err)
	}

	migrations(t, dir, map[string]string{"011_more.sql": "INSERT INTO t VALUES (5)"})
	if reason := startFailure(t, dir, config); !strings.Contains(reason, "011_more.sql was changed") {
		t.Errorf("reason %q", reason)
	}
	if err := connect(t, dir, config); err != nil {
		t.Errorf("a connection test minds migrations: %v", err)
	}
	count(db, 3)
}

// startFailure gives why a service does not become active.
func startFailure(t *testing.T, dir string, config map[string]any) string {
	t.Helper()
	m, err := services.NewManager(services.Options{Kinds: sql.Kinds(), DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	err = m.Activate(ctx, catalog.Service{ID: "x", Name: "x", Type: "sqlite", Config: config}, true)
	if err == nil {
		t.Fatal("the service became active")
	}
	if err := m.Close(t.Context()); err != nil {
		t.Error(err)
	}
	return err.Error()
}

func TestConfiguration(t *testing.T) {
	m, err := services.NewManager(services.Options{Kinds: sql.Kinds()})
	if err != nil {
		t.Fatal(err)
	}
	server := func(extra map[string]any) map[string]any {
		c := map[string]any{"host": "localhost", "port": 5432.0, "database": "myapp", "username": "app_user", "password": "secret", "pool_size": 10.0}
		for k, v := range extra {
			c[k] = v
		}
		return c
	}
	for _, tt := range []struct {
		typ    string
		config map[string]any
		want   string // in the error; empty for none
	}{
		{"postgres", server(map[string]any{"ssl_mode": "prefer"}), ""},
		{"postgres", server(map[string]any{"ssl_mode": "sometimes"}), "disable, allow, prefer, require, verify-ca, verify-full"},
		{"postgres", server(map[string]any{"use_ssl": true}), `"use_ssl": unknown field`},
		{"postgres", map[string]any{}, "required"},
		{"mysql", server(map[string]any{"use_ssl": false}), ""},
		{"mysql", server(map[string]any{"ssl_mode": "prefer"}), `"ssl_mode": unknown field`},
		{"sqlite", map[string]any{"path": "/data/app.db", "create_if_missing": true}, ""},
		{"sqlite", map[string]any{"create_if_missing": true}, `"path": required`},
		{"sqlite", map[string]any{"path": "x", "journal_mode": "WAL"}, "journal_mode"},
	} {
		err := m.Check(catalog.Service{Name: "x", Type: tt.typ, Config: tt.config})
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %v: error %v, want %q", tt.typ, tt.config, err, tt.want)
		}
	}
}

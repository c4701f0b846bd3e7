package sql

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gateway"
	"gateway/services"
	"gateway/services/sql/internal/statement"
)

// migrationsTable records what was applied.
const migrationsTable = "gateway_migrations"

// outside is the first line of a migration that must not run in a transaction.
const outside = "-- no transaction"

// migrator is what migrations need beyond a connection.
type migrator interface {
	database
	// script carries out all statements of a text. Where alone is false it is part
	// of the transaction that is open.
	script(ctx context.Context, c conn, text string) error
	// lock keeps other gateways from migrating the same database, until unlock.
	lock(ctx context.Context, c conn) (unlock func(), err error)
}

type migration struct {
	name     string // of the file
	text     string
	checksum string
}

// migrate applies the files of a folder that were not applied before, in the order
// of their names. Each is applied in a transaction together with its record where
// the backend can do that (mysql commits after every change of a table), unless
// its first line is "-- no transaction". A file that has changed after it was
// applied is an error: databases that had it before would differ from new ones.
func migrate(ctx context.Context, d migrator, folder string, env services.Environment) error {
	if folder == "" || env.Testing {
		return nil
	}
	all, err := readMigrations(folder)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	c, err := connect(ctx, d)
	if err != nil {
		return err
	}
	defer c.release()
	unlock, err := d.lock(ctx, c)
	if err != nil {
		return fmt.Errorf("migrations: lock: %w", err)
	}
	defer unlock()
	applied, err := appliedMigrations(ctx, d, c)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	for _, m := range all {
		checksum, ok := applied[m.name]
		switch {
		case ok && checksum != m.checksum:
			return fmt.Errorf("migration %s was changed after it had been applied: put the change into a new file", m.name)
		case ok:
			continue
		}
		if err := apply(ctx, d, c, m); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
		env.Log.Info("migration applied", "service", env.Name, "file", m.name)
	}
	return nil
}

// connectLimit is the time for the connection of the migrations; they themselves
// have more.
const connectLimit = 15 * time.Second

func connect(ctx context.Context, d database) (conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectLimit)
	defer cancel()
	return d.acquire(ctx)
}

func readMigrations(folder string) ([]migration, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var all []migration
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".sql" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		text := strings.TrimPrefix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\ufeff")
		sum := sha256.Sum256([]byte(text))
		all = append(all, migration{name: e.Name(), text: text, checksum: hex.EncodeToString(sum[:])})
	}
	slices.SortFunc(all, func(a, b migration) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

func appliedMigrations(ctx context.Context, d database, c conn) (map[string]string, error) {
	const table = "CREATE TABLE IF NOT EXISTS " + migrationsTable + " (" +
		"name VARCHAR(255) NOT NULL PRIMARY KEY, checksum VARCHAR(64) NOT NULL, applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)"
	if _, err := c.execute(ctx, table, nil); err != nil {
		return nil, err
	}
	p, err := newParser(d.dialect()).prepare("SELECT name, checksum FROM "+migrationsTable, nil)
	if err != nil {
		return nil, err
	}
	rows, err := readAll(ctx, c, p, 0, settings{})
	if err != nil {
		return nil, err
	}
	applied := make(map[string]string, len(rows))
	for _, r := range rows {
		var name, checksum string
		for i, target := range []*string{&name, &checksum} {
			s, ok := r.Values[i].(string)
			if !ok {
				return nil, errors.New("the table " + migrationsTable + " is not the gateway's")
			}
			*target = s
		}
		applied[name] = checksum
	}
	return applied, nil
}

// apply carries out one migration and records it.
func apply(ctx context.Context, d migrator, c conn, m migration) (err error) {
	record := func() error {
		p, err := newParser(d.dialect()).prepare("INSERT INTO "+migrationsTable+" (name, checksum) VALUES (?, ?)", []any{m.name, m.checksum})
		if err != nil {
			return err
		}
		_, err = c.execute(ctx, p.Text, p.args)
		return err
	}
	if strings.HasPrefix(strings.ToLower(m.text), outside) {
		if err := d.script(ctx, c, m.text); err != nil {
			return err
		}
		return record()
	}
	if err := c.begin(ctx); err != nil {
		return err
	}
	// On sqlite only the transaction keeps another gateway out.
	if now, err := appliedMigrations(ctx, d, c); err != nil {
		return errors.Join(err, abandon(ctx, c))
	} else if _, ok := now[m.name]; ok {
		return abandon(ctx, c)
	}
	if err := d.script(ctx, c, m.text); err != nil {
		return errors.Join(err, abandon(ctx, c))
	}
	if err := record(); err != nil {
		return errors.Join(err, abandon(ctx, c))
	}
	return c.commit(ctx)
}

// abandon rolls back, even where ctx has ended.
func abandon(ctx context.Context, c conn) error {
	ctx = context.WithoutCancel(ctx)
	if err := c.rollback(ctx); err != nil {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

// script of sqlite: the driver carries out all statements of a text.
func (d *sqliteDriver) script(ctx context.Context, c conn, text string) error {
	return c.(*sqliteConn).run(ctx, text)
}

// lock of sqlite: each migration's transaction begins with the write lock, and the
// second gateway finds it applied by its record's key.
func (d *sqliteDriver) lock(context.Context, conn) (func(), error) { return func() {}, nil }

// script of mysql carries out one statement after the other.
func (d *mysqlDriver) script(ctx context.Context, c conn, text string) error {
	for _, st := range statement.Split(statement.MySQL, text) {
		if _, err := c.execute(ctx, st, nil); err != nil {
			return err
		}
	}
	return nil
}

// lock of mysql waits at most a minute for another gateway.
func (d *mysqlDriver) lock(ctx context.Context, c conn) (func(), error) {
	rows, err := readAll(ctx, c, prepared{Statement: statement.Statement{Text: "SELECT GET_LOCK('" + migrationsTable + "', 60)"}}, 1, settings{})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || rows[0].Values[0] != int64(1) {
		return nil, gateway.ErrServiceUnavailable.New("another gateway is migrating the database")
	}
	return func() {
		_, _ = c.execute(context.WithoutCancel(ctx), "DO RELEASE_LOCK('"+migrationsTable+"')", nil) // ends with the connection too
	}, nil
}

// script of postgres: the simple protocol carries out all statements of a text.
func (d *postgresDriver) script(ctx context.Context, c conn, text string) error {
	if strings.HasPrefix(strings.ToLower(text), outside) {
		// Several statements in one message would be one transaction.
		for _, st := range statement.Split(statement.Postgres, text) {
			if _, err := c.execute(ctx, st, nil); err != nil {
				return err
			}
		}
		return nil
	}
	_, err := c.(*postgresConn).conn.Conn().PgConn().Exec(ctx, text).ReadAll()
	if err != nil {
		return postgresFailure(ctx, err)
	}
	return nil
}

// migrationsLock is the number of the advisory lock, chosen at random.
const migrationsLock = "7210431689034127"

func (d *postgresDriver) lock(ctx context.Context, c conn) (func(), error) {
	if _, err := c.execute(ctx, "SELECT pg_advisory_lock("+migrationsLock+")", nil); err != nil {
		return nil, err
	}
	return func() {
		_, _ = c.execute(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+migrationsLock+")", nil) // ends with the connection too
	}, nil
}

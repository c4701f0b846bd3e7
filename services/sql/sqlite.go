package sql

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gateway"
	"gateway/services"

	sqlitedriver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

const inMemory = ":memory:"

// openSQLite opens a database file.
func openSQLite(ctx context.Context, c SQLite, env services.Environment) (services.Driver, error) {
	pool := c.PoolSize
	path := c.Path
	if path == inMemory {
		pool = 1 // each connection would have a database of its own
	} else {
		path = below(env, path)
		if c.CreateIfMissing && !c.ReadOnly {
			if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
				return nil, fmt.Errorf("make folder: %w", err)
			}
		} else if _, err := os.Stat(path); err != nil {
			return nil, err
		}
	}
	connector, err := sqlitedriver.NewConnector(sqliteName(path, c))
	if err != nil {
		return nil, err
	}
	d := &sqliteDriver{
		connector:   connector,
		allowAttach: c.AllowAttach,
		set:         c.settings(),
		places:      make(chan struct{}, pool),
		idle:        make(chan *sqliteConn, pool),
	}
	if err := migrate(ctx, d, below(env, c.Migrations), env); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// sqliteName is the name under which the driver opens a file with its settings.
func sqliteName(path string, c SQLite) string {
	q := url.Values{}
	set := func(key, value string) { q.Set(key, value) }
	set("_busy_timeout", strconv.Itoa(c.BusyTimeout*1000))
	set("_foreign_keys", strconv.FormatBool(c.ForeignKeys))
	set("_txlock", "immediate")
	set("_dqs", "false") // a mistyped "name" is an error, not a text
	switch {
	case path == inMemory:
		return inMemory + "?" + q.Encode()
	case c.ReadOnly:
		set("mode", "ro")
	default:
		set("mode", "rw")
		if c.CreateIfMissing {
			set("mode", "rwc")
		}
		set("_journal_mode", strings.ToUpper(c.JournalMode))
		set("_synchronous", strings.ToUpper(c.Synchronous))
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// sqliteFailure translates an error of the driver. ctx is the operation's.
func sqliteFailure(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	e, ok := errors.AsType[*sqlitedriver.Error](err)
	if !ok {
		return gateway.ErrDatabase.Wrap(err, "database error")
	}
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return gateway.ErrConflict.Wrap(err, conflictMessage)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return gateway.ErrServiceUnavailable.Wrap(err, "database is locked")
	case sqlite3.SQLITE_INTERRUPT:
		return context.DeadlineExceeded
	case sqlite3.SQLITE_CANTOPEN:
		return services.Unreachable(err)
	}
	return gateway.ErrDatabase.Wrap(err, "database error")
}

// conflictMessage is all a client learns: the rest may tell of others' data.
const conflictMessage = "conflicts with what is stored"

// sqliteConverter gives what makes values what their column was declared as, or nil.
// SQLite itself keeps integers, floats, texts and bytes only.
func sqliteConverter(declared string) func(any) any {
	declared, _, _ = strings.Cut(declared, "(")
	switch strings.TrimSpace(declared) {
	case "BOOL", "BOOLEAN":
		return func(v any) any {
			if n, ok := v.(int64); ok && (n == 0 || n == 1) {
				return n == 1
			}
			return v
		}
	case "DECIMAL", "NUMERIC":
		return sqliteDecimal
	case "JSON":
		return func(v any) any {
			if s, ok := v.(string); ok && json.Valid([]byte(s)) {
				return json.RawMessage(s)
			}
			return v
		}
	case "DATE", "DATETIME", "TIMESTAMP":
		return func(v any) any {
			if t, ok := v.(time.Time); ok {
				return t.UTC()
			}
			return v
		}
	default:
		return nil
	}
}

func sqliteDecimal(v any) any {
	switch n := v.(type) {
	case int64:
		return gateway.Decimal(strconv.FormatInt(n, 10))
	case float64:
		return gateway.Decimal(strconv.FormatFloat(n, 'f', -1, 64))
	case string:
		if _, err := strconv.ParseFloat(n, 64); err == nil {
			return gateway.Decimal(n)
		}
	}
	return v
}

// sqliteTime is how times are kept: a form that SQLite's own functions read, in
// UTC, so that texts sort as times do.
const sqliteTime = "2006-01-02 15:04:05.999999999-07:00"

func sqliteArgs(args []any) []any {
	for i, arg := range args {
		if t, ok := arg.(time.Time); ok {
			args[i] = t.UTC().Format(sqliteTime)
		}
	}
	return args
}

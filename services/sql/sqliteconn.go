package sql

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"reflect"
	"slices"
	"time"

	"gateway"
	"gateway/services"
	"gateway/services/sql/internal/statement"

	"modernc.org/libc"
	sqlitedriver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteDriver is the driver of kind sqlite. It uses the client library without
// database/sql between them: connections to a file need no care of their own, and
// their prepared statements can be kept.
type sqliteDriver struct {
	connector   driver.Connector
	allowAttach bool
	set         settings

	places chan struct{}    // one for each open connection
	idle   chan *sqliteConn // open, and used by nobody
}

var _ database = (*sqliteDriver)(nil)

func (d *sqliteDriver) dialect() statement.Dialect { return statement.SQLite }
func (d *sqliteDriver) settings() settings         { return d.set }

// Ping reads from the file.
func (d *sqliteDriver) Ping(ctx context.Context) error {
	c, err := d.acquire(ctx)
	if err != nil {
		return err
	}
	defer c.release()
	rows, err := c.query(ctx, "SELECT COUNT(*) FROM sqlite_schema", nil)
	if err != nil {
		return err
	}
	rows.close()
	return nil
}

// Close closes all connections. Those in use are waited for: nobody asks for
// another one any more.
func (d *sqliteDriver) Close() error {
	var errs []error
	for range len(d.places) {
		c := <-d.idle
		errs = append(errs, c.close())
	}
	return errors.Join(errs...)
}

// acquire takes an idle connection, opens one where there is room, or waits.
func (d *sqliteDriver) acquire(ctx context.Context) (conn, error) {
	select {
	case c := <-d.idle:
		return c, nil
	default:
	}
	select {
	case c := <-d.idle:
		return c, nil
	case d.places <- struct{}{}:
		c, err := d.open(ctx)
		if err != nil {
			<-d.places
			return nil, err
		}
		return c, nil
	case <-ctx.Done():
		return nil, services.Unreachable(ctx.Err())
	}
}

func (d *sqliteDriver) open(ctx context.Context) (*sqliteConn, error) {
	raw, err := d.connector.Connect(ctx)
	if err != nil {
		return nil, services.Unreachable(sqliteFailure(ctx, err))
	}
	dc, ok := raw.(sqliteRaw)
	if !ok {
		raw.Close()
		return nil, errors.New("sqlite: the client library lacks what is needed of it")
	}
	if !d.allowAttach {
		if err := dc.RegisterAuthorizer(stayInside); err != nil {
			raw.Close()
			return nil, sqliteFailure(ctx, err)
		}
	}
	return &sqliteConn{driver: d, raw: dc, db: handleOf(raw)}, nil
}

// stayInside keeps statements from opening other files than the one the service
// has: ATTACH would read and write any file of the machine that the gateway may,
// and so would VACUUM INTO. The empty name is a temporary file, as VACUUM needs.
func stayInside(action sqlitedriver.AuthorizerActionCode, file, _, _, _ string) sqlitedriver.AuthorizerReturnCode {
	if action == sqlite3.SQLITE_ATTACH && file != "" {
		return sqlitedriver.AuthorizerDeny
	}
	return sqlitedriver.AuthorizerOK
}

// sqliteRaw is what is needed of a connection of the client library.
type sqliteRaw interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ExecerContext
	sqlitedriver.AuthorizerRegisterer
}

// handleOf gives SQLite's own handle of a connection, which the library keeps to
// itself, or 0 where there is none. See sqliteConn.interrupt.
func handleOf(raw driver.Conn) uintptr {
	v := reflect.Indirect(reflect.ValueOf(raw))
	if v.Kind() != reflect.Struct {
		return 0
	}
	if f := v.FieldByName("db"); f.IsValid() && f.Kind() == reflect.Uintptr {
		return uintptr(f.Uint())
	}
	return 0
}

// maxPrepared is how many statements a connection keeps prepared, of maxText bytes
// at most.
const maxPrepared = 64

// rollbackLimit is the time for clearing up after a failed transaction.
const rollbackLimit = 5 * time.Second

// sqliteConn is one connection with its prepared statements.
type sqliteConn struct {
	driver   *sqliteDriver
	raw      sqliteRaw
	db       uintptr
	prepared []preparedText // most recently used last
	unclear  bool           // whether a transaction is open is not known
}

type preparedText struct {
	text string
	stmt driver.Stmt
}

// prepare gives a prepared statement and what to do with it after use.
func (c *sqliteConn) prepare(ctx context.Context, text string) (st driver.Stmt, done func(), err error) {
	for i, p := range slices.Backward(c.prepared) {
		if p.text == text {
			if last := len(c.prepared) - 1; i != last {
				copy(c.prepared[i:], c.prepared[i+1:])
				c.prepared[last] = p
			}
			return p.stmt, func() {}, nil
		}
	}
	st, err = c.raw.PrepareContext(ctx, text)
	if err != nil {
		return nil, nil, err
	}
	if len(text) > maxText {
		return st, func() { _ = st.Close() }, nil
	}
	if len(c.prepared) == maxPrepared {
		_ = c.prepared[0].stmt.Close() // reports again what its last use had reported
		c.prepared = slices.Delete(c.prepared, 0, 1)
	}
	c.prepared = append(c.prepared, preparedText{text, st})
	return st, func() {}, nil
}

func (c *sqliteConn) query(ctx context.Context, text string, args []any) (cursor, error) {
	st, done, err := c.prepare(ctx, text)
	if err != nil {
		return nil, sqliteFailure(ctx, err)
	}
	rows, err := st.(driver.StmtQueryContext).QueryContext(ctx, named(args))
	if err != nil {
		done()
		return nil, sqliteFailure(ctx, err)
	}
	return newSQLiteCursor(ctx, c, rows, done), nil
}

func (c *sqliteConn) execute(ctx context.Context, text string, args []any) (gateway.Result, error) {
	st, done, err := c.prepare(ctx, text)
	if err != nil {
		return gateway.Result{}, sqliteFailure(ctx, err)
	}
	defer done()
	result, err := st.(driver.StmtExecContext).ExecContext(ctx, named(args))
	if err != nil {
		return gateway.Result{}, sqliteFailure(ctx, err)
	}
	var r gateway.Result
	if r.RowsAffected, err = result.RowsAffected(); err != nil {
		return r, sqliteFailure(ctx, err)
	}
	if r.LastInsertID, err = result.LastInsertId(); err != nil {
		return r, sqliteFailure(ctx, err)
	}
	return r, nil
}

// named gives arguments as the library takes them.
func named(args []any) []driver.NamedValue {
	values := make([]driver.NamedValue, len(args))
	for i, arg := range args {
		values[i] = driver.NamedValue{Ordinal: i + 1, Value: arg}
	}
	return values
}

// run carries out all statements of a text.
func (c *sqliteConn) run(ctx context.Context, text string) error {
	if _, err := c.raw.ExecContext(ctx, text, nil); err != nil {
		return sqliteFailure(ctx, err)
	}
	return nil
}

// begin takes the write lock at once: two transactions that read first and write
// then would otherwise stop each other.
func (c *sqliteConn) begin(ctx context.Context) error { return c.control(ctx, "BEGIN IMMEDIATE") }

func (c *sqliteConn) commit(ctx context.Context) error   { return c.control(ctx, "COMMIT") }
func (c *sqliteConn) rollback(ctx context.Context) error { return c.control(ctx, "ROLLBACK") }

// control begins or ends a transaction.
func (c *sqliteConn) control(ctx context.Context, text string) error {
	err := c.run(ctx, text)
	c.unclear = err != nil
	return err
}

// release gives the connection back. The one connection to a database in memory is
// all there is of it, so one is closed only where nothing else helps.
func (c *sqliteConn) release() {
	if c.unclear && !c.leaveTransaction() {
		_ = c.close()
		<-c.driver.places
		return
	}
	c.driver.idle <- c // has room for every connection
}

// leaveTransaction rolls back a transaction that may be open.
func (c *sqliteConn) leaveTransaction() bool {
	ctx, cancel := context.WithTimeout(context.Background(), rollbackLimit)
	defer cancel()
	c.unclear = false
	_, err := c.raw.ExecContext(ctx, "ROLLBACK", nil)
	e, ok := errors.AsType[*sqlitedriver.Error](err)
	return err == nil || ok && e.Code() == sqlite3.SQLITE_ERROR // there was none
}

func (c *sqliteConn) close() error {
	var errs []error
	for _, p := range c.prepared {
		errs = append(errs, p.stmt.Close())
	}
	errs = append(errs, c.raw.Close())
	return errors.Join(errs...)
}

// interrupt ends the statement that is running on the connection. The library does
// so itself while a statement looks for its first row, but not for later ones: a
// query that finds a row and then searches for good would occupy its worker for
// good. SQLite allows this call from any thread, as long as the connection is open.
func (c *sqliteConn) interrupt() {
	if c.db == 0 {
		return
	}
	tls := libc.NewTLS()
	defer tls.Close()
	sqlite3.Xsqlite3_interrupt(tls, c.db)
}

// sqliteCursor reads rows.
type sqliteCursor struct {
	ctx        context.Context
	conn       *sqliteConn
	rows       driver.Rows
	done       func()
	names      []string
	converters []func(any) any
	values     []driver.Value
	started    bool
	unwatch    func() // ends the watch of ctx; nil before the second row
}

func newSQLiteCursor(ctx context.Context, c *sqliteConn, rows driver.Rows, done func()) *sqliteCursor {
	names := rows.Columns()
	r := &sqliteCursor{
		ctx: ctx, conn: c, rows: rows, done: done,
		names: names, converters: make([]func(any) any, len(names)), values: make([]driver.Value, len(names)),
	}
	if types, ok := rows.(driver.RowsColumnTypeDatabaseTypeName); ok {
		for i := range names {
			r.converters[i] = sqliteConverter(types.ColumnTypeDatabaseTypeName(i))
		}
	}
	return r
}

func (r *sqliteCursor) columns() []string { return r.names }

func (r *sqliteCursor) next() ([]any, bool, error) {
	if r.started && r.unwatch == nil {
		r.watch() // the first row has been found already, see interrupt
	}
	r.started = true
	if err := r.ctx.Err(); err != nil {
		return nil, false, err
	}
	switch err := r.rows.Next(r.values); {
	case err == io.EOF:
		return nil, false, nil
	case err != nil:
		return nil, false, sqliteFailure(r.ctx, err)
	}
	values := make([]any, len(r.values))
	for i, v := range r.values {
		if b, ok := v.([]byte); ok && b == nil {
			v = []byte{} // an empty blob is not NULL
		}
		if convert := r.converters[i]; convert != nil && v != nil {
			v = convert(v)
		}
		values[i] = v
	}
	return values, true, nil
}

// watch interrupts the query when its context ends.
func (r *sqliteCursor) watch() {
	finished := make(chan struct{})
	stop := context.AfterFunc(r.ctx, func() {
		defer close(finished)
		r.conn.interrupt()
	})
	r.unwatch = func() {
		if !stop() {
			<-finished // the connection must stay open until then
		}
	}
}

// close may be called more than once.
func (r *sqliteCursor) close() {
	if r.rows == nil {
		return
	}
	if r.unwatch != nil {
		r.unwatch()
	}
	_ = r.rows.Close() // reports again what Next had reported
	r.rows = nil
	r.done()
}

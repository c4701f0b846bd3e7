package sql

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"

	"gateway"
	"gateway/services"
	"gateway/services/sql/internal/statement"
)

// backend is what differs between the backends behind database/sql.
type backend interface {
	// failure translates an error of the driver. ctx is the operation's.
	failure(ctx context.Context, err error) error
	// converter gives what makes values of a column true to its type, or nil where
	// they are already.
	converter(column *stdsql.ColumnType) func(any) any
	// beginning is the statement that begins a transaction.
	beginning() string
}

// stdDriver is a driver on database/sql.
type stdDriver struct {
	db      *stdsql.DB
	backend backend
	kind    statement.Dialect
	set     settings
}

var _ database = (*stdDriver)(nil)

func (d *stdDriver) dialect() statement.Dialect { return d.kind }
func (d *stdDriver) settings() settings         { return d.set }
func (d *stdDriver) Close() error               { return d.db.Close() }

// Ping asks the backend with a statement: what database/sql calls a ping may be
// answered by the client alone.
func (d *stdDriver) Ping(ctx context.Context) error {
	var one int
	if err := d.db.QueryRowContext(ctx, "SELECT 1").Scan(&one); err != nil {
		return d.backend.failure(ctx, err)
	}
	return nil
}

func (d *stdDriver) acquire(ctx context.Context) (conn, error) {
	c, err := d.db.Conn(ctx)
	if err != nil {
		return nil, services.Unreachable(d.backend.failure(ctx, err))
	}
	return &stdConn{conn: c, backend: d.backend}, nil
}

// stdConn is a connection of database/sql.
type stdConn struct {
	conn    *stdsql.Conn
	backend backend
	useless bool // not to be used again
}

func (c *stdConn) query(ctx context.Context, text string, args []any) (cursor, error) {
	rows, err := c.conn.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, c.backend.failure(ctx, err)
	}
	r, err := newStdCursor(ctx, rows, c.backend)
	if err != nil {
		rows.Close()
		return nil, c.backend.failure(ctx, err)
	}
	return r, nil
}

func (c *stdConn) execute(ctx context.Context, text string, args []any) (gateway.Result, error) {
	result, err := c.conn.ExecContext(ctx, text, args...)
	if err != nil {
		return gateway.Result{}, c.backend.failure(ctx, err)
	}
	var r gateway.Result
	// Both drivers know these figures from the statement's answer.
	if r.RowsAffected, err = result.RowsAffected(); err != nil {
		return r, c.backend.failure(ctx, err)
	}
	if r.LastInsertID, err = result.LastInsertId(); err != nil {
		return r, c.backend.failure(ctx, err)
	}
	return r, nil
}

// Transactions are begun and ended with statements: a sql.Tx rolls back by itself
// in a goroutine of its own when its context ends, while the connection is in use.

func (c *stdConn) begin(ctx context.Context) error { return c.run(ctx, c.backend.beginning()) }
func (c *stdConn) commit(ctx context.Context) error {
	return c.run(ctx, "COMMIT")
}
func (c *stdConn) rollback(ctx context.Context) error { return c.run(ctx, "ROLLBACK") }

func (c *stdConn) run(ctx context.Context, text string) error {
	if _, err := c.conn.ExecContext(ctx, text); err != nil {
		c.useless = true
		return c.backend.failure(ctx, err)
	}
	return nil
}

func (c *stdConn) release() {
	if c.useless {
		// The way database/sql offers to take a connection out of the pool.
		_ = c.conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	_ = c.conn.Close() // fails only where the connection is gone already
}

// stdCursor reads rows of database/sql.
type stdCursor struct {
	ctx        context.Context
	rows       *stdsql.Rows
	backend    backend
	names      []string
	converters []func(any) any
	targets    []any
}

func newStdCursor(ctx context.Context, rows *stdsql.Rows, b backend) (*stdCursor, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	r := &stdCursor{
		ctx: ctx, rows: rows, backend: b,
		names: make([]string, len(types)), converters: make([]func(any) any, len(types)), targets: make([]any, len(types)),
	}
	for i, t := range types {
		r.names[i] = t.Name()
		r.converters[i] = b.converter(t)
	}
	return r, nil
}

func (r *stdCursor) columns() []string { return r.names }

func (r *stdCursor) next() ([]any, bool, error) {
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return nil, false, r.backend.failure(r.ctx, err)
		}
		return nil, false, nil
	}
	values := make([]any, len(r.names))
	for i := range values {
		r.targets[i] = &values[i]
	}
	if err := r.rows.Scan(r.targets...); err != nil {
		return nil, false, r.backend.failure(r.ctx, err)
	}
	for i, convert := range r.converters {
		if convert != nil && values[i] != nil {
			values[i] = convert(values[i])
		}
	}
	return values, true, nil
}

func (r *stdCursor) close() { _ = r.rows.Close() }

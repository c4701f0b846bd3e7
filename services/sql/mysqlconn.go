package sql

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"

	"gateway"
	"gateway/services"
	"gateway/services/sql/internal/statement"
)

// mysqlDriver is the driver of kind mysql, on database/sql.
type mysqlDriver struct {
	db  *stdsql.DB
	set settings
}

var _ database = (*mysqlDriver)(nil)

func (d *mysqlDriver) dialect() statement.Dialect { return statement.MySQL }
func (d *mysqlDriver) settings() settings         { return d.set }
func (d *mysqlDriver) Close() error               { return d.db.Close() }

// Ping asks the backend with a statement: what database/sql calls a ping may be
// answered by the client alone.
func (d *mysqlDriver) Ping(ctx context.Context) error {
	var one int
	if err := d.db.QueryRowContext(ctx, "SELECT 1").Scan(&one); err != nil {
		return mysqlFailure(ctx, err)
	}
	return nil
}

func (d *mysqlDriver) acquire(ctx context.Context) (conn, error) {
	c, err := d.db.Conn(ctx)
	if err != nil {
		return nil, services.Unreachable(mysqlFailure(ctx, err))
	}
	return &mysqlConn{conn: c}, nil
}

// mysqlConn is one connection.
type mysqlConn struct {
	conn    *stdsql.Conn
	useless bool // not to be used again
}

func (c *mysqlConn) query(ctx context.Context, text string, args []any) (cursor, error) {
	rows, err := c.conn.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, mysqlFailure(ctx, err)
	}
	r, err := newMySQLCursor(ctx, rows)
	if err != nil {
		rows.Close()
		return nil, mysqlFailure(ctx, err)
	}
	return r, nil
}

func (c *mysqlConn) execute(ctx context.Context, text string, args []any) (gateway.Result, error) {
	result, err := c.conn.ExecContext(ctx, text, args...)
	if err != nil {
		return gateway.Result{}, mysqlFailure(ctx, err)
	}
	var r gateway.Result
	// The driver knows these figures from the server's answer.
	if r.RowsAffected, err = result.RowsAffected(); err != nil {
		return r, mysqlFailure(ctx, err)
	}
	if r.LastInsertID, err = result.LastInsertId(); err != nil {
		return r, mysqlFailure(ctx, err)
	}
	return r, nil
}

// Transactions are begun and ended with statements: a sql.Tx rolls back by itself
// in a goroutine of its own when its context ends, while the connection is in use.

func (c *mysqlConn) begin(ctx context.Context) error    { return c.run(ctx, "START TRANSACTION") }
func (c *mysqlConn) commit(ctx context.Context) error   { return c.run(ctx, "COMMIT") }
func (c *mysqlConn) rollback(ctx context.Context) error { return c.run(ctx, "ROLLBACK") }

func (c *mysqlConn) run(ctx context.Context, text string) error {
	if _, err := c.conn.ExecContext(ctx, text); err != nil {
		c.useless = true
		return mysqlFailure(ctx, err)
	}
	return nil
}

func (c *mysqlConn) release() {
	if c.useless {
		// The way database/sql offers to take a connection out of the pool.
		_ = c.conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	_ = c.conn.Close() // fails only where the connection is gone already
}

// mysqlCursor reads rows.
type mysqlCursor struct {
	ctx        context.Context
	rows       *stdsql.Rows
	names      []string
	converters []func(any) any
	targets    []any
}

func newMySQLCursor(ctx context.Context, rows *stdsql.Rows) (*mysqlCursor, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	r := &mysqlCursor{
		ctx: ctx, rows: rows,
		names: make([]string, len(types)), converters: make([]func(any) any, len(types)), targets: make([]any, len(types)),
	}
	for i, t := range types {
		r.names[i] = t.Name()
		r.converters[i] = mysqlConverter(t)
	}
	return r, nil
}

func (r *mysqlCursor) columns() []string { return r.names }

func (r *mysqlCursor) next() ([]any, bool, error) {
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return nil, false, mysqlFailure(r.ctx, err)
		}
		return nil, false, nil
	}
	values := make([]any, len(r.names))
	for i := range values {
		r.targets[i] = &values[i]
	}
	if err := r.rows.Scan(r.targets...); err != nil {
		return nil, false, mysqlFailure(r.ctx, err)
	}
	for i, convert := range r.converters {
		if convert != nil && values[i] != nil {
			values[i] = convert(values[i])
		}
	}
	return values, true, nil
}

func (r *mysqlCursor) close() { _ = r.rows.Close() }

package sql

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"gateway"
	"gateway/services"
	"gateway/services/sql/internal/statement"
)

// database is the client of a backend.
type database interface {
	services.Driver
	dialect() statement.Dialect
	// acquire gives a connection of the pool. It fails with services.Unreachable.
	acquire(ctx context.Context) (conn, error)
	settings() settings
}

// settings are what handles need to know of a configuration.
type settings struct {
	statementTimeout time.Duration // none where zero
	maxRows          int           // of Query; none where zero
}

// conn is one connection. It is used by one goroutine at a time. Errors are
// gateway errors, marked with services.Lost or services.Unreachable where the
// connection is to blame.
type conn interface {
	query(ctx context.Context, text string, args []any) (cursor, error)
	execute(ctx context.Context, text string, args []any) (gateway.Result, error)
	begin(ctx context.Context) error
	commit(ctx context.Context) error
	rollback(ctx context.Context) error
	// release gives the connection back.
	release()
}

// cursor reads the rows of a query.
type cursor interface {
	columns() []string
	// next gives the values of the next row, or false after the last.
	next() (values []any, ok bool, err error)
	// close ends reading. It may be called more than once.
	close()
}

// handle is the gateway.Database of one request.
type handle struct {
	ctx    context.Context
	actor  *services.Actor
	parser *parser
}

var _ gateway.Database = handle{}

// prepared is a statement with its arguments.
type prepared struct {
	statement.Statement
	args []any
}

func (p *parser) prepare(query string, args []any) (prepared, error) {
	st, err := p.parse(query)
	if err != nil {
		return prepared{}, badStatement(err)
	}
	if args, err = normalize(args); err != nil {
		return prepared{}, err
	}
	if p.dialect != statement.Postgres {
		if err := replaceArrays(args); err != nil {
			return prepared{}, err
		}
	}
	if p.dialect == statement.SQLite {
		args = sqliteArgs(args)
	}
	if args, err = st.Bind(args); err != nil {
		return prepared{}, badStatement(err)
	}
	return prepared{st, args}, nil
}

// badStatement tells the author of a handler what is wrong with a statement.
func badStatement(err error) error { return gateway.ErrDatabase.New("database: " + err.Error()) }

func (p prepared) op(name string) services.Op { return services.Op{Name: name, Safe: p.ReadOnly} }

// Query runs a statement and gives all its rows.
func (h handle) Query(query string, args ...any) (gateway.Rows, error) {
	return h.rows("query", query, args, 0)
}

// rows is Query for at most limit rows, 0 for all.
func (h handle) rows(name, query string, args []any, limit int) (gateway.Rows, error) {
	p, err := h.parser.prepare(query, args)
	if err != nil {
		return nil, err
	}
	return services.Call(h.ctx, h.actor, p.op(name), func(ctx context.Context, d database) (gateway.Rows, error) {
		c, err := d.acquire(ctx)
		if err != nil {
			return nil, err
		}
		defer c.release()
		return readAll(ctx, c, p, limit, d.settings())
	})
}

// readAll reads the rows of a query, at most limit where that is not zero.
func readAll(ctx context.Context, c conn, p prepared, limit int, s settings) (gateway.Rows, error) {
	rows, err := c.query(ctx, p.Text, p.args)
	if err != nil {
		return nil, err
	}
	defer rows.close()
	columns := rows.columns()
	all := gateway.Rows{}
	for {
		values, ok, err := rows.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return all, nil
		}
		if s.maxRows > 0 && len(all) == s.maxRows {
			return nil, badStatement(fmt.Errorf("the query gives more than %d rows (max_rows); read them with Each", s.maxRows))
		}
		all = append(all, gateway.Row{Columns: columns, Values: values})
		if len(all) == limit {
			return all, nil
		}
	}
}

// QueryOne gives the first row.
func (h handle) QueryOne(query string, args ...any) (gateway.Row, error) {
	return first(h.rows("query one", query, args, 1))
}

func first(rows gateway.Rows, err error) (gateway.Row, error) {
	switch {
	case err != nil:
		return gateway.Row{}, err
	case len(rows) == 0:
		return gateway.Row{}, gateway.ErrNotFound
	default:
		return rows[0], nil
	}
}

// Execute runs a statement that changes data.
func (h handle) Execute(query string, args ...any) (gateway.Result, error) {
	p, err := h.parser.prepare(query, args)
	if err != nil {
		return gateway.Result{}, err
	}
	return services.Call(h.ctx, h.actor, services.Write("execute"), func(ctx context.Context, d database) (gateway.Result, error) {
		c, err := d.acquire(ctx)
		if err != nil {
			return gateway.Result{}, err
		}
		defer c.release()
		return c.execute(ctx, p.Text, p.args)
	})
}

// Each calls fn for every row.
func (h handle) Each(fn func(gateway.Row) error, query string, args ...any) error {
	p, err := h.parser.prepare(query, args)
	if err != nil {
		return err
	}
	var rows cursor // used in the worker only
	session, err := services.Hold(h.ctx, h.actor, p.op("each"), func(ctx context.Context, d database) (func(context.Context), error) {
		c, err := d.acquire(ctx)
		if err != nil {
			return nil, err
		}
		if rows, err = c.query(ctx, p.Text, p.args); err != nil {
			c.release()
			return nil, err
		}
		return func(context.Context) { rows.close(); c.release() }, nil
	})
	if err != nil {
		return err
	}
	defer session.Close()
	return eachBatch(session, fn, func() cursor { return rows })
}

// maxBatch is the most rows that go from worker to handler at a time. Batches grow
// up to it, so that the first rows come soon.
const maxBatch = 128

// eachBatch calls fn in the caller's goroutine for rows read in the worker.
func eachBatch(session *services.Session, fn func(gateway.Row) error, rows func() cursor) error {
	for size := 1; ; size = min(2*size, maxBatch) {
		batch, err := services.Within(session, func(context.Context) (gateway.Rows, error) {
			return readBatch(rows(), size)
		})
		if err != nil {
			return err
		}
		for _, row := range batch {
			if err := fn(row); err != nil {
				return err
			}
			// A handler that was stopped returns nil from fn as well.
			if err := session.Err(); err != nil {
				return err
			}
		}
		if len(batch) < size {
			return nil
		}
	}
}

func readBatch(rows cursor, size int) (gateway.Rows, error) {
	columns := rows.columns()
	batch := make(gateway.Rows, 0, size)
	for len(batch) < size {
		values, ok, err := rows.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return batch, nil
		}
		batch = append(batch, gateway.Row{Columns: columns, Values: values})
	}
	return batch, nil
}

// Transaction runs fn in a transaction.
func (h handle) Transaction(fn func(tx gateway.Transaction) error) (err error) {
	tx := &transaction{parser: h.parser}
	tx.session, err = services.Hold(h.ctx, h.actor, services.Write("transaction"), tx.begin)
	if err != nil {
		return err
	}
	// Closing rolls back what was not committed: after an error, a panic, a
	// runtime.Goexit or the end of the request.
	defer tx.session.Close()
	if err := fn(tx); err != nil {
		return err
	}
	// A handler that was stopped in fn returns nil too: a commit is worth nothing then.
	if err := tx.session.Err(); err != nil {
		return err
	}
	if broken := tx.broken.Load(); broken != nil {
		return *broken
	}
	_, err = services.Within(tx.session, func(ctx context.Context) (struct{}, error) {
		err := tx.conn.commit(ctx)
		tx.finished = err == nil
		return struct{}{}, err
	})
	return err
}

// transaction is the gateway.Transaction of one Transaction call.
type transaction struct {
	parser  *parser
	session *services.Session
	broken  atomic.Pointer[error] // what made the transaction useless

	// Used in the worker only.
	conn     conn
	settings settings
	finished bool // committed
}

var _ gateway.Transaction = (*transaction)(nil)

// begin runs in the worker.
func (t *transaction) begin(ctx context.Context, d database) (func(context.Context), error) {
	c, err := d.acquire(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.begin(ctx); err != nil {
		c.release()
		return nil, err
	}
	t.conn, t.settings = c, d.settings()
	return func(ctx context.Context) {
		if !t.finished {
			// A rollback that fails leaves a connection that is of no use, which
			// release finds out.
			_ = c.rollback(ctx)
		}
		c.release()
	}, nil
}

// within runs fn in the worker under the statement timeout.
func within[T any](t *transaction, fn func(ctx context.Context) (T, error)) (T, error) {
	result, err := services.Within(t.session, func(ctx context.Context) (T, error) {
		if t.settings.statementTimeout > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, t.settings.statementTimeout)
			defer cancel()
		}
		return fn(ctx)
	})
	if errors.Is(err, gateway.ErrServiceUnavailable) || errors.Is(err, gateway.ErrTimeout) {
		t.broken.Store(&err)
	}
	return result, err
}

// Query runs a statement and gives all its rows.
func (t *transaction) Query(query string, args ...any) (gateway.Rows, error) {
	return t.rows(query, args, 0)
}

func (t *transaction) rows(query string, args []any, limit int) (gateway.Rows, error) {
	p, err := t.parser.prepare(query, args)
	if err != nil {
		return nil, err
	}
	return within(t, func(ctx context.Context) (gateway.Rows, error) {
		return readAll(ctx, t.conn, p, limit, t.settings)
	})
}

// QueryOne gives the first row.
func (t *transaction) QueryOne(query string, args ...any) (gateway.Row, error) {
	return first(t.rows(query, args, 1))
}

// Execute runs a statement that changes data.
func (t *transaction) Execute(query string, args ...any) (gateway.Result, error) {
	p, err := t.parser.prepare(query, args)
	if err != nil {
		return gateway.Result{}, err
	}
	return within(t, func(ctx context.Context) (gateway.Result, error) {
		return t.conn.execute(ctx, p.Text, p.args)
	})
}

// Each calls fn for every row. A connection does one thing at a time, so fn cannot
// use the transaction: all rows are read before it is called for the first.
func (t *transaction) Each(fn func(gateway.Row) error, query string, args ...any) error {
	rows, err := t.rows(query, args, 0)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := fn(row); err != nil {
			return err
		}
		if err := t.session.Err(); err != nil {
			return err
		}
	}
	return nil
}

package sql

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gateway"
	"gateway/services"
	"gateway/services/sql/internal/statement"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"
)

// openPostgres makes a pool of connections. It connects only where there are
// migrations.
func openPostgres(ctx context.Context, c Postgres, env services.Environment) (services.Driver, error) {
	config, err := postgresConfig(c, env)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	d := &postgresDriver{pool: pool, set: c.settings()}
	if err := migrate(ctx, d, below(env, c.Migrations), env); err != nil {
		pool.Close()
		return nil, err
	}
	return d, nil
}

func postgresConfig(c Postgres, env services.Environment) (*pgxpool.Config, error) {
	parts := []string{
		setting("host", c.Host), setting("port", strconv.Itoa(c.Port)), setting("dbname", c.Database),
		setting("user", c.Username), setting("sslmode", c.SSLMode), setting("connect_timeout", strconv.Itoa(c.ConnectTimeout)),
	}
	for _, file := range []struct{ key, path string }{{"sslrootcert", c.SSLRootCert}, {"sslcert", c.SSLCert}, {"sslkey", c.SSLKey}} {
		if file.path != "" {
			parts = append(parts, setting(file.key, below(env, file.path)))
		}
	}
	config, err := pgxpool.ParseConfig(strings.Join(parts, " "))
	if err != nil {
		return nil, err
	}
	config.ConnConfig.Password = c.Password // not in the text: errors cite that
	config.MaxConns = int32(c.PoolSize)
	config.MaxConnLifetime = time.Duration(c.MaxLifetime) * time.Second
	if c.MaxLifetime == 0 {
		config.MaxConnLifetime = 100 * 365 * 24 * time.Hour
	}
	config.PingTimeout = time.Duration(c.ConnectTimeout) * time.Second
	config.ConnConfig.RuntimeParams["application_name"] = "gateway"
	config.ConnConfig.RuntimeParams["bytea_output"] = "hex"   // see hexBytes
	config.ConnConfig.RuntimeParams["datestyle"] = "ISO, DMY" // see asText
	config.ConnConfig.RuntimeParams["intervalstyle"] = "postgres"
	if c.StatementTimeout > 0 {
		// The server gives up a little after the gateway has, should the gateway be gone.
		config.ConnConfig.RuntimeParams["statement_timeout"] = strconv.Itoa((c.StatementTimeout + 1) * 1000)
	}
	// The end of a context cancels the statement in the server, not only the
	// connection here.
	config.ConnConfig.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: 2 * time.Second}
	}
	config.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		lenientTexts(conn.TypeMap())
		return nil
	}
	return config, nil
}

// setting writes one setting of a connection text.
func setting(key, value string) string {
	return key + "='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
}

type postgresDriver struct {
	pool *pgxpool.Pool
	set  settings
}

var _ database = (*postgresDriver)(nil)

func (d *postgresDriver) dialect() statement.Dialect { return statement.Postgres }
func (d *postgresDriver) settings() settings         { return d.set }

// Close ends the pool. Connections in use are closed when they are released.
func (d *postgresDriver) Close() error {
	closed := make(chan struct{})
	go func() {
		d.pool.Close()
		close(closed)
	}()
	select {
	case <-closed:
		return nil
	case <-time.After(5 * time.Second):
		return errors.New("connections are still in use")
	}
}

func (d *postgresDriver) Ping(ctx context.Context) error {
	c, err := d.acquire(ctx)
	if err != nil {
		return err
	}
	defer c.release()
	if _, err := c.execute(ctx, "SELECT 1", nil); err != nil {
		return err
	}
	return nil
}

func (d *postgresDriver) acquire(ctx context.Context) (conn, error) {
	c, err := d.pool.Acquire(ctx)
	if err != nil {
		return nil, services.Unreachable(err)
	}
	return &postgresConn{conn: c, pool: d.pool}, nil
}

type postgresConn struct {
	conn *pgxpool.Conn
	pool *pgxpool.Pool
}

func (c *postgresConn) query(ctx context.Context, text string, args []any) (cursor, error) {
	rows, err := c.conn.Query(ctx, text, append([]any{asText}, args...)...)
	if err == nil {
		err = rows.Err()
	}
	if err != nil {
		return nil, postgresFailure(ctx, err)
	}
	r := &postgresCursor{ctx: ctx, rows: rows}
	// The first row tells of most errors, and decides about a repetition.
	r.ahead = rows.Next()
	if !r.ahead {
		if err := rows.Err(); err != nil {
			return nil, postgresFailure(ctx, err)
		}
	}
	r.describe(c.conn.Conn().TypeMap())
	return r, nil
}

func (c *postgresConn) execute(ctx context.Context, text string, args []any) (gateway.Result, error) {
	tag, err := c.conn.Exec(ctx, text, args...)
	if err != nil {
		return gateway.Result{}, postgresFailure(ctx, err)
	}
	return gateway.Result{RowsAffected: tag.RowsAffected()}, nil
}

func (c *postgresConn) begin(ctx context.Context) error {
	_, err := c.execute(ctx, "BEGIN", nil)
	return err
}

func (c *postgresConn) commit(ctx context.Context) error {
	tag, err := c.conn.Exec(ctx, "COMMIT")
	if err != nil {
		return postgresFailure(ctx, err)
	}
	if tag.String() == "ROLLBACK" {
		return gateway.ErrDatabase.New("database: the transaction was rolled back, because a statement in it had failed")
	}
	return nil
}

func (c *postgresConn) rollback(ctx context.Context) error {
	if c.conn.Conn().IsClosed() {
		return nil
	}
	_, err := c.execute(ctx, "ROLLBACK", nil)
	if err != nil {
		_ = c.conn.Conn().Close(ctx) // the server rolls back then
	}
	return err
}

// release gives the connection back. The pool drops it where it is closed or still
// in a transaction.
func (c *postgresConn) release() {
	if c.conn.Conn().IsClosed() {
		c.pool.Reset() // the idle connections are likely to be as dead
	}
	c.conn.Release()
}

// postgresFailure translates an error of pgx.
func postgresFailure(ctx context.Context, err error) error {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return postgresRefusal(ctx, e, err)
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	// pgconn.SafeToRetry is not asked: it also says yes to the "conn closed" of a
	// connection that broke while the answer was awaited.
	if isNetworkError(err) || strings.Contains(err.Error(), "conn closed") {
		return services.Lost(err)
	}
	return gateway.ErrDatabase.Wrap(err, "database error")
}

// postgresRefusal translates an answer of the server by its SQLSTATE.
func postgresRefusal(ctx context.Context, e *pgconn.PgError, err error) error {
	switch {
	case e.Code == "23505", e.Code == "23503", e.Code == "23P01": // unique, foreign key, exclusion
		return gateway.ErrConflict.Wrap(err, conflictMessage)
	case e.Code == "57014", e.Code == "55P03": // cancelled; lock not available
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return gateway.ErrTimeout.Wrap(err, "database: the statement took too long")
	case e.Code == "57P03", e.Code == "53300": // starting or stopping; too many connections
		return services.Unreachable(err)
	case e.Code == "57P01", e.Code == "57P02", strings.HasPrefix(e.Code, "08"): // the server ends the connection
		return services.Lost(err)
	case e.Code == "0A000" && strings.Contains(e.Message, "cached plan"):
		// The table has changed since the statement was prepared. pgx has forgotten
		// it by now.
		return services.Unreachable(err)
	}
	// The message names what is wrong with the statement; the detail may cite data.
	return gateway.ErrDatabase.Wrap(fmt.Errorf("%s (SQLSTATE %s)", e.Message, e.Code), "database error")
}

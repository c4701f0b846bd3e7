package sql

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"strconv"
	"strings"
	"time"

	"gateway"
	"gateway/services"

	mysqldriver "github.com/go-sql-driver/mysql"
)

// openMySQL makes a pool of connections to MySQL or MariaDB. It connects only
// where there are migrations.
func openMySQL(ctx context.Context, c MySQL, env services.Environment) (services.Driver, error) {
	config := mysqldriver.NewConfig()
	config.Net = "tcp"
	config.Addr = net.JoinHostPort(c.Host, strconv.Itoa(c.Port))
	config.DBName, config.User, config.Passwd = c.Database, c.Username, c.Password
	config.Timeout = time.Duration(c.ConnectTimeout) * time.Second
	config.ParseTime = true
	config.Loc = time.UTC
	config.ClientFoundRows = true // RowsAffected counts what matched, as elsewhere
	config.Collation = "utf8mb4_unicode_ci"
	config.Params = map[string]string{"time_zone": "'+00:00'"} // so that NOW() means the same as times from here
	// One round trip instead of two: the driver escapes by the connection's own
	// character set and mode.
	config.InterpolateParams = true
	config.Logger = &mysqldriver.NopLogger{}
	if c.UseSSL {
		var err error
		if config.TLS, err = tlsFor(c.Host, below(env, c.SSLRootCert), c.SSLSkipVerify); err != nil {
			return nil, err
		}
	}
	db, err := mysqlPool(config, c)
	if err != nil {
		return nil, err
	}
	d := &mysqlDriver{db: db, set: c.settings()}
	if err := migrate(ctx, d, below(env, c.Migrations), env); err != nil {
		db.Close()
		return nil, err
	}
	return d, nil
}

func mysqlPool(config *mysqldriver.Config, c MySQL) (*stdsql.DB, error) {
	connector, err := mysqldriver.NewConnector(config)
	if err != nil {
		return nil, err
	}
	db := stdsql.OpenDB(mysqlConnector{connector, c.timeout()})
	db.SetMaxOpenConns(c.PoolSize)
	db.SetMaxIdleConns(c.PoolSize)
	db.SetConnMaxLifetime(time.Duration(c.MaxLifetime) * time.Second)
	return db, nil
}

// mysqlConnector makes the server stop statements by itself that nobody waits for
// any more: the protocol has no way to cancel one.
type mysqlConnector struct {
	driver.Connector
	limit time.Duration // none where zero
}

func (c mysqlConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, services.Unreachable(err)
	}
	if c.limit == 0 {
		return conn, nil
	}
	if err := limitStatements(ctx, conn, c.limit+time.Second); err != nil {
		conn.Close()
		return nil, services.Unreachable(err)
	}
	return conn, nil
}

// limitStatements sets the variable that MariaDB or MySQL has for it.
func limitStatements(ctx context.Context, conn driver.Conn, limit time.Duration) error {
	execer, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil
	}
	var serverError *mysqldriver.MySQLError
	const unknownVariable = 1193
	_, err := execer.ExecContext(ctx, fmt.Sprintf("SET SESSION max_statement_time = %d", int(limit.Seconds())), nil) // MariaDB
	if errors.As(err, &serverError) && serverError.Number == unknownVariable {
		_, err = execer.ExecContext(ctx, fmt.Sprintf("SET SESSION max_execution_time = %d", limit.Milliseconds()), nil) // MySQL
	}
	if errors.As(err, &serverError) && serverError.Number == unknownVariable {
		return nil // an old server, which has neither
	}
	return err
}

// mysqlFailure translates an error of the driver. ctx is the operation's.
func mysqlFailure(ctx context.Context, err error) error {
	if services.IsUnreachable(err) { // marked when connecting
		return err
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if e, ok := errors.AsType[*mysqldriver.MySQLError](err); ok {
		switch e.Number {
		case 1062, 1169, 1586, 1216, 1217, 1451, 1452: // duplicates and foreign keys
			return gateway.ErrConflict.Wrap(err, conflictMessage)
		case 1205, 1317, 1969, 3024: // lock wait timeout; interrupted; max_statement_time; max_execution_time
			return gateway.ErrTimeout.Wrap(err, "database: the statement took too long")
		case 1040, 1053, 1203: // too many connections; shutdown in progress; too many of this user
			return services.Unreachable(err)
		case 1927: // connection was killed
			return services.Lost(err)
		}
		return gateway.ErrDatabase.Wrap(err, "database error")
	}
	switch {
	case errors.Is(err, driver.ErrBadConn): // the driver says so only where nothing was sent
		return services.Unreachable(err)
	case errors.Is(err, mysqldriver.ErrInvalidConn), isNetworkError(err):
		return services.Lost(err)
	}
	return gateway.ErrDatabase.Wrap(err, "database error")
}

func isNetworkError(err error) bool {
	var netError net.Error
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.As(err, &netError)
}

// mysqlConverter gives what makes values what their column is, or nil. The protocol
// gives texts and decimals as bytes.
func mysqlConverter(column *stdsql.ColumnType) func(any) any {
	switch typ := column.DatabaseTypeName(); typ {
	case "DECIMAL":
		return bytesTo(func(b []byte) any { return gateway.Decimal(b) })
	case "JSON":
		return bytesTo(func(b []byte) any { return json.RawMessage(b) })
	case "CHAR", "VARCHAR", "TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "ENUM", "SET", "TIME":
		return bytesTo(func(b []byte) any { return string(b) })
	case "FLOAT":
		return func(v any) any {
			if f, ok := v.(float32); ok {
				// As it is shown: 0.1 and not 0.10000000149011612.
				exact, err := strconv.ParseFloat(strconv.FormatFloat(float64(f), 'g', -1, 32), 64)
				if err == nil {
					return exact
				}
			}
			return v
		}
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT", "YEAR":
		return nil
	default:
		if strings.HasPrefix(typ, "UNSIGNED ") {
			return func(v any) any {
				switch n := v.(type) {
				case uint64:
					if n > math.MaxInt64 {
						return gateway.Decimal(strconv.FormatUint(n, 10))
					}
					return int64(n)
				case uint32:
					return int64(n)
				}
				return v
			}
		}
		return nil
	}
}

func bytesTo(convert func([]byte) any) func(any) any {
	return func(v any) any {
		if b, ok := v.([]byte); ok {
			return convert(b)
		}
		return v
	}
}

package sql

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gateway/services"
	"gateway/services/sql/internal/statement"
)

// SQLite is the configuration of kind "sqlite".
type SQLite struct {
	Path            string `config:"path,required" doc:"the database file, relative to the data folder; :memory: for none"`
	CreateIfMissing bool   `config:"create_if_missing" doc:"make the file and its folder where there are none"`
	ReadOnly        bool   `config:"read_only" doc:"refuse changes"`
	ForeignKeys     bool   `config:"foreign_keys" doc:"enforce foreign keys"`
	JournalMode     string `config:"journal_mode" oneof:"wal delete truncate persist memory off" doc:"wal lets readers go on beside a writer"`
	Synchronous     string `config:"synchronous" oneof:"off normal full extra" doc:"normal survives a crash of the gateway, full one of the machine"`
	BusyTimeout     int    `config:"busy_timeout_seconds" min:"0" max:"3600" doc:"how long a statement waits for another one's lock"`
	AllowAttach     bool   `config:"allow_attach" doc:"let statements open other files (ATTACH, VACUUM INTO)"`
	common
}

// Postgres is the configuration of kind "postgres".
type Postgres struct {
	server
	SSLMode     string `config:"ssl_mode" oneof:"disable allow prefer require verify-ca verify-full" doc:"as in libpq"`
	SSLRootCert string `config:"ssl_root_cert" doc:"file with the certificates of trusted authorities, for verify-ca and verify-full"`
	SSLCert     string `config:"ssl_cert" doc:"file with the client's certificate"`
	SSLKey      string `config:"ssl_key" doc:"file with the client's key"`
	common
}

// MySQL is the configuration of kind "mysql".
type MySQL struct {
	server
	UseSSL        bool   `config:"use_ssl" doc:"encrypt connections and verify the server's certificate"`
	SSLRootCert   string `config:"ssl_root_cert" doc:"file with the certificates of trusted authorities; the system's where empty"`
	SSLSkipVerify bool   `config:"ssl_skip_verify" doc:"accept any certificate of the server"`
	common
}

// server is how to reach a server.
type server struct {
	Host           string `config:"host,required" doc:"server name or address"`
	Port           int    `config:"port" min:"1" max:"65535"`
	Database       string `config:"database,required" doc:"name of the database"`
	Username       string `config:"username,required"`
	Password       string `config:"password,secret"`
	ConnectTimeout int    `config:"connect_timeout_seconds" min:"1" max:"3600"`
	MaxLifetime    int    `config:"max_lifetime_seconds" min:"0" doc:"connections are renewed after this time; 0: never"`
}

// common is what all kinds have.
type common struct {
	PoolSize         int    `config:"pool_size" min:"1" max:"10000" doc:"connections at most"`
	StatementTimeout int    `config:"statement_timeout_seconds" min:"0" doc:"of one statement; 0: only the request's own deadline"`
	MaxRows          int    `config:"max_rows" min:"0" doc:"rows that Query gives at most; 0: any number"`
	Migrations       string `config:"migrations" doc:"folder of .sql files that are applied once, in the order of their names"`
	services.ActorConfig
}

func defaultCommon(poolSize int) common {
	return common{PoolSize: poolSize, StatementTimeout: 30, MaxRows: 100_000, ActorConfig: services.DefaultActorConfig()}
}

func defaultServer(port int) server {
	return server{Port: port, ConnectTimeout: 5, MaxLifetime: 1800}
}

// migrationLimit is the time for all migrations together. A table of some size
// takes minutes to change.
const migrationLimit = time.Hour

// limits gives each connection a worker: one without a connection could only wait.
func (c common) limits() services.Limits {
	workers := c.Workers
	if workers == 0 {
		workers = c.PoolSize
	}
	limits := services.Limits{Workers: workers, Mailbox: c.Mailbox, Timeout: c.timeout()}
	if c.Migrations != "" {
		limits.Open = migrationLimit // connecting has limits of its own
	}
	return limits
}

func (c common) timeout() time.Duration { return time.Duration(c.StatementTimeout) * time.Second }

func (c common) settings() settings {
	return settings{statementTimeout: c.timeout(), maxRows: c.MaxRows}
}

// Kinds are the types of SQL databases: sqlite, postgres and mysql.
func Kinds() []services.Kind {
	return []services.Kind{sqliteKind(), postgresKind(), mysqlKind()}
}

func sqliteKind() services.Kind {
	return services.NewKind(services.Spec[SQLite]{
		Type:       "sqlite",
		Title:      "SQLite",
		Capability: services.Database,
		Embedded:   true,
		Defaults: SQLite{
			CreateIfMissing: true,
			ForeignKeys:     true,
			JournalMode:     "wal",
			Synchronous:     "normal",
			BusyTimeout:     5,
			common:          defaultCommon(4),
		},
		Limits:   func(c SQLite) services.Limits { return c.limits() },
		Open:     openSQLite,
		Handle:   newHandle,
		NewState: parserFor(statement.SQLite),
	})
}

func postgresKind() services.Kind {
	return services.NewKind(services.Spec[Postgres]{
		Type:       "postgres",
		Title:      "PostgreSQL",
		Capability: services.Database,
		Defaults:   Postgres{SSLMode: "prefer", server: defaultServer(5432), common: defaultCommon(10)},
		Limits:     func(c Postgres) services.Limits { return c.limits() },
		Open:       openPostgres,
		Handle:     newHandle,
		NewState:   parserFor(statement.Postgres),
	})
}

func mysqlKind() services.Kind {
	return services.NewKind(services.Spec[MySQL]{
		Type:       "mysql",
		Title:      "MySQL",
		Capability: services.Database,
		Defaults:   MySQL{server: defaultServer(3306), common: defaultCommon(10)},
		Limits:     func(c MySQL) services.Limits { return c.limits() },
		Open:       openMySQL,
		Handle:     newHandle,
		NewState:   parserFor(statement.MySQL),
	})
}

func newHandle(ctx context.Context, a *services.Actor) any {
	return handle{ctx: ctx, actor: a, parser: a.State().(*parser)}
}

// below gives a path of the configuration, relative to the data folder.
func below(env services.Environment, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(env.DataDir, path)
}

// tlsFor makes the TLS configuration of a server whose certificate is verified
// against the authorities of a file, the system's where root is empty.
func tlsFor(host, root string, skipVerify bool) (*tls.Config, error) {
	c := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, InsecureSkipVerify: skipVerify}
	if root == "" {
		return c, nil
	}
	pem, err := os.ReadFile(root)
	if err != nil {
		return nil, fmt.Errorf("ssl_root_cert: %w", err)
	}
	c.RootCAs = x509.NewCertPool()
	if !c.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New("ssl_root_cert: no certificate in " + strings.TrimSpace(root))
	}
	return c, nil
}

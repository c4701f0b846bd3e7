package main

import (
	"context"
	stdsql "database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "modernc.org/sqlite"
)

// poolSize is how many connections each side may have.
const poolSize = 8

// selectText is what both sides send, after the dialect's placeholder.
const selectText = "SELECT id, name, mail, age FROM load_users WHERE id = "

type user struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Mail string `json:"mail"`
	Age  int    `json:"age"`
}

// selectScript is the handler of a select by key on the service that %s names.
const selectScript = `package handler

import "gateway"

type user struct {
	ID   int64  ` + "`json:\"id\"`" + `
	Name string ` + "`json:\"name\"`" + `
	Mail string ` + "`json:\"mail\"`" + `
	Age  int    ` + "`json:\"age\"`" + `
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	id, err := req.RequirePathInt("id")
	if err != nil {
		return nil, err
	}
	row, err := ctx.Database(%q).QueryOne("SELECT id, name, mail, age FROM load_users WHERE id = ?", id)
	if err != nil {
		return nil, err
	}
	var u user
	if err := row.Scan(&u); err != nil {
		return nil, err
	}
	return gateway.OK(u), nil
}
`

// compareSelects measures a select by key: the native side with the driver that the
// gateway has too, over the same data and with as many connections.
func compareSelects(ctx context.Context, bed *testbed, opts options) error {
	file := filepath.Join(bed.dir, "data", "load.db")
	if err := prepareSQLite(ctx, file); err != nil {
		return fmt.Errorf("prepare sqlite: %w", err)
	}
	kinds := map[string]map[string]any{"sqlite": {"path": file, "pool_size": poolSize}}
	names := []string{"sqlite"}
	if host := os.Getenv("POSTGRES_HOST"); host != "" {
		port, err := strconv.Atoi(os.Getenv("POSTGRES_PORT"))
		if err != nil {
			return fmt.Errorf("POSTGRES_PORT: %w", err)
		}
		if err := preparePostgres(ctx); err != nil {
			return fmt.Errorf("prepare postgres: %w", err)
		}
		kinds["postgres"] = map[string]any{
			"host": host, "port": port, "database": os.Getenv("POSTGRES_DATABASE"), "pool_size": poolSize,
			"username": os.Getenv("POSTGRES_USERNAME"), "password": os.Getenv("POSTGRES_PASSWORD"), "ssl_mode": "disable",
		}
		names = append(names, "postgres")
	} else {
		fmt.Println(`no postgres: POSTGRES_HOST is not set; see "integration/services.sh env"`)
	}
	for _, name := range names {
		service := map[string]any{"name": name, "service_type": name, "config": kinds[name]}
		if _, err := bed.call(ctx, "POST", "/api/services", service); err != nil {
			return err
		}
		if err := bed.deploy(ctx, "select-"+name, "GET", "/"+name+"/users/{id}", fmt.Sprintf(selectScript, name)); err != nil {
			return err
		}
	}
	native, err := startNativeSelects(ctx, file)
	if err != nil {
		return err
	}
	defer native.stop()
	bed.native.stop() // the one without a database
	bed.native = native
	for _, name := range names {
		h := handler{name: name, method: "GET", path: "/" + name + "/users/42", want: `{"id":42,"name":"Ada Lovelace","mail":"ada@example.com","age":42}`}
		if err := compare(ctx, bed, h, opts); err != nil {
			return err
		}
	}
	return nil
}

func startNativeSelects(ctx context.Context, file string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	addresses, err := freeAddresses(1)
	if err != nil {
		return nil, err
	}
	return start(ctx, addresses[0], "", self, "-native", addresses[0], "-sqlite", file)
}

// serveSelects adds the native forms to a server.
func serveSelects(app *fiber.App, file string) error {
	lite, err := openSQLite(file)
	if err != nil {
		return err
	}
	app.Get("/sqlite/users/:id", func(c *fiber.Ctx) error {
		return answerUser(c, func(id int64, u *user) error {
			return lite.QueryRowContext(c.Context(), selectText+"?", id).Scan(&u.ID, &u.Name, &u.Mail, &u.Age)
		})
	})
	if os.Getenv("POSTGRES_HOST") == "" {
		return nil
	}
	pool, err := openPostgres(context.Background())
	if err != nil {
		return err
	}
	app.Get("/postgres/users/:id", func(c *fiber.Ctx) error {
		return answerUser(c, func(id int64, u *user) error {
			return pool.QueryRow(c.Context(), selectText+"$1", id).Scan(&u.ID, &u.Name, &u.Mail, &u.Age)
		})
	})
	return nil
}

func answerUser(c *fiber.Ctx, find func(id int64, u *user) error) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fiber.ErrBadRequest
	}
	var u user
	switch err := find(id, &u); {
	case errors.Is(err, stdsql.ErrNoRows), errors.Is(err, pgx.ErrNoRows):
		return fiber.ErrNotFound
	case err != nil:
		return err
	}
	return c.JSON(u)
}

// openSQLite opens a file as the gateway does by default.
func openSQLite(file string) (*stdsql.DB, error) {
	db, err := stdsql.Open("sqlite", "file:"+file+"?_journal_mode=WAL&_synchronous=NORMAL&_busy_timeout=5000&_foreign_keys=true")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(poolSize)
	db.SetMaxIdleConns(poolSize)
	return db, nil
}

func openPostgres(ctx context.Context) (*pgxpool.Pool, error) {
	dsn := url.URL{
		Scheme: "postgres", Host: os.Getenv("POSTGRES_HOST") + ":" + os.Getenv("POSTGRES_PORT"), Path: os.Getenv("POSTGRES_DATABASE"),
		User:     url.UserPassword(os.Getenv("POSTGRES_USERNAME"), os.Getenv("POSTGRES_PASSWORD")),
		RawQuery: "sslmode=disable&pool_max_conns=" + strconv.Itoa(poolSize),
	}
	return pgxpool.New(ctx, dsn.String())
}

const createUsers = "CREATE TABLE load_users (id BIGINT PRIMARY KEY, name TEXT NOT NULL, mail TEXT NOT NULL, age INTEGER NOT NULL)"

// insertUsers is one statement for a thousand rows.
func insertUsers() string {
	rows := make([]string, 1000)
	for i := range rows {
		rows[i] = fmt.Sprintf("(%d, 'Ada Lovelace', 'ada@example.com', %d)", i, i%100)
	}
	return "INSERT INTO load_users VALUES " + strings.Join(rows, ", ")
}

func prepareSQLite(ctx context.Context, file string) error {
	db, err := openSQLite(file)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, createUsers); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, insertUsers())
	return err
}

func preparePostgres(ctx context.Context) error {
	pool, err := openPostgres(ctx)
	if err != nil {
		return err
	}
	defer pool.Close()
	for _, text := range []string{"DROP TABLE IF EXISTS load_users", createUsers, insertUsers(), "ANALYZE load_users"} {
		if _, err := pool.Exec(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

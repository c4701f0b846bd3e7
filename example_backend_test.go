package gateway_test

import (
	"context"
	"log"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/cache"
	"gateway/services/sql"
)

// withServices runs an example with an in-memory database "main", which has a table
// users, and a cache "sessions".
func withServices(example func(ctx *gateway.Context)) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	m, err := services.NewManager(services.Options{Kinds: append(sql.Kinds(), cache.Kinds()...)})
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close(ctx)
	for _, svc := range []catalog.Service{
		{ID: "1", Name: "main", Type: "sqlite", Config: map[string]any{"path": ":memory:"}},
		{ID: "2", Name: "sessions", Type: "memory"},
	} {
		if err := m.Activate(ctx, svc, true); err != nil {
			log.Fatal(err)
		}
	}
	c := gateway.NewContext(ctx, &gateway.Environment{Services: m.View(nil)}, "")
	for _, statement := range []string{
		"CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE, born DATE, score DECIMAL(5,2))",
		"INSERT INTO users (name, born, score) VALUES ('Ada', '1815-12-10', 9.75), ('Grace', '1906-12-09', NULL)",
	} {
		if _, err := c.Database("main").Execute(statement); err != nil {
			log.Fatal(err)
		}
	}
	example(c)
}

package sql_test

import (
	"context"
	stdsql "database/sql"
	"path/filepath"
	"testing"
	"time"

	"gateway"
	"gateway/services/servicetest"
	"gateway/services/sql"
)

// BenchmarkSelectByKey compares a select by key through the actor with the same on
// the bare driver, over the same file.
func BenchmarkSelectByKey(b *testing.B) {
	dir := b.TempDir()
	m := servicetest.Start(b, sql.Kinds(), "sqlite", dir, map[string]any{"path": "bench.db"})
	ctx, cancel := context.WithTimeout(b.Context(), time.Hour)
	defer cancel()
	db, err := m.View(nil).Database(ctx, servicetest.Name)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := db.Execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, mail TEXT, age INTEGER)"); err != nil {
		b.Fatal(err)
	}
	err = db.Transaction(func(tx gateway.Transaction) error {
		for i := range 1000 {
			if _, err := tx.Execute("INSERT INTO users VALUES (?, 'Ada Lovelace', 'ada@example.com', ?)", i, i%100); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	const query = "SELECT id, name, mail, age FROM users WHERE id = ?"

	b.Run("actor", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := db.QueryOne(query, i%1000); err != nil {
				b.Fatal(err)
			}
		}
	})
	bare, err := stdsql.Open("sqlite", "file:"+filepath.Join(dir, "bench.db")+"?_journal_mode=WAL&_busy_timeout=5000")
	if err != nil {
		b.Fatal(err)
	}
	defer bare.Close()
	bare.SetMaxIdleConns(4)
	b.Run("bare driver", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			var id, age int64
			var name, mail string
			if err := bare.QueryRowContext(ctx, query, i%1000).Scan(&id, &name, &mail, &age); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("actor, many callers", func(b *testing.B) {
		b.SetParallelism(8)
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				if _, err := db.QueryOne(query, i%1000); err != nil {
					b.Error(err)
				}
			}
		})
	})
	b.Run("bare driver, many callers", func(b *testing.B) {
		b.SetParallelism(8)
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				var id, age int64
				var name, mail string
				if err := bare.QueryRowContext(ctx, query, i%1000).Scan(&id, &name, &mail, &age); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

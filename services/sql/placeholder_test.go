package sql_test

import (
	stdsql "database/sql"
	"math/rand/v2"
	"strings"
	"testing"

	"gateway/services/sql/internal/statement"

	_ "modernc.org/sqlite"
)

// TestPlaceholdersAgainstSQLite builds statements from fragments and lets sqlite
// itself count their parameters.
func TestPlaceholdersAgainstSQLite(t *testing.T) {
	db, err := stdsql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	c, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fragments := []string{
		"?", "? ", " ?", "'?'", "'it''s ?'", "''", "'\\'", `"?"`, "`?`", "[?]", "1", "1.5", "0x1F", "NULL", "x'00'", "?+?", "(?)",
		"-- ?\n?", "/* ? */ ?", "/* ' */ ?", "- ?", "-?", "/**/?", "?/*?*/", "'--' || ?", "'/*' || ?", "CASE WHEN ? THEN ? END",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		picked := make([]string, 1+random.IntN(6))
		for i := range picked {
			picked[i] = fragments[random.IntN(len(fragments))]
		}
		query := "SELECT " + strings.Join(picked, ", ")
		st, err := statement.Parse(statement.SQLite, query)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		if want, ok := parameters(t, c, query); !ok || want != st.Args {
			t.Fatalf("%q has %d parameters for sqlite (%t), %d for us", query, want, ok, st.Args)
		}
		if want, ok := parameters(t, c, st.Text); !ok || want != st.Args {
			t.Fatalf("%q became %q with %d parameters (%t), want %d", query, st.Text, want, ok, st.Args)
		}
	}
}

// parameters gives the number of arguments with which sqlite carries a statement out.
func parameters(t *testing.T, c *stdsql.Conn, query string) (n int, ok bool) {
	t.Helper()
	var args []any
	for n = range 50 {
		rows, err := c.QueryContext(t.Context(), "WITH t(\"?\") AS (SELECT 1) "+query+" FROM t", args...)
		if err == nil {
			rows.Close()
			return n, true
		}
		if !strings.Contains(err.Error(), "missing ") {
			t.Logf("%q: %v", query, err)
			return 0, false
		}
		args = append(args, n)
	}
	return 0, false
}

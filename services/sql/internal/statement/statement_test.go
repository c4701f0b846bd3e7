package statement_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"gateway/services/sql/internal/statement"
)

var dialects = map[string]statement.Dialect{"sqlite": statement.SQLite, "postgres": statement.Postgres, "mysql": statement.MySQL}

func TestPlaceholders(t *testing.T) {
	tests := []struct {
		query                   string
		sqlite, postgres, mysql string // "=" for unchanged, "!" for refused
	}{
		{"SELECT 1", "=", "=", "="},
		{"a = ? AND b = ?", "=", "a = $1 AND b = $2", "="},
		{"a = $1 AND b = $2", "a = ?1 AND b = ?2", "=", "a = ? AND b = ?"},
		{"a = $2 OR a = $1 OR b = $2", "a = ?2 OR a = ?1 OR b = ?2", "=", "a = ? OR a = ? OR b = ?"},
		{"a = ?2 AND b = ?1", "=", "a = $2 AND b = $1", "a = ? AND b = ?"},
		{"?", "=", "$1", "?"},
		{"?and?", "=", "$1 and $2", "?and?"},
		{"LIMIT?", "=", "LIMIT $1", "="},
		{"(?,?)", "=", "($1,$2)", "="},
		{"a=?::int", "=", "a=$1::int", "="},

		// Texts, names and comments are left alone.
		{"'?' = ?", "=", "'?' = $1", "="},
		{"'it''s ?' = ?", "=", "'it''s ?' = $1", "="},
		{`"na?me" = ?`, "=", `"na?me" = $1`, "="},
		{"-- ?\n?", "=", "-- ?\n$1", "="},
		{"/* ? */ ?", "=", "/* ? */ $1", "="},
		{"? -- ?", "=", "$1 -- ?", "="},
		{"? /* ?", "=", "$1 /* ?", "="},
		{"? '?", "=", "$1 '?", "="},
		{"a$1 + ?", "=", "a$1 + $1", "="},
		{"1e5 + ? + 0x1F", "=", "1e5 + $1 + 0x1F", "="},

		// What only one backend reads so.
		{`'\' = ?`, "=", `'\' = $1`, "="},
		{`'\'?' = ?`, "=", `'\'$1' = ?`, "="},
		{`E'\'?' = ?`, "=", `E'\'?' = $1`, "="},
		{"`na?me` = ?", "=", "`na $1 me` = $2", "="},
		{"[na?me] = ?", "=", "[na $1 me] = $2", "="},
		{"arr[?]", "=", "arr[$1]", "="},
		{"# ?\n?", "=", "# $1\n$2", "="},
		{"1--?\n", "=", "=", "="},
		{"/* /* ? */ ? */ ?", "=", "/* /* ? */ ? */ $1", "="},
		{"/*! ? */ ?", "=", "/*! ? */ $1", "="},
		{"$$ ? $$ ?", "=", "$$ ? $$ $1", "="},
		{"$a$ $$ ? $b$ $a$ ?", "=", "$a$ $$ ? $b$ $a$ $1", "="},

		// Operators of postgres.
		{"j ?? ? AND j ??| ? AND j ??& ?", "=", "j ? $1 AND j ?| $2 AND j ?& $3", "="},
		{"j ? 'a' AND b = $1", "!", "=", "!"},
		{"j ?? 'a' AND b = $1", "!", "j ? 'a' AND b = $1", "!"},

		{"a = ? AND b = ?1", "!", "!", "!"},
		{"a = $1 AND b = ?2", "a = ?1 AND b = ?2", "a = $1 AND b = $2", "a = ? AND b = ?"},
		{"a = $0", "=", "=", "="},
		{"a = $70000", "=", "=", "="},
		{"ünïcode = ? AND '猫?' = ?", "=", "ünïcode = $1 AND '猫?' = $2", "="},
	}
	for _, tt := range tests {
		for typ, want := range map[string]string{"sqlite": tt.sqlite, "postgres": tt.postgres, "mysql": tt.mysql} {
			st, err := statement.Parse(dialects[typ], tt.query)
			got := st.Text
			switch {
			case want == "!":
				if err == nil {
					t.Errorf("%s: %q was accepted: %q", typ, tt.query, got)
				}
				continue
			case want == "=":
				want = tt.query
			}
			if err != nil || got != want {
				t.Errorf("%s: %q became %q, %v; want %q", typ, tt.query, got, err, want)
			}
		}
	}
}

func TestBind(t *testing.T) {
	for query, want := range map[string]string{
		"?, ?":       "[a b]",
		"$1, $2":     "[a b]",
		"$2, $1":     "[b a]",
		"$1, $1":     "!",
		"$3, $1, $3": "!",
		"1":          "!",
	} {
		st, err := statement.Parse(statement.MySQL, query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		got, err := st.Bind([]any{"a", "b"})
		if (err != nil) != (want == "!") || err == nil && fmt.Sprint(got) != want {
			t.Errorf("%s: arguments %v, %v; want %s", query, got, err, want)
		}
	}
	st, err := statement.Parse(statement.MySQL, "$3, $1, $3")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := st.Bind([]any{"a", "b", "c"}); fmt.Sprint(got) != "[c a c]" || err != nil {
		t.Errorf("arguments %v, %v", got, err)
	}
}

func TestReadOnly(t *testing.T) {
	for query, want := range map[string]bool{
		"SELECT 1": true,
		" -- comment\n select * from t where a = 'update'":    true,
		"(SELECT 1) UNION (SELECT 2)":                         true,
		"WITH x AS (SELECT 1) SELECT * FROM x":                true,
		"VALUES (1)":                                          true,
		"SELECT 1;":                                           true,
		"SELECT 1; -- done":                                   true,
		"SELECT 1; DELETE FROM t":                             false,
		"SELECT 1; 'x'":                                       false,
		"INSERT INTO t VALUES (1)":                            false,
		"WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM": false,
		"SELECT nextval('s')":                                 false,
		"SELECT * INTO new FROM t":                            false,
		"SELECT * FROM t FOR UPDATE":                          false,
		"EXPLAIN ANALYZE DELETE FROM t":                       false,
		"PRAGMA user_version = 1":                             false,
		"CALL p()":                                            false,
		"":                                                    false,
	} {
		if st, err := statement.Parse(statement.Postgres, query); st.ReadOnly != want || err != nil {
			t.Errorf("%q: read only %t, %v; want %t", query, st.ReadOnly, err, want)
		}
	}
	if st, _ := statement.Parse(statement.MySQL, "SELECT 1 /*! INTO OUTFILE 'x' */"); st.ReadOnly {
		t.Error("mysql: a statement with executable comments is taken to be read only")
	}
}

func TestSplit(t *testing.T) {
	text := "CREATE TABLE a (x TEXT DEFAULT ';'); -- one; two\n\nINSERT INTO a VALUES ('it''s;'); /* ; */ ;\n"
	for typ, d := range dialects {
		got := statement.Split(d, text)
		if len(got) != 2 || !strings.Contains(got[1], "INSERT INTO a VALUES ('it''s;')") {
			t.Errorf("%s: %q", typ, got)
		}
	}
	got := statement.Split(statement.Postgres, "CREATE FUNCTION f() AS $$ BEGIN; END; $$ LANGUAGE plpgsql; SELECT 1")
	if len(got) != 2 {
		t.Errorf("dollar quotes: %q", got)
	}
}

var placeholder = regexp.MustCompile(`[?$0-9 ]+`)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"SELECT ? FROM t WHERE a = $1", "'it''s ?'", "E'\\'?'", "$a$ ? $a$ ?", "/* /* */ ? */ ?", "-- ?\n?", "j ?? ? ??| ??&",
		"`a?` [b?] \"c?\"", "$99999999999999999999", "?1 ?2 ?65536", "/*!?*/", "a$1b?c", "\xff?\x00?", "'", "$", "?", "/", "-", "E'",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for typ, d := range dialects {
			st, err := statement.Parse(d, query)
			if err != nil {
				continue
			}
			// Nothing but placeholders, and spaces behind them, changes.
			if got, want := placeholder.ReplaceAllString(st.Text, ""), placeholder.ReplaceAllString(query, ""); got != want {
				t.Errorf("%s: %q became %q", typ, query, st.Text)
			}
			if _, err := st.Bind(make([]any, st.Args)); err != nil {
				t.Errorf("%s: %q: %v", typ, query, err)
			}
			// What was translated is what the backend wants.
			if d == statement.MySQL || strings.Contains(query, "??") {
				continue
			}
			again, err := statement.Parse(d, st.Text)
			if err != nil || st.Args > 0 && (again.Text != st.Text || again.Args != st.Args) {
				t.Errorf("%s: %q became %q and then %q with %d arguments, %v; want %d", typ, query, st.Text, again.Text, again.Args, err, st.Args)
			}
			statement.Split(d, query)
		}
	})
}
